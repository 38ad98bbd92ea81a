"""Gaps and overlaps of a duty list, found before a case falls into them.

Asks the real question (`assign`) for every class in every area, for an unknown owner and for each owner and road that
the list names. Classes and areas that no row tells apart are asked once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TypeAlias, TypeVar

from xiuhua.domain.codes import ClassKey
from xiuhua.domain.dispatch import Asked, Unclear, Where, assign
from xiuhua.domain.duty import DutyList, DutyRow
from xiuhua.domain.pattern import patterns_of
from xiuhua.domain.words import Words

Class: TypeAlias = tuple[ClassKey, str]  # with its major group
T = TypeVar("T")
_Alike: TypeAlias = tuple[str, ...]

GAP: dict[str, Words] = {
    "gap": Words(
        "{classes} 个类别在 {areas} 个区域无人负责", "nobody answers for {classes} classes in {areas} areas"
    ),
    "gap-without-owner": Words(
        "{classes} 个类别在 {areas} 个区域：部件权属不明时无人负责",
        "nobody answers for {classes} classes in {areas} areas where the component's owner is not known",
    ),
    "overlap": Words(
        "{classes} 个类别在 {areas} 个区域：条款 {rows} 相当而单位不同",
        "for {classes} classes in {areas} areas the rows {rows} are equally strong and name different units",
    ),
}
_CODES = {"no-row": "gap", "owner-unknown": "gap-without-owner", "several-units": "overlap"}


@dataclass(frozen=True, slots=True)
class DutyFault:
    """`code`: gap, gap-without-owner, overlap. `rows` are those that contradict each other."""

    code: str
    classes: tuple[ClassKey, ...]
    areas: tuple[Where, ...]
    rows: tuple[DutyRow, ...]

    @property
    def words(self) -> Words:
        ids = "、".join(row.id for row in self.rows)
        return GAP[self.code].filled(classes=len(self.classes), areas=len(self.areas), rows=ids)


def duty_faults(
    duty: DutyList, classes: Iterable[Class], areas: Iterable[Where], day: date
) -> tuple[DutyFault, ...]:
    known = duty.areas
    alike_classes = _grouped((tuple(p for p in patterns_of(*c) if duty.under(p)), c) for c in classes)
    alike_areas = _grouped((tuple(a for a in w.areas if a in known), w) for w in areas)
    faults: dict[tuple[str, tuple[DutyRow, ...], tuple[Class, ...]], list[Where]] = {}
    for (patterns, same), (codes, wheres) in product(alike_classes.items(), alike_areas.items()):
        rows = [row for p in patterns for a in codes for row in duty.under(p).get(a, ())]
        for code, candidates in _answers(duty, same[0], wheres[0], rows, day):
            faults.setdefault((code, candidates, tuple(same)), []).extend(wheres)
    return tuple(
        DutyFault(code, tuple(key for key, _ in same), tuple(wheres), candidates)
        for (code, candidates, same), wheres in faults.items()
    )


def _answers(
    duty: DutyList, one: Class, where: Where, rows: Sequence[DutyRow], day: date
) -> Iterator[tuple[str, tuple[DutyRow, ...]]]:
    """What is unclear without owner and road, and which overlaps there are with those the rows name."""
    seen = set()
    for owner, road in product(_named(r.owner for r in rows), _named(r.road for r in rows)):
        answer = assign(Asked(*one, where, road, owner, day), duty)
        if not isinstance(answer, Unclear) or (answer.code != "several-units" and (owner or road)):
            continue
        fault = (_CODES[answer.code], answer.candidates if answer.code == "several-units" else ())
        if fault not in seen:
            seen.add(fault)
            yield fault


def _named(values: Iterable[str]) -> list[str]:
    return sorted({"", *values})


def _grouped(pairs: Iterable[tuple[_Alike, T]]) -> Mapping[_Alike, list[T]]:
    groups: dict[_Alike, list[T]] = {}
    for alike, one in pairs:
        groups.setdefault(alike, []).append(one)
    return groups
