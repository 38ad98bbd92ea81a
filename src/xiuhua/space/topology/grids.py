"""The grids of a district on one day: closed rings, children that fill their grid without gap and overlap, codes that
say where a grid lies. A grid without children, such as a street that is not divided, has nothing to fill it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

import numpy as np

from xiuhua.domain.codes import UnitGridCode
from xiuhua.domain.grid import TIERS, Grid, Grids, Tier
from xiuhua.space.layers.crs import WGS84, crs_of
from xiuhua.space.metres import polygon
from xiuhua.space.topology.fault import GroundFault, Naming
from xiuhua.space.topology.pieces import (
    SMALLEST_M2,
    beyond,
    invalid,
    most_in,
    overlaps,
    piece,
    same,
    uncovered,
)
from xiuhua.space.topology.plane import Plane

_DIVISION_AND_STREET: Final = 9  # digits of a unit grid's code that are those of its street
_AND_COMMUNITY: Final = 12


def ground_faults(grids: Grids, day: date, smallest_m2: float = SMALLEST_M2) -> tuple[GroundFault, ...]:
    active = [grid for grid in grids.active(day) if grid.outline]
    if not active:
        return ()
    degrees = np.array([polygon(grid) for grid in active], dtype=object)
    plane = Plane.of(degrees, crs_of(WGS84))
    ground = _Ground(active, plane.flat(degrees), Naming(plane, [grid.code for grid in active]))
    crossing = tuple(ground.naming.of("crossing", found) for found, _ in invalid(ground.shapes))
    if crossing:  # areas of such outlines mean nothing
        return crossing
    return (*_layers(ground, smallest_m2), *_codes(ground))


@dataclass(frozen=True)
class _Ground:
    grids: list[Grid]
    shapes: Any  # metres
    naming: Naming


def _layers(ground: _Ground, smallest_m2: float) -> Iterator[GroundFault]:
    """Each tier within what it lies in: communities and responsibility grids of one street each fill it."""
    place = {grid.code: number for number, grid in enumerate(ground.grids)}
    inside = [number for number, grid in enumerate(ground.grids) if grid.parent in place]
    parents = np.array([place.get(grid.parent, -1) for grid in ground.grids], dtype=np.intp)

    def family(number: int) -> tuple[int, str]:
        return int(parents[number]), ground.grids[number].tier.value

    for (parent, _), numbers in groupby(sorted(inside, key=family), key=family):
        children = np.fromiter(numbers, dtype=np.intp)
        yield from _family(ground, parent, children, smallest_m2)


def _family(ground: _Ground, parent: int, children: Any, smallest_m2: float) -> Iterator[GroundFault]:
    area, shapes = ground.shapes[[parent]], ground.shapes[children]
    tier = TIERS[ground.grids[children[0]].tier]
    naming = Naming(ground.naming.plane, [ground.grids[number].code for number in children])
    above = Naming(ground.naming.plane, [ground.grids[parent].code])
    for found in uncovered(area, shapes, [np.arange(len(shapes))], smallest_m2):
        yield above.of("gap", found, tier_zh=tier.zh, tier_en=tier.en)
    for found in beyond(area, shapes, np.zeros(len(shapes), dtype=np.intp), smallest_m2):
        yield naming.of("beyond", found, parent=above.codes[0])
    for found in same(shapes):
        yield naming.of("shape-twice", found, other=naming.codes[found.which[1]])
    for found in overlaps(shapes, smallest_m2):
        yield naming.of("overlap", found, other=naming.codes[found.which[1]])


def _codes(ground: _Ground) -> Iterator[GroundFault]:
    """The code of a unit grid begins with those of its street and community, where these are codes of the standard."""
    units = [number for number, grid in enumerate(ground.grids) if _standard(grid)]
    for tier, digits in ((Tier.STREET, _DIVISION_AND_STREET), (Tier.COMMUNITY, _AND_COMMUNITY)):
        above = [number for number, grid in enumerate(ground.grids) if grid.tier is tier and _digits(grid, digits)]
        if units and above:
            yield from _elsewhere(ground, units, above, digits)


def _elsewhere(ground: _Ground, units: list[int], above: list[int], digits: int) -> Iterator[GroundFault]:
    lies_in = most_in(ground.shapes[above], ground.shapes[units])
    for unit, found in zip(units, lies_in.tolist(), strict=True):
        code = ground.grids[unit].code
        other = ground.grids[above[found]].code if found >= 0 else code[:digits]
        if other != code[:digits]:
            here = piece((unit,), ground.shapes[unit])
            yield ground.naming.of("elsewhere", here, other, parent=code[:digits], other=other)


def _standard(grid: Grid) -> bool:
    return grid.tier is Tier.UNIT and UnitGridCode.check(grid.code) is None


def _digits(grid: Grid, count: int) -> bool:
    return len(grid.code) == count and grid.code.isdecimal()


