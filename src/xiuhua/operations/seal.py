"""Seal new transitions in batches, and write every seal also into the file outside the database.

A transition that is committed late, with an id below others that are sealed already, falls into the next seal. The
moment of a seal is the wall clock's: nothing that is hashed depends on it.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection

from xiuhua.domain.subject import GENESIS
from xiuhua.store import sql
from xiuhua.store.lock import writing
from xiuhua.store.seal_file import append_missing
from xiuhua.store.seals import SHORT, Member, Seal, keep, last_seal, seal_digest, sealed_above

MOST = 5_000  # ours: members of one seal; a line of the file stays below 50 kB
_PATIENCE_SECONDS = 1.0  # ours: an ordinary move takes milliseconds; nobody waits for a long import
_LOCK = 0x5EA1  # of one sealing process at a time, on PostgreSQL

_NEW = "SELECT id, kind, number, sequence, digest FROM transition WHERE id > %s AND id <= %s ORDER BY id LIMIT %s"
_GIVEN_OUT = "SELECT last_value FROM transition_id_seq"
_WRITERS = (
    "SELECT virtualtransaction FROM pg_locks WHERE relation = 'transition'::regclass "
    "AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()"
)


def seal(at: datetime, file: Path, most: int = MOST) -> int:
    """How many seals were made. Each run also brings the file up to the database."""
    made = 0
    while members := _seal_some(at, most):
        made += 1
        if members < most:
            break
    append_missing(file)
    return made


def _seal_some(at: datetime, most: int) -> int:
    """One seal, if there is anything to seal; the number of its members."""
    top, settled = _top()
    with writing():
        if not _alone():
            return 0
        last = last_seal()
        low, number, previous = (last.low, last.number, last.digest) if last else (0, 0, GENESIS)
        already = sealed_above(low)
        rows = [r for r in sql.rows(_NEW, [low, top, most + len(already)]) if r[0] not in already][:most]
        if not rows:
            return 0
        reached = top if len(rows) < most else rows[-1][0]
        members = tuple(Member(i, kind, number, n, digest[:SHORT]) for i, kind, number, n, digest in rows)
        keep(Seal(number + 1, at, reached if settled else low, members, previous, _digest(previous, rows)))
    return len(rows)


def _digest(previous: str, rows: Sequence[sql.Row]) -> str:
    return seal_digest(previous, (row[4] for row in rows))


def _top() -> tuple[int, bool]:
    """An id, and whether every transition up to it is committed or will never be.

    On PostgreSQL an id is given out before its transaction ends. Whoever may still hold one up to the top writes to
    the table now; when all of those have ended, nothing can come in below. While one goes on, the watermark stays.
    """
    if connection.vendor == "sqlite":
        row = sql.one("SELECT COALESCE(MAX(id), 0) FROM transition")
        return (row[0] if row else 0), True
    row = sql.one(_GIVEN_OUT)
    writers = _writers()
    until = time.monotonic() + _PATIENCE_SECONDS
    while writers and time.monotonic() < until:
        time.sleep(0.005)
        writers &= _writers()
    return (row[0] if row else 0), not writers


def _writers() -> set[str]:
    return {name for (name,) in sql.rows(_WRITERS)}


def _alone() -> bool:
    if connection.vendor == "sqlite":
        return True
    row = sql.one("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
    return bool(row and row[0])
