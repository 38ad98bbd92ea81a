"""Which responsibility grid a cell lies in: the divider draws the grids, the cells between its borders follow.

The divider sees the middle lines, field tracks among them as roads: in the country they are the only borders there are.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from xiuhua.simulate.ground.cells import whole
from xiuhua.simulate.ground.drawing import Cells
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.plots import within
from xiuhua.space.divide import Area, Lines, Rules, divide

SEEN_AS: Final = {"track": "unclassified"}


def grid_of_cells(plan: Plan, streets: list[Any], cells: Cells) -> Any:
    """A number from 0 for each cell of a divided street, -1 elsewhere."""
    areas = [
        Area(one.code, one.name, shape, one.grids)
        for one, shape in zip(plan.streets, streets, strict=True)
        if one.grids
    ]
    borders = [
        replace(line, kind=SEEN_AS.get(line.kind, line.kind)) for line in cells.lines if line.way.border
    ]
    lines = Lines(np.array([line.shape for line in borders]), np.array([line.kind for line in borders]))
    made = divide(areas, lines, None, sum(area.count or 0 for area in areas), Rules(seed=plan.seed))
    grid = np.full(len(cells.shapes), -1)
    codes = [one.code for one in plan.streets]
    for at in range(len(codes)):
        mine = np.array([place for place, cell in enumerate(made.grids) if cell.area == codes[at]])
        here = np.flatnonzero(cells.street == at)
        if len(mine):
            grid[here] = mine[
                within(cells.shapes[here], np.array([made.grids[place].ground for place in mine]))
            ]
    return whole(grid, cells.street, cells.shapes, cells.sides)
