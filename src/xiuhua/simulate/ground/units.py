"""Unit grids: cells, the small and thin of them joined to a neighbour in the same responsibility grid.

About 10,000 m2 where people live (grid_and_codes clause 1, source); larger where there is nothing to look at.
"""

from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.cells import Sides, between, united

LEAST_M2: Final = 5_500.0  # ours
THIN: Final = 0.24  # of a circle's compactness: about 1 to 11
ROUNDS: Final = 30


def units(cells: Any, grid: Any, estate: Any, found: Sides) -> Any:
    """For each cell of a grid the number of its unit (that of one of its cells), -1 for the others."""
    unit = np.where(grid >= 0, np.arange(len(cells)), -1)
    for _ in range(ROUNDS):
        shapes = _shapes(cells, unit)
        area, outer = shapely.area(shapes), shapely.length(shapes)
        compact = 4 * np.pi * area / np.maximum(outer, 1e-9) ** 2
        weak = (area > 0) & ((area < LEAST_M2) | (compact < THIN))
        holes = _in_holes(shapes, unit, cells)
        if holes:
            for inner, holder in holes:
                unit[unit == inner] = holder
            continue
        joins = _joins(unit, np.where(weak, area, np.inf), grid, estate, found)
        if not joins:
            break
        for lesser, other in joins:
            unit[unit == lesser] = other
    return unit


def _shapes(cells: Any, unit: Any) -> Any:
    used = np.unique(unit[unit >= 0])
    shapes = np.full(len(cells), shapely.Polygon(), dtype=object)
    place = np.searchsorted(used, unit)
    shapes[used] = united(cells[unit >= 0], place[unit >= 0], len(used))
    return shapes


def _in_holes(shapes: Any, unit: Any, cells: Any) -> list[tuple[int, int]]:
    """A unit in the hole of another joins it: an outline is one ring."""
    holed = np.flatnonzero(shapely.get_num_interior_rings(shapes) > 0)
    points = shapely.point_on_surface(cells)
    found = []
    for at in holed:
        hole = shapely.polygons([ring.coords for ring in shapes[at].interiors])
        inner = np.unique(unit[shapely.contains(shapely.union_all(hole), points)])
        found += [(int(one), int(at)) for one in inner if one >= 0]
    return found


def _joins(unit: Any, weak: Any, grid: Any, estate: Any, found: Sides) -> list[tuple[int, int]]:
    """The weakest first; nobody is joined twice in one round. A border inside one estate counts double."""
    next_to = between(found, unit)
    good = (next_to.first >= 0) & (grid[next_to.first] == grid[next_to.second])
    first, second, metres = next_to.first[good], next_to.second[good], next_to.metres[good]
    metres = metres * np.where(estate[first] == estate[second], 2.0, 1.0)
    lesser = np.r_[first, second]
    other, shared = np.r_[second, first], np.r_[metres, metres]
    order = np.lexsort((other, -shared, lesser, weak[lesser]))
    order = order[np.isfinite(weak[lesser[order]])]
    taken: set[int] = set()
    joins = []
    for at in order:
        pair = int(lesser[at]), int(other[at])
        if pair[0] not in taken and pair[1] not in taken:
            joins.append(pair)
            taken |= set(pair)
    return joins
