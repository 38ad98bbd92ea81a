"""Several pieces of loose ground handed over together: a road of four carriageways has three medians side by side, and
no single one of them is better with the other grid.
"""

from collections.abc import Set as AbstractSet

from xiuhua.space.divide.exchange import Cut, Worth

LONGEST = 16  # ours: pieces handed over together
PASSES = 8  # ours: after so many nothing moves any more


def slide(cut: Cut, worth: Worth, movable: AbstractSet[int]) -> None:
    """Changes `cut` wherever a row of pieces is better with a neighbour."""
    order = sorted(movable)
    for _ in range(PASSES):
        moved = [_from(cut, worth, movable, piece) for piece in order]
        if not any(moved):
            return


def _from(cut: Cut, worth: Worth, movable: AbstractSet[int], piece: int) -> bool:
    grid = cut.label[piece]
    near = {cut.label[other] for other, _, _ in cut.graph.beside[piece]} - {grid}
    return any(_row(cut, worth, movable, piece, to) for to in sorted(near))


def _row(cut: Cut, worth: Worth, movable: AbstractSet[int], piece: int, to: int) -> bool:
    """The row begins with the piece and takes in whatever it then saves most to take in."""
    grid, row = cut.label[piece], [piece]
    before = _of(cut, worth, grid) + _of(cut, worth, to)
    saved = 0.0
    while cut.size[grid] > 1:
        saved += _saved(cut, row[-1], to)
        cut.hand(row[-1], to)
        after = _of(cut, worth, grid) + _of(cut, worth, to)
        if after - before - worth.border * worth.metre * saved < -1e-9 and cut.connected(grid):
            return True
        following = {
            other: _saved(cut, other, to) for block in row for other, _, _ in cut.graph.beside[block]
            if other in movable and cut.label[other] == grid
        }  # fmt: skip
        if not following or len(row) == LONGEST:
            break
        row.append(max(following, key=lambda other: (following[other], -other)))
    for block in row:
        if cut.label[block] == to:
            cut.hand(block, grid)
    return False


def _of(cut: Cut, worth: Worth, grid: int) -> float:
    return worth.of(cut.load[grid], cut.area_m2[grid], cut.outer_m[grid])


def _saved(cut: Cut, block: int, to: int) -> float:
    """Cost of border that is gone once the block is handed over."""
    grid, saved = cut.label[block], 0.0
    for other, _, cost in cut.graph.beside[block]:
        if cut.label[other] == to:
            saved += cost
        elif cut.label[other] == grid:
            saved -= cost
    return saved
