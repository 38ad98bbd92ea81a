"""deadlines.csv is the table that an official can proof-read: wall-clock times, and in words why it is so."""

import csv
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.domain.calendars import CALENDARS, local
from xiuhua.domain.clock import Calendar, Limit, Unit
from xiuhua.domain.deadline import due, why, worked

FILE = Path(__file__).with_name("deadlines.csv")


class Line(NamedTuple):
    id: str
    calendar: Calendar
    start: datetime
    limit: Limit
    due: datetime


def lines() -> list[Line]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return [_line(row) for row in csv.DictReader(file)]


def _line(row: dict[str, str]) -> Line:
    calendar = CALENDARS[row["calendar"]]
    limit = Limit(Fraction(row["limit"]), Unit(row["unit"]))
    return Line(row["id"], calendar, local(calendar, row["start"]), limit, local(calendar, row["due"]))


LINES = lines()
every_line = pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)


def test_the_table_is_long_enough_and_says_nothing_twice() -> None:
    assert len(LINES) >= 200
    assert len({line.id for line in LINES}) == len(LINES)


@every_line
def test_a_limit_is_due_when_the_table_says(line: Line) -> None:
    found = due(line.start, line.limit, line.calendar)
    assert found == line.due
    assert found.tzinfo is not None


@every_line
def test_the_due_moment_is_the_first_at_which_the_limit_is_used(line: Line) -> None:
    used = worked(line.start, line.due, line.calendar, line.limit.unit)
    if line.id == "part-of-day-11":  # a seventh of a day is no whole second
        assert used.count - line.limit.count < Fraction(1, 27000)
    else:
        assert used == line.limit


@every_line
def test_the_reasons_add_up_to_the_limit(line: Line) -> None:
    reason = why(line.start, line.limit, line.calendar)
    assert reason.outcome == line.due
    assert reason.used == line.limit
    assert all(piece.end == following.start for piece, following in pairwise(reason.pieces))
    if line.limit.count:
        assert (reason.pieces[0].start, reason.pieces[-1].end) == (line.start, line.due)
    assert all(reason.lines("zh"))
    assert all(reason.lines("en"))


def test_the_answer_is_in_utc() -> None:
    line = LINES[0]
    assert due(line.start, line.limit, line.calendar).tzinfo is UTC
