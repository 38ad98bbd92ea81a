"""Who works when: shifts by weekday and season, statutory days off, make-up working days, the known years.

Sums are made in local time and turned back to UTC. A shift that opens or closes at a time which clocks going back
show twice does so at the first; where they go forward over it, as long after midnight as on any other day. Leaves
out: where the days come from (pack rows after the State Council's yearly notices) and personal leave.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from xiuhua.domain.clock.limit import CONTINUOUS, Unit
from xiuhua.domain.clock.timeline import Scale, Steady, Timeline, moment_of, timeline
from xiuhua.domain.words import Words, Wrong

LEAP: Final = 2024  # any leap year: it has every day that a season may name
OPEN_YEARS: Final = range(2010, 2060)  # ours: known without data where a calendar works on holidays too
MONDAY: Final = 0

UNKNOWN_YEAR: Final = Words(
    "工作日历“{title}”没有 {year} 年的法定节假日数据，不能计算期限；请录入该年数据，或由管理员选定该年“暂按周末计算”",
    'Calendar "{title}" has no statutory days for {year}, so no deadline can be computed; enter them, or let an '
    'administrator choose "provisional, weekends only" for that year',
)
SEASONS_WRONG: Final = Words(
    "{month} 月 {day} 日属于 {count} 个季节，应当只属于一个",
    "{month:02d}-{day:02d} lies in {count} seasons, not in one",
)
NO_SHIFT: Final = Words("没有任何班次；全天候日历请写 round_the_clock", "no shift at all; or is it round_the_clock?")
NO_MAKE_UP: Final = Words("调休上班日没有可用的班次", "the weekday that make-up days follow has no shift")
DAY_TWICE: Final = Words("{day} 出现两次", "{day} is given twice")
YEAR_TWICE: Final = Words("{years} 年既已录入又定为暂定", "{years} both entered and provisional")


class YearUnknown(Wrong):
    """A deadline would touch a year of which nobody has said which days are off."""

    def __init__(self, calendar: str, title: Words, year: int) -> None:
        words = Words(
            UNKNOWN_YEAR.zh.format(title=title.zh, year=year), UNKNOWN_YEAR.en.format(title=title.en, year=year)
        )
        super().__init__("calendar-year-unknown", words, "years")
        self.calendar = calendar
        self.year = year


@dataclass(frozen=True, slots=True)
class Shift:
    """Minutes since the midnight at which its day begins; a night shift closes after 1440 and is of that day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not (0 <= self.opens < 1440 and self.opens < self.closes <= self.opens + 1440):
            raise ValueError(f"not a shift: {self.opens}-{self.closes}")


Week = tuple[tuple[Shift, ...], ...]


@dataclass(frozen=True, slots=True)
class Season:
    """Hours from one (month, day) to another, both included; may run over the end of the year."""

    name: str
    week: Week  # seven, Monday first
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)

    def covers(self, month_day: tuple[int, int]) -> bool:
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last


@dataclass(frozen=True, slots=True)
class DayRow:
    """A statutory day: off, or a weekend day that is worked instead."""

    day: date
    works: bool
    name: Words


@dataclass(frozen=True)
class Calendar:
    """Two calendars are the same if name and version are. Without seasons it runs round the clock, in any year."""

    name: str
    tz: ZoneInfo = field(compare=False)
    title: Words = field(compare=False)
    seasons: tuple[Season, ...] = field(default=(), compare=False)
    days: tuple[DayRow, ...] = field(default=(), compare=False, repr=False)
    years: frozenset[int] = field(default=frozenset(), compare=False)
    provisional_years: frozenset[int] = field(default=frozenset(), compare=False)
    holidays: bool = field(default=True, compare=False)  # False: works on statutory days as on any other
    make_up_weekday: int = field(default=MONDAY, compare=False)  # whose shifts a make-up day has
    version: str = ""  # left empty: a digest of everything that decides a deadline

    def __post_init__(self) -> None:
        if self.seasons:
            _check_seasons(self)
        _check_days(self)
        if not self.version:
            object.__setattr__(self, "version", digest(self))

    @property
    def round_the_clock(self) -> bool:
        return not self.seasons

    def scale(self, unit: Unit) -> Scale:
        return self._scales[unit]

    @cached_property
    def timeline(self) -> Timeline:
        return timeline(list(_merged(self)))

    @cached_property
    def rows(self) -> dict[date, DayRow]:
        return {row.day: row for row in self.days} if self.holidays else {}

    def runs_day_and_night(self, unit: Unit) -> bool:
        return unit in CONTINUOUS or self.round_the_clock

    def shifts(self, day: date) -> tuple[Shift, ...]:
        row = self.rows.get(day)
        if row and not row.works:
            return ()
        week = self._weeks[day.month, day.day]
        return week[day.weekday()] or (week[self.make_up_weekday] if row else ())

    def is_make_up(self, day: date) -> bool:
        row = self.rows.get(day)
        return bool(row and row.works) and not self._weeks[day.month, day.day][day.weekday()]

    def sure(self, first: int, last: int) -> None:
        """Raises YearUnknown unless every year between the two seconds is entered or provisional."""
        begins, ends = self._known
        i = bisect_right(begins, first) - 1
        if i < 0 or last > ends[i] or first >= ends[i]:
            raise self.unknown(first)

    def unknown(self, second: int) -> YearUnknown:
        """The first year from this second on that is not known."""
        year = moment_of(second).astimezone(self.tz).year
        while year in self.known_years:
            year += 1
        return YearUnknown(self.name, self.title, year)

    def second(self, day: date, minute: int = 0) -> int:
        """The second at which it is so many minutes past midnight on the wall clock of that day."""
        wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
        return int(wall.replace(tzinfo=self.tz).timestamp())

    @cached_property
    def known_years(self) -> frozenset[int]:
        return self.years | self.provisional_years if self.holidays else frozenset(OPEN_YEARS)

    @cached_property
    def _scales(self) -> dict[Unit, Scale]:
        steady: dict[Unit, Scale] = {unit: Steady(seconds) for unit, seconds in CONTINUOUS.items()}
        if self.round_the_clock:
            return {**steady, Unit.WORKING_HOUR: Steady(3600), Unit.WORKING_DAY: Steady(86400)}
        return {**steady, Unit.WORKING_HOUR: self.timeline.hours, Unit.WORKING_DAY: self.timeline.workdays}

    @cached_property
    def _weeks(self) -> dict[tuple[int, int], Week]:
        return {
            month_day: next(season.week for season in self.seasons if season.covers(month_day))
            for month_day in _month_days()
        }

    @cached_property
    def _known(self) -> tuple[list[int], list[int]]:
        """Begin and end of each run of known years. A night shift of 31 December still belongs to its year."""
        begins, ends = [], []
        for year in sorted(self.known_years):
            if year - 1 not in self.known_years:
                begins.append(self.second(date(year, 1, 1)))
            if year + 1 not in self.known_years:
                last = date(year, 12, 31)
                ends.append(max([self.second(last, 1440), *(self.second(last, s.closes) for s in self.shifts(last))]))
        return begins, ends


def _merged(calendar: Calendar) -> Iterator[tuple[int, int, int]]:
    """Every shift in UTC seconds. What an earlier shift covers, or a change of clocks swallows, is left out."""
    reached = 0
    for day in _all_days(calendar.known_years):
        for shift in sorted(calendar.shifts(day), key=lambda shift: shift.opens):
            opens = max(calendar.second(day, shift.opens), reached)
            closes = calendar.second(day, shift.closes)
            if opens < closes:
                yield opens, closes, day.toordinal()
                reached = closes


def _all_days(years: frozenset[int]) -> Iterator[date]:
    for year in sorted(years):
        first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        yield from map(date.fromordinal, range(first, after))


def _month_days() -> list[tuple[int, int]]:
    return [(day.month, day.day) for day in _all_days(frozenset({LEAP}))]


def _check_seasons(calendar: Calendar) -> None:
    for month, day in _month_days():
        count = sum(season.covers((month, day)) for season in calendar.seasons)
        if count != 1:
            words = SEASONS_WRONG.filled(month=month, day=day, count=count)
            raise Wrong("calendar-seasons", words, f"{calendar.name}.seasons")
    if not all(any(season.week) for season in calendar.seasons):
        raise Wrong("calendar-no-shift", NO_SHIFT, f"{calendar.name}.seasons")
    if calendar.holidays and not all(season.week[calendar.make_up_weekday] for season in calendar.seasons):
        raise Wrong("calendar-make-up", NO_MAKE_UP, f"{calendar.name}.make_up_weekday")


def _check_days(calendar: Calendar) -> None:
    both = calendar.years & calendar.provisional_years
    if both:
        words = YEAR_TWICE.filled(years=", ".join(map(str, sorted(both))))
        raise Wrong("calendar-year-twice", words, f"{calendar.name}.provisional_years")
    for day, following in pairwise(sorted(row.day for row in calendar.days)):
        if day == following:
            raise Wrong("calendar-day-twice", DAY_TWICE.filled(day=day.isoformat()), f"{calendar.name}.days")


def digest(calendar: Calendar) -> str:
    """Titles and names of days are left out: correcting a name changes no deadline."""
    said = [calendar.tz.key, str(calendar.holidays), str(calendar.make_up_weekday)]
    said += [_said(calendar.years), _said(calendar.provisional_years)]
    said += [f"{s.first} {s.last} {_week_said(s.week)}" for s in sorted(calendar.seasons, key=lambda s: s.first)]
    said += [f"{day.isoformat()} {row.works}" for day, row in sorted(calendar.rows.items())]
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()[:12]


def _said(years: frozenset[int]) -> str:
    return " ".join(map(str, sorted(years)))


def _week_said(week: Sequence[Sequence[Shift]]) -> str:
    return " | ".join(",".join(f"{s.opens}-{s.closes}" for s in day) for day in week)
