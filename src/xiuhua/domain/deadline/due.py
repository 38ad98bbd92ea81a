"""Start + limit + calendar -> the first moment at which the limit is used up.

A limit that ends with a shift is due at its end, not at the next opening; a start outside working time counts from
the next opening. What does not come out in whole seconds is due at the next whole one: the unit is never given less
than its limit. A working day is one day of its calendar, long or short: from the middle of a day, n days later is the
middle of a day. Pauses and extensions come as records beside the limit. Source: workflow of digital city management,
clocks and lights (source); the rounding and the fractions of days are ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final

from xiuhua.domain.clock import Calendar, Limit, Unit, Working, moment_of, second_of
from xiuhua.domain.words import Words, Wrong

WARN_SHARE: Final = Fraction(4, 5)  # yellow from 80 % of the limit: workflow, lights (source)

OTHER_UNIT: Final = Words(
    "延期应与原时限使用同一单位（{unit}），不能用“{other}”",
    "an extension has the unit of its limit ({unit}), not {other}",
)
ENDS_EARLY: Final = Words("暂停的结束早于开始", "the pause ends before it begins")


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands. `end` is None while nobody has let it go on."""

    start: datetime
    end: datetime | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise Wrong("pause-ends-early", ENDS_EARLY, "end")


@dataclass(frozen=True, slots=True)
class Paused:
    """There is no due moment while the clock stands; so much of the limit is left."""

    since: datetime
    remaining: Limit


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the clock ran, in seconds; between two legs it stood. `remaining` is zero where the limit was used up."""

    legs: tuple[tuple[int, int], ...]
    remaining: Limit

    @property
    def end(self) -> int:
        return self.legs[-1][1]


def due(start: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """Raises YearUnknown. A limit of zero is due at its start."""
    count = limit.count
    if not count:
        return start
    scale = calendar.scale(limit.unit)
    first = second_of(start)
    try:
        last = scale.when(scale.at(first) - (-count.numerator * scale.per_unit) // count.denominator)
    except IndexError:
        raise calendar.unknown(first) from None
    if isinstance(scale, Working):
        calendar.sure(first, last)
    return moment_of(last)


def worked(start: datetime, end: datetime, calendar: Calendar, unit: Unit) -> Limit:
    """How much of a limit in this unit is used between two moments. Raises YearUnknown."""
    if end < start:
        raise ValueError(f"{end.isoformat()} is before {start.isoformat()}")
    first, last = second_of(start), second_of(end)
    scale = calendar.scale(unit)
    if isinstance(scale, Working):
        calendar.sure(first, last)
    return Limit(Fraction(scale.at(last) - scale.at(first), scale.per_unit), unit)


def due_with(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> datetime | Paused:
    return _moment(start, extended(limit, extensions), calendar, pauses)


def warn_at(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> datetime | None:
    """The first moment at which 80 % are used. None: the clock stands before that and nobody knows when."""
    moment = _moment(start, _warned(extended(limit, extensions)), calendar, pauses)
    return None if isinstance(moment, Paused) else moment


@lru_cache(maxsize=1024)
def _warned(limit: Limit) -> Limit:
    """Remembered, because a district has few limits and a year has millions of clocks."""
    return Limit(limit.count * WARN_SHARE, limit.unit)


def extended(limit: Limit, extensions: Sequence[Limit]) -> Limit:
    if not extensions:
        return limit
    count = limit.count
    for extension in extensions:
        if extension.unit is not limit.unit:
            words = OTHER_UNIT.filled(unit=limit.unit.value, other=extension.unit.value)
            raise Wrong("extension-unit-differs", words, "extensions")
        count += extension.count
    return Limit(count, limit.unit)


def walk(start: datetime, whole: Limit, calendar: Calendar, pauses: Iterable[Pause]) -> Walk:
    """Pauses may come in any order and overlap; what lies before the start or after the end changes nothing."""
    scale, legs = calendar.scale(whole.unit), []
    second, left = second_of(start), Fraction(whole.count) * scale.per_unit
    for stop, resume in _stops(pauses):
        begin = max(stop, second)
        target = scale.at(second) + left
        if scale.at(begin) >= target:  # used up when the pause begins
            break
        if isinstance(scale, Working):
            calendar.sure(second, begin)
        legs.append((second, begin))
        left = target - scale.at(begin)
        if resume is None:
            return Walk(tuple(legs), Limit(left / scale.per_unit, whole.unit))
        second = max(begin, resume)
    last = second_of(due(moment_of(second), Limit(left / scale.per_unit, whole.unit), calendar))
    return Walk((*legs, (second, last)), Limit(0, whole.unit))


def _stops(pauses: Iterable[Pause]) -> Iterator[tuple[int, int | None]]:
    for pause in sorted(pauses, key=lambda p: p.start):
        yield second_of(pause.start), None if pause.end is None else second_of(pause.end)


def _moment(start: datetime, whole: Limit, calendar: Calendar, pauses: Sequence[Pause]) -> datetime | Paused:
    if not pauses or not whole.count:
        return due(start, whole, calendar)
    walked = walk(start, whole, calendar, pauses)
    return Paused(moment_of(walked.end), walked.remaining) if walked.remaining.count else moment_of(walked.end)
