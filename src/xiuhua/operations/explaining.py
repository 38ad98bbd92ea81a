"""Why a deadline is when it is and why a unit has a case, asked of the district as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiuhua.domain.deadline import why
from xiuhua.domain.dispatch import Assigned, Unclear
from xiuhua.domain.district import District
from xiuhua.domain.subject import Clock, Subject, Transition
from xiuhua.domain.words import Words, Wrong

CALENDAR_CHANGED = Words(
    "工作日历此后有过修改；下面按现在的日历说明，时限仍是当时算定的。",
    "The calendar was changed since; this explains by today's, the deadline stays as it was reckoned.",
)


@dataclass(frozen=True, slots=True)
class ClockWhy:
    lines: tuple[Words, ...] = ()
    provisional: bool = False


def why_due(clock: Clock, district: District) -> ClockWhy:
    """Nothing is said of a moment that was agreed or given."""
    calendar = district.calendars.get(clock.calendar.split("@")[0])
    if clock.limit is None or calendar is None:
        return ClockWhy()
    try:
        reason = why(clock.started, clock.limit, calendar, clock.pauses, clock.extensions)
    except Wrong as wrong:  # a year that the calendar does not know any more
        return ClockWhy((wrong.words,))
    changed = (CALENDAR_CHANGED,) if f"{calendar.name}@{calendar.version}" != clock.calendar else ()
    return ClockWhy((*changed, *reason.words), bool(reason.provisional_years))


def why_unit(
    subject: Subject, steps: Iterable[Transition], district: District, now: datetime
) -> Assigned | Unclear | None:
    """What the duty list says, as of the last time the unit was set; None where there is no class yet."""
    if not subject.fact("class"):
        return None
    at = next((t.at for t in reversed(tuple(steps)) if "unit" in t.patch.facts), now)
    return district.dispatch_of(subject.facts, at)
