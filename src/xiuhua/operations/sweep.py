"""Look at the subjects whose next moment has come: remind at 80 % and when due, make the moves that nobody makes.

1. Take the rows whose `next_at` has come, from the index.
2. Each in a transaction of its own: lock the row; if another process has it or had it, go on.
3. Write the reminders that were not written before, one outbox row per recipient.
4. Make a silent move that is due, as the system; saving it says when to look again. What it moves with it follows.
5. Otherwise write when to look again. A row whose rule refuses or raises is put off and cannot stop the others.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.reminder import OVERDUE, WARNED, Reminder, next_look, reminders, silent_moves
from xiuhua.domain.subject import Subject
from xiuhua.domain.words import Refusal
from xiuhua.operations.carry_cases import carry_cases
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.world import World
from xiuhua.store import sql
from xiuhua.store.loading import load
from xiuhua.store.lock import writing

MOST = 200  # ours: rows in one sweep; the loop comes again at once while there are as many
PUT_OFF = timedelta(minutes=10)  # ours: until a row that could not be moved is tried again

_DUE = "SELECT id FROM subject WHERE next_at <= %s ORDER BY next_at LIMIT %s"
_TAKEN = "SELECT kind, number FROM subject WHERE id = %s AND next_at <= %s"
_NEXT = "UPDATE subject SET next_at = %s WHERE id = %s AND next_at <= %s"
_SAID = "SELECT 1 FROM outbox WHERE kind = %s AND number = %s AND topic = %s AND at = %s LIMIT 1"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """`looked` counts subjects, `warned` and `overdue` clocks, `moved` silent moves, `put_off` subjects again."""

    looked: int = 0
    warned: int = 0
    overdue: int = 0
    moved: int = 0
    put_off: int = 0


def sweep(world: World, limit: int = MOST) -> Swept:
    at = world.now()
    counted: Counter[str] = Counter()
    for (row,) in sql.rows(_DUE, [sql.moment(at), limit]):
        try:
            with writing():
                found = _look(row, at, world)
            counted.update(found)
        except Exception:
            _log.exception("sweep.failed row=%s", row)
            _look_again(row, at, at + PUT_OFF)
            counted.update(put_off=1)
    return Swept(**counted)


def _look(row: int, at: datetime, world: World) -> dict[str, int]:
    taken = _TAKEN if connection.vendor == "sqlite" else f"{_TAKEN} FOR UPDATE SKIP LOCKED"
    found = sql.one(taken, [row, sql.moment(at)])
    loaded = load(*found) if found else None
    if loaded is None:  # another process was first
        return {}
    subject = loaded.subject
    said = _remind(subject, reminders(world.tables[subject.kind], subject, at))
    silent = _move(subject, silent_moves(subject, at), world)
    if silent is None:
        _look_again(row, at, next_look(subject, at))
        return {"looked": 1, **said}
    if isinstance(silent, Done):
        carry_cases(silent, world)
        return {"looked": 1, "moved": 1, **said}
    _log.warning("sweep.refused kind=%s number=%s code=%s", subject.kind, subject.number, silent.code)
    _look_again(row, at, at + PUT_OFF)
    return {"looked": 1, "put_off": 1, **said}


def _move(subject: Subject, moves: Iterable[str], world: World) -> Done | Refusal | None:
    """The first that is not refused; None where nothing is to be done."""
    answer = None
    for move in moves:
        answer = make_move(Asked(subject.kind, subject.number, move, SYSTEM, {}, seen=subject.version), world)
        if isinstance(answer, Done):
            break
    return answer


def _look_again(row: int, at: datetime, then: datetime | None) -> None:
    """Not where it was moved meanwhile: that has set a moment of its own."""
    with writing():
        sql.many(_NEXT, [(sql.moment(then), row, sql.moment(at))])


def _remind(subject: Subject, due: Iterable[Reminder]) -> dict[str, int]:
    """A row's moment is the one that was passed, so that it is written once however often the subject is moved."""
    fresh = [r for r in due if sql.one(_SAID, [subject.kind, subject.number, r.topic, sql.moment(r.since)]) is None]
    named = (subject.kind, subject.number, subject.version)
    rows = [(*named, r.topic, to, "in-app", sql.moment(r.since)) for r in fresh for to in r.recipients]
    columns = "kind, number, sequence, topic, recipient, way, at"
    sql.insert("outbox", columns, rows, on_conflict="ON CONFLICT DO NOTHING")
    return {topic: sum(r.topic.startswith(topic) for r in fresh) for topic in (WARNED, OVERDUE)}
