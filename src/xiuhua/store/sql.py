"""Raw SQL of the one hot path, the same text for SQLite and PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def moment(at: datetime | None) -> Any:
    """A moment as the database stores it: SQLite as Django writes it, PostgreSQL as itself."""
    if at is None or connection.vendor != "sqlite":
        return at
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).replace(tzinfo=None).isoformat(" ")


def moment_read(value: Any) -> datetime:
    """The inverse of `moment` for rows read by raw SQL."""
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def insert(table: str, columns: str, rows: Sequence[Row], *, on_conflict: str = "") -> None:
    """Many rows in as few statements as the database allows variables for."""
    if not rows:
        return
    width = len(rows[0])
    marks = f"({', '.join(['%s'] * width)})"
    most = max(1, 900 // width)  # SQLite's old limit of 999 variables
    with connection.cursor() as cursor:
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {', '.join([marks] * len(part))} {on_conflict}",  # noqa: S608
                [value for row in part for value in row],
            )


def many(statement: str, rows: Sequence[Row]) -> int:
    """Run an update for each row; the number of rows changed in all."""
    changed = 0
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(statement, row)
            changed += cursor.rowcount
    return changed


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def one(statement: str, values: Sequence[Any] = ()) -> Row | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: Row | None = cursor.fetchone()
        return row


def marks(values: Iterable[Any]) -> str:
    return ", ".join("%s" for _ in values)
