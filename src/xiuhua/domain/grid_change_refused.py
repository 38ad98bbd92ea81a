"""Whether grids can be changed so: which may be taken, what the new ones may be, from which day.

Leaves out: whether the new ground is exactly the old (`space.redraw`). Source: grid_and_codes clause 1 (codes are not
reused; source); the limits of count and day are ours.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.grid_change import ONE_DAY, Begun, ChangeKind, Plan
from xiuhua.domain.grid_naming import codes_in
from xiuhua.domain.words import Refusal, Words

MOST_DAYS_AHEAD: Final = 400  # ours: a day further away was typed wrongly
# How many grids each kind takes, and how many it makes.
COUNTS: Final[Mapping[ChangeKind, tuple[range, range]]] = {
    ChangeKind.SPLIT: (range(1, 2), range(2, 100)),
    ChangeKind.MERGE: (range(2, 100), range(1, 2)),
    ChangeKind.SHIFT: (range(2, 100), range(2, 100)),
    ChangeKind.NEW_ROAD: (range(1, 100), range(1, 100)),
    ChangeKind.UNDO: (range(1, 100), range(1, 100)),
}

NO_GRIDS = Words("请填写网格编码，多个用分号分开", "name the grids by their codes, several parted by “;”")
UNKNOWN = Words("没有编码为“{it}”的责任网格", "there is no responsibility grid “{it}”")
NOT_TODAY = Words("网格“{it}”今天无效", "the grid “{it}” is not in use today")
TWO_STREETS = Words(
    "网格分属“{one_zh}”和“{other_zh}”，调整不得跨街道",
    "the grids lie in “{one_en}” and “{other_en}”; a change does not cross a street border",
)
TWO_PARENTS = Words(
    "网格分属“{one_zh}”和“{other_zh}”，调整不得跨其上级网格",
    "the grids lie in “{one_en}” and “{other_en}”; a change keeps within the grid that they lie in",
)
TOO_FEW = Words("“{kind_zh}”需要 {wanted} 个网格，现有 {found} 个", "“{kind_en}” takes {wanted} grids, not {found}")
TOO_FEW_NEW = Words(
    "“{kind_zh}”应得到 {wanted} 个网格，现得 {found} 个", "“{kind_en}” makes {wanted} grids, not {found}"
)
USED = Words(
    "编码“{it}”曾用于另一范围，编码不得重复使用", "the code “{it}” was other ground; codes are never used again"
)
UNFIT = Words(
    "编码“{it}”含空格、逗号、分号或斜线", "the code “{it}” has blanks, commas, semicolons or slashes in it"
)
TWICE = Words("编码“{it}”在新网格中出现两次", "the code “{it}” is given to two of the new grids")
PENDING = Words(
    "网格“{it}”已有定于 {day} 生效的调整，待其生效或取消排期后再办",
    "a change of the grid “{it}” is scheduled for {day}; it has to take effect or be called off first",
)
PAST = Words("生效日须晚于今天（{today}）", "the day must be later than today ({today})")
FAR = Words(
    "生效日须在今天起 {most} 天内，不晚于 {last}", "the day must be within {most} days, not later than {last}"
)
EDITED = Words(
    "网格“{it}”在提出后已变，请撤回后重新提出",
    "the grid “{it}” is not as it was when this was proposed; propose it anew",
)


def refuse_old(kind: ChangeKind, codes: tuple[str, ...], grids: Grids, today: date) -> Refusal | None:
    """The grids to change: known, in use, of one street, as many as the kind takes, and not changed already."""
    if not codes:
        return Refusal("grids-missing", NO_GRIDS, "grids")
    for code in codes:
        if not any(g.tier is Tier.RESPONSIBILITY for g in grids.ever(code)):
            return Refusal("grid-unknown", UNKNOWN.filled(it=code), "grids")
        if grids.on(code, today) is None:
            return Refusal("grid-not-valid", NOT_TODAY.filled(it=code), "grids")
    wanted = COUNTS[kind][0]
    if len(codes) not in wanted:
        return Refusal("grids-count", _counted(TOO_FEW, kind, wanted, len(codes)), "grids")
    streets = sorted({g.street for code in codes for g in grids.ever(code)})
    if len(streets) > 1:
        return _apart("two-streets", TWO_STREETS, streets, grids, today)
    parents = sorted({g.parent for code in codes if (g := grids.on(code, today))})
    if len(parents) > 1:  # a community would be left with a gap
        return _apart("two-parents", TWO_PARENTS, parents, grids, today)
    return refuse_pending(codes, grids, today)


def _apart(code: str, words: Words, lie_in: list[str], grids: Grids, today: date) -> Refusal:
    one, other = (grid.name if (grid := grids.on(it, today)) else Words(it, it) for it in lie_in[:2])
    said = words.filled(one_zh=one.zh, one_en=one.en, other_zh=other.zh, other_en=other.en)
    return Refusal(code, said, "grids")


def refuse_stale(plan: Plan, grids: Grids, today: date) -> Refusal | None:
    """A plan that is not in force yet is worth nothing once one of its grids has gone."""
    gone = next((code for code in (*plan.ends, *plan.moved) if grids.on(code, today) is None), None)
    return Refusal("grid-changed", EDITED.filled(it=gone)) if gone else None


def refuse_pending(codes: Iterable[str], grids: Grids, today: date) -> Refusal | None:
    """A grid that ends or begins on a coming day is in another change's hands."""
    for code in codes:
        for grid in grids.ever(code):
            coming = grid.valid_from if grid.valid_from > today else grid.valid_to and grid.valid_to + ONE_DAY
            if coming is not None and coming > today:
                return Refusal("change-scheduled", PENDING.filled(it=code, day=coming), "grids")
    return None


def refuse_new(kind: ChangeKind, begins: Iterable[Begun], grids: Grids) -> Refusal | None:
    """The new grids: as many as the kind makes, each code new, or that of exactly the same ground."""
    listed = tuple(begins)
    refusal = refuse_count(kind, sum(one.tier is not Tier.UNIT for one in listed))
    if refusal:
        return refusal
    seen: set[str] = set()
    for one in listed:
        if one.code in seen:
            return Refusal("code-twice", TWICE.filled(it=one.code), "drawing")
        if codes_in(one.code) != (one.code,) or "/" in one.code:  # nobody could type it, or open its page
            return Refusal("code-unfit", UNFIT.filled(it=one.code), "drawing")
        seen.add(one.code)
        if any((g.tier, g.outline) != (one.tier, one.outline) for g in grids.ever(one.code)):
            return Refusal("code-used", USED.filled(it=one.code), "drawing")
    return None


def refuse_count(kind: ChangeKind, made: int) -> Refusal | None:
    """How many new grids the kind makes; looked at before their grounds are compared, each with each."""
    wanted = COUNTS[kind][1]
    return None if made in wanted else Refusal("new-count", _counted(TOO_FEW_NEW, kind, wanted, made), "drawing")


def _counted(words: Words, kind: ChangeKind, wanted: range, found: int) -> Words:
    first, last = wanted[0], wanted[-1]
    said = str(first) if first == last else f"{first}–{last}"
    return words.filled(kind_zh=kind.words.zh, kind_en=kind.words.en.lower(), wanted=said, found=found)


def refuse_day(day: date, today: date) -> Refusal | None:
    """The first day of the new division, which begins at 00:00."""
    last = today + timedelta(days=MOST_DAYS_AHEAD)
    if day <= today:
        return Refusal("day-past", PAST.filled(today=today), "day")
    return Refusal("day-far", FAR.filled(last=last, most=MOST_DAYS_AHEAD), "day") if day > last else None
