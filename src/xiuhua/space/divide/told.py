"""From labels to what is handed back: codes, polygons, borders, the facts of each street."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from xiuhua.space.divide import shapes
from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.bound import Bound
from xiuhua.space.divide.codes import reading_order
from xiuhua.space.divide.departures import departures
from xiuhua.space.divide.given import Area, Floats, Ints, Rules, Shapes, totals
from xiuhua.space.divide.result import Border, Cell, Departure, StreetFacts
from xiuhua.space.divide.town import Town


@dataclass(frozen=True)
class Made:
    """What was made, by number: `grid`, `load` and `metres` of each face; the rest of each street."""

    areas: Sequence[Area]
    town: Town
    grid: Ints
    load: Floats
    metres: Floats
    graphs: Sequence[Graph]
    shares: Sequence[int]
    bounds: Sequence[Bound]


Told = tuple[tuple[Cell, ...], tuple[Border, ...], tuple[Departure, ...], tuple[StreetFacts, ...]]


def told(made: Made, rules: Rules, outside: float) -> Told:
    count, faces = sum(made.shares), made.town.faces
    ground = shapes.grounds(faces, made.grid, count)
    area_of = np.repeat(np.arange(len(made.areas)), made.shares)
    order, codes = _codes(made, ground, area_of, rules)
    load, metres = (totals(made.grid, each, count) for each in (made.load, made.metres))
    outer = shapes.outer_metres(faces, made.grid, count)
    near = _neighbours(made, codes, count)
    grids = tuple(
        Cell(
            codes[grid], made.areas[area_of[grid]].code, ground[grid], float(load[grid]),
            float(shapely.area(ground[grid])), float(metres[grid]), float(outer[grid]),
            float(4 * np.pi * shapely.area(ground[grid]) / outer[grid] ** 2),
            float(metres[grid]) / (rules.walking_kmh * 1000 / 60), near[grid],
        )
        for grid in order
    )  # fmt: skip
    borders = tuple(_border(made, codes, *each) for each in shapes.between(faces, made.grid, area_of))
    facts = tuple(_street(made, area, ground[area_of == area], load[area_of == area])
                  for area in range(len(made.areas)))  # fmt: skip
    return grids, borders, departures(grids, borders, facts, rules, outside), facts


def _codes(made: Made, ground: Shapes, area_of: Ints, rules: Rules) -> tuple[list[int], list[str]]:
    """Grids in the order of their codes, and the code of each grid."""
    order: list[int] = []
    codes = [""] * len(ground)
    for number, area in enumerate(made.areas):
        mine = np.flatnonzero(area_of == number)
        middle = shapely.get_coordinates(shapely.centroid(ground[mine]))
        rows = reading_order([(float(x), float(y)) for x, y in middle], float(shapely.area(area.ground)))
        for place, row in enumerate(rows, 1):
            codes[mine[row]] = rules.code.format(area=area.code, number=place)
            order.append(int(mine[row]))
    return order, codes


def _border(made: Made, codes: Sequence[str], left: int, right: int, kind: int, line: Any) -> Border:
    name = made.town.net.table.names[kind]
    return Border(name, codes[left], codes[right], line, float(shapely.length(line)))


def _neighbours(made: Made, codes: Sequence[str], count: int) -> list[tuple[str, ...]]:
    a, b = shapes.sides(made.town.faces, made.grid)
    here = (a >= 0) & (b >= 0) & (a != b)
    near: list[set[str]] = [set() for _ in range(count)]
    for left, right in np.unique(np.column_stack([a, b])[here], axis=0).tolist():
        near[left].add(codes[right])
        near[right].add(codes[left])
    return [tuple(sorted(each)) for each in near]


def _street(made: Made, number: int, ground: Shapes, loads: Floats) -> StreetFacts:
    area, graph, least = made.areas[number], made.graphs[number], made.bounds[number]
    low, high = float(loads.min()), float(loads.max())
    gap, overlap = shapes.cover(area.ground, list(ground))
    x, y = graph.centre[least.block].tolist() if least.block >= 0 else (0.0, 0.0)
    return StreetFacts(
        area.code, made.shares[number], float(loads.sum()), _ratio(high, low),
        least.ratio, least.proof, (x, y) if least.block >= 0 else None,
        graph.load[least.block] if least.block >= 0 else 0.0, len(graph), gap, overlap,
    )  # fmt: skip


def _ratio(high: float, low: float) -> float:
    return high / low if low > 0 else float("inf") if high > 0 else 1.0
