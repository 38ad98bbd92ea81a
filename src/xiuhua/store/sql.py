"""Raw SQL of the one hot path, the same text for SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections

Row = tuple[Any, ...]
_PREPARE_AFTER = 2  # ours: what comes twice in one connection comes a thousand times
_MOST_VARIABLES = 30_000  # PostgreSQL takes 65,535 in one statement


@cache
def on_sqlite() -> bool:
    """Remembered: a process has one database, and asking Django takes longer than the answer is worth."""
    return connection.vendor == "sqlite"


def moment(at: datetime | None) -> Any:
    """A moment as the database stores it: SQLite as Django writes it, PostgreSQL as itself."""
    return at if at is None or not on_sqlite() else _text(at)


@lru_cache(maxsize=4096)
def _text(at: datetime) -> str:
    """Remembered: the moment of a move goes into many columns."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).replace(tzinfo=None).isoformat(" ")


def moment_read(value: Any) -> datetime:
    """The inverse of `moment` for rows read by raw SQL."""
    if isinstance(value, datetime):  # SQLite's own reader leaves out the zone
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


@contextmanager
def _cursor() -> Iterator[Any]:
    """The driver's own: Django's around it costs more than a small statement. PostgreSQL plans each statement once."""
    here = connections[DEFAULT_DB_ALIAS]
    here.ensure_connection()
    raw: Any = here.connection
    if not on_sqlite():
        raw.prepare_threshold = _PREPARE_AFTER
    with here.wrap_database_errors, closing(raw.cursor() if on_sqlite() else psycopg.Cursor(raw)) as cursor:
        yield cursor


@lru_cache(maxsize=512)
def _marked(statement: str) -> str:
    """With the marks of the driver."""
    return statement.replace("%s", "?") if on_sqlite() else statement


def insert(table: str, columns: str, rows: Sequence[Row], *, on_conflict: str = "") -> None:
    """Many rows: one prepared statement on SQLite, as few statements as it allows variables for on PostgreSQL."""
    if not rows:
        return
    width = len(rows[0])
    marks = f"({', '.join(['%s'] * width)})"
    into = f"INSERT INTO {table} ({columns}) VALUES"
    with _cursor() as cursor:
        if on_sqlite():
            cursor.executemany(_marked(f"{into} {marks} {on_conflict}"), rows)
            return
        most = _MOST_VARIABLES // width
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            cursor.execute(
                f"{into} {', '.join([marks] * len(part))} {on_conflict}", [value for row in part for value in row]
            )


def many(statement: str, rows: Sequence[Row]) -> int:
    """Run an update for each row; the number of rows changed in all."""
    changed = 0
    with _cursor() as cursor:
        for row in rows:
            cursor.execute(_marked(statement), row)
            changed += cursor.rowcount
    return changed


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    with _cursor() as cursor:
        cursor.execute(_marked(statement), values)
        return list(cursor.fetchall())


def one(statement: str, values: Sequence[Any] = ()) -> Row | None:
    with _cursor() as cursor:
        cursor.execute(_marked(statement), values)
        row: Row | None = cursor.fetchone()
        return row


def marks(values: Iterable[Any]) -> str:
    return ", ".join("%s" for _ in values)
