"""A clock's way from its start to its end, piece by piece: what counted, how much, and what did not, and why not.

The pieces follow each other without a gap, and what they count adds up exactly to what was used of the limit.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Final

from xiuhua.domain.clock import Calendar, Limit, moment_of, second_of
from xiuhua.domain.deadline.due import Walk
from xiuhua.domain.words import Words


class Kind(StrEnum):
    working = "working"
    make_up = "make-up-day"
    continuous = "continuous"
    extension = "extension"
    lunch = "lunch"
    night = "night"
    weekend = "weekend"
    holiday = "holiday"
    pause = "pause"


COUNTED: Final = frozenset({Kind.working, Kind.make_up, Kind.continuous, Kind.extension})
REST: Final = frozenset({Kind.weekend, Kind.holiday})
NAMES: Final = {
    Kind.working: Words("工作时间", "working time"),
    Kind.make_up: Words("调休上班", "make-up working day"),
    Kind.continuous: Words("昼夜连续", "day and night"),
    Kind.extension: Words("延期", "extension"),
    Kind.lunch: Words("午休", "lunch break"),
    Kind.night: Words("下班时间", "outside hours"),
    Kind.weekend: Words("周末", "weekend"),
    Kind.pause: Words("暂停", "paused"),
}
NO_SHIFT_DAY: Final = Words("无班次日", "day without shifts")
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """`counted` is in the unit of the limit. `day` is the working day it belongs to and `day_seconds` that day's
    length, 0 where no shift is counted. `days_off` are the days without a shift that lie in it. A holiday's `name`
    is its own."""

    start: datetime
    end: datetime
    kind: Kind
    name: Words
    counted: Fraction
    day: date
    day_seconds: int
    days_off: int = 0

    @property
    def seconds(self) -> int:
        return int((self.end - self.start).total_seconds())


def pieces_of(walked: Walk, limit: Limit, whole: Limit, calendar: Calendar) -> tuple[Piece, ...]:
    """`limit` without and `whole` with extensions: what is counted beyond the first is of kind extension."""
    found: list[Piece] = []
    for leg, following in zip(walked.legs, (*walked.legs[1:], None), strict=True):
        found.extend(_stretches(calendar, whole, *leg))
        if following and leg[1] < following[0]:
            found.append(_piece(calendar, leg[1], following[0], Kind.pause))
    return tuple(_merged(_counted(_split(found, limit, calendar), whole, calendar)))


def _piece(calendar: Calendar, start: int, end: int, kind: Kind, name: Words | None = None) -> Piece:
    day = moment_of(start).astimezone(calendar.tz).date()
    return Piece(moment_of(start), moment_of(end), kind, name or NAMES[kind], Fraction(0), day, 0)


def _stretches(calendar: Calendar, whole: Limit, first: int, last: int) -> Iterator[Piece]:
    if calendar.runs_day_and_night(whole.unit):
        if first < last:
            yield _piece(calendar, first, last, Kind.continuous)
        return
    line = calendar.timeline
    i, second = bisect_right(line.closes, first), first
    while second < last:
        opens = line.opens[i] if i < len(line.opens) else last
        if second < opens:
            same_day = 0 < i < len(line.days) and line.days[i - 1] == line.days[i]
            yield from _gap(calendar, second, min(opens, last), same_day=same_day)
            second = min(opens, last)
        else:
            end = min(line.closes[i], last)
            yield _shift_piece(calendar, second, end, line.days[i])
            i, second = i + 1, end


def _shift_piece(calendar: Calendar, start: int, end: int, ordinal: int) -> Piece:
    day = date.fromordinal(ordinal)
    kind = Kind.make_up if calendar.is_make_up(day) else Kind.working
    return replace(
        _piece(calendar, start, end, kind), day=day, day_seconds=calendar.timeline.day_seconds[ordinal]
    )


def _gap(calendar: Calendar, start: int, end: int, *, same_day: bool) -> Iterator[Piece]:
    """Between two shifts. The evening before and the morning after days off are told as part of them."""
    if same_day:
        yield _piece(calendar, start, end, Kind.lunch)
        return
    parts = list(_gap_by_day(calendar, start, end))
    rest = [(kind, name) for _, _, kind, name in parts if kind in REST]
    for begin, finish, kind, name in parts:
        told, called = (kind, name) if kind in REST or not rest else rest[0] if begin == start else rest[-1]
        yield replace(_piece(calendar, begin, finish, told, called), days_off=int(kind in REST))


def _gap_by_day(calendar: Calendar, start: int, end: int) -> Iterator[tuple[int, int, Kind, Words]]:
    day = moment_of(start).astimezone(calendar.tz).date()
    while start < end:
        finish = min(calendar.second(day, 1440), end)
        if start < finish:
            yield (start, finish, *_why_off(calendar, day))
        start, day = finish, day + timedelta(days=1)


def _why_off(calendar: Calendar, day: date) -> tuple[Kind, Words]:
    row = calendar.rows.get(day)
    if row and not row.works:
        return Kind.holiday, row.name
    if calendar.shifts(day):
        return Kind.night, NAMES[Kind.night]
    return Kind.weekend, NAMES[Kind.weekend] if day.weekday() >= SATURDAY else NO_SHIFT_DAY


def _split(pieces: Iterable[Piece], limit: Limit, calendar: Calendar) -> Iterator[Piece]:
    """Cuts the piece in which the limit ends and its extension begins."""
    scale = calendar.scale(limit.unit)
    left = ceil(limit.count * scale.per_unit)
    for piece in pieces:
        if piece.kind not in COUNTED:
            yield piece
            continue
        first, last = second_of(piece.start), second_of(piece.end)
        ticks = scale.at(last) - scale.at(first)
        cut = scale.when(scale.at(first) + left) if 0 < left < ticks else last
        if left:
            yield replace(piece, end=moment_of(cut))
        if not left or cut < last:
            begin = moment_of(cut) if left else piece.start
            yield replace(piece, start=begin, kind=Kind.extension, name=NAMES[Kind.extension])
        left = max(left - ticks, 0)


def _counted(pieces: Iterable[Piece], whole: Limit, calendar: Calendar) -> Iterator[Piece]:
    """The last piece may reach a part of a second further than the limit; it counts what was left of it."""
    scale = calendar.scale(whole.unit)
    left = Fraction(whole.count)
    for piece in pieces:
        if piece.kind in COUNTED:
            ticks = scale.at(second_of(piece.end)) - scale.at(second_of(piece.start))
            piece = replace(piece, counted=min(Fraction(ticks, scale.per_unit), left))
            left -= piece.counted
        yield piece


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Days off of one name, and pauses that touch, are one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last and piece.kind not in COUNTED and (last.kind, last.name) == (piece.kind, piece.name):
            last = replace(last, end=piece.end, days_off=last.days_off + piece.days_off)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
