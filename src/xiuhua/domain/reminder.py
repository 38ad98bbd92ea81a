"""Whom a running clock reminds, and when: at 80 % of its limit (yellow) and when it is due (red).

A unit's clock reminds the unit's desk; any other the posts whose moves end it. Clocks with a silent consequence
remind nobody: they bring about a move. Source: workflow clause 5 (two lights; source), the 80 % is inferred.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xiuhua.domain import mailbox
from xiuhua.domain.moves import Move, Table
from xiuhua.domain.people import Post
from xiuhua.domain.subject import Clock, Subject

WARNED: Final = "warned"
OVERDUE: Final = "overdue"
# They end clocks too, but do not sit at a desk that could be reminded of one.
_NOT_REMINDED: Final = frozenset({Post.SYSTEM, Post.ADMINISTRATOR, Post.MACHINE_SOURCE, Post.CITIZEN})


@dataclass(frozen=True, slots=True)
class Reminder:
    """`since` is the moment that was passed: with it the same reminder is known again."""

    topic: str
    since: datetime
    recipients: tuple[str, ...]


def reminders(table: Table, subject: Subject, at: datetime) -> tuple[Reminder, ...]:
    """What is to be said at this moment; a warning is no longer given once the clock is overdue."""
    return tuple(_reminders(table, subject, at))


def silent_moves(subject: Subject, at: datetime) -> tuple[str, ...]:
    """The moves that nobody makes: their clocks have run out."""
    over = (c for c in subject.clocks.values() if c.then and c.due and c.due <= at)
    return tuple(c.then for c in sorted(over, key=lambda c: (c.due, c.name)))


def next_look(subject: Subject, after: datetime) -> datetime | None:
    """When a subject has to be looked at again."""
    return min((m for m in _moments(subject) if m > after), default=None)


def first_look(subject: Subject) -> datetime | None:
    """The same for a subject that was just moved: what is already passed may not have been said yet."""
    return min(_moments(subject), default=None)


def _moments(subject: Subject) -> list[datetime]:
    clocks = subject.clocks.values()
    return [m for c in clocks for m in ((None if c.then else c.warn), c.due) if m]


def _reminders(table: Table, subject: Subject, at: datetime) -> Iterator[Reminder]:
    for clock in subject.clocks.values():
        if clock.then:
            continue
        if clock.due and clock.due <= at:
            yield Reminder(f"{OVERDUE}:{clock.name}", clock.due, recipients(table, subject, clock))
        elif clock.warn and clock.warn <= at:
            yield Reminder(f"{WARNED}:{clock.name}", clock.warn, recipients(table, subject, clock))


def recipients(table: Table, subject: Subject, clock: Clock) -> tuple[str, ...]:
    unit = subject.fact("unit")
    if clock.name in table.unit_clocks and unit:
        return (mailbox.of_post_at(Post.UNIT_DESK, unit),)
    ending = [m for m in table.moves.values() if clock.name in m.ends and subject.stage in m.sources - {m.to}]
    posts = {post for move in ending or _ending_anywhere(table, clock) for post in move.by} - _NOT_REMINDED
    return tuple(_mailbox(subject, post) for post in sorted(posts))


def _ending_anywhere(table: Table, clock: Clock) -> list[Move]:
    return [m for m in table.moves.values() if clock.name in m.ends]


def _mailbox(subject: Subject, post: Post) -> str:
    """A task in the field reminds its collector, otherwise those of the grid."""
    if post in (Post.COLLECTOR, Post.HANDLER) and subject.fact("assignee"):
        return mailbox.of_person(subject.fact("assignee"))
    if post is Post.COLLECTOR:
        return mailbox.of_post_in(post, subject.fact("responsibility_grid"))
    return mailbox.of_post(post)
