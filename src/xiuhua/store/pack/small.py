"""The short files of a pack, each read into its nouns and written again: roads, stage limits, open duties,
assumptions and statutory days.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from xiuhua.domain.catalog import Confidence
from xiuhua.domain.clock import DayRow, Limit, Unit
from xiuhua.domain.district import OpenDuty, Road, StageLimit
from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import NOT_KNOWN, Reading, Row, joined, read, repeated
from xiuhua.domain.words import Words
from xiuhua.domain.written import limit_of, limit_text

Cells: TypeAlias = dict[str, str]

NOT_A_LIMIT = Words(
    "“{text}”不是时限，请写数字和单位，如 30 minute",
    "“{text}” is no limit; write a number and a unit, such as 30 minute",
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the district's people have not confirmed yet, so that nobody takes it for a fact."""

    about: str
    words: Words
    source: str


@dataclass(frozen=True, slots=True)
class Holiday:
    row: DayRow
    source: str


class DayKind(StrEnum):
    OFF = "off"
    WORK = "work"


def roads_from(rows: Iterable[Row], streets: Container[str]) -> tuple[tuple[Road, ...], tuple[Fault, ...]]:
    def build(reading: Reading) -> Road:
        through = reading.several("streets")
        for street in through:
            if street not in streets:
                reading.wrong("streets", NOT_KNOWN.filled(text=street))
        return Road(reading.text("code"), reading.words("name"), through)

    lines = list(rows)
    built, faults = read(lines, build)
    return built, (*faults, *repeated(lines, "code"))


def rows_of_roads(roads: Iterable[Road]) -> list[Cells]:
    return [
        {"code": r.code, "name_zh": r.name.zh, "name_en": r.name.en, "streets": joined(r.streets)}
        for r in sorted(roads, key=lambda r: r.code)
    ]


def stage_limits_from(
    rows: Iterable[Row], clocks: Container[str]
) -> tuple[tuple[StageLimit, ...], tuple[Fault, ...]]:
    def build(reading: Reading) -> StageLimit:
        return StageLimit(
            clock=reading.known("clock", clocks),
            limit=_limit(reading),
            confidence=reading.chosen("confidence", Confidence),
            source=reading.text("source"),
        )

    lines = list(rows)
    built, faults = read(lines, build)
    return built, (*faults, *repeated(lines, "clock"))


def _limit(reading: Reading) -> Limit:
    text = reading.text("limit")
    try:
        limit = limit_of(text)
    except (ValueError, ZeroDivisionError):
        limit = Limit(0, Unit.MINUTE)
    if text and not limit.count:
        reading.wrong("limit", NOT_A_LIMIT.filled(text=text))
    return limit


def rows_of_stage_limits(limits: Mapping[str, StageLimit]) -> list[Cells]:
    return [
        {
            "clock": s.clock,
            "limit": limit_text(s.limit),
            "confidence": s.confidence.value,
            "source": s.source,
        }
        for _, s in sorted(limits.items())
    ]


def open_duties_from(
    rows: Iterable[Row], patterns: Container[str]
) -> tuple[tuple[OpenDuty, ...], tuple[Fault, ...]]:
    lines = list(rows)
    built, faults = read(lines, lambda r: OpenDuty(r.known("classes", patterns), r.words("reason")))
    return built, (*faults, *repeated(lines, "classes"))


def rows_of_open_duties(duties: Iterable[OpenDuty]) -> list[Cells]:
    return [
        {"classes": d.classes, "reason_zh": d.reason.zh, "reason_en": d.reason.en}
        for d in sorted(duties, key=lambda d: d.classes)
    ]


def assumptions_from(rows: Iterable[Row]) -> tuple[tuple[Assumption, ...], tuple[Fault, ...]]:
    lines = list(rows)
    built, faults = read(
        lines, lambda r: Assumption(r.text("about"), Words(r.text("zh"), r.text("en")), r.text("source"))
    )
    return built, (*faults, *repeated(lines, "about"))


def rows_of_assumptions(assumptions: Iterable[Assumption]) -> list[Cells]:
    return [
        {"about": a.about, "zh": a.words.zh, "en": a.words.en, "source": a.source}
        for a in sorted(assumptions, key=lambda a: a.about)
    ]


def holidays_from(rows: Iterable[Row]) -> tuple[tuple[Holiday, ...], tuple[Fault, ...]]:
    def build(reading: Reading) -> Holiday:
        works = reading.chosen("kind", DayKind) is DayKind.WORK
        return Holiday(DayRow(reading.day("date"), works, reading.words("name")), reading.text("source"))

    lines = list(rows)
    built, faults = read(lines, build)
    return built, (*faults, *repeated(lines, "date"))


def rows_of_holidays(holidays: Iterable[Holiday]) -> list[Cells]:
    return [
        {
            "date": h.row.day.isoformat(),
            "kind": (DayKind.WORK if h.row.works else DayKind.OFF).value,
            "name_zh": h.row.name.zh,
            "name_en": h.row.name.en,
            "source": h.source,
        }
        for h in sorted(holidays, key=lambda h: h.row.day)
    ]
