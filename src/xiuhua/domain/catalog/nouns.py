"""Editions, classes and filing conditions, each with the basis on which it is said.

A limit belongs to class x filing condition x area class. No national table of limits was seen (GB/T 30428.8): those in
the base pack are one city's, or inferred from them, and say so.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from xiuhua.domain.clock import Limit
from xiuhua.domain.codes import NATIONAL, ClassKey
from xiuhua.domain.words import Words


class Confidence(StrEnum):
    SOURCE = "source"
    CITY = "source (city level)"
    INFERRED = "inferred"
    RECALL = "recall"
    WEAK = "recall-low"

    @property
    def marked(self) -> bool:
        """Shown as not confirmed, on screen and in export."""
        return self in (Confidence.INFERRED, Confidence.RECALL, Confidence.WEAK)

    @property
    def words(self) -> Words:
        return CONFIDENCE[self]


CONFIDENCE: Final = {
    Confidence.SOURCE: Words("有据", "seen in a source"),
    Confidence.CITY: Words("有据（城市级）", "seen in one city's rule"),
    Confidence.INFERRED: Words("推定", "inferred"),
    Confidence.RECALL: Words("凭记忆", "recalled, not confirmed"),
    Confidence.WEAK: Words("凭记忆，把握低", "weakly recalled, not confirmed"),
}


class Geometry(StrEnum):
    """Whether two notices along the same thing are one case: a cover is a point, a railing is linear."""

    POINT = "point"
    LINEAR = "linear"


NO_NOTE: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a row comes from and how sure that is. `source` is a line of sources.csv; `note` may be empty."""

    confidence: Confidence
    source: str
    note: Words = NO_NOTE


@dataclass(frozen=True, slots=True)
class Edition:
    id: str
    name: Words
    standard: str
    valid_from: date
    valid_to: date | None
    basis: Basis

    @property
    def national(self) -> bool:
        return self.id in NATIONAL


@dataclass(frozen=True, slots=True)
class CaseClass:
    """`group`: classes that duplicate one another, empty for none but itself. `industries`: starting value for duty.

    `component`: the component class whose defects this event class names; it has that class's conditions too.
    """

    key: ClassKey
    name: Words
    major: str
    major_name: Words
    geometry: Geometry
    group: str
    industries: tuple[str, ...]
    component: ClassKey | None
    basis: Basis

    @property
    def duplicates(self) -> str:
        """Equal for two classes whose notices may be about the same thing."""
        return self.group or str(self.component or self.key)


@dataclass(frozen=True, slots=True)
class FilingCondition:
    """`area_class` None holds for every area class that has no row of its own."""

    id: str
    key: ClassKey
    area_class: str | None
    words: Words
    limit: Limit
    closing: Words
    basis: Basis


@dataclass(frozen=True, slots=True)
class Succession:
    """An old class and a new one. A class may have several on either side, or none."""

    old: ClassKey
    new: ClassKey
    basis: Basis
