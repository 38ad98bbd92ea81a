"""The calendars that the tests of clock and deadline know. The statutory days are the real ones of the base pack."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Final

from xiuhua.domain.clock import Calendar, DayRow, calendar_from
from xiuhua.domain.words import Words

HOLIDAYS: Final = Path(__file__).parents[2] / "districts" / "china" / "holidays.csv"


def day_rows() -> list[DayRow]:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return [
            DayRow(
                date.fromisoformat(row["date"]),
                {"off": False, "work": True}[row["kind"]],
                Words(row["name_zh"], row["name_en"]),
            )
            for row in csv.DictReader(file)
        ]


TABLES: Final[dict[str, dict[str, object]]] = {
    # Winter days of 7.5 hours, summer days of 7: a working day is not always as long.
    "office": {
        "name": "office",
        "title_zh": "机关工作时间",
        "title_en": "Office hours",
        "time_zone": "Asia/Shanghai",
        "years": ["2020-2026"],
        "seasons": {
            "summer": {"from": "05-01", "to": "09-30", "mon-fri": ["08:30-12:00", "14:30-18:00"]},
            "winter": {"from": "10-01", "to": "04-30", "mon-fri": ["08:30-12:00", "13:30-17:30"]},
        },
    },
    "desk": {
        "name": "desk",
        "title_zh": "窗口（无午休）",
        "title_en": "Desk without lunch break",
        "time_zone": "Asia/Shanghai",
        "years": ["2020-2026"],
        "provisional_years": [2027],
        "hours": {"mon-fri": ["09:00-17:00"]},
    },
    "daily": {
        "name": "daily",
        "title_zh": "每日保洁",
        "title_en": "Cleaning, every day",
        "time_zone": "Asia/Shanghai",
        "holidays": False,
        "hours": {"mon-sun": ["06:00-22:00"]},
    },
    "night": {
        "name": "night",
        "title_zh": "夜班",
        "title_en": "Night shift",
        "time_zone": "Asia/Shanghai",
        "years": ["2020-2026"],
        "hours": {"mon-fri": ["22:00-06:00"]},
    },
    "centre": {
        "name": "centre",
        "title_zh": "指挥中心",
        "title_en": "Command centre",
        "time_zone": "Asia/Shanghai",
        "round_the_clock": True,
    },
    "new-york": {
        "name": "new-york",
        "title_zh": "纽约办公时间",
        "title_en": "New York office",
        "time_zone": "America/New_York",
        "provisional_years": ["2015-2026"],
        "hours": {"mon-fri": ["09:00-17:00"]},
    },
    "new-york-nights": {
        "name": "new-york-nights",
        "title_zh": "纽约夜班",
        "title_en": "New York nights",
        "time_zone": "America/New_York",
        "holidays": False,
        "hours": {"mon-sun": ["22:00-06:00"]},
    },
}

CALENDARS: Final[dict[str, Calendar]] = {name: calendar_from(table, day_rows()) for name, table in TABLES.items()}


def local(calendar: Calendar, text: str) -> datetime:
    """A moment from the wall clock of the calendar: "2023-03-01 14:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=calendar.tz)
