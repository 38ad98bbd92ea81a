"""The `build` table of a mapping: what the data do not say of the district that is built from them.

Limits, calendars and the size of the squares are assumptions of whoever writes the mapping, and are marked so.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.domain.clock import Calendar, Limit, Unit, calendar_from
from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words, Wrong
from xiuhua.domain.written import limit_of
from xiuhua.store.pack.files import NAME
from xiuhua.store.pack.keys import Keys
from xiuhua.store.pack.settings import division_of
from xiuhua.store.pack.small import NOT_A_LIMIT
from xiuhua.store.pack.toml_text import line_of

SQUARE_M: Final = 1000
STREET_SQUARES: Final = 4  # a side of a street
NOT_A_NAME: Final = Words(
    "“{text}”应由小写字母、数字和连字符组成", "“{text}” must be lower-case letters, digits, hyphens"
)
NO_CALENDAR: Final = Words("至少需要一个 [[build.calendar]]", "at least one [[build.calendar]] is needed")


@dataclass(frozen=True, slots=True)
class Build:
    """`limit` is for every class, `limits` by stage; `departments` names those that the data give as codes only."""

    name: str
    division: str
    title: Words
    edition_title: Words
    language: str
    centre: Words
    square_m: int
    street_squares: int
    limit: Limit
    limits: Table[str, Limit]
    calendars: tuple[Calendar, ...]
    departments: Table[str, Words]


def build_of(keys: Keys, zone: ZoneInfo) -> tuple[Build, list[Fault]]:
    limits, departments = keys.below("limits"), keys.below("departments")
    named = {name: departments.below(name) for name in departments.each()}
    build = Build(
        name=_name(keys),
        division=division_of(keys),
        title=keys.words("title"),
        edition_title=keys.words("edition"),
        language=keys.text("language", "en"),
        centre=keys.words("centre"),
        square_m=keys.whole("square_m", SQUARE_M),
        street_squares=keys.whole("street_squares", STREET_SQUARES),
        limit=_limit(keys, "limit"),
        limits={name: _limit(limits, name) for name in limits.each()},
        calendars=_calendars(keys, zone),
        departments={name: Words(one.text("zh"), one.text("en")) for name, one in named.items()},
    )
    below = (fault for one in (limits, departments, *named.values()) for fault in one.rest())
    return build, [*keys.rest(), *below]


def _name(keys: Keys) -> str:
    """It becomes a folder's name."""
    name = keys.text("name")
    if name and (not NAME.fullmatch(name) or PurePath(name).name != name):
        keys.wrong("name", NOT_A_NAME.filled(text=name))
    return name


def _limit(keys: Keys, key: str) -> Limit:
    text = keys.text(key)
    try:
        limit = limit_of(text) if text else Limit(1, Unit.MINUTE)
    except (ValueError, ZeroDivisionError):
        limit = Limit(0, Unit.MINUTE)
    if not limit.count:
        keys.wrong(key, NOT_A_LIMIT.filled(text=text))
    return limit


def _calendars(keys: Keys, zone: ZoneInfo) -> tuple[Calendar, ...]:
    keys.asked.add("calendar")
    tables: Any = keys.table.get("calendar")
    if not isinstance(tables, list) or not tables:
        keys.wrong("calendar", NO_CALENDAR)
        return ()
    found = []
    for table in tables:
        try:
            found.append(calendar_from({"time_zone": zone.key, **table}, ()))
        except Wrong as wrong:
            line = line_of(keys.source, f"build.calendar.{wrong.field}") or line_of(keys.source, "build.calendar")
            keys.faults.append(Fault(keys.file, line, f"build.calendar.{wrong.field}", wrong.words))
    return tuple(found)
