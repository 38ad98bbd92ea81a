"""The duty list (权责清单): which organisation answers for which matters, where, whose, and from when to when.

The order of strength, declared in STRONGER_BY: a ruling, then any row before a mere fallback for all classes, then the
row that names the owner, the road, the smaller grid, the class more exactly, the street. A road, an owner or a single
grid is written down only to make an exception, so it goes before the class; a street divides work within a class.
Source: processes clause 1a and pain list B2 (what decides); the order itself is ours.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from xiuhua.domain.pattern import ALL
from xiuhua.domain.words import Words


class Basis(StrEnum):
    LIST = "list"
    RULING = "ruling"  # a precedent: the dispute was decided once


@dataclass(frozen=True, slots=True)
class DutyRow:
    """`area` is a grid, street or district code or "*"; empty `road` and `owner` mean any.

    `ground` says by what right.
    """

    id: str
    classes: str
    area: str
    road: str
    owner: str
    organisation: str
    basis: Basis
    ground: Words
    source: str
    valid_from: date
    valid_to: date | None = None

    @property
    def fallback(self) -> bool:
        """Answers only where nobody else does: for all classes, naming neither road nor owner."""
        return self.classes == ALL and not self.road and not self.owner and self.basis is Basis.LIST


Strength: TypeAlias = tuple[int, int, int, int, int, int, int]

STRONGER_BY: tuple[Words, ...] = (
    Words("已有裁决", "a ruling decides"),
    Words("另有专门规定，兜底条款不适用", "a row for such matters goes before the fallback"),
    Words("按权属单位确定的条款优先", "a row for the component's owner goes first"),
    Words("按道路确定的条款优先", "a row for the road goes first"),
    Words("按更小网格确定的条款优先", "a row for a smaller grid goes first"),
    Words("按更具体类别确定的条款优先", "a row for the more exact class goes first"),
    Words("按街道确定的条款优先", "a row for the street goes first"),
)


def strength(row: DutyRow, exact: int, fine: int, in_street: bool) -> Strength:
    """`exact` counts up from the general to the exact class, `fine` from 0 (street or wider) to the smallest grid."""
    return (
        row.basis is Basis.RULING,
        not row.fallback,
        bool(row.owner),
        bool(row.road),
        fine,
        exact,
        in_street,
    )


def stronger_by(winner: Strength, other: Strength) -> Words:
    """The first point in the order in which the two differ."""
    pairs = zip(winner, other, STRONGER_BY, strict=True)
    return next(words for mine, its, words in pairs if mine != its)


@dataclass(frozen=True, slots=True)
class DutyList:
    """Rows with an index by class pattern and area, so that one question touches a few rows of thousands."""

    rows: tuple[DutyRow, ...]
    _index: Mapping[str, Mapping[str, tuple[DutyRow, ...]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, dict[str, list[DutyRow]]] = {}
        for row in sorted(self.rows, key=lambda r: r.id):
            index.setdefault(row.classes, {}).setdefault(row.area, []).append(row)
        frozen = {c: {a: tuple(rows) for a, rows in areas.items()} for c, areas in index.items()}
        object.__setattr__(self, "_index", frozen)

    def under(self, pattern: str) -> Mapping[str, tuple[DutyRow, ...]]:
        """The rows with this class pattern, by area."""
        return self._index.get(pattern, _NOTHING)

    def elsewhere(self, pattern: str, areas: Iterable[str]) -> Iterator[DutyRow]:
        here = set(areas)
        for area, rows in self.under(pattern).items():
            if area not in here:
                yield from rows

    @property
    def areas(self) -> frozenset[str]:
        return frozenset(row.area for row in self.rows)


_NOTHING: Mapping[str, tuple[DutyRow, ...]] = {}
