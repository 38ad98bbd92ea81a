"""Make every subject's row again from its transitions and say where the row in the table differs.

Not compared are the row's id and `next_at`, which the sweep moves on. There must be no differences; where there are,
`write` puts the rows right, because the transitions are the truth.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection

from xiuhua.domain.journal import KINDS
from xiuhua.domain.subject import fold
from xiuhua.domain.written import transition_of
from xiuhua.operations.world import World
from xiuhua.store import past, sql
from xiuhua.store.loading import texts
from xiuhua.store.lock import writing
from xiuhua.store.saving import FLAT, flat, found_by, put

MOST = 1_000  # ours: differences kept and shown; all are counted
MISSING = "row"
UNREADABLE = "transitions"

_NAMES = tuple(name.strip() for name in FLAT.split(","))
_COMPARED = _NAMES[:-1]  # the last is next_at
_PIECE = 500
_ROW = f"SELECT {', '.join(_COMPARED)} FROM subject WHERE kind = %s AND number = %s"  # noqa: S608 - our own names
_SET = f"UPDATE subject SET {', '.join(f'{name} = %s' for name in _NAMES)} WHERE kind = %s AND number = %s"  # noqa: S608
_PAST = "SELECT body, digest FROM transition WHERE kind = %s AND number = %s ORDER BY sequence"
_LOST = (
    "SELECT kind, number FROM transition t WHERE sequence = 1 AND NOT EXISTS "
    "(SELECT 1 FROM subject s WHERE s.kind = t.kind AND s.number = t.number)"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """`columns` are those that differ; "row" where there is no row, "transitions" where they cannot be folded."""

    kind: str
    number: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    subjects: int
    differing: int
    written: int
    differences: tuple[Difference, ...]

    @property
    def ok(self) -> bool:
        return not self.differing


Row = tuple[Any, ...]
Past = Sequence[tuple[str, str]]  # body and digest, in order


def rebuild(world: World, progress: Callable[[int, int], None], *, write: bool = False) -> Rebuilt:
    found: list[Difference] = []
    subjects, top = 0, past.last_id("subject")
    for piece in _pieces(top):
        subjects += len(piece)
        found += [d for name in _suspects(piece, world) if (d := _settled(name, world, write=write))]
        progress(piece[-1][0], top)
    lost = [(kind, number) for kind, number in sql.rows(_LOST) if kind not in KINDS]
    found += [d for name in lost if (d := _settled(name, world, write=write))]
    repaired = sum(UNREADABLE not in d.columns for d in found) if write else 0
    return Rebuilt(subjects, len(found), repaired, tuple(found[:MOST]))


def _pieces(top: int) -> Iterable[list[Row]]:
    last = 0
    columns = ", ".join(_COMPARED)
    statement = f"SELECT id, kind, number, {columns} FROM subject WHERE id > %s AND id <= %s ORDER BY id LIMIT {_PIECE}"  # noqa: S608
    while piece := sql.rows(statement, [last, top]):
        last = piece[-1][0]
        yield piece


def _suspects(piece: Sequence[Row], world: World) -> list[tuple[str, str]]:
    """Those that differ at first sight; some may only have been moved between two looks."""
    rows = {(row[1], row[2]): row[3:] for row in piece}
    pasts = _pasts(list(rows))
    return [name for name, row in rows.items() if _differing(row, _made(name, pasts.get(name, []), world))]


def _pasts(names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Past]:
    found: dict[tuple[str, str], Past] = {}
    for kind, named in groupby(sorted(names), key=lambda name: name[0]):
        numbers = [number for _, number in named]
        rows = sql.rows(
            "SELECT number, body, digest FROM transition "  # noqa: S608 - marks only
            f"WHERE kind = %s AND number IN ({sql.marks(numbers)}) ORDER BY number, sequence",
            [kind, *numbers],
        )
        for number, those in groupby(rows, key=lambda row: row[0]):
            found[kind, number] = [(body, digest) for _, body, digest in those]
    return found


def _settled(name: tuple[str, str], world: World, *, write: bool) -> Difference | None:
    """Looked at again while nobody can move it."""
    with writing():
        row = sql.one(_ROW if connection.vendor == "sqlite" else f"{_ROW} FOR UPDATE", name)
        rows = [(body, digest) for body, digest in sql.rows(_PAST, name)]
        made = _made(name, rows, world)
        columns = _differing(row, made)
        if columns and made and write:
            _write(name, made, rows, new=row is None)
        return Difference(*name, columns) if columns else None


def _made(name: tuple[str, str], rows: Past, world: World) -> Row | None:
    table = world.table(name[0])
    if table is None or not rows:
        return None
    try:
        transitions = [transition_of(json.loads(body)) for body, _ in rows]
        return flat(table, fold(*name, transitions), rows[-1][1])
    except (ValueError, KeyError, TypeError):  # what cannot be read is `verify`'s to explain
        return None


def _differing(row: Row | None, made: Row | None) -> tuple[str, ...]:
    if made is None:
        return (UNREADABLE,)
    if row is None:
        return (MISSING,)
    return tuple(n for n, there, wanted in zip(_COMPARED, row, made, strict=False) if not _same(there, wanted))


def _same(there: Any, wanted: Any) -> bool:
    if isinstance(there, datetime) and wanted is not None:
        return sql.moment_read(there) == sql.moment_read(wanted)
    return bool(there == wanted)


def _write(name: tuple[str, str], made: Row, rows: Past, *, new: bool) -> None:
    if not new:
        sql.many(_SET, [(*made, *name)])
        return
    begun = fold(*name, [transition_of(json.loads(rows[0][0]))])
    description = texts(*name).get((1, "description")) or ""
    put([(*name, made, found_by(description, begun))])
