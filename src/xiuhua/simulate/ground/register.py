"""The register of named roads: one code and one name for all pieces of a road.

A name of the plan is kept; another is invented, ending in 路 where the road runs north and in 街 where it runs east.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.simulate.ground.names import road_names
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.waters import bank_names
from xiuhua.simulate.ground.ways import Line

LEAST_M: Final = 350.0  # ours: a shorter piece of a secondary road stays without a name


@dataclass(frozen=True, slots=True)
class NamedRoad:
    """`shape` is all of it, in metres."""

    code: str
    name: Words
    kind: str
    shape: Any


Register = Mapping[str, NamedRoad]  # by the name that its lines carry


def register(plan: Plan, lines: Sequence[Line]) -> Register:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.name and line.way.road:
            groups.setdefault(line.name, []).append(line)
    given = {road.name.zh: road.name for road in plan.roads}
    banks = {name.zh: name for water in plan.waters for name in bank_names(water)}
    planned = [name for name in given if name in groups]
    found = [name for name in sorted(groups, key=lambda n: _place(groups[n])) if name not in given]
    found = [name for name in found if sum(line.shape.length for line in groups[name]) >= LEAST_M]
    names = road_names(plan.seed, set(given))
    roads = {}
    for number, key in enumerate([*planned, *found], 1):
        lines_of = groups[key]
        shape = shapely.union_all([line.shape for line in lines_of])
        name = given.get(key) or banks.get(key) or _invented(shape, names)
        roads[key] = NamedRoad(
            f"R{number:03d}", name, min(lines_of, key=lambda one: one.way.rank).kind, shape
        )
    return roads


def _place(lines: list[Line]) -> tuple[int, float, float]:
    """The greater roads first, then from the north-west."""
    box = shapely.total_bounds([line.shape for line in lines])
    return min(line.way.rank for line in lines), -float(np.round(box[3], 1)), float(np.round(box[0], 1))


def _invented(shape: Any, names: Iterator[tuple[str, str]]) -> Words:
    west, south, east, north = shape.bounds
    zh, en = next(names)
    return Words(f"{zh}路", f"{en} Road") if north - south > east - west else Words(f"{zh}街", f"{en} Street")
