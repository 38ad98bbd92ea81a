"""The named roads of a pack: which streets each runs through. A road on a border runs through both."""

from collections.abc import Sequence
from typing import Any, Final

import shapely

from xiuhua.domain.district import Road
from xiuhua.simulate.ground.plan import StreetPlan
from xiuhua.simulate.ground.register import Register

LEAST_M: Final = 40.0  # ours: a road that only touches a street's corner does not run through it
NEAR_M: Final = 1.0


def roads(named: Register, streets: Sequence[StreetPlan], shapes: Sequence[Any]) -> tuple[Road, ...]:
    """Without those that lie off the platform."""
    wide = [shapely.buffer(shape, NEAR_M) for shape in shapes]
    found = []
    for road in named.values():
        through = [
            street.code
            for street, shape in zip(streets, wide, strict=True)
            if shapely.intersection(road.shape, shape).length >= LEAST_M
        ]
        if through:
            found.append(Road(road.code, road.name, tuple(through)))
    return tuple(sorted(found, key=lambda road: road.code))
