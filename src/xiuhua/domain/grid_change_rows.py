"""Whether the district's rows are what a change made of them: from its first day on, until another change turned them.

Leaves out: whether the ground fits together (`space.topology`). Ours.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TypeAlias

from xiuhua.domain.grid import Grids
from xiuhua.domain.grid_change import ONE_DAY, Plan
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words

Turned: TypeAlias = Collection[tuple[str, date]]  # codes of grids that other changes touch, each with its first day

MISSING = Words("网格“{it}”{day} 应在册，却不在", "the grid “{it}” should be there on {day} and is not")
STILL = Words("网格“{it}”应止于 {last}，{day} 却在用", "the grid “{it}” should end on {last} and is in use on {day}")
LOST = Words("原网格“{it}”在 {last} 的记录缺失", "the former grid “{it}” is not there on {last}")
OTHER_OUTLINE = Words("网格“{it}”的边界与方案不同", "the outline of the grid “{it}” is not the planned one")
OTHER_PARENT = Words(
    "网格“{it}”自 {day} 起应属于“{parent}”，却属于“{found}”",
    "the grid “{it}” should lie in “{parent}” from {day} on and lies in “{found}”",
)


def missing(plan: Plan, day: date, grids: Grids) -> tuple[str, ...]:
    """Grids that the change begins and that do not begin on its first day: the rows are from before it."""
    codes = sorted(one.code for one in plan.begins)
    return tuple(code for code in codes if all(grid.valid_from != day for grid in grids.ever(code)))


def astray(plan: Plan, day: date, today: date, grids: Grids, turned: Turned) -> tuple[Words, ...]:
    """All that is not as planned on some day from `day` to `today`, the grids that end first."""
    return tuple(_all_astray(plan, day, today, grids, turned))


def _all_astray(plan: Plan, day: date, today: date, grids: Grids, turned: Turned) -> Iterator[Words]:
    for code in plan.ends:
        yield from _not_ended(code, day, today, grids, turned)
    for one in plan.begins:
        yield from _not_there(one.code, one.parent, one.outline, day, today, grids, turned)
    for code, parent in sorted(plan.moved.items()):
        yield from _not_there(code, parent, None, day, today, grids, turned)


def _not_ended(code: str, day: date, today: date, grids: Grids, turned: Turned) -> Iterator[Words]:
    last = day - ONE_DAY
    if grids.on(code, last) is None:
        yield LOST.filled(it=code, last=last)
    back = min((first for c, first in turned if c == code and first > day), default=today + ONE_DAY)
    for grid in grids.ever(code):
        first = max(grid.valid_from, day)
        if first < min(back, today + ONE_DAY) and (grid.valid_to is None or first <= grid.valid_to):
            yield STILL.filled(it=code, last=last, day=first)


def _not_there(
    code: str, parent: str, outline: tuple[Wgs84, ...] | None, day: date, today: date, grids: Grids, turned: Turned
) -> Iterator[Words]:
    """Row after row: a grid may get another name on the way. A change that turns it answers for what follows."""
    grid = grids.on(code, day)
    if grid is None:
        yield MISSING.filled(it=code, day=day)
        return
    if outline is not None and grid.outline != outline:
        yield OTHER_OUTLINE.filled(it=code)
    if grid.parent != parent:
        yield OTHER_PARENT.filled(it=code, parent=parent, found=grid.parent, day=day)
    then = grid.valid_to + ONE_DAY if grid.valid_to else None
    if then and then <= today and (code, then) not in turned:
        yield from _not_there(code, parent, None, then, today, grids, turned)
