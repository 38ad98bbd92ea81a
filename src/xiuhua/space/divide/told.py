"""From labels to what is handed back: codes, polygons, borders, the facts of each street."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from xiuhua.space.divide import shapes
from xiuhua.space.divide.blocks import Blocks, Graph
from xiuhua.space.divide.bound import bound
from xiuhua.space.divide.codes import reading_order
from xiuhua.space.divide.departures import departures
from xiuhua.space.divide.given import Area, Floats, Ints, Rules, Shapes, totals
from xiuhua.space.divide.partition import target
from xiuhua.space.divide.recut import TOO_HEAVY
from xiuhua.space.divide.result import Border, Cell, Departure, Outside, StreetFacts
from xiuhua.space.divide.town import Town


@dataclass(frozen=True)
class Made:
    """What was made, by number: `grid`, `load` and `metres` of each face; the rest of each street."""

    areas: Sequence[Area]
    town: Town
    blocks: Blocks
    grid: Ints
    load: Floats
    metres: Floats
    graphs: Sequence[Graph]
    shares: Sequence[int]

    @cached_property
    def core(self) -> Floats:
        """The load of each block without the loose ground put to it."""
        firm = ~self.town.loose
        return totals(self.blocks.of_face[firm], self.load[firm], len(self.blocks.load))

    @cached_property
    def grid_of_block(self) -> Ints:
        found = np.zeros(len(self.blocks.load), dtype=np.int64)
        firm = ~self.town.loose
        found[self.blocks.of_face[firm]] = self.grid[firm]
        return found


Told = tuple[tuple[Cell, ...], tuple[Border, ...], tuple[Departure, ...], tuple[StreetFacts, ...]]


def told(made: Made, rules: Rules, outside: Outside) -> Told:
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
    area, graph, share = made.areas[number], made.graphs[number], made.shares[number]
    core = made.core[graph.blocks]
    least = bound(core.tolist(), graph.load, share, graph.beside)
    gap, overlap = shapes.cover(area.ground, list(ground))
    heavy = (
        np.flatnonzero(core > TOO_HEAVY * target(graph.load, share))
        if share > 1
        else np.array([], dtype=np.int64)
    )
    held = np.isin(np.arange(share) + sum(made.shares[:number]), made.grid_of_block[graph.blocks[heavy]])
    return StreetFacts(
        area.code, share, float(loads.sum()), _ratio(loads), least.ratio, least.proof,
        _xy(graph, least.block) if least.block >= 0 else None, float(core[least.block]) if least.block >= 0 else 0.0,
        _ratio(loads[~held]), tuple((*_xy(graph, block), float(core[block])) for block in heavy.tolist()),
        len(graph), gap, overlap,
    )  # fmt: skip


def _xy(graph: Graph, block: int) -> tuple[float, float]:
    x, y = graph.centre[block].tolist()
    return x, y


def _ratio(loads: Floats) -> float:
    if not len(loads) or not loads.max() > 0:
        return 1.0
    return float(loads.max() / loads.min()) if loads.min() > 0 else float("inf")
