"""A calendar as it stands in a pack (one table of calendars.toml), read and written again.

    [[calendar]]
    name = "office"
    title_zh = "机关工作时间"
    title_en = "Office hours"
    time_zone = "Asia/Shanghai"
    years = ["2020-2026"]           # statutory days are entered
    provisional_years = [2027]      # the administrator chose: weekends only
    make_up_weekday = "mon"         # whose shifts a make-up working day has; "mon" if left out
    holidays = true                 # false: works on statutory days too, and needs no years

    [calendar.seasons.summer]
    from = "05-01"
    to = "09-30"
    mon-fri = ["08:30-12:00", "14:00-18:00"]

One pattern for the whole year is `[calendar.hours]` without from and to; `round_the_clock = true` has neither.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby, pairwise
from typing import Any, Final, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from xiuhua.domain.clock.calendar import LEAP, MONDAY, Calendar, DayRow, Season, Shift, Week, digest
from xiuhua.domain.words import Words, Wrong

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS: Final = frozenset(
    "name title_zh title_en time_zone years provisional_years make_up_weekday holidays round_the_clock hours "
    "seasons version".split()
)

MISSING: Final = Words("缺少此项", "is missing")
NOT_KNOWN: Final = Words("不认识此项", "is not a key of a calendar")
NOT_TEXT: Final = Words("应为文字", "must be text")
NOT_YES_NO: Final = Words("应为 true 或 false", "must be true or false")
NOT_A_TABLE: Final = Words("应为一张表", "must be a table")
NOT_A_LIST: Final = Words("应为列表", "must be a list")
NOT_A_ZONE: Final = Words("没有时区“{text}”", 'there is no time zone "{text}"')
NOT_YEARS: Final = Words("“{text}”不是年份；写 2026 或 “2020-2026”", '"{text}" is no year; write 2026 or "2020-2026"')
NO_DAYS: Final = Words(
    "{year} 年没有任何节假日数据，不能算作已录入",
    "{year} has no statutory day, so it is not entered",
)
NOT_A_SHIFT: Final = Words("“{text}”不是班次；写 “08:30-12:00”", '"{text}" is no shift; write "08:30-12:00"')
SHIFTS_OVERLAP: Final = Words("班次 {text} 与 {other} 重叠", "the shifts {text} and {other} overlap")
NOT_WEEKDAYS: Final = Words("“{text}”不是星期；写 mon 或 mon-fri", '"{text}" is no weekday; write mon or mon-fri')
WEEKDAY_TWICE: Final = Words("{day} 出现两次", "{day} is given twice")
NOT_MONTH_DAY: Final = Words("“{text}”不是月-日", '"{text}" is not month-day')
HOURS_ONCE: Final = Words(
    "应当且只能有 round_the_clock、hours、seasons 中的一项", "needs exactly one of round_the_clock, hours, seasons"
)


def calendar_from(table: Mapping[str, object], days: Iterable[DayRow]) -> Calendar:
    """Raises Wrong; its field is the way to the key, such as "office.seasons.summer.from"."""
    name = _text(table, "name", "calendar")
    for key in table:
        if key not in KEYS:
            _wrong(NOT_KNOWN, f"{name}.{key}")
    holidays = _yes(table, "holidays", name, default=True) and not _yes(table, "round_the_clock", name, default=False)
    rows = tuple(sorted(days, key=lambda row: row.day)) if holidays else ()
    return Calendar(
        name=name,
        tz=_zone(_text(table, "time_zone", name), f"{name}.time_zone"),
        title=Words(_text(table, "title_zh", name), _text(table, "title_en", name)),
        seasons=_seasons(table, name),
        days=rows,
        years=_entered(table, name, rows) if holidays else frozenset(),
        provisional_years=_years(table, "provisional_years", name) if holidays else frozenset(),
        holidays=holidays,
        make_up_weekday=_weekday(str(table.get("make_up_weekday", WEEKDAYS[MONDAY])), f"{name}.make_up_weekday"),
        version=_text(table, "version", name) if "version" in table else "",
    )


def table_of(calendar: Calendar) -> dict[str, Any]:
    """The table in canonical order, without what is left at its default and without a version that is a digest."""
    table: dict[str, Any] = {
        "name": calendar.name,
        "title_zh": calendar.title.zh,
        "title_en": calendar.title.en,
        "time_zone": calendar.tz.key,
    }
    if calendar.version != digest(calendar):
        table["version"] = calendar.version
    if calendar.round_the_clock:
        return {**table, "round_the_clock": True}
    if not calendar.holidays:
        table["holidays"] = False
    if calendar.years:
        table["years"] = list(_year_runs(calendar.years))
    if calendar.provisional_years:
        table["provisional_years"] = list(_year_runs(calendar.provisional_years))
    if calendar.make_up_weekday != MONDAY:
        table["make_up_weekday"] = WEEKDAYS[calendar.make_up_weekday]
    if len(calendar.seasons) == 1:
        return {**table, "hours": _week_table(calendar.seasons[0].week)}
    return {**table, "seasons": {season.name: _season_table(season) for season in calendar.seasons}}


def _wrong(words: Words, field: str, **given: object) -> NoReturn:
    raise Wrong("calendar-wrong", words.filled(**given), field)


def _text(table: Mapping[str, object], key: str, path: str) -> str:
    value = table.get(key)
    if value is None:
        _wrong(MISSING, f"{path}.{key}")
    if not isinstance(value, str) or not value:
        _wrong(NOT_TEXT, f"{path}.{key}")
    return value


def _yes(table: Mapping[str, object], key: str, path: str, *, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        _wrong(NOT_YES_NO, f"{path}.{key}")
    return value


def _inner(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        _wrong(NOT_A_TABLE, path)
    return value


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        _wrong(NOT_A_LIST, path)
    return value


def _zone(key: str, path: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        _wrong(NOT_A_ZONE, path, text=key)


def _years(table: Mapping[str, object], key: str, name: str) -> frozenset[int]:
    path = f"{name}.{key}"
    return frozenset(year for said in _list(table.get(key, []), path) for year in _year_range(said, path))


def _year_range(said: object, path: str) -> range:
    first, _, last = str(said).partition("-")
    if not (first.isdecimal() and len(first) == 4 and (not last or (last.isdecimal() and len(last) == 4))):
        _wrong(NOT_YEARS, path, text=said)
    return range(int(first), int(last or first) + 1) or _wrong(NOT_YEARS, path, text=said)


def _entered(table: Mapping[str, object], name: str, rows: tuple[DayRow, ...]) -> frozenset[int]:
    """An entered year without a single statutory day is a forgotten file, not a year without holidays."""
    years = _years(table, "years", name)
    for year in sorted(years - {row.day.year for row in rows}):
        _wrong(NO_DAYS, f"{name}.years", year=year)
    return years


def _seasons(table: Mapping[str, object], name: str) -> tuple[Season, ...]:
    clock = _yes(table, "round_the_clock", name, default=False)
    if clock + ("hours" in table) + ("seasons" in table) != 1:
        _wrong(HOURS_ONCE, name)
    if clock:
        return ()
    if "hours" in table:
        return (Season("all-year", _week(_inner(table["hours"], f"{name}.hours"), f"{name}.hours")),)
    seasons = _inner(table["seasons"], f"{name}.seasons")
    return tuple(_season(key, _inner(seasons[key], path), path) for key in seasons if (path := f"{name}.seasons.{key}"))


def _season(key: str, table: Mapping[str, object], path: str) -> Season:
    hours = {k: v for k, v in table.items() if k not in {"from", "to"}}
    first, last = (_month_day(_text(table, k, path), f"{path}.{k}") for k in ("from", "to"))
    return Season(key, _week(hours, path), first, last)


def _month_day(text: str, path: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"{LEAP}-{text}")
    except ValueError:
        _wrong(NOT_MONTH_DAY, path, text=text)
    return day.month, day.day


def _week(table: Mapping[str, object], path: str) -> Week:
    week: dict[int, tuple[Shift, ...]] = {}
    for key, shifts in table.items():
        for weekday in _weekdays(key, path):
            if weekday in week:
                _wrong(WEEKDAY_TWICE, f"{path}.{key}", day=WEEKDAYS[weekday])
            week[weekday] = _shifts(shifts, f"{path}.{key}")
    return tuple(week.get(weekday, ()) for weekday in range(7))


def _weekdays(key: str, path: str) -> range:
    first, _, last = key.partition("-")
    start = _weekday(first, f"{path}.{key}")
    end = _weekday(last, f"{path}.{key}") if last else start
    return range(start, end + 1) or _wrong(NOT_WEEKDAYS, f"{path}.{key}", text=key)


def _weekday(text: str, path: str) -> int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else _wrong(NOT_WEEKDAYS, path, text=text)


def _shifts(said: object, path: str) -> tuple[Shift, ...]:
    shifts = tuple(sorted((_shift(text, path) for text in _list(said, path)), key=lambda shift: shift.opens))
    for shift, following in pairwise(shifts):
        if following.opens < shift.closes:
            _wrong(SHIFTS_OVERLAP, path, text=_shift_text(shift), other=_shift_text(following))
    return shifts


def _shift(said: object, path: str) -> Shift:
    try:
        opens, closes = map(_minute, str(said).split("-"))
        return Shift(opens, closes + 1440 if closes < opens else closes)  # "22:00-06:00" closes on the next day
    except ValueError:
        _wrong(NOT_A_SHIFT, path, text=said)


def _minute(clock_time: str) -> int:
    hour, minute = clock_time.split(":")
    if not (len(hour) == len(minute) == 2 and int(minute) < 60 and int(hour) * 60 + int(minute) <= 1440):
        raise ValueError(clock_time)
    return int(hour) * 60 + int(minute)


def _year_runs(years: frozenset[int]) -> Iterable[int | str]:
    for _, group in groupby(enumerate(sorted(years)), key=lambda place: place[1] - place[0]):
        run = [year for _, year in group]
        yield run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}"


def _season_table(season: Season) -> dict[str, Any]:
    first, last = (f"{month:02d}-{day:02d}" for month, day in (season.first, season.last))
    return {"from": first, "to": last, **_week_table(season.week)}


def _week_table(week: Week) -> dict[str, list[str]]:
    """Weekdays in a row with the same shifts are one key: mon-fri."""
    table: dict[str, list[str]] = {}
    for shifts, group in groupby(range(7), key=week.__getitem__):
        days = [WEEKDAYS[weekday] for weekday in group]
        if shifts:
            table[days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"] = [_shift_text(s) for s in shifts]
    return table


def _shift_text(shift: Shift) -> str:
    closes = shift.closes if shift.closes <= 1440 else shift.closes - 1440
    return f"{shift.opens // 60:02d}:{shift.opens % 60:02d}-{closes // 60:02d}:{closes % 60:02d}"
