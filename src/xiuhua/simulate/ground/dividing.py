"""Which responsibility grid a cell lies in: the divider draws the grids, the cells between its borders follow.

The divider sees the middle lines, field tracks among them as roads: in the country they are the only borders there are.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.cells import Sides, between, parts_of
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.plots import within
from xiuhua.simulate.ground.ways import Line
from xiuhua.space.divide import Area, Lines, Rules, divide

SEEN_AS: Final = {"track": "unclassified"}
ROUNDS: Final = 20


def grid_of_cells(plan: Plan, streets: list[Any], pieces: list[Line], cells: Any, street: Any, found: Sides) -> Any:
    """A number from 0 for each cell of a divided street, -1 elsewhere."""
    areas = [
        Area(one.code, one.name, shape, one.grids)
        for one, shape in zip(plan.streets, streets, strict=True)
        if one.grids
    ]
    borders = [replace(line, kind=SEEN_AS.get(line.kind, line.kind)) for line in pieces if line.way.border]
    lines = Lines(np.array([line.shape for line in borders]), np.array([line.kind for line in borders]))
    made = divide(areas, lines, None, sum(area.count or 0 for area in areas), Rules(seed=plan.seed))
    grid = np.full(len(cells), -1)
    codes = [one.code for one in plan.streets]
    for at in range(len(codes)):
        mine = np.array([place for place, cell in enumerate(made.grids) if cell.area == codes[at]])
        here = np.flatnonzero(street == at)
        if len(mine):
            grid[here] = mine[within(cells[here], np.array([made.grids[place].ground for place in mine]))]
    return _whole(grid, street, cells, found)


def _whole(grid: Any, street: Any, cells: Any, found: Sides) -> Any:
    """A cell cut off from its grid by the rounding of a border goes to the grid it has most border with."""
    grid = grid.copy()
    for _ in range(ROUNDS):
        part = parts_of(grid, found, len(grid))
        area = np.bincount(part, weights=shapely.area(cells), minlength=len(grid))
        largest = {}
        for at in np.unique(part[grid >= 0]):
            best = largest.get(grid[at])
            if best is None or area[at] > area[best]:
                largest[grid[at]] = at
        loose = {int(at) for at in np.unique(part[grid >= 0]) if largest[grid[at]] != at}
        if not loose:
            break
        next_to = between(found, part)
        for at in sorted(loose):
            grid[part == at] = _longest(at, next_to, grid, street)
    return grid


def _longest(part: int, next_to: Sides, grid: Any, street: Any) -> Any:
    mine = (next_to.first == part) | (next_to.second == part)
    other = np.where(next_to.first[mine] == part, next_to.second[mine], next_to.first[mine])
    good = street[other] == street[part]
    return grid[other[good][np.argmax(next_to.metres[mine][good])]] if good.any() else grid[part]
