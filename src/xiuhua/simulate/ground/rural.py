"""The country round the town: villages 0.8 to 1.5 km apart, each a compact cluster, and the roads from one to the next.

A road joins two villages where no third is nearer to both (relative neighbourhood graph): no detour, no doubled road.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.simulate.ground.arterials import area_of
from xiuhua.simulate.ground.chance import chance
from xiuhua.simulate.ground.curves import Bend, smooth, straight
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.ways import Line

APART_M: Final = 900.0  # ours
TRIES: Final = 6000
HALF_M: Final = (110.0, 230.0)  # ours: half the side of a village, smallest and largest
SEAT_M: Final = 520.0  # of the seat of a rural street


@dataclass(frozen=True, slots=True)
class Village:
    """`seat` names the rural street or town it is the seat of."""

    name: Words
    area: Any
    seat: bool = False


def village_places(plan: Plan, bend: Bend, closed: Any) -> Any:
    """Points in metres, the seats of the towns first, none nearer to another than is usual and none on `closed`."""
    west, south, east, north = (1000 * side for side in plan.sheet)
    rng = chance(plan.seed, "villages")
    tries = np.column_stack([rng.uniform(west, east, TRIES), rng.uniform(south, north, TRIES)])
    seats = bend.pairs(np.array([town.at for town in plan.towns]).reshape(-1, 2) * 1000)
    free = ~shapely.contains_xy(closed, tries[:, 0], tries[:, 1])
    places: list[Any] = list(seats)
    for place in tries[free]:
        apart = np.array([math.dist(place, other) for other in places] or [math.inf])
        if (
            apart > np.where(np.arange(len(apart)) < len(seats), 1.5, 1.0) * APART_M * rng.uniform(1, 1.35)
        ).all():
            places.append(place)
    return np.array(places)


def villages(plan: Plan, places: Any, names: list[Words], turn_deg: float) -> list[Village]:
    rng = chance(plan.seed, "village sizes")
    found = []
    for number, place in enumerate(places):
        seat = number < len(plan.towns)
        half = np.array([SEAT_M, SEAT_M * 0.75]) if seat else rng.uniform(*HALF_M, 2) * (1.0, 0.85)
        name = plan.towns[number].name if seat else names[number - len(plan.towns)]
        found.append(Village(name, _outline(place, half, turn_deg + rng.normal(0, 2.5), rng), seat))
    return found


def _outline(place: Any, half: Any, turn_deg: float, rng: np.random.Generator) -> Any:
    """A rectangle with one corner cut out as often as not: farmyards end where a field begins."""
    box = shapely.box(-half[0], -half[1], half[0], half[1])
    if rng.random() < 0.6:
        cut = half * rng.uniform(0.35, 0.7, 2)
        sx, sy = rng.choice([-1, 1], 2)
        corner = np.array([sx, sy]) * half
        box = box.difference(
            shapely.box(
                *np.minimum(corner, corner - cut * (sx, sy)), *np.maximum(corner, corner - cut * (sx, sy))
            )
        )
    turn = math.radians(turn_deg)
    matrix = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return shapely.transform(box, lambda pairs: pairs @ matrix + place)


def village_roads(places: Any, seed: int) -> Iterator[Line]:
    """Gently bent, the longer the less straight."""
    for a, b in _neighbours(places):
        rng = chance(seed, "country road", a, b)
        start, end = places[a], places[b]
        along = end - start
        side = np.array([-along[1], along[0]])
        third, two = rng.uniform(-0.06, 0.06, 2)
        points = [start, start + along / 3 + side * third, start + along * 2 / 3 + side * two, end]
        yield Line(straight(smooth(points), 2.0), "unclassified")


def _neighbours(places: Any) -> list[tuple[int, int]]:
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    pairs = []
    for a in range(len(places)):
        for b in range(a + 1, len(places)):
            nearer = np.maximum(away[a], away[b]) < away[a, b]
            if away[a, b] < 3.2 * APART_M and not nearer.any():
                pairs.append((a, b))
    return pairs


def closed_to_villages(plan: Plan, bend: Bend, town: Any, waters: Any) -> Any:
    """The town with a belt round it, the waters and the lakes."""
    lakes = [shapely.buffer(area_of(z.outline, bend), 300) for z in plan.zones if z.use in ("lake", "works")]
    return shapely.union_all([shapely.buffer(town, 420), shapely.buffer(waters, 260), *lakes])
