"""A change of the division as a plan on plain codes and days: which grids end, which begin, which get another parent.

A change never edits: old grids get a last day, new ones begin the day after with codes of their own. A code comes back
only for exactly the same ground, so an undone split gives the old grid its code again. Source: processes clause 17
(source), grid_and_codes clause 1 (codes are not reused; source). Leaves out: shapes (`space.redraw`), who answers
(`grid_change_roles`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal, Words

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

CHANGED_SINCE = Words(
    "网格“{it}”此后又有调整，先恢复后一次调整", "the grid “{it}” has been changed since; undo that change first"
)


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
