"""What is wrong among grids that are each well written: nesting, dates and codes used twice.

A code may appear again only for the same ground (same tier and outline) on other days: the grid that moved.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from xiuhua.domain.grid import LIES_IN, TIERS, Grid, Grids, Tier
from xiuhua.domain.validity import meet
from xiuhua.domain.words import Refusal, Words

NO_PARENT = Words("没有上级网格“{parent}”", "there is no grid “{parent}” to lie in")
WRONG_PARENT = Words(
    "{tier_zh}不能属于{above_zh}“{parent}”", "a {tier_en} cannot lie in the {above_en} “{parent}”"
)
PARENT_AWAY = Words(
    "上级网格“{parent}”在 {day} 无效", "the grid “{parent}” that it lies in is not valid on {day}"
)
OTHER_STREET = Words("上级网格在街道“{street}”", "the grid that it lies in is in the street “{street}”")
NO_STREET = Words("没有街道“{street}”", "there is no street “{street}”")
REUSED = Words(
    "编码曾用于另一网格，编码不得重复使用", "the code was another grid's; codes are never used again"
)
TWO_AT_ONCE = Words("同一编码的有效期重叠", "two entries of this code are valid on the same days")
NOT_CLOSED = Words("边界少于三个点", "the outline has fewer than three points")

GridFault: TypeAlias = tuple[Grid, Refusal]  # the refusal's field is the column


def grid_faults(grids: Grids) -> tuple[GridFault, ...]:
    return tuple((grid, refusal) for grid in grids.grids for refusal in _faults_of(grid, grids))


def _faults_of(grid: Grid, grids: Grids) -> Iterable[Refusal]:
    yield from _parent_faults(grid, grids)
    yield from _street_faults(grid, grids)
    yield from _code_faults(grid, grids)
    if 0 < len(set(grid.outline)) < 3:
        yield Refusal("outline-short", NOT_CLOSED, "outline")


def _parent_faults(grid: Grid, grids: Grids) -> Iterable[Refusal]:
    if not grid.parent and grid.tier is Tier.DISTRICT:
        return
    parents = grids.ever(grid.parent)
    if not parents:
        yield Refusal("parent-unknown", NO_PARENT.filled(parent=grid.parent), "parent")
        return
    if parents[0].tier not in LIES_IN[grid.tier]:
        tier, above = TIERS[grid.tier], TIERS[parents[0].tier]
        names = {"tier_zh": tier.zh, "tier_en": tier.en, "above_zh": above.zh, "above_en": above.en}
        yield Refusal("parent-tier", WRONG_PARENT.filled(parent=grid.parent, **names), "parent")
        return
    away = _first_day_without(grid, grids)
    if away is not None:
        yield Refusal("parent-not-valid", PARENT_AWAY.filled(parent=grid.parent, day=away), "parent")


def _first_day_without(grid: Grid, grids: Grids) -> date | None:
    """The first day of the grid on which its parent is not there; a parent may have several entries in a row."""
    day = grid.valid_from
    while True:
        parent = grids.on(grid.parent, day)
        if parent is None:
            return day
        if parent.valid_to is None or (grid.valid_to is not None and grid.valid_to <= parent.valid_to):
            return None
        day = date.fromordinal(parent.valid_to.toordinal() + 1)


def _street_faults(grid: Grid, grids: Grids) -> Iterable[Refusal]:
    if grid.tier is Tier.DISTRICT:
        return
    street = grid.code if grid.tier is Tier.STREET else grid.street
    if not any(g.tier is Tier.STREET for g in grids.ever(street)):
        yield Refusal("street-unknown", NO_STREET.filled(street=street), "street")
        return
    above = next(iter(grids.ever(grid.parent)), None)
    if above is not None and above.tier is not Tier.DISTRICT:
        expected = above.code if above.tier is Tier.STREET else above.street
        if expected != street:
            yield Refusal("street-differs", OTHER_STREET.filled(street=expected), "street")


def _code_faults(grid: Grid, grids: Grids) -> Iterable[Refusal]:
    """Reported at the later entry only."""
    entries = grids.ever(grid.code)
    earlier = entries[: _position(grid, entries)]
    if any((e.tier, e.outline) != (grid.tier, grid.outline) for e in earlier):
        yield Refusal("code-reused", REUSED, "code")
    elif any(meet(e, grid) for e in earlier):
        yield Refusal("code-twice", TWO_AT_ONCE, "valid_from")


def _position(grid: Grid, entries: tuple[Grid, ...]) -> int:
    return next(i for i, entry in enumerate(entries) if entry is grid)
