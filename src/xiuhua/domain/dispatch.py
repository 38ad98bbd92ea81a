"""Whose a case is: the duty list asked for one case, with the row that hit and the rows that lost and why.

Two organisations with equally strong rows, or no row at all, is `Unclear`: a person decides, the program never guesses.
Leaves out: sending the case (flow) and disputes afterwards; a ruling comes back here as a row of the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeAlias

from xiuhua.domain.codes import ClassKey
from xiuhua.domain.duty import DutyList, DutyRow, Strength, strength, stronger_by
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.pattern import ALL, patterns_of
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Words

MOST_ELSEWHERE = (
    5  # ours: rows of other areas that are listed to explain; eleven streets would bury the answer
)


@dataclass(frozen=True, slots=True)
class Where:
    """`grids` are the codes below the street, from small to large."""

    grids: tuple[str, ...]
    street: str
    district: str

    @classmethod
    def of(cls, chain: Sequence[Grid]) -> "Where":
        codes = {grid.tier: grid.code for grid in chain}
        street, district = codes.pop(Tier.STREET, ""), codes.pop(Tier.DISTRICT, "")
        return cls(tuple(codes.values()), street, district)

    @property
    def areas(self) -> tuple[str, ...]:
        return (*self.grids, self.street, self.district, ALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty `road` and `owner`: not known, or there is none. `major` is the class's group in its edition."""

    key: ClassKey
    major: str
    where: Where
    road: str
    owner: str
    day: date


LOST: dict[str, Words] = {
    "expired": Words("已过有效期", "no longer valid"),
    "not-yet-valid": Words("尚未生效", "not yet valid"),
    "other-area": Words("适用于其他区域", "for another area"),
    "other-road": Words("适用于其他道路", "for another road"),
    "other-owner": Words("适用于其他权属单位的部件", "for components of another owner"),
    "owner-unknown": Words("该部件权属不明", "the owner of the component is not known"),
    "same-unit": Words("同一单位，条款相当", "the same unit by an equal row"),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that did not decide. `code` is a key of LOST, or "weaker"."""

    row: DutyRow
    code: str
    why: Words


@dataclass(frozen=True, slots=True)
class Assigned:
    organisation: str
    row: DutyRow
    lost: tuple[Lost, ...]

    @property
    def why(self) -> Words:
        row = self.row
        return Words(f"权责清单 {row.id}：{row.ground.zh}", f"duty list {row.id}: {row.ground.en}")


@dataclass(frozen=True, slots=True)
class Unclear:
    """`code`: several-units, owner-unknown, no-row. The candidates are the rows a person may choose among."""

    code: str
    candidates: tuple[DutyRow, ...]
    lost: tuple[Lost, ...]

    @property
    def why(self) -> Words:
        return UNCLEAR[self.code]

    @property
    def organisations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.organisation for row in self.candidates))


UNCLEAR: dict[str, Words] = {
    "several-units": Words(
        "多个单位的条款相当，需人工确定", "equally strong rows name several units; a person decides"
    ),
    "owner-unknown": Words(
        "部件权属不明，需人工确定", "the component's owner is not known; a person decides"
    ),
    "no-row": Words("权责清单没有适用条款", "no row of the duty list applies"),
}

_Ranked: TypeAlias = tuple[Strength, DutyRow]


def assign(asked: Asked, duty: DutyList) -> Assigned | Unclear:
    patterns = patterns_of(asked.key, asked.major)
    matched, lost = _sifted(asked, duty, patterns)
    lost += _elsewhere(asked, duty, patterns[0])
    if not matched:
        unowned = tuple(one.row for one in lost if one.code == "owner-unknown")
        return Unclear("owner-unknown" if unowned else "no-row", unowned, tuple(lost))
    best = max(rank for rank, _ in matched)
    top = tuple(row for rank, row in matched if rank == best)
    weaker = [Lost(row, "weaker", stronger_by(best, rank)) for rank, row in matched if rank != best]
    if any(row.organisation != top[0].organisation for row in top):
        return Unclear("several-units", top, (*weaker, *lost))
    same = [Lost(row, "same-unit", LOST["same-unit"]) for row in top[1:]]
    return Assigned(top[0].organisation, top[0], (*same, *weaker, *lost))


def _sifted(asked: Asked, duty: DutyList, patterns: Sequence[str]) -> tuple[list[_Ranked], list[Lost]]:
    where, areas = asked.where, asked.where.areas
    matched, lost = list[_Ranked](), list[Lost]()
    for exact, pattern in enumerate(reversed(patterns)):
        by_area = duty.under(pattern)
        if not by_area:
            continue
        for place, area in enumerate(areas):
            for row in by_area.get(area, ()):
                code = _miss(row, asked)
                if code:
                    lost.append(Lost(row, code, LOST[code]))
                else:
                    fine = max(0, len(where.grids) - place)
                    matched.append((strength(row, exact, fine, area == where.street), row))
    return matched, lost


def _miss(row: DutyRow, asked: Asked) -> str:
    if not valid_on(row, asked.day):
        return "not-yet-valid" if asked.day < row.valid_from else "expired"
    if row.road and row.road != asked.road:
        return "other-road"
    if row.owner and row.owner != asked.owner:
        return "other-owner" if asked.owner else "owner-unknown"
    return ""


def _elsewhere(asked: Asked, duty: DutyList, pattern: str) -> list[Lost]:
    """Rows of exactly this class for other areas that hold on the day: they explain a gap or a border."""
    rows: Iterable[DutyRow] = duty.elsewhere(pattern, asked.where.areas)
    standing = (row for row in rows if valid_on(row, asked.day))
    return [Lost(row, "other-area", LOST["other-area"]) for row in islice(standing, MOST_ELSEWHERE)]
