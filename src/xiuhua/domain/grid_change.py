"""A change of the division as a plan on plain codes and days: which grids end, which begin, which get another parent.

A change never edits: old grids get a last day, new ones begin the day after with codes of their own. A code comes back
only for exactly the same ground, so an undone split gives the old grid its code again. Source: processes clause 17
(source), grid_and_codes clause 1 (codes are not reused; source). Leaves out: shapes (`space.redraw`).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from xiuhua.domain.grid import Grid, GridRole, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal, Words

MOST_DAYS_AHEAD: Final = 400  # ours: a day further away was typed wrongly
ONE_DAY: Final = timedelta(days=1)


class ChangeKind(StrEnum):
    SPLIT = "split"
    MERGE = "merge"
    SHIFT = "shift"
    NEW_ROAD = "new-road"
    UNDO = "undo"

    @property
    def words(self) -> Words:
        return CHANGE_KINDS[self]


CHANGE_KINDS: Final[Mapping[ChangeKind, Words]] = {
    ChangeKind.SPLIT: Words("拆分", "Split"),
    ChangeKind.MERGE: Words("合并", "Merge"),
    ChangeKind.SHIFT: Words("边界调整", "Shift of a border"),
    ChangeKind.NEW_ROAD: Words("新路划界", "New road"),
    ChangeKind.UNDO: Words("恢复原划分", "Former division restored"),
}
# How many grids each kind takes, and how many it makes; None: as many as there are.
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
    "网格分属街道“{one}”和“{other}”，调整不得跨街道",
    "the grids lie in the streets “{one}” and “{other}”; a change does not cross a street border",
)
TWO_PARENTS = Words(
    "网格分属“{one}”和“{other}”，调整不得跨其上级网格",
    "the grids lie in “{one}” and “{other}”; a change keeps within the grid that they lie in",
)
TOO_FEW = Words("“{kind_zh}”需要 {wanted} 个网格，现有 {found} 个", "“{kind_en}” takes {wanted} grids, not {found}")
TOO_FEW_NEW = Words(
    "“{kind_zh}”应得到 {wanted} 个网格，现得 {found} 个", "“{kind_en}” makes {wanted} grids, not {found}"
)
USED = Words(
    "编码“{it}”曾用于另一范围，编码不得重复使用", "the code “{it}” was other ground; codes are never used again"
)
TWICE = Words("编码“{it}”在新网格中出现两次", "the code “{it}” is given to two of the new grids")
PENDING = Words(
    "网格“{it}”已有定于 {day} 生效的调整，先生效或撤销后再办",
    "a change of the grid “{it}” is scheduled for {day}; it has to take effect or be called off first",
)
CHANGED_SINCE = Words(
    "网格“{it}”此后又有调整，先恢复后一次调整", "the grid “{it}” has been changed since; undo that change first"
)
PAST = Words("生效日须晚于今天（{today}）", "the day must be later than today ({today})")
FAR = Words("生效日不得晚于 {last}", "the day must not be later than {last}")


@dataclass(frozen=True, slots=True)
class Begun:
    """A grid that begins: a new responsibility grid, or a piece of a unit grid that the border cuts."""

    code: str
    tier: Tier
    name: Words
    parent: str
    street: str
    outline: tuple[Wgs84, ...]
    follows: tuple[str, ...]
    area_class: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`ends` are codes of responsibility grids and of cut unit grids, `moved` unit grids with their new parents."""

    ends: tuple[str, ...]
    begins: tuple[Begun, ...]
    moved: Mapping[str, str]

    @property
    def new(self) -> tuple[Begun, ...]:
        return tuple(one for one in self.begins if one.tier is not Tier.UNIT)

    @property
    def touches(self) -> frozenset[str]:
        return frozenset({*self.ends, *self.moved, *(one.code for one in self.begins)})

    def successors(self, code: str) -> tuple[str, ...]:
        return tuple(one.code for one in self.begins if code in one.follows)


# as facts of a subject


def plan_json(plan: Plan) -> dict[str, Json]:
    return {
        "ends": list(plan.ends),
        "begins": [
            {
                "code": b.code, "tier": b.tier.value, "zh": b.name.zh, "en": b.name.en, "parent": b.parent,
                "street": b.street, "area_class": b.area_class, "follows": list(b.follows),
                "outline": [[p.lon, p.lat] for p in b.outline],
            }
            for b in plan.begins
        ],
        "moved": dict(sorted(plan.moved.items())),
    }  # fmt: skip


def plan_of(written: Mapping[str, Any]) -> Plan:
    return Plan(tuple(written["ends"]), tuple(map(_begun, written["begins"])), dict(written["moved"]))


def _begun(w: Mapping[str, Any]) -> Begun:
    return Begun(
        code=w["code"], tier=Tier(w["tier"]), name=Words(w["zh"], w["en"]), parent=w["parent"], street=w["street"],
        outline=tuple(Wgs84(lon, lat) for lon, lat in w["outline"]), follows=tuple(w["follows"]),
        area_class=w["area_class"],
    )  # fmt: skip


# what is refused


def codes_in(text: str) -> tuple[str, ...]:
    """Codes as somebody types them, parted by semicolons, commas or blanks of either script; each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s;；,，、]+", text) if part))


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
        return Refusal("two-streets", TWO_STREETS.filled(one=streets[0], other=streets[1]), "grids")
    parents = sorted({g.parent for code in codes if (g := grids.on(code, today))})
    if len(parents) > 1:  # a community would be left with a gap
        return Refusal("two-parents", TWO_PARENTS.filled(one=parents[0], other=parents[1]), "grids")
    return refuse_pending(codes, grids, today)


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
    return Refusal("day-far", FAR.filled(last=last), "day") if day > last else None


# codes and names


_ENDING = re.compile(r"^(.*?)([0-9]+)$")


def next_codes(like: str, count: int, known: Iterable[str]) -> tuple[str, ...]:
    """The next free codes of the row in which `like` stands: the same beginning, the number counted on."""
    found = _ENDING.match(like)
    begin, digits = (found[1], found[2]) if found else (f"{like}-", "0")
    if begin.isdigit() or not begin:  # all digits: the last three count, as in codes of the standard
        begin, digits = like[:-3], like[-3:]
    used = [int(code[len(begin) :]) for code in known if code.startswith(begin) and code[len(begin) :].isdigit()]
    last = max([int(digits), *(number for number in used if number < 10 ** max(3, len(digits)))])
    return tuple(f"{begin}{last + step:0{len(digits)}d}" for step in range(1, count + 1))


def renamed(name: Words, old: str, new: str) -> Words:
    """The old name with the new code's number in place of the old one's; where it has none, followed by it."""
    return Words(_renumbered(name.zh, old, new, ""), _renumbered(name.en, old, new, " "))


def _renumbered(text: str, old: str, new: str, gap: str) -> str:
    was, now = _ENDING.match(old), _ENDING.match(new)
    if not was or not now:
        return f"{text}{gap}{new}"
    before, after = was[2][-3:].lstrip("0") or "0", now[2][-3:].lstrip("0") or "0"
    spot = list(re.finditer(rf"(?<![0-9])0*{before}(?![0-9])", text))
    if not spot:
        return f"{text}{gap}{after}"
    last = spot[-1]
    return text[: last.start()] + after.zfill(last.end() - last.start()) + text[last.end() :]


# what it does to the rows


def applied(grids: Iterable[Grid], plan: Plan, day: date) -> tuple[Grid, ...]:
    """The rows with the change in them: nothing is lost, old rows end the day before."""
    kept: list[Grid] = []
    for grid in grids:
        ending = valid_on(grid, day) and (grid.code in plan.ends or grid.code in plan.moved)
        kept.append(replace(grid, valid_to=day - ONE_DAY) if ending else grid)
        if ending and grid.code in plan.moved:
            kept.append(replace(grid, parent=plan.moved[grid.code], valid_from=day))
    begun = (
        Grid(b.code, b.tier, b.parent, b.name, b.street, b.area_class, b.outline, day) for b in plan.begins
    )
    return tuple(sorted((*kept, *begun), key=lambda g: (g.code, g.valid_from)))


def called_off(grids: Iterable[Grid], plan: Plan, day: date) -> tuple[Grid, ...]:
    """The rows as if it had never been scheduled."""
    back: list[Grid] = []
    for grid in grids:
        if grid.code in plan.touches and grid.valid_from == day:
            continue  # what was to begin
        ended = (grid.code in plan.ends or grid.code in plan.moved) and grid.valid_to == day - ONE_DAY
        back.append(replace(grid, valid_to=None) if ended else grid)
    return tuple(sorted(back, key=lambda g: (g.code, g.valid_from)))


def roles_applied(roles: Iterable[GridRole], plan: Plan, day: date) -> tuple[GridRole, ...]:
    """Roles go over to the successors where all predecessors agree on the holder; the rest is to be named anew.

    A role that has a last day of its own keeps it, there and with the successor.
    """
    listed = tuple(roles)
    kept = [replace(r, valid_to=day - ONE_DAY) if _ends(r, plan, day) else r for r in listed]
    carried = [r for one in plan.new for r in _carried(one, listed, day)]
    return (*kept, *carried)


def roles_ended(roles: Iterable[GridRole], plan: Plan, day: date) -> list[Json]:
    """Which roles a change ends, as a fact of it without the person: some end on the same day by themselves."""
    return [_key(r) for r in roles if _ends(r, plan, day)]


def _key(role: GridRole) -> Json:
    return [role.grid, role.role.value, role.valid_from.isoformat()]


def _ends(role: GridRole, plan: Plan, day: date) -> bool:
    return role.grid in plan.ends and role.valid_from < day and role.valid_to is None


def _carried(one: Begun, roles: tuple[GridRole, ...], day: date) -> Iterable[GridRole]:
    here = [r for r in roles if r.grid in one.follows and valid_on(r, day)]
    for role in dict.fromkeys(r.role for r in here):
        held = [r for r in here if r.role is role]
        holders = {(r.person, r.organisation, r.valid_to) for r in held}
        if len(holders) == 1 and {r.grid for r in held} == set(one.follows):
            yield replace(held[0], grid=one.code, valid_from=day)


def roles_called_off(
    roles: Iterable[GridRole], plan: Plan, day: date, ended: Collection[Json]
) -> tuple[GridRole, ...]:
    """`ended` is what `roles_ended` said when it was scheduled. Holders of grids that never come go too."""
    begun = {one.code for one in plan.begins}
    return tuple(
        replace(r, valid_to=None) if r.valid_to == day - ONE_DAY and _key(r) in ended else r
        for r in roles
        if not (r.grid in begun and r.valid_from >= day)
    )


# undone


def undone(plan: Plan, grids: Grids, day: date, today: date) -> tuple[tuple[str, ...], tuple[Begun, ...]] | Refusal:
    """The grids to end and the former ones to begin again, unit grids too, from a change that took effect on `day`.

    Only while its own grids still stand: what was changed since has to be undone first.
    """
    codes = tuple(one.code for one in plan.begins)
    for code in codes:
        if grids.on(code, today) is None:
            return Refusal("changed-since", CHANGED_SINCE.filled(it=code), "of")
    former = [g for code in plan.ends for g in grids.ever(code) if g.valid_to == day - ONE_DAY]
    back = tuple(
        Begun(g.code, g.tier, g.name, g.parent, g.street, g.outline, plan.successors(g.code), g.area_class)
        for g in former
    )
    return codes, back
