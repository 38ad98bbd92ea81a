"""Canals and rivers: the middle of the water, the water itself, and the roads along its banks.

Lakes belong to the zones of the plan. A border may run along the middle of a water, as borders do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

from xiuhua.domain.words import Words
from xiuhua.simulate.ground.curves import Bend, smooth, straight
from xiuhua.simulate.ground.plan import Plan, WaterPlan
from xiuhua.simulate.ground.ways import Line

SIDES = {
    True: (Words("东路", "East Road"), Words("西路", "West Road")),
    False: (Words("南街", "South Street"), Words("北街", "North Street")),
}


@dataclass(frozen=True, slots=True)
class Water:
    """`corridor` is the water with its banks, up to the middle of the roads along it: lesser roads end there."""

    plan: WaterPlan
    middle: Any
    area: Any
    corridor: Any


def waters(plan: Plan, bend: Bend) -> tuple[Water, ...]:
    return tuple(_water(one, bend) for one in plan.waters)


def _water(plan: WaterPlan, bend: Bend) -> Water:
    middle = straight(bend(smooth([(x * 1000, y * 1000) for x, y in plan.course], step_m=80)), 1.5)
    half = plan.width_m / 2
    corridor = shapely.buffer(middle, half + plan.bank_m, cap_style="flat", quad_segs=3)
    return Water(
        plan, middle, straight(shapely.buffer(middle, half, quad_segs=3), 0.5), straight(corridor, 1.0)
    )


def water_lines(found: tuple[Water, ...], town: Any) -> Iterator[Line]:
    for water in found:
        yield Line(water.middle, water.plan.kind, water.plan.name.zh)
        if water.plan.bank_m:
            yield from _banks(water, town)


def _banks(water: Water, town: Any) -> Iterator[Line]:
    """A town's embankment is a road with a name, a dike in the country a track."""
    for side, name in zip((1, -1), bank_names(water.plan), strict=True):
        away = side * (water.plan.width_m / 2 + water.plan.bank_m)
        bank = straight(shapely.offset_curve(water.middle, away, quad_segs=3), 1.0)
        for part in shapely.get_parts(shapely.intersection(bank, town)):
            yield Line(part, "tertiary", name.zh)
        for part in shapely.get_parts(shapely.difference(bank, town)):
            yield Line(part, "track")


def bank_names(water: WaterPlan) -> tuple[Words, Words]:
    """Of the road to the left of the course and of that to the right of it."""
    (x0, y0), (x1, y1) = water.course[0], water.course[-1]
    upright = abs(y1 - y0) > abs(x1 - x0)
    first, second = SIDES[
        upright
    ]  # east of a course to the south is left of it, and south of one to the west
    left, right = (first, second) if (y1 < y0 if upright else x1 < x0) else (second, first)
    return _beside(water, left), _beside(water, right)


def _beside(water: WaterPlan, side: Words) -> Words:
    return Words(water.name.zh + side.zh, f"{water.name.en} {side.en}")
