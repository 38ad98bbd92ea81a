"""Working time as sorted numbers: where on the scale of a unit a second lies, and which second comes first there.

Everything is whole: seconds since 1970 in UTC, and ticks. A working hour has 3600 ticks. A working day has as many
as all lengths of day of the calendar divide, so that a second is a whole number of ticks on every day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from math import lcm
from typing import Final, Protocol

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def second_of(moment: datetime) -> int:
    """Whole seconds since 1970. Part of a second counts as the whole one, here and wherever times are compared, so
    that "not after the due moment" and "not more than the limit" are the same question."""
    gap = moment - EPOCH
    return gap.days * 86400 + gap.seconds + (gap.microseconds > 0)


def moment_of(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


class Scale(Protocol):
    """The time of one unit, laid end to end without the gaps."""

    @property
    def per_unit(self) -> int: ...

    def at(self, second: int) -> int:
        """The ticks that have passed at this second."""

    def when(self, ticks: int) -> int:
        """The first second at which so many ticks have passed. IndexError beyond the last shift."""


@dataclass(frozen=True, slots=True)
class Steady:
    """Runs day and night: a tick is a second."""

    per_unit: int

    def at(self, second: int) -> int:
        return second

    def when(self, ticks: int) -> int:
        return ticks


@dataclass(frozen=True, slots=True)
class Working:
    """Runs inside shifts: shift i opens at opens[i], has rates[i] ticks a second and lies at before[i]..after[i]."""

    per_unit: int
    opens: Sequence[int]
    rates: Sequence[int]
    before: Sequence[int]
    after: Sequence[int]

    def at(self, second: int) -> int:
        i = bisect_right(self.opens, second) - 1
        if i < 0:
            return 0
        ticks = self.before[i] + (second - self.opens[i]) * self.rates[i]
        return ticks if ticks < self.after[i] else self.after[i]

    def when(self, ticks: int) -> int:
        i = bisect_left(self.after, ticks)  # left: the end of a shift comes before the next opening
        return self.opens[i] - (self.before[i] - ticks) // self.rates[i]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All shifts of a calendar in order; `days` holds the ordinal of the day to which each belongs."""

    opens: Sequence[int]
    closes: Sequence[int]
    days: Sequence[int]
    day_seconds: dict[int, int]
    hours: Working
    workdays: Working


def timeline(shifts: Sequence[tuple[int, int, int]]) -> Timeline:
    """From (opens, closes, day ordinal), in order and not overlapping."""
    opens, closes, days = ([s[k] for s in shifts] for k in range(3))
    lengths = [close - start for start, close in zip(opens, closes, strict=True)]
    day_seconds: dict[int, int] = {}
    for day, length in zip(days, lengths, strict=True):
        day_seconds[day] = day_seconds.get(day, 0) + length
    per_day = lcm(*set(day_seconds.values()))
    rates = [per_day // day_seconds[day] for day in days]
    hours = _working(3600, opens, lengths, [1] * len(opens))
    return Timeline(opens, closes, days, day_seconds, hours, _working(per_day, opens, lengths, rates))


def _working(per_unit: int, opens: list[int], lengths: list[int], rates: list[int]) -> Working:
    after = list(accumulate(length * rate for length, rate in zip(lengths, rates, strict=True)))
    return Working(per_unit, opens, rates, [0, *after[:-1]], after)
