"""Lengths of time as the field counts them, and the working calendars in which they are counted.

`limit` units and lengths · `calendar` who works when, and in which years that is known · `timeline` the same as
sorted numbers, for speed · `table` calendars as they stand in a pack. Leaves out: what is due (`deadline`).
"""

from xiuhua.domain.clock.calendar import Calendar, DayRow, Season, Shift, YearUnknown
from xiuhua.domain.clock.limit import CONTINUOUS, Limit, Unit, spelled, spelled_seconds
from xiuhua.domain.clock.table import calendar_from, table_of
from xiuhua.domain.clock.timeline import Scale, Steady, Timeline, Working, moment_of, second_of

__all__ = [
    "CONTINUOUS",
    "Calendar",
    "DayRow",
    "Limit",
    "Scale",
    "Season",
    "Shift",
    "Steady",
    "Timeline",
    "Unit",
    "Working",
    "YearUnknown",
    "calendar_from",
    "moment_of",
    "second_of",
    "spelled",
    "spelled_seconds",
    "table_of",
]
