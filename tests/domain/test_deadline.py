from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from tests.domain.calendars import CALENDARS, TABLES, day_rows, local
from xiuhua.domain.clock import Calendar, Limit, Unit, YearUnknown, calendar_from
from xiuhua.domain.deadline import (
    Kind,
    Pause,
    Paused,
    due,
    due_with,
    provisional,
    warn_at,
    why,
    worked,
)
from xiuhua.domain.words import Wrong

OFFICE, DESK, CENTRE, DAILY = (CALENDARS[name] for name in ("office", "desk", "centre", "daily"))


def hours(count: Fraction | int | str) -> Limit:
    return Limit(Fraction(count), Unit.WORKING_HOUR)


def days(count: Fraction | int | str) -> Limit:
    return Limit(Fraction(count), Unit.WORKING_DAY)


def at(text: str, calendar: Calendar = OFFICE) -> datetime:
    return local(calendar, text)


def pause(start: str, end: str | None) -> Pause:
    return Pause(at(start), at(end) if end else None)


# --- years


def test_a_year_that_nobody_entered_is_refused_by_name() -> None:
    with pytest.raises(YearUnknown) as refused:
        due(at("2026-12-31 16:30"), hours(2), OFFICE)
    assert (refused.value.year, refused.value.calendar) == (2027, "office")
    assert "2027" in refused.value.words.zh
    assert "机关工作时间" in refused.value.words.zh
    assert "2027" in refused.value.words.en
    assert "Office hours" in refused.value.words.en


@pytest.mark.parametrize("start", ["2019-12-31 10:00", "2027-01-01 10:00", "2031-05-05 10:00"])
def test_a_start_in_an_unknown_year_is_refused(start: str) -> None:
    with pytest.raises(YearUnknown) as refused:
        due(at(start), hours(2), OFFICE)
    assert refused.value.year == int(start[:4])


def test_what_was_worked_is_not_guessed_for_an_unknown_year() -> None:
    with pytest.raises(YearUnknown):
        worked(at("2026-12-31 10:00"), at("2027-01-05 10:00"), OFFICE, Unit.WORKING_HOUR)


def with_years(years: list[object], provisional_years: list[int]) -> Calendar:
    return calendar_from({**TABLES["desk"], "years": years, "provisional_years": provisional_years}, day_rows())


def test_a_hole_between_known_years_is_not_jumped_over() -> None:
    calendar = with_years(["2020-2022", 2024], [])
    assert due(at("2022-12-30 16:00"), hours(1), calendar) == at("2022-12-30 17:00")
    assert due(at("2024-01-02 09:00"), hours(1), calendar) == at("2024-01-02 10:00")
    with pytest.raises(YearUnknown) as refused:
        due(at("2022-12-30 16:00"), hours(2), calendar)
    assert refused.value.year == 2023


def test_a_provisional_year_is_said_wherever_it_is_touched() -> None:
    calendar = with_years(["2020-2026"], [2027])
    start = at("2026-12-31 16:00")
    within, beyond = due(start, hours(1), calendar), due(start, hours(2), calendar)
    assert not provisional(start, within, calendar)
    assert provisional(start, beyond, calendar)
    assert why(start, hours(1), calendar).provisional_years == ()
    assert why(start, hours(2), calendar).provisional_years == (2027,)
    assert any("2027" in line and "暂按周末" in line for line in why(start, hours(2), calendar).lines("zh"))
    assert any("Provisional" in line and "2027" in line for line in why(start, hours(2), calendar).lines("en"))


def test_units_that_run_day_and_night_are_never_provisional() -> None:
    start, end = at("2027-02-01 10:00"), at("2027-02-01 12:00")
    assert provisional(start, end, DESK)
    assert not provisional(start, end, DESK, Unit.EMERGENCY_HOUR)
    assert not provisional(start, end, DAILY)
    assert not provisional(start, end, CENTRE)


def test_a_limit_of_zero_needs_no_year() -> None:
    start = at("2031-01-01 10:00")
    assert due(start, hours(0), OFFICE) is start
    assert why(start, hours(0), OFFICE).outcome == start
    assert why(start, hours(0), OFFICE).pieces == ()


def test_a_pause_may_lie_over_a_year_that_is_not_known() -> None:
    calendar = with_years(["2020-2022", 2024], [])
    long_pause = [pause("2022-12-30 16:00", "2024-01-02 09:00")]
    assert due_with(at("2022-12-30 15:00"), hours(2), calendar, pauses=long_pause) == at("2024-01-02 10:00")


def test_a_pause_after_the_due_moment_may_lie_in_an_unknown_year() -> None:
    later = [pause("2031-01-01 10:00", None)]
    assert due_with(at("2023-03-01 09:00"), hours(1), OFFICE, pauses=later) == at("2023-03-01 10:00")


# --- moments


def test_a_moment_without_a_time_zone_is_an_error() -> None:
    with pytest.raises(TypeError):
        due(datetime(2023, 3, 1, 10), hours(1), OFFICE)  # noqa: DTZ001


def test_an_end_before_the_start_is_an_error() -> None:
    with pytest.raises(ValueError, match="is before"):
        worked(at("2023-03-01 10:00"), at("2023-03-01 09:59"), OFFICE, Unit.WORKING_HOUR)


def test_being_in_time_and_not_using_more_than_the_limit_are_the_same() -> None:
    start, limit = at("2023-03-01 09:00") + timedelta(microseconds=250_000), hours(1)
    end = due(start, limit, OFFICE)
    assert end == at("2023-03-01 10:00:01")
    for micro in (0, 1):
        done = end + timedelta(microseconds=micro)
        assert (done <= end) is (worked(start, done, OFFICE, limit.unit).count <= limit.count)


# --- pauses and extensions


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        pytest.param([], "2023-03-01 15:30", id="none"),
        pytest.param([("2023-03-01 10:00", "2023-03-01 11:00")], "2023-03-01 16:30", id="an hour of the morning"),
        pytest.param([("2023-03-01 12:00", "2023-03-01 13:30")], "2023-03-01 15:30", id="lunch: nothing is lost"),
        pytest.param([("2023-03-01 10:00", "2023-03-02 10:00")], "2023-03-02 15:30", id="a whole day"),
        pytest.param([("2023-03-01 10:00", "2023-03-04 10:00")], "2023-03-06 14:00", id="resumed on a Saturday"),
        pytest.param([("2023-02-27 10:00", "2023-03-01 10:00")], "2023-03-01 16:30", id="began before the start"),
        pytest.param([("2023-02-27 10:00", "2023-02-28 10:00")], "2023-03-01 15:30", id="over before the start"),
        pytest.param([("2023-03-01 15:30", "2023-03-03 10:00")], "2023-03-01 15:30", id="begins at the due moment"),
        pytest.param([("2023-03-01 15:29", "2023-03-03 10:00")], "2023-03-03 10:01", id="a minute before it"),
        pytest.param([("2023-03-01 10:00", "2023-03-01 10:00")], "2023-03-01 15:30", id="no length"),
        pytest.param(
            [("2023-03-01 10:30", "2023-03-01 11:00"), ("2023-03-01 10:00", "2023-03-01 11:00")],
            "2023-03-01 16:30",
            id="one inside the other, out of order",
        ),
        pytest.param(
            [("2023-03-01 10:00", "2023-03-01 11:00"), ("2023-03-01 10:30", "2023-03-01 11:30")],
            "2023-03-01 17:00",
            id="overlapping",
        ),
        pytest.param(
            [("2023-03-01 10:00", "2023-03-01 11:00"), ("2023-03-01 11:00", "2023-03-01 11:30")],
            "2023-03-01 17:00",
            id="touching",
        ),
    ],
)
def test_a_pause_moves_the_due_moment_by_the_working_time_it_takes(
    pauses: list[tuple[str, str]], expected: str
) -> None:
    # 5 hours from 09:00: 3 until lunch, 2 after it.
    found = due_with(at("2023-03-01 09:00"), hours(5), OFFICE, pauses=[pause(*p) for p in pauses])
    assert found == at(expected)


def test_while_the_clock_stands_there_is_no_due_moment_but_what_is_left() -> None:
    found = due_with(at("2023-03-01 09:00"), hours(5), OFFICE, pauses=[pause("2023-03-01 10:30", None)])
    assert found == Paused(at("2023-03-01 10:30"), hours("7/2"))


def test_an_open_pause_before_the_start_stops_the_clock_at_once() -> None:
    found = due_with(at("2023-03-01 09:00"), hours(5), OFFICE, pauses=[pause("2023-02-28 09:00", None)])
    assert found == Paused(at("2023-03-01 09:00"), hours(5))


def test_an_open_pause_after_the_due_moment_changes_nothing() -> None:
    found = due_with(at("2023-03-01 09:00"), hours(1), OFFICE, pauses=[pause("2023-03-01 10:00", None)])
    assert found == at("2023-03-01 10:00")


def test_extensions_are_added_to_the_limit() -> None:
    found = due_with(at("2023-03-01 09:00"), hours(2), OFFICE, extensions=[hours(2), hours(1)])
    assert found == at("2023-03-01 15:30")


def test_an_extension_in_another_unit_is_refused() -> None:
    with pytest.raises(Wrong, match="working-hour") as refused:
        due_with(at("2023-03-01 09:00"), hours(2), OFFICE, extensions=[days(1)])
    assert refused.value.code == "extension-unit-differs"


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(Wrong, match="before it begins"):
        pause("2023-03-01 10:00", "2023-03-01 09:59")


@pytest.mark.parametrize(
    ("limit", "extensions", "pauses", "expected"),
    [
        pytest.param(hours(5), [], [], "2023-03-01 14:30", id="4 of 5 hours"),
        pytest.param(hours(1), [], [], "2023-03-01 09:48", id="48 minutes of an hour"),
        pytest.param(days(1), [], [], "2023-03-01 16:00", id="6 of 7.5 hours"),
        pytest.param(hours(3), [hours(2)], [], "2023-03-01 14:30", id="of the limit with its extension"),
        pytest.param(hours(5), [], [("2023-03-01 10:00", "2023-03-01 11:00")], "2023-03-01 15:30", id="paused"),
        pytest.param(hours(5), [], [("2023-03-01 14:30", None)], "2023-03-01 14:30", id="stands from then on"),
        pytest.param(hours(5), [], [("2023-03-01 14:29", None)], None, id="stands before, so nobody knows"),
    ],
)
def test_the_light_turns_yellow_when_four_fifths_are_used(
    limit: Limit, extensions: list[Limit], pauses: list[tuple[str, str | None]], expected: str | None
) -> None:
    start = at("2023-03-01 09:00") if limit.unit is Unit.WORKING_HOUR else at("2023-03-01 08:30")
    found = warn_at(start, limit, OFFICE, pauses=[pause(*p) for p in pauses], extensions=extensions)
    assert found == (at(expected) if expected else None)


# --- why


def test_part_of_a_second_is_told_as_the_second_it_counts_as() -> None:
    told = why(at("2023-03-01 09:00") + timedelta(milliseconds=400), hours(1), OFFICE).lines("en")
    assert "09:00:01" in told[0]
    assert "09:00:01" in told[1]


def test_the_reasons_of_a_few_hours_name_every_piece() -> None:
    reason = why(at("2023-03-01 11:00"), hours(8), OFFICE)
    assert reason.lines("zh") == [
        "2023年3月1日 11:00 起计，时限 8 个工作时，按工作日历“机关工作时间”",
        "3月1日 11:00–12:00 计 1 个工作时",
        "3月1日 12:00–13:30 不计（午休）",
        "3月1日 13:30–17:30 计 4 个工作时",
        "3月1日 17:30–3月2日 08:30 不计（下班时间）",
        "3月2日 08:30–11:30 计 3 个工作时",
        "合计 8 个工作时",
        "到期 2023年3月2日 11:30",
    ]
    assert reason.lines("en") == [
        'From 1 March 2023 11:00, limit 8 working hours, by the calendar "Office hours"',
        "1 March 11:00–12:00: 1 working hour",
        "1 March 12:00–13:30: not counted (lunch break)",
        "1 March 13:30–17:30: 4 working hours",
        "1 March 17:30 – 2 March 08:30: not counted (outside hours)",
        "2 March 08:30–11:30: 3 working hours",
        "Together 8 working hours",
        "Due 2 March 2023 11:30",
    ]


def test_a_long_limit_stays_readable() -> None:
    reason = why(at("2023-09-27 16:00"), days(60), OFFICE)
    assert reason.lines("zh") == [
        "2023年9月27日 16:00 起计，时限 60 个工作日，按工作日历“机关工作时间”",
        "9月27日 16:00–18:00 计 2/7 个工作日（当日 7 小时中的 2 小时）",
        "9月27日 18:00–9月28日 08:30 不计（下班时间）",
        "9月28日，1 个整工作日",
        "9月28日 18:00–10月7日 08:30 不计（中秋节、国庆节）",
        "10月7日–10月8日，2 个整工作日（调休上班）",
        "10月8日 17:30–10月9日 08:30 不计（下班时间）",
        "10月9日–12月25日，56 个整工作日（其间不计：周末 22 天）",
        "12月25日 17:30–12月26日 08:30 不计（下班时间）",
        "12月26日 08:30–12:00 计 7/15 个工作日（当日 7.5 小时中的 3.5 小时）",
        "12月26日 12:00–13:30 不计（午休）",
        "12月26日 13:30–15:21:26 计 26/105 个工作日（当日 7.5 小时中的 1 小时 51 分钟 26 秒）",
        "合计 60 个工作日",
        "到期 2023年12月26日 15:21:26",
    ]
    assert reason.lines("en")[7] == "9 October – 25 December: 56 whole working days (not counted: weekend 22 days)"
    assert reason.lines("en")[9] == "26 December 08:30–12:00: 7/15 of a working day (3.5 hours of the day's 7.5 hours)"


def test_whole_days_over_weekends_and_holidays_are_one_sentence() -> None:
    reason = why(at("2025-03-24 08:00"), hours(80), DESK)
    assert reason.lines("zh")[1:] == [
        "3月24日 08:00–09:00 不计（下班时间）",
        "3月24日–4月7日，10 个整工作日，计 80 个工作时（其间不计：周末 2 天、清明节 3 天）",
        "合计 80 个工作时",
        "到期 2025年4月7日 17:00",
    ]
    assert reason.lines("en")[2] == (
        "24 March – 7 April: 10 whole working days, 80 working hours (not counted: weekend 2 days, Qingming Festival 3 days)"
    )


def test_days_of_different_length_are_told_apart() -> None:
    reason = why(at("2022-04-28 08:00"), hours("59/2"), OFFICE)
    assert reason.lines("zh")[2:-2] == [
        "4月28日–4月29日，2 个整工作日，计 15 个工作时",
        "4月29日 17:30–5月5日 08:30 不计（劳动节）",
        "5月5日–5月6日，2 个整工作日，计 14 个工作时",
        "5月6日 18:00–5月7日 08:30 不计（下班时间）",
        "5月7日 08:30–09:00 计 0.5 个工作时（调休上班）",
    ]


def test_pauses_and_extensions_are_named() -> None:
    reason = why(
        at("2023-03-01 14:00"),
        days(1),
        OFFICE,
        pauses=[pause("2023-03-01 15:00", "2023-03-02 16:00")],
        extensions=[days("1/2")],
    )
    assert reason.lines("zh") == [
        "2023年3月1日 14:00 起计，时限 1 个工作日，延期 0.5 个工作日，按工作日历“机关工作时间”",
        "3月1日 14:00–15:00 计 2/15 个工作日（当日 7.5 小时中的 1 小时）",
        "3月1日 15:00–3月2日 16:00 暂停，不计",
        "3月2日 16:00–17:30 计 0.2 个工作日（当日 7.5 小时中的 1.5 小时）",
        "3月2日 17:30–3月3日 08:30 不计（下班时间）",
        "3月3日 08:30–12:00 计 7/15 个工作日（当日 7.5 小时中的 3.5 小时）",
        "3月3日 12:00–13:30 不计（午休）",
        "3月3日 13:30–15:00 计 0.2 个工作日（当日 7.5 小时中的 1.5 小时）",
        "3月3日 15:00–17:30 计 1/3 个工作日（延期；当日 7.5 小时中的 2.5 小时）",
        "3月3日 17:30–3月6日 08:30 不计（周末）",
        "3月6日 08:30–09:45 计 1/6 个工作日（延期；当日 7.5 小时中的 1.25 小时）",
        "合计 1.5 个工作日",
        "到期 2023年3月6日 09:45",
    ]
    kinds = [piece.kind for piece in reason.pieces]
    assert kinds == [
        *(Kind.working, Kind.pause, Kind.working, Kind.night, Kind.working, Kind.lunch, Kind.working),
        *(Kind.extension, Kind.weekend, Kind.extension),
    ]


def test_a_clock_that_stands_says_what_is_left() -> None:
    reason = why(at("2023-03-01 14:00"), hours(4), OFFICE, pauses=[pause("2023-03-01 15:00", None)])
    assert reason.lines("zh")[1:] == [
        "3月1日 14:00–15:00 计 1 个工作时",
        "2023年3月1日 15:00 起暂停，剩余 3 个工作时，恢复后重新计算到期时间",
    ]
    assert reason.lines("en")[-1] == "Paused since 1 March 2023 15:00; 3 working hours left, due once resumed"


def test_day_and_night_is_one_sentence() -> None:
    reason = why(at("2023-03-03 16:30"), Limit(24, Unit.EMERGENCY_HOUR), OFFICE)
    assert reason.lines("zh") == [
        "2023年3月3日 16:30 起计，时限 24 个紧急工作时，昼夜连续计算",
        "3月3日 16:30–3月4日 16:30 计 24 个紧急工作时",
        "到期 2023年3月4日 16:30",
    ]


def test_a_day_of_another_year_names_the_year() -> None:
    reason = why(at("2024-12-31 16:30"), hours(2), OFFICE)
    assert reason.lines("zh")[2:4] == [
        "12月31日 17:30–2025年1月2日 08:30 不计（元旦）",
        "2025年1月2日 08:30–09:30 计 1 个工作时",
    ]


def test_night_shifts_are_days_of_the_evening_they_begin() -> None:
    night = CALENDARS["night"]
    reason = why(local(night, "2023-03-03 21:00"), days(3), night)
    assert reason.lines("en")[1:] == [
        "3 March 21:00–22:00: not counted (outside hours)",
        "3 March – 7 March: 3 whole working days (not counted: weekend 2 days)",
        "Together 3 working days",
        "Due 8 March 2023 06:00",
    ]


def test_a_day_ends_at_24_00() -> None:
    reason = why(at("2023-03-01 22:00"), Limit(2, Unit.EMERGENCY_HOUR), OFFICE)
    assert reason.lines("zh")[1] == "3月1日 22:00–24:00 计 2 个紧急工作时"


def test_due_moments_are_utc() -> None:
    assert due(at("2023-03-01 14:00"), hours(1), OFFICE) == datetime(2023, 3, 1, 7, tzinfo=UTC)
