"""The past as it lies in the tables, read from one end to the other in pieces: for `verify` and `rebuild`.

In the order of the ids, which is also the order within each subject, so that the disk is read once and straight on.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any, Final

from django.db import OperationalError, connection

from xiuhua.store import sql

PIECE: Final = 5_000  # ours: rows in memory at once
COLUMNS: Final = (
    "kind", "number", "sequence", "move", "stage_from", "stage_to", "person", "post", "organisation", "in_time",
    "round", "unit", "came", "at", "due",
)  # fmt: skip
KEYS: Final = (
    "kind", "number", "sequence", "move", "from", "to", "person", "post", "organisation", "in_time",
    "round", "unit", "came", "at", "due",
)  # fmt: skip
WRITTEN: Final = itemgetter(*KEYS)  # of a body's JSON, in the order of the columns
_NEEDED: Final = frozenset({*KEYS, "texts"})
_MOMENTS: Final = COLUMNS[-3:]
_DECODE: Final = json.JSONDecoder().raw_decode


def last_id(table: str) -> int:
    row = sql.one(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608 - one of our own tables
    return int(row[0]) if row else 0


def transitions(top: int) -> Iterator[list[sql.Row]]:
    """Pieces of (id, body, previous, digest, *COLUMNS); moments as the database reads them quickest."""
    columns = ", ".join(_column(name) for name in COLUMNS)
    yield from _pieces(f"SELECT id, body, previous, digest, {columns} FROM transition", top)  # noqa: S608 - our own names


def texts(top: int) -> Iterator[list[sql.Row]]:
    yield from _pieces("SELECT id, kind, number, sequence, field, salt, text FROM text", top)


def subjects(top: int) -> Iterator[list[sql.Row]]:
    yield from _pieces("SELECT id, kind, number, version, head FROM subject", top)


def standing(kind: str, number: str, after: int) -> list[sql.Row]:
    """A subject's (version, head) with its (id, sequence, body, previous, digest) after a sequence, of one moment."""
    return sql.rows(
        "SELECT s.version, s.head, t.id, t.sequence, t.body, t.previous, t.digest FROM subject s "
        "LEFT JOIN transition t ON t.kind = s.kind AND t.number = s.number AND t.sequence > %s "
        "WHERE s.kind = %s AND s.number = %s ORDER BY t.sequence",
        [after, kind, number],
    )


def stored(row: Sequence[Any]) -> tuple[Any, ...]:
    """The columns of a row as its body would write them; quick, and for moments only a first guess."""
    came, at, due = row[-3:]
    try:
        if isinstance(came, str):
            moments = (came.replace(" ", "T") + "+00:00", at.replace(" ", "T") + "+00:00",
                       due.replace(" ", "T") + "+00:00" if due else None)  # fmt: skip
        else:
            moments = (came.isoformat(), at.isoformat(), due.isoformat() if due else None)
    except (AttributeError, TypeError):  # no moment any more
        moments = (came, at, due)
    return (*row[4:-3], *moments)


def differing(row: Sequence[Any], written: Sequence[Any]) -> list[str]:
    """The columns that do not say what the body says; moments are compared as moments."""
    pairs = zip(COLUMNS, stored(row), written, strict=True)
    return [name for name, column, body in pairs if column != body and not _same(name, column, body)]


def _same(name: str, column: Any, body: Any) -> bool:
    if name not in _MOMENTS or not column or not body:
        return False
    try:
        return datetime.fromisoformat(column) == datetime.fromisoformat(body)
    except (ValueError, TypeError):
        return False


def read_body(body: str) -> dict[str, Any] | None:
    """As JSON, if it is a transition's."""
    try:
        written, end = _DECODE(body)  # a third quicker than json.loads, which looks for spaces around it
    except ValueError:
        return None
    known = end == len(body) and isinstance(written, dict) and written.keys() >= _NEEDED
    return written if known else None


def _column(name: str) -> str:
    plain = connection.vendor == "sqlite" and name in _MOMENTS  # its reader would parse each of them
    return f"CAST({name} AS TEXT)" if plain else name


def _pieces(select: str, top: int) -> Iterator[list[sql.Row]]:
    last = 0
    statement = f"{select} WHERE id > %s AND id <= %s ORDER BY id LIMIT {PIECE}"
    while piece := _piece(statement, [last, top]):
        last = piece[-1][0]
        yield piece


def _piece(statement: str, values: Sequence[int]) -> list[sql.Row]:
    """A flipped byte may leave text that is no UTF-8; it is read all the same, so that its row can be named."""
    try:
        return sql.rows(statement, values)
    except OperationalError:
        if connection.vendor != "sqlite":
            raise
    plain = connection.connection.text_factory
    connection.connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        return sql.rows(statement, values)
    finally:
        connection.connection.text_factory = plain


