"""Why a deadline is when it is: its pieces, and the sentences for the person who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from xiuhua.domain.clock import Calendar, Limit, Unit, moment_of, second_of
from xiuhua.domain.deadline.due import Pause, Paused, extended, walk
from xiuhua.domain.deadline.pieces import COUNTED, Piece, pieces_of
from xiuhua.domain.deadline.wording import dated, filled, sentences
from xiuhua.domain.words import Words

START: Final = Words(
    "{start} 起计，时限 {limit}{extension}，{clock}",
    "From {start}, limit {limit}{extension}, {clock}",
)
EXTENSION: Final = Words("，延期 {added}", ", extended by {added}")
CALENDAR: Final = Words("按工作日历“{title}”", 'by the calendar "{title}"')
STEADY: Final = Words("昼夜连续计算", "counted day and night")
TOTAL: Final = Words("合计 {used}", "Together {used}")
DUE: Final = Words("到期 {due}", "Due {due}")
STANDS: Final = Words(
    "{since} 起暂停，剩余 {left}，恢复后重新计算到期时间",
    "Paused since {since}; {left} left, due once resumed",
)
PROVISIONAL: Final = Words(
    "{years} 年法定节假日尚未录入，暂按周末计算，录入后到期时间可能不同",
    "Provisional: the statutory days of {years} are not entered, only weekends are left out; this may change",
)


@dataclass(frozen=True, slots=True)
class Why:
    start: datetime
    limit: Limit
    whole: Limit  # with its extensions
    calendar: Calendar
    outcome: datetime | Paused
    pieces: tuple[Piece, ...]
    provisional_years: tuple[int, ...]

    @property
    def used(self) -> Limit:
        return Limit(sum((piece.counted for piece in self.pieces), Fraction(0)), self.whole.unit)

    @property
    def words(self) -> tuple[Words, ...]:
        middle = sentences(self.pieces, self.whole.unit, self.calendar.tz)
        counted = sum(piece.kind in COUNTED for piece in self.pieces)
        sums = (filled(TOTAL, used=self.used.words),) if counted > 1 else ()
        return (_headline(self), *middle, *sums, _ending(self), *_warning(self.provisional_years))

    def lines(self, language: str) -> list[str]:
        return [words.text(language) for words in self.words]


def why(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Limit] = (),
) -> Why:
    """Raises YearUnknown, as the deadline itself does."""
    whole = extended(limit, extensions)
    walked = walk(start, whole, calendar, pauses)
    end = moment_of(walked.end) if whole.count else start
    return Why(
        start=start,
        limit=limit,
        whole=whole,
        calendar=calendar,
        outcome=Paused(end, walked.remaining) if walked.remaining.count else end,
        pieces=pieces_of(walked, limit, whole, calendar),
        provisional_years=_provisional_years(start, end, calendar, whole.unit),
    )


def provisional(start: datetime, due: datetime, calendar: Calendar, unit: Unit = Unit.WORKING_HOUR) -> bool:
    """Whether a year of which only the weekends are known lies between. Units that count day and night never ask."""
    return bool(_provisional_years(start, due, calendar, unit))


def _provisional_years(start: datetime, end: datetime, calendar: Calendar, unit: Unit) -> tuple[int, ...]:
    if calendar.runs_day_and_night(unit) or not calendar.holidays:
        return ()
    first, last = second_of(start), second_of(end)
    # The end is not part of it: what is due at midnight of 1 January does not touch the new year.
    begin, finish = (moment_of(s).astimezone(calendar.tz).year for s in (first, max(first, last - 1)))
    return tuple(year for year in range(begin, finish + 1) if year in calendar.provisional_years)


def _headline(reason: Why) -> Words:
    added = Limit(reason.whole.count - reason.limit.count, reason.limit.unit)
    steady = reason.calendar.runs_day_and_night(reason.whole.unit)
    return filled(
        START,
        start=dated(moment_of(second_of(reason.start)), reason.calendar.tz),  # as the pieces are reckoned
        limit=reason.limit.words,
        extension=filled(EXTENSION, added=added.words) if added.count else Words("", ""),
        clock=STEADY if steady else filled(CALENDAR, title=reason.calendar.title),
    )


def _ending(reason: Why) -> Words:
    if isinstance(reason.outcome, Paused):
        since = dated(reason.outcome.since, reason.calendar.tz)
        return filled(STANDS, since=since, left=reason.outcome.remaining.words)
    return filled(DUE, due=dated(reason.outcome, reason.calendar.tz))


def _warning(years: tuple[int, ...]) -> tuple[Words, ...]:
    return (PROVISIONAL.filled(years=", ".join(map(str, years))),) if years else ()
