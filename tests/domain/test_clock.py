from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.calendars import CALENDARS, TABLES, day_rows, local
from xiuhua.domain.clock import (
    Limit,
    Shift,
    Unit,
    calendar_from,
    spelled,
    spelled_seconds,
    table_of,
)
from xiuhua.domain.deadline import worked
from xiuhua.domain.words import Words, Wrong

# --- limits


@pytest.mark.parametrize(
    ("limit", "zh", "en"),
    [
        (Limit(30, Unit.MINUTE), "30 分钟", "30 minutes"),
        (Limit(1, Unit.MINUTE), "1 分钟", "1 minute"),
        (Limit(2, Unit.EMERGENCY_HOUR), "2 个紧急工作时", "2 emergency hours"),
        (Limit(1, Unit.NATURAL_DAY), "1 个自然日", "1 natural day"),
        (Limit(4, Unit.WORKING_HOUR), "4 个工作时", "4 working hours"),
        (Limit(Fraction(1, 2), Unit.WORKING_HOUR), "0.5 个工作时", "0.5 working hours"),
        (Limit(Fraction(7, 3), Unit.WORKING_HOUR), "2 个工作时 20 分钟", "2 working hours 20 minutes"),
        (Limit(Fraction(3601, 3600), Unit.WORKING_HOUR), "1 个工作时 1 秒", "1 working hour 1 second"),
        (Limit(5, Unit.WORKING_DAY), "5 个工作日", "5 working days"),
        (Limit(100, Unit.WORKING_DAY), "100 个工作日", "100 working days"),
        (Limit(Fraction(5, 2), Unit.WORKING_DAY), "2.5 个工作日", "2.5 working days"),
        (Limit(Fraction(7, 15), Unit.WORKING_DAY), "7/15 个工作日", "7/15 of a working day"),
        (Limit(Fraction(22, 15), Unit.WORKING_DAY), "1 又 7/15 个工作日", "1 7/15 working days"),
        (Limit(Fraction(1, 7), Unit.EMERGENCY_HOUR), "1/7 个紧急工作时", "1/7 of an emergency hour"),
        (Limit(0, Unit.WORKING_HOUR), "0 个工作时", "0 working hours"),
    ],
    ids=lambda value: value.en if isinstance(value, Words) else str(value),
)
def test_a_limit_is_said_in_both_languages(limit: Limit, zh: str, en: str) -> None:
    assert limit.words == Words(zh, en)
    assert spelled(limit.count, limit.unit) == limit.words


def test_hours_by_the_clock_are_said_without_a_unit_of_limits() -> None:
    assert spelled_seconds(27000) == Words("7.5 小时", "7.5 hours")
    assert spelled_seconds(4800) == Words("1 小时 20 分钟", "1 hour 20 minutes")


def test_rework_has_half_the_limit() -> None:
    assert Limit(5, Unit.WORKING_HOUR).half() == Limit(Fraction(5, 2), Unit.WORKING_HOUR)
    assert Limit(Fraction(1, 2), Unit.WORKING_DAY).half() == Limit(Fraction(1, 4), Unit.WORKING_DAY)


def test_a_limit_is_exact_and_never_negative() -> None:
    assert Limit(4, Unit.WORKING_HOUR) == Limit(Fraction(4), Unit.WORKING_HOUR)
    with pytest.raises(ValueError, match="negative"):
        Limit(-1, Unit.WORKING_HOUR)
    with pytest.raises(TypeError, match="fractions"):
        Limit(0.5, Unit.WORKING_HOUR)  # type: ignore[arg-type]


# --- the statutory days of the base pack


@pytest.mark.parametrize(
    ("year", "off", "worked"),
    [(2020, 30, 7), (2021, 31, 7), (2022, 32, 7), (2023, 26, 7), (2024, 28, 8), (2025, 28, 5), (2026, 33, 6)],
)
def test_each_year_has_as_many_days_as_the_notices_name(year: int, off: int, worked: int) -> None:
    # 31 December 2022 is named by the notice for 2023.
    counted = Counter(row.works for row in day_rows() if row.day.year == year)
    assert (counted[False], counted[True]) == (off, worked)


def test_make_up_days_are_weekend_days_except_the_first_monday_after_the_long_festival_of_2020() -> None:
    weekdays = [row.day for row in day_rows() if row.works and row.day.weekday() < 5]
    assert weekdays == [date(2020, 2, 3)]


def test_every_statutory_day_has_both_names() -> None:
    assert all(row.name.zh and row.name.en for row in day_rows())
    assert len({row.day for row in day_rows()}) == len(day_rows())


# --- calendars as values


def test_two_calendars_are_the_same_if_name_and_version_are() -> None:
    one, other = (calendar_from(TABLES["office"], day_rows()) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one is not other


def test_the_version_changes_with_everything_that_decides_a_deadline() -> None:
    office = TABLES["office"]
    seasons: Any = office["seasons"]
    longer = {**seasons["winter"], "mon-fri": ["08:30-12:00", "13:30-17:31"]}
    changed: list[dict[str, object]] = [
        {**office, "provisional_years": [2027]},
        {**office, "years": ["2021-2026"]},
        {**office, "time_zone": "Asia/Urumqi"},
        {**office, "make_up_weekday": "tue"},
        {**office, "seasons": {**seasons, "winter": longer}},
    ]
    versions = {calendar_from(table, day_rows()).version for table in [office, *changed]}
    versions.add(calendar_from(office, day_rows()[:-1]).version)
    assert len(versions) == 7


def test_the_version_does_not_change_with_a_title_or_with_days_it_does_not_keep() -> None:
    office, daily = TABLES["office"], TABLES["daily"]
    assert calendar_from({**office, "title_en": "Hours"}, day_rows()).version == CALENDARS["office"].version
    assert calendar_from(daily, []).version == CALENDARS["daily"].version


def test_a_version_may_be_given() -> None:
    given = calendar_from({**TABLES["office"], "version": "2026-1"}, day_rows())
    assert given.version == "2026-1"
    assert table_of(given)["version"] == "2026-1"


@pytest.mark.parametrize("name", TABLES)
def test_a_calendar_written_out_is_the_table_it_was_read_from(name: str) -> None:
    written = table_of(CALENDARS[name])
    assert list(written) == list(TABLES[name])
    assert written == TABLES[name]
    assert calendar_from(written, day_rows()) == CALENDARS[name]


def test_a_make_up_day_has_mondays_hours_unless_told_otherwise() -> None:
    hours = {"mon": ["09:00-12:00"], "tue-fri": ["09:00-17:00"]}
    table = {**TABLES["desk"], "hours": hours}
    saturday = date(2023, 5, 6)
    assert calendar_from(table, day_rows()).shifts(saturday) == (Shift(540, 720),)
    assert calendar_from({**table, "make_up_weekday": "wed"}, day_rows()).shifts(saturday) == (Shift(540, 1020),)


def test_a_weekend_day_that_is_worked_anyway_keeps_its_hours_as_a_make_up_day() -> None:
    hours = {"mon-fri": ["09:00-17:00"], "sat": ["10:00-12:00"]}
    calendar = calendar_from({**TABLES["desk"], "hours": hours}, day_rows())
    assert calendar.shifts(date(2023, 5, 6)) == (Shift(600, 720),)
    assert not calendar.is_make_up(date(2023, 5, 6))


@pytest.mark.parametrize(
    ("day", "shift", "hours"),
    [
        pytest.param("2024-11-02", "00:30-05:00", Fraction(9, 2), id="the day before"),
        pytest.param("2024-11-03", "00:30-05:00", Fraction(11, 2), id="clocks go back inside: an hour more"),
        pytest.param("2024-11-03", "00:30-01:30", Fraction(1), id="closes at the first 01:30"),
        pytest.param("2024-11-03", "01:30-05:00", Fraction(9, 2), id="opens at the first 01:30"),
        pytest.param("2024-03-10", "00:30-05:00", Fraction(7, 2), id="clocks go forward inside: an hour less"),
        pytest.param("2024-03-10", "01:00-02:30", Fraction(3, 2), id="closes at a skipped time: as long as ever"),
        pytest.param("2024-03-10", "02:30-05:00", Fraction(3, 2), id="opens at a skipped time: at 03:30"),
        pytest.param("2024-03-10", "02:30-03:15", Fraction(0), id="closed before it would open: not at all"),
    ],
)
def test_a_shift_on_the_day_when_clocks_change(day: str, shift: str, hours: Fraction) -> None:
    calendar = calendar_from({**TABLES["new-york"], "hours": {"mon-sun": [shift]}}, [])
    midnight = local(calendar, f"{day} 00:00")
    evening = local(calendar, f"{day} 20:00")
    assert worked(midnight, evening, calendar, Unit.WORKING_HOUR).count == hours


# --- what is wrong in a table


def changed(**given: object) -> dict[str, object]:
    return {**TABLES["desk"], **given}


def without(key: str) -> dict[str, object]:
    return {k: v for k, v in TABLES["desk"].items() if k != key}


def seasons(**given: dict[str, object]) -> dict[str, object]:
    return {**without("hours"), "seasons": given}


DAY: dict[str, object] = {"mon-fri": ["09:00-17:00"]}


@pytest.mark.parametrize(
    ("table", "field"),
    [
        pytest.param(without("name"), "calendar.name", id="no name"),
        pytest.param(without("title_zh"), "desk.title_zh", id="no title"),
        pytest.param(changed(title_en=4), "desk.title_en", id="a title that is no text"),
        pytest.param(without("time_zone"), "desk.time_zone", id="no time zone"),
        pytest.param(changed(time_zone="Asia/Nowhere"), "desk.time_zone", id="an unknown time zone"),
        pytest.param(changed(time_zone="../etc/passwd"), "desk.time_zone", id="a path as time zone"),
        pytest.param(changed(colour="red"), "desk.colour", id="an unknown key"),
        pytest.param(changed(years="2020-2026"), "desk.years", id="years not a list"),
        pytest.param(changed(years=["20-26"]), "desk.years", id="years that are none"),
        pytest.param(changed(years=["2026-2020"]), "desk.years", id="years backwards"),
        pytest.param(changed(years=["2020-2027"], provisional_years=[]), "desk.years", id="a year without one day"),
        pytest.param(changed(provisional_years=[2026]), "desk.provisional_years", id="entered and provisional"),
        pytest.param(changed(make_up_weekday="sun"), "desk.make_up_weekday", id="make-up days without a shift"),
        pytest.param(changed(make_up_weekday="someday"), "desk.make_up_weekday", id="no weekday"),
        pytest.param(changed(holidays="no"), "desk.holidays", id="neither true nor false"),
        pytest.param(without("hours"), "desk", id="no hours at all"),
        pytest.param(changed(round_the_clock=True), "desk", id="hours and round the clock"),
        pytest.param(changed(hours=["09:00-17:00"]), "desk.hours", id="hours that are no table"),
        pytest.param(changed(hours={}), "desk.seasons", id="no shift"),
        pytest.param(changed(hours={"mon-fri": "09:00-17:00"}), "desk.hours.mon-fri", id="shifts not a list"),
        pytest.param(changed(hours={"mon-fri": ["9-17"]}), "desk.hours.mon-fri", id="no shift text"),
        pytest.param(changed(hours={"mon-fri": ["09:00-09:00"]}), "desk.hours.mon-fri", id="a shift of no length"),
        pytest.param(changed(hours={"mon-fri": ["09:00-24:30"]}), "desk.hours.mon-fri", id="after 24:00"),
        pytest.param(
            changed(hours={"mon-fri": ["09:00-13:00", "12:00-17:00"]}), "desk.hours.mon-fri", id="overlapping shifts"
        ),
        pytest.param(changed(hours={"fri-mon": ["09:00-17:00"]}), "desk.hours.fri-mon", id="weekdays backwards"),
        pytest.param(changed(hours={"monday": ["09:00-17:00"]}), "desk.hours.monday", id="a weekday in full"),
        pytest.param(changed(hours={**DAY, "fri": ["09:00-12:00"]}), "desk.hours.fri", id="a weekday twice"),
        pytest.param(
            seasons(a={**DAY, "from": "01-01"}), "desk.seasons.a.to", id="a season without an end"
        ),
        pytest.param(
            seasons(a={**DAY, "from": "13-01", "to": "12-31"}), "desk.seasons.a.from", id="a month that is none"
        ),
        pytest.param(
            seasons(a={**DAY, "from": "03-01", "to": "02-28"}), "desk.seasons", id="the leap day in no season"
        ),
        pytest.param(
            seasons(a={**DAY, "from": "01-01", "to": "06-30"}, b={**DAY, "from": "06-30", "to": "12-31"}),
            "desk.seasons",
            id="a day in two seasons",
        ),
    ],
)
def test_what_is_wrong_in_a_calendar_is_named_by_its_key(table: dict[str, object], field: str) -> None:
    with pytest.raises(Wrong) as wrong:
        calendar_from(table, day_rows())
    assert wrong.value.field == field
    assert wrong.value.words.zh
    assert wrong.value.words.en


def test_a_day_given_twice_is_refused() -> None:
    with pytest.raises(Wrong, match="twice"):
        calendar_from(TABLES["desk"], [*day_rows(), day_rows()[0]])


def test_a_calendar_without_hours_runs_round_the_clock() -> None:
    centre = CALENDARS["centre"]
    assert centre.round_the_clock
    assert not CALENDARS["daily"].round_the_clock


@pytest.mark.parametrize(("opens", "closes"), [(-1, 60), (60, 60), (60, 30), (1440, 1500), (60, 1501)])
def test_a_shift_has_a_length_and_begins_in_its_day(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="not a shift"):
        Shift(opens, closes)
