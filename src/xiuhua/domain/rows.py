"""One line of a pack file, read field by field; what cannot be read becomes a `Fault` and reading goes on.

Leaves out: opening files and CSV quoting (the pack loader), and what the fields mean (the module of each noun).
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

SEPARATOR = ";"  # between the values of one field that holds several
WHOLE = re.compile("[0-9]{1,9}")

MISSING = Words("此栏必填", "this field must be filled in")
NOT_A_DAY = Words("“{text}”不是日期（年-月-日）", "“{text}” is not a day (year-month-day)")
NOT_WHOLE = Words("“{text}”不是整数", "“{text}” is not a whole number")
NOT_A_CHOICE = Words("“{text}”只能是：{choices}", "“{text}” must be one of: {choices}")
NOT_KNOWN = Words("没有“{text}”", "there is no “{text}”")
ENDS_EARLY = Words("止日早于起日", "the last day is before the first day")
TWICE = Words("“{text}”已在第 {line} 行出现", "“{text}” is already on line {line}")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the loader read it. The header is line 1, so the first row is line 2."""

    file: str
    line: int
    cells: Mapping[str, str]

    def cell(self, field: str) -> str:
        """Without blanks around it; empty where the column is not there."""
        return (self.cells.get(field) or "").strip()


class Reading:
    """One row while it is being read. Every question answers something usable; `faults` says what was wrong."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def wrong(self, field: str, words: Words) -> None:
        self.faults.append(Fault(self.row.file, self.row.line, field, words))

    def text(self, field: str) -> str:
        value = self.optional(field)
        if not value:
            self.wrong(field, MISSING)
        return value

    def optional(self, field: str) -> str:
        return self.row.cell(field)

    def known(self, field: str, among: Container[str]) -> str:
        """A value that must be filled in and must exist elsewhere in the pack."""
        value = self.text(field)
        return self._among(field, value, among)

    def optional_known(self, field: str, among: Container[str]) -> str:
        return self._among(field, self.optional(field), among)

    def _among(self, field: str, value: str, among: Container[str]) -> str:
        if value and value not in among:
            self.wrong(field, NOT_KNOWN.filled(text=value))
        return value

    def several(self, field: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.optional(field).split(SEPARATOR) if part.strip())

    def words(self, field: str) -> Words:
        """Columns `<field>_zh` and `<field>_en`."""
        return Words(self.text(f"{field}_zh"), self.text(f"{field}_en"))

    def chosen(self, field: str, choices: type[E], default: E | None = None) -> E:
        value = self.optional(field)
        if not value and default is not None:
            return default
        try:
            return choices(value)
        except ValueError:
            names = "、".join(choices)
            self.wrong(field, NOT_A_CHOICE.filled(text=value, choices=names) if value else MISSING)
            return next(iter(choices))

    def whole(self, field: str, default: int | None = None) -> int:
        value = self.text(field) if default is None else self.optional(field)
        if value and not WHOLE.fullmatch(value):
            self.wrong(field, NOT_WHOLE.filled(text=value))
            return 0
        return int(value or default or 0)

    def day(self, field: str) -> date:
        return (self.optional_day(field) if self.text(field) else None) or date.min

    def optional_day(self, field: str) -> date | None:
        value = self.optional(field)
        if not value:
            return None
        day = _day(value)
        if day is None:
            self.wrong(field, NOT_A_DAY.filled(text=value))
        return day

    def validity(self) -> tuple[date, date | None]:
        """Columns `valid_from` (filled in) and `valid_to` (empty: until further notice)."""
        first, last = self.day("valid_from"), self.optional_day("valid_to")
        if last is not None and last < first:
            self.wrong("valid_to", ENDS_EARLY)
        return first, last


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # 20230301 and 2023-W09-3 are not our form


def read(rows: Iterable[Row], build: Callable[[Reading], T]) -> tuple[tuple[T, ...], tuple[Fault, ...]]:
    """Builds one noun a row. A row with a fault builds nothing."""
    built: list[T] = []
    faults: list[Fault] = []
    for row in rows:
        reading = Reading(row)
        noun = build(reading)
        faults += reading.faults
        if not reading.faults:
            built.append(noun)
    return tuple(built), tuple(faults)


def repeated(rows: Iterable[Row], field: str) -> Iterator[Fault]:
    """A fault for every row whose `field` stands on an earlier line already."""
    lines: dict[str, int] = {}
    for row in rows:
        value = row.cell(field)
        if value in lines:
            yield Fault(row.file, row.line, field, TWICE.filled(text=value, line=lines[value]))
        elif value:
            lines[value] = row.line


def day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(sorted(values))
