"""Days as people type them, and the span between two of them in the district's time."""

from datetime import UTC, date, datetime, time, timedelta

from xiuhua.domain.counting import Span
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.world import World

NO_DAY = Words("“{it}”不是日期（年-月-日）", "“{it}” is not a day (year-month-day)")
BACKWARDS = Words("起始日 {first} 晚于截止日 {last}", "the first day {first} is after the last day {last}")
TO_COME = Words("起始日 {first} 晚于今天（{today}）", "the first day {first} is after today ({today})")
FAR = Words("“{it}”不在 1970 年至 2200 年之间", "“{it}” does not lie between 1970 and 2200")
FIRST, LAST = date(1970, 1, 1), date(2200, 1, 1)


def day_of(text: str, field: str) -> date | Refusal:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Refusal("day-wrong", NO_DAY.filled(it=text[:20]), field)
    return day if FIRST <= day <= LAST else Refusal("day-wrong", FAR.filled(it=text[:20]), field)


def span_of(first: str, last: str, world: World) -> Span | None | Refusal:
    """From the first day's midnight to the end of the last; None where neither is given, which is all so far."""
    if not first and not last:
        return None
    start = day_of(first, "from") if first else FIRST
    if isinstance(start, Refusal):
        return start
    end = day_of(last, "until") if last else world.today
    if isinstance(end, Refusal):
        return end
    if first and start > world.today:
        return Refusal("days-to-come", TO_COME.filled(first=start, today=world.today), "from")
    if start > end:
        return Refusal("days-backwards", BACKWARDS.filled(first=start, last=end), "until")
    return Span(_midnight(start, world), _midnight(end + timedelta(days=1), world))


def _midnight(day: date, world: World) -> datetime:
    return datetime.combine(day, time(0), world.district.time_zone).astimezone(UTC)
