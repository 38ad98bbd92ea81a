"""From labels to what is handed back: codes, polygons, borders, and whatever is not as the rules want it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from xiuhua.space.divide import shapes
from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.bound import Bound
from xiuhua.space.divide.codes import reading_order
from xiuhua.space.divide.faces import Faces
from xiuhua.space.divide.given import Area, Floats, Ints, Rules, Shapes, totals
from xiuhua.space.divide.network import Network
from xiuhua.space.divide.result import Border, Cell, Departure, StreetFacts


@dataclass(frozen=True)
class Made:
    areas: Sequence[Area]
    net: Network
    faces: Faces
    grid: Ints  # of each face
    load: Floats
    metres: Floats
    graphs: Sequence[Graph]
    shares: Sequence[int]
    bounds: Sequence[Bound]


Told = tuple[tuple[Cell, ...], tuple[Border, ...], tuple[Departure, ...], tuple[StreetFacts, ...]]


def told(made: Made, rules: Rules) -> Told:
    count = sum(made.shares)
    ground = shapes.grounds(made.faces, made.grid, count)
    area_of = np.repeat(np.arange(len(made.areas)), made.shares)
    order, codes = _codes(made, ground, area_of, rules)
    sums = [totals(made.grid, each, count) for each in (made.load, made.metres)]
    outer = shapes.outer_metres(made.faces, made.grid, count)
    borders = [_border(made, codes, *each) for each in shapes.between(made.faces, made.grid, area_of)]
    near = _neighbours(made, codes, count)
    grids = tuple(
        Cell(
            codes[grid], made.areas[area_of[grid]].code, ground[grid], float(sums[0][grid]),
            float(shapely.area(ground[grid])), float(sums[1][grid]), float(outer[grid]),
            float(4 * np.pi * shapely.area(ground[grid]) / outer[grid] ** 2),
            float(sums[1][grid]) / (rules.walking_kmh * 1000 / 60), near[grid],
        )
        for grid in order
    )  # fmt: skip
    facts = tuple(_street(made, area, ground[area_of == area], sums[0][area_of == area])
                  for area in range(len(made.areas)))  # fmt: skip
    return grids, tuple(borders), (), facts


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
    return Border(made.net.table.names[kind], codes[left], codes[right], line, float(shapely.length(line)))


def _neighbours(made: Made, codes: Sequence[str], count: int) -> list[tuple[str, ...]]:
    a, b = shapes.sides(made.faces, made.grid)
    here = (a >= 0) & (b >= 0) & (a != b)
    near: list[set[str]] = [set() for _ in range(count)]
    for left, right in np.unique(np.column_stack([a, b])[here], axis=0).tolist():
        near[left].add(codes[right])
        near[right].add(codes[left])
    return [tuple(sorted(each)) for each in near]


def _street(made: Made, number: int, ground: Shapes, loads: Floats) -> StreetFacts:
    area, graph, least = made.areas[number], made.graphs[number], made.bounds[number]
    low = float(loads.min())
    gap, overlap = shapes.cover(area.ground, list(ground))
    x, y = graph.centre[least.block].tolist() if least.block >= 0 else (0.0, 0.0)
    return StreetFacts(
        area.code, made.shares[number], float(loads.sum()), float(loads.max()) / low if low > 0 else float("inf"),
        least.ratio, least.proof, (x, y) if least.block >= 0 else None,
        graph.load[least.block] if least.block >= 0 else 0.0, len(graph), gap, overlap,
    )  # fmt: skip
