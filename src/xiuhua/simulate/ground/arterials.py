"""Rings, arterials and railways of the plan, and the secondary roads that divide what lies between the arterials.

Inside the town the arterials are 0.8 to 1.3 km apart and secondary roads cut that to blocks of 300 to 500 m, as in the
newer parts of Chinese cities (GB 50220 road density; recall). A road keeps its line across the arterials it meets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.chance import chance
from xiuhua.simulate.ground.curves import Bend, smooth
from xiuhua.simulate.ground.plan import Km, Plan, RoadPlan
from xiuhua.simulate.ground.ways import Line

UNNAMED: Final = "?"  # begins the name of a road that is to be named: one road for each such text
BLOCK_M: Final = 440.0  # ours: what a gap between arterials is divided into
LEFT_OUT: Final = 0.13  # ours: share of secondary roads that are not there: large blocks
OPEN: Final = frozenset({"old-quarter", "lake", "park"})  # no secondary road crosses these


def area_of(outline: Km, bend: Bend) -> Any:
    return shapely.buffer(bend(shapely.Polygon([(x * 1000, y * 1000) for x, y in outline])), 0)


def rounded(outline: Km, bend: Bend) -> Any:
    """A closed outline with soft corners, as a lake or a town's edge has."""
    points = [*outline[-2:], *outline, *outline[:2]]
    curve = smooth([(x * 1000, y * 1000) for x, y in points], step_m=150).coords
    corner = np.asarray(outline[0]) * 1000
    starts = [i for i, point in enumerate(curve) if np.allclose(point, corner)]
    return shapely.buffer(bend(shapely.Polygon(curve[starts[0] : starts[-1]])), 0)


def planned(plan: Plan, bend: Bend, town: Any) -> Iterator[Line]:
    """The roads and railways of the plan; a carriageway for each direction in the town, outside only on fast roads."""
    for road in plan.roads:
        shape = bend(_course(road))
        if not road.dual or road.flyover:
            yield Line(shape, road.kind, road.name.zh, road.dual)
            continue
        for part in shapely.get_parts(shapely.intersection(shape, town)):
            yield Line(part, road.kind, road.name.zh, dual=True)
        for part in shapely.get_parts(shapely.difference(shape, town)):
            yield Line(part, road.kind, road.name.zh)
    for course in plan.railways:
        yield Line(bend(smooth([(x * 1000, y * 1000) for x, y in course])), "railway")


def _course(road: RoadPlan) -> Any:
    points = [(x * 1000, y * 1000) for x, y in road.course]
    if road.ring:
        away = road.round_km * 1000
        return shapely.Polygon(points).buffer(-away).buffer(away, quad_segs=10).exterior
    return smooth(points) if len(points) > 2 else shapely.LineString(points)


@dataclass(frozen=True, slots=True)
class Axis:
    """An arterial that runs straight on the paper: at `at`, from `first` to `last`, in metres."""

    at: float
    first: float
    last: float


def axes(plan: Plan, upright: bool) -> list[Axis]:
    found = [axis for road in plan.roads for axis in _axes(road, upright)]
    return sorted(found, key=lambda axis: (axis.at, axis.first))


def _axes(road: RoadPlan, upright: bool) -> Iterator[Axis]:
    points = [*road.course, road.course[0]] if road.ring else list(road.course)
    for a, b in pairwise(points):
        same, along = (0, 1) if upright else (1, 0)
        if a[same] == b[same] and (road.ring or len(points) == 2):
            first, last = sorted((a[along] * 1000, b[along] * 1000))
            yield Axis(a[same] * 1000, first, last)


def secondary(plan: Plan, bend: Bend, town: Any) -> Iterator[Line]:
    """North-south roads first, then east-west. Each is kept or left out from one arterial to the next."""
    closed = shapely.union_all([area_of(z.outline, bend) for z in plan.zones if z.use in OPEN])
    allowed = shapely.difference(shapely.buffer(town, 40), closed)
    for upright in (True, False):
        for line in _between(plan, upright):
            bent = shapely.intersection(bend(line.shape), allowed)
            for part in shapely.get_parts(bent):
                if part.length > BLOCK_M / 3:
                    yield Line(part, line.kind, line.name)


def _between(plan: Plan, upright: bool) -> Iterator[Line]:
    along = axes(plan, upright)
    steps = sorted({axis.at for axis in axes(plan, not upright)})
    for first, last in pairwise(steps):
        across = sorted({a.at for a in along if a.first < (first + last) / 2 < a.last})
        for low, high in pairwise(across):
            yield from _in_cell(plan, upright, (first, last), (low, high))


def _in_cell(
    plan: Plan, upright: bool, span: tuple[float, float], gap: tuple[float, float]
) -> Iterator[Line]:
    low, high = gap
    parts = max(round((high - low) / BLOCK_M), 1)
    place = chance(
        plan.seed, "secondary", upright, low, high
    )  # the same for all cells of this gap: it runs on
    sway = place.uniform(-0.09, 0.09, parts + 1)
    middle = place.integers(1, parts) if parts > 1 else 0
    keep = chance(plan.seed, "kept", upright, span, gap).random(parts + 1)
    for number in range(1, parts):
        at = low + (high - low) * (number + sway[number]) / parts
        if keep[number] < LEFT_OUT:
            continue
        ends = [(at, span[0]), (at, span[1])] if upright else [(span[0], at), (span[1], at)]
        kind = "secondary" if number == middle else "tertiary"
        yield Line(shapely.LineString(ends), kind, f"{UNNAMED}{'ns' if upright else 'ew'} {at:.0f}")
