"""Communities: two to four responsibility grids of one street, put together along their longest borders."""

from typing import Any, Final

import numpy as np

from xiuhua.simulate.ground.cells import Sides

USUAL, MOST = 3, 4  # ours: grids in a community
ALONE: Final = 1


def communities(street: Any, found: Sides, order: list[int]) -> Any:
    """For each responsibility grid the number of its community. `order`: from the north-west of each street."""
    group = np.full(len(street), -1)
    count = 0
    for at in order:
        if group[at] >= 0:
            continue
        group[at] = count
        while (group == count).sum() < USUAL:
            best = _nearest(group == count, (group < 0) & (street == street[at]), found)
            if best < 0:
                break
            group[best] = count
        count += 1
    for lone in [at for at in order if (group == group[at]).sum() == ALONE]:
        sizes = np.bincount(group, minlength=count)
        free = (sizes[group] < MOST) & (street == street[lone]) & (group != group[lone])
        best = _nearest(np.arange(len(group)) == lone, free, found)
        group[lone] = group[best] if best >= 0 else group[lone]
    return np.unique(group, return_inverse=True)[1]


def _nearest(mine: Any, free: Any, found: Sides) -> int:
    """The free grid with the longest border with mine, -1 where there is none."""
    border = np.zeros(len(mine))
    for a, b in ((found.first, found.second), (found.second, found.first)):
        np.add.at(border, b[mine[a]], found.metres[mine[a]])
    border[~free] = 0.0
    best = int(np.argmax(border))
    return best if border[best] > 0 else -1
