"""What a move does to the clocks: ended with a verdict, dropped, paused, resumed, extended, started.

What is given up is read from the subject as it was, what begins from the subject with its new facts: a case that is
dispatched to another unit runs on that unit's calendar.
"""

from dataclasses import replace
from datetime import datetime

from xiuhua.domain.clock import Calendar, Limit
from xiuhua.domain.deadline import Pause, Paused, due_with, warn_at
from xiuhua.domain.deadline import due as due_of
from xiuhua.domain.moves import Situation, Start, Table
from xiuhua.domain.subject import Clock, Stopped
from xiuhua.domain.words import Refusal
from xiuhua.domain.written import limit_of

Clocks = dict[str, Clock | None]


def ended(s: Situation) -> tuple[Clocks, tuple[Stopped, ...]]:
    running = s.subject.clocks
    clocks: Clocks = {}
    stopped = []
    for name in running if "*" in s.move.ends else s.move.ends:
        clock = running.get(name)
        if clock:
            clocks[name] = None
            stopped.append(Stopped(name, clock.started, clock.due, clock.in_time(s.at)))
    for name in running if "*" in s.move.drops else s.move.drops:
        if name in running:
            clocks[name] = None
    return clocks, tuple(stopped)


def set_going(table: Table, before: Situation, after: Situation, clocks: Clocks) -> Refusal | None:
    """Adds to `clocks` what pauses, goes on, gets more time or begins."""
    _paused(before, clocks)
    return _resumed(table, after, clocks) or _extended(table, after, clocks) or _started(table, after, clocks)


def _paused(s: Situation, clocks: Clocks) -> None:
    for name in s.move.pauses:
        clock = s.subject.clocks.get(name)
        if clock and clock.limit and not clock.paused:
            clocks[name] = replace(clock, due=None, warn=None, pauses=(*clock.pauses, Pause(s.at, None)))


def _resumed(table: Table, s: Situation, clocks: Clocks) -> Refusal | None:
    for name in s.move.resumes:
        clock = s.subject.clocks.get(name)
        if clock and clock.paused:
            pauses = (*clock.pauses[:-1], Pause(clock.pauses[-1].start, s.at))
            clocks[name] = _timed(table, s, replace(clock, pauses=pauses))
    return None


def _extended(table: Table, s: Situation, clocks: Clocks) -> Refusal | None:
    for name, rule in s.move.extends:
        clock = clocks.get(name) or s.subject.clocks.get(name)
        limit = _limit(table, s, rule)
        if isinstance(limit, Refusal):
            return limit
        if clock and isinstance(limit, Limit):
            clocks[name] = _timed(table, s, replace(clock, extensions=(*clock.extensions, limit)))
    return None


def _started(table: Table, s: Situation, clocks: Clocks) -> Refusal | None:
    for start in s.move.starts:
        limit = _limit(table, s, start.limit)
        if isinstance(limit, Refusal):
            return limit
        if limit is not None:
            clocks[start.clock] = _clock(table, s, start, limit)
    return None


def _limit(table: Table, s: Situation, name: str) -> Limit | datetime | None | Refusal:
    rule = table.rules.limits.get(name)
    return limit_of(name) if rule is None else rule(s)


def _clock(table: Table, s: Situation, start: Start, limit: Limit | datetime) -> Clock:
    calendar = _calendar(table, s, start.clock)
    version = f"{calendar.name}@{calendar.version}"
    if isinstance(limit, datetime):  # a moment agreed or given, not a length
        return Clock(start.clock, s.at, None, version, limit, s.at + (limit - s.at) * 4 / 5, start.then)
    due, warn = due_of(s.at, limit, calendar), warn_at(s.at, limit, calendar)
    return Clock(start.clock, s.at, limit, version, due, warn, start.then)


def _calendar(table: Table, s: Situation, clock: str) -> Calendar:
    found: Calendar = s.book.calendar_of(s.subject.fact("unit") if clock in table.unit_clocks else "")
    return found


def _timed(table: Table, s: Situation, clock: Clock) -> Clock:
    """The clock with its due moment. Extensions and pauses are reckoned in the calendar of this day's unit."""
    calendar = _calendar(table, s, clock.name)
    if clock.limit is None:  # a moment agreed or given is not reckoned again
        return clock
    due = due_with(clock.started, clock.limit, calendar, pauses=clock.pauses, extensions=clock.extensions)
    if isinstance(due, Paused):
        return replace(clock, due=None, warn=None)
    warn = warn_at(clock.started, clock.limit, calendar, pauses=clock.pauses, extensions=clock.extensions)
    return replace(clock, due=due, warn=warn, calendar=f"{calendar.name}@{calendar.version}")
