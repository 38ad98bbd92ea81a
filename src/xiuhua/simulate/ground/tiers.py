"""The grids of all tiers, made of whole cells, with their codes: unit, responsibility, community, street, district.

A unit grid's code is 6 division + 3 street + 3 community + 3 sequence; sequences run from west to east in rows from
north to south (grid_and_codes clause 1, source; rows are how the divider reads it).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.simulate.ground.cells import Sides, between, united
from xiuhua.simulate.ground.communities import communities
from xiuhua.simulate.ground.dividing import grid_of_cells
from xiuhua.simulate.ground.drawing import Drawing
from xiuhua.simulate.ground.frame import Frame
from xiuhua.simulate.ground.names import Naming
from xiuhua.simulate.ground.plan import StreetPlan
from xiuhua.simulate.ground.units import units
from xiuhua.space.divide.codes import reading_order


@dataclass(frozen=True)
class Nested:
    """For each cell its responsibility grid and unit, -1 where a street is not divided; each grid's community."""

    grid: Any
    unit: Any
    community: Any


def nested(drawn: Drawing) -> Nested:
    cells = drawn.cells
    grid = grid_of_cells(drawn.plan, drawn.streets, cells)
    unit = units(cells.shapes, grid, cells.estate, cells.sides)
    within = grid >= 0
    shapes = united(cells.shapes[within], grid[within], grid.max() + 1)
    street = np.zeros(len(shapes), dtype=int)
    street[grid[within]] = cells.street[within]
    order = [at for number in np.unique(street) for at in _ordered(shapes, np.flatnonzero(street == number))]
    return Nested(grid, unit, communities(street, _known(between(cells.sides, grid)), order))


def _known(found: Sides) -> Sides:
    """Without the borders to what has no grid."""
    good = found.first >= 0
    return Sides(found.first[good], found.second[good], found.metres[good])


def _ordered(shapes: Any, at: Any) -> list[int]:
    """These places, in the order of the standard."""
    chosen = [shapes[place] for place in at]
    centres = [(shape.centroid.x, shape.centroid.y) for shape in chosen]
    return [int(at[place]) for place in reading_order(centres, sum(shape.area for shape in chosen))]


class Tiers:
    """Writes the nouns of one nesting."""

    def __init__(self, drawn: Drawing, found: Nested) -> None:
        self._plan, self._frame = drawn.plan, drawn.frame
        self._found = found
        self._cells, self._street = drawn.cells.shapes, drawn.cells.street
        self._naming = Naming(drawn.plan.seed)

    def grids(self) -> Iterator[Grid]:
        plan = self._plan
        yield self._noun(
            plan.division,
            Tier.DISTRICT,
            "",
            plan.name,
            "",
            shapely.coverage_union_all(self._cells[self._street >= 0]),
        )
        for at, street in enumerate(plan.streets):
            cells = self._street == at
            shape = shapely.coverage_union_all(self._cells[cells])
            yield self._noun(
                street.code, Tier.STREET, plan.division, street.name, street.code, shape, street.area_class
            )
            yield from self._divided(street, cells) if street.grids else ()

    def _divided(self, street: StreetPlan, cells: Any) -> Iterator[Grid]:
        found = self._found
        numbers, group = np.unique(found.community[found.grid[cells]], return_inverse=True)
        shapes = united(self._cells[cells], group.ravel(), len(numbers))
        codes: dict[int, str] = {}
        for sequence, at in enumerate(_ordered(shapes, np.arange(len(numbers))), 1):
            code = codes[int(numbers[at])] = f"{street.code}{sequence:03d}"
            yield self._noun(
                code, Tier.COMMUNITY, street.code, self._naming.next("community"), street.code, shapes[at]
            )
        yield from self._responsibility(street, cells, codes)

    def _responsibility(self, street: StreetPlan, cells: Any, communities: dict[int, str]) -> Iterator[Grid]:
        found = self._found
        numbers, group = np.unique(found.grid[cells], return_inverse=True)
        shapes = united(self._cells[cells], group.ravel(), len(numbers))
        codes: dict[int, str] = {}
        for sequence, at in enumerate(_ordered(shapes, np.arange(len(numbers))), 1):
            code = codes[int(numbers[at])] = f"{street.code}Z{sequence:03d}"
            name = Words(f"{street.short.zh}{sequence:02d}网格", f"{street.short.en} grid {sequence:02d}")
            parent = communities[int(found.community[numbers[at]])]
            yield self._noun(
                code, Tier.RESPONSIBILITY, parent, name, street.code, shapes[at], street.area_class
            )
        for number, community in communities.items():
            yield from self._units(street, number, community, codes)

    def _units(
        self, street: StreetPlan, number: int, community: str, codes: dict[int, str]
    ) -> Iterator[Grid]:
        found = self._found
        cells = (found.grid >= 0) & (found.community[found.grid] == number)
        units, group = np.unique(found.unit[cells], return_inverse=True)
        shapes = united(self._cells[cells], group.ravel(), len(units))
        inside = dict.fromkeys(codes, 0)
        for sequence, at in enumerate(_ordered(shapes, np.arange(len(units))), 1):
            grid = int(found.grid[units[at]])
            inside[grid] += 1
            place = f"{int(codes[grid][-3:]):02d}-{inside[grid]}"
            name = Words(f"{street.short.zh}{place}", f"{street.short.en} {place}")
            yield self._noun(
                f"{community}{sequence:03d}", Tier.UNIT, codes[grid], name, street.code, shapes[at]
            )

    def _noun(
        self, code: str, tier: Tier, parent: str, name: Words, street: str, shape: Any, area_class: str = ""
    ) -> Grid:
        return Grid(
            code, tier, parent, name, street, area_class, outline(shape, self._frame), self._plan.valid_from
        )


def outline(shape: Any, frame: Frame) -> tuple[Wgs84, ...]:
    """One ring without its last point, from its lowest corner on."""
    if shape.geom_type != "Polygon" or shape.interiors:
        raise ValueError(f"not one ring: {shape.geom_type} near {shape.centroid}")
    ring = frame.degrees_of(np.array(shapely.normalize(shape).exterior.coords))[:-1]
    return tuple(Wgs84(lon, lat) for lon, lat in ring.tolist())
