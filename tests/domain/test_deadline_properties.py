"""What holds for every start, limit and calendar; and a slow second opinion that counts minute by minute."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.calendars import CALENDARS, day_rows
from xiuhua.domain.clock import Calendar, Limit, Season, Shift, Unit
from xiuhua.domain.deadline import Pause, Paused, due, due_with, warn_at, why, worked
from xiuhua.domain.words import Words

SECOND = timedelta(seconds=1)
calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
working = st.sampled_from([Unit.WORKING_HOUR, Unit.WORKING_DAY])
units = st.sampled_from(list(Unit))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2025, 6, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
counts = st.integers(0, 40) | st.fractions(0, 40, max_denominator=60)
few = st.integers(0, 8) | st.fractions(0, 8, max_denominator=12)


@given(moments, counts, units, calendars)
def test_the_limit_is_used_at_the_due_moment_and_not_a_second_before(
    start: datetime, count: Fraction, unit: Unit, calendar: Calendar
) -> None:
    found = due(start, Limit(count, unit), calendar)
    assert worked(start, found, calendar, unit).count >= count
    if count:
        assert worked(start, found - SECOND, calendar, unit).count < count


@given(moments, st.integers(0, 300_000), calendars)
def test_whole_seconds_of_working_time_come_back_exactly(start: datetime, seconds: int, calendar: Calendar) -> None:
    limit = Limit(Fraction(seconds, 3600), Unit.WORKING_HOUR)
    assert worked(start, due(start, limit, calendar), calendar, Unit.WORKING_HOUR) == limit


@given(moments, st.integers(0, 60), calendars)
def test_whole_days_from_an_opening_come_back_exactly(start: datetime, days: int, calendar: Calendar) -> None:
    opening = due(start, Limit(1, Unit.WORKING_DAY), calendar)
    limit = Limit(days, Unit.WORKING_DAY)
    found = due(opening, limit, calendar)
    used = worked(opening, found, calendar, Unit.WORKING_DAY).count
    assert 0 <= used - days < Fraction(1, 3600)  # nothing but the rounding up to a whole second


@given(moments, counts, counts, units, calendars)
def test_more_time_is_never_due_earlier(
    start: datetime, one: Fraction, other: Fraction, unit: Unit, calendar: Calendar
) -> None:
    short, long = sorted([one, other])
    assert due(start, Limit(short, unit), calendar) <= due(start, Limit(long, unit), calendar)


@given(moments, moments, counts, units, calendars)
def test_a_later_start_is_never_due_earlier(
    one: datetime, other: datetime, count: Fraction, unit: Unit, calendar: Calendar
) -> None:
    if not count:
        return
    early, late = sorted([one, other])
    assert due(early, Limit(count, unit), calendar) <= due(late, Limit(count, unit), calendar)


@given(moments, st.integers(0, 100_000), st.integers(1, 100_000), calendars)
def test_two_limits_one_after_the_other_are_their_sum(
    start: datetime, first: int, second: int, calendar: Calendar
) -> None:
    one, two, both = (Limit(Fraction(n, 3600), Unit.WORKING_HOUR) for n in (first, second, first + second))
    assert due(due(start, one, calendar), two, calendar) == due(start, both, calendar)


@given(moments, st.integers(0, 20), st.integers(1, 20), working, calendars)
def test_days_one_after_the_other_are_their_sum_to_the_second(
    start: datetime, first: int, second: int, unit: Unit, calendar: Calendar
) -> None:
    stepped = due(due(start, Limit(first, unit), calendar), Limit(second, unit), calendar)
    at_once = due(start, Limit(first + second, unit), calendar)
    behind = worked(at_once, stepped, calendar, Unit.WORKING_HOUR).count
    # A step that ends between two seconds is rounded up; a longer day behind it may stretch that second.
    assert behind * 3600 <= 2


@given(moments, moments, moments, working, calendars)
def test_what_is_worked_adds_up(
    one: datetime, two: datetime, three: datetime, unit: Unit, calendar: Calendar
) -> None:
    first, middle, last = sorted([one, two, three])
    parts = [worked(first, middle, calendar, unit), worked(middle, last, calendar, unit)]
    assert sum(part.count for part in parts) == worked(first, last, calendar, unit).count


@given(moments, st.integers(1, 999_999), counts, units, calendars)
def test_a_part_of_a_second_counts_as_the_whole_one(
    start: datetime, micro: int, count: Fraction, unit: Unit, calendar: Calendar
) -> None:
    if count:
        limit = Limit(count, unit)
        assert due(start.replace(microsecond=micro), limit, calendar) == due(start + SECOND, limit, calendar)


pauses_apart = st.lists(st.tuples(st.integers(-50_000, 900_000), st.integers(0, 400_000)), max_size=4)


@given(moments, st.integers(1, 60), units, calendars, pauses_apart)
def test_a_paused_clock_counts_what_lies_between_the_pauses(
    start: datetime, count: int, unit: Unit, calendar: Calendar, apart: Sequence[tuple[int, int]]
) -> None:
    pauses = [Pause(start + SECOND * at, start + SECOND * (at + length)) for at, length in apart]
    end = due_with(start, Limit(count, unit), calendar, pauses=pauses)
    assert isinstance(end, datetime)
    running = _running(start, end, pauses)
    assert sum(worked(a, b, calendar, unit).count for a, b in running) >= count
    earlier = _running(start, end - SECOND, pauses)
    assert sum(worked(a, b, calendar, unit).count for a, b in earlier) < count


def _running(start: datetime, end: datetime, pauses: Sequence[Pause]) -> list[tuple[datetime, datetime]]:
    """The stretches from start to end in which no pause lies, the plain way."""
    ends = [p.end for p in pauses if p.end]
    edges = sorted({start, end, *(t for t in [*(p.start for p in pauses), *ends] if start < t < end)})
    return [
        (a, b)
        for a, b in pairwise(edges)
        if not any(p.start <= a and p.end and b <= p.end for p in pauses)
    ]


@given(moments, few, few, units, calendars, pauses_apart, st.booleans())
def test_the_reasons_follow_each_other_and_add_up(
    start: datetime, count: Fraction, more: Fraction, unit: Unit, calendar: Calendar,
    apart: Sequence[tuple[int, int]], stands: bool,
) -> None:  # fmt: skip
    pauses = [Pause(start + SECOND * at, start + SECOND * (at + length)) for at, length in apart]
    if stands:
        pauses.append(Pause(start + timedelta(days=2), None))
    limit, extensions = Limit(count, unit), [Limit(more, unit)]
    reason = why(start, limit, calendar, pauses, extensions)
    outcome = due_with(start, limit, calendar, pauses=pauses, extensions=extensions)
    assert reason.outcome == outcome
    left = outcome.remaining.count if isinstance(outcome, Paused) else 0
    assert sum(piece.counted for piece in reason.pieces) == count + more - left
    assert all(piece.start < piece.end for piece in reason.pieces)
    assert all(a.end == b.start for a, b in pairwise(reason.pieces))
    assert len(reason.lines("zh")) == len(reason.lines("en"))


@given(moments, counts, units, calendars)
def test_the_warning_comes_when_four_fifths_are_used(
    start: datetime, count: Fraction, unit: Unit, calendar: Calendar
) -> None:
    warned = warn_at(start, Limit(count, unit), calendar)
    assert warned is not None
    assert warned <= due(start, Limit(count, unit), calendar)
    used = worked(start, warned, calendar, unit).count
    assert used * 5 >= count * 4
    if count:
        assert worked(start, warned - SECOND, calendar, unit).count * 5 < count * 4


# --- a second opinion, minute by minute, from the wall clock

# Opening or closing in the hours that a change of clocks repeats or skips is a rule of its own (test_clock).
plain_minutes = st.integers(0, 1440).filter(lambda minute: not (60 < minute < 120 or 120 < minute < 180))
minute_shift = (
    st.tuples(plain_minutes, plain_minutes)
    .filter(lambda ends: ends[0] != ends[1])
    .map(lambda ends: Shift(min(ends), max(ends)))
)
weeks = st.lists(st.lists(minute_shift, max_size=2).map(tuple), min_size=7, max_size=7).map(
    lambda week: ((Shift(540, 1020),), *week[1:])  # Monday has a shift, so that make-up days have one
)


@given(
    st.datetimes(datetime(2023, 1, 1), datetime(2023, 12, 1)).map(lambda m: m.replace(second=0, microsecond=0)),  # noqa: DTZ001
    st.integers(1, 900),
    weeks,
    weeks,
    st.sampled_from(["Asia/Shanghai", "America/New_York"]),
)
def test_counting_minute_by_minute_gives_the_same(
    start: datetime, minutes: int, summer: tuple[tuple[Shift, ...], ...], winter: tuple[tuple[Shift, ...], ...],
    zone: str,
) -> None:  # fmt: skip
    calendar = Calendar(
        name="any",
        tz=ZoneInfo(zone),
        title=Words("任意", "any"),
        seasons=(Season("summer", summer, (5, 1), (9, 30)), Season("winter", winter, (10, 1), (4, 30))),
        days=tuple(day_rows()),
        years=frozenset({2023, 2024}),
    )
    moment = start.replace(tzinfo=calendar.tz).astimezone(UTC)
    limit = Limit(Fraction(minutes, 60), Unit.WORKING_HOUR)
    assert due(moment, limit, calendar) == _minute_by_minute(calendar, moment, minutes)


def _minute_by_minute(calendar: Calendar, moment: datetime, minutes: int) -> datetime:
    rows = {row.day: row.works for row in day_rows()}
    while minutes:
        local = moment.astimezone(calendar.tz)
        inside = any(
            shift.opens <= local.hour * 60 + local.minute < shift.closes
            for shift in _shifts(calendar, local.date(), rows)
        )
        minutes -= inside
        moment += timedelta(minutes=1)
    return moment


def _shifts(calendar: Calendar, day: date, rows: dict[date, bool]) -> tuple[Shift, ...]:
    summer, winter = calendar.seasons
    week = (summer if 5 <= day.month <= 9 else winter).week
    if day not in rows:
        return week[day.weekday()]
    return (week[day.weekday()] or week[0]) if rows[day] else ()
