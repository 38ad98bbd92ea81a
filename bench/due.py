"""Deadlines a second on one core, beside the floor: two searches in the same lists and one datetime, nothing else."""

import csv
import json
import random
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

from bench.figure import Figure
from xiuhua.domain.clock import Calendar, DayRow, Limit, Unit, calendar_from
from xiuhua.domain.deadline import due
from xiuhua.domain.words import Words

AIM: Final = 300_000  # a second, working units
CALLS: Final = 200_000
ROUNDS: Final = 3  # the best counts: others use the machine too
HOLIDAYS: Final = Path(__file__).parents[1] / "districts" / "china" / "holidays.csv"
OFFICE: Final[dict[str, object]] = {
    "name": "office",
    "title_zh": "机关工作时间",
    "title_en": "Office hours",
    "time_zone": "Asia/Shanghai",
    "years": ["2020-2026"],
    "seasons": {
        "summer": {"from": "05-01", "to": "09-30", "mon-fri": ["08:30-12:00", "14:30-18:00"]},
        "winter": {"from": "10-01", "to": "04-30", "mon-fri": ["08:30-12:00", "13:30-17:30"]},
    },
}
LIMITS: Final = (
    Limit(4, Unit.WORKING_HOUR),
    Limit(Fraction(5), Unit.WORKING_DAY),
    Limit(Fraction(5, 2), Unit.WORKING_DAY),
    Limit(2, Unit.EMERGENCY_HOUR),
)


@dataclass(frozen=True, slots=True)
class Rate:
    what: str
    per_second: float
    floor: float


def office() -> Calendar:
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        days = [
            DayRow(date.fromisoformat(row["date"]), row["kind"] == "work", Words(row["name_zh"], row["name_en"]))
            for row in csv.DictReader(file)
        ]
    return calendar_from(OFFICE, days)


def rates() -> Iterator[Rate]:
    calendar = office()
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2020, 2026))
    seconds = random.Random(1).choices(range(first, last), k=CALLS)
    starts = [datetime.fromtimestamp(second, UTC) for second in seconds]
    due(starts[0], LIMITS[0], calendar)  # lays out the calendar
    floor = _best(partial(_bare, calendar, seconds))
    for limit in LIMITS:
        yield Rate(limit.words.en, _best(partial(_asked, calendar, limit, starts)), floor)


def _asked(calendar: Calendar, limit: Limit, starts: list[datetime]) -> None:
    for start in starts:
        due(start, limit, calendar)


def _bare(calendar: Calendar, seconds: list[int]) -> None:
    opens, after = calendar.timeline.opens, calendar.timeline.hours.after
    middle = after[len(after) // 2]
    for second in seconds:
        bisect_right(opens, second)
        bisect_left(after, middle)
        datetime.fromtimestamp(second, UTC)


def _best(work: Callable[[], None]) -> float:
    return max(CALLS / _cpu_seconds(work) for _ in range(ROUNDS))


def _cpu_seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    if sys.argv[1:] == ["--rows"]:
        for rate in rates():
            figure = Figure(f"due, {rate.what}", rate.per_second, "calls/s", floor=rate.floor, aim=f"{AIM:,}")
            print(json.dumps(figure.row()))
        return
    print(f"due, aim {AIM:,} a second in working units")
    for rate in rates():
        times = rate.floor / rate.per_second
        print(f"  {rate.what:20} {rate.per_second:>12,.0f} a second; floor {rate.floor:,.0f} ({times:.1f} x)")


if __name__ == "__main__":
    main()
