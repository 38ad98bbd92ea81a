"""Components as rows: read to be compared, written in bulk, an older version put aside before it is replaced.

A quarter of a million rows come in at once. On SQLite a trigger that boxes each of them takes three times as long as
everything else, so it rests while many are inserted and the boxes are made by one statement; all in one transaction.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from xiuhua.domain.component import Component, Origin, State
from xiuhua.domain.component_file import body_of
from xiuhua.domain.place import Wgs84
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where

PIECE: Final = 10_000  # ours: codes in one question
MANY: Final = 1_000  # ours: fewer are boxed by the trigger
GONE: Final = (State.LOST.value, State.REMOVED.value)
COLUMNS: Final = (
    "code, class_key, name, longitude, latitude, state, accuracy, origin, recorded, changed, competent, owner, keeper, "
    "label, circuit, grid, street, note"
)
_NEAR: Final = 5e-7  # degrees: half of what tells two places apart
_THERE: Final = f"state NOT IN ({sql.marks(GONE)})"
_KEPT: Final = f"{COLUMNS}, version, survey"
_PAST: Final = "code, version, body, survey, ended_at, ended_by"
_UPDATE: Final = (
    f"UPDATE component SET {', '.join(f'{c.strip()} = %s' for c in _KEPT.split(','))} "  # noqa: S608 - our own names
    "WHERE code = %s AND version = %s"
)
_BOXED: Final = "component_boxed"
_BOXES: Final = (
    "INSERT INTO component_box SELECT id, longitude, longitude, latitude, latitude FROM component "
    "WHERE id > %s ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A component as it is kept; `survey` names the entry of the journal that wrote this version."""

    component: Component
    version: int
    survey: str


def hold_places() -> None:
    """Until the caller's transaction ends nobody else writes a component: a place that is found free stays free.

    On SQLite one writes at a time anyway. Those who look are never held up.
    """
    if not sql.on_sqlite():
        sql.many("LOCK TABLE component IN SHARE ROW EXCLUSIVE MODE", [()])


def standing(codes: Sequence[str]) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for start in range(0, len(codes), PIECE):
        part = codes[start : start + PIECE]
        rows = sql.rows(f"SELECT {_KEPT} FROM component WHERE code IN ({sql.marks(part)})", part)  # noqa: S608
        found |= {row[0]: standing_of(row) for row in rows}
    return found


def standing_of(row: sql.Row) -> Standing:
    return Standing(component_of_row(row[:-2]), row[-2], row[-1])


def component_of_row(row: sql.Row) -> Component:
    """Of the values of COLUMNS."""
    (code, class_key, name, lon, lat, state, accuracy, origin, recorded, changed, *texts) = row
    competent, owner, keeper, label, circuit, grid, street, note = texts
    return Component(
        code, class_key, name, Wgs84(lon, lat), State(state), accuracy, Origin(origin), _day(recorded),
        _day(changed) if changed else None, competent, owner, keeper, label, circuit, grid, street, note,
    )  # fmt: skip


def _day(value: Any) -> date:
    """SQLite gives a date as text, PostgreSQL as itself."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def row_of(c: Component) -> sql.Row:
    return (
        c.code, c.class_key, c.name, c.place.lon, c.place.lat, c.state.value, c.accuracy, c.origin.value,
        _written(c.recorded), _written(c.changed), c.competent, c.owner, c.keeper, c.label, c.circuit, c.grid,
        c.street, c.note,
    )  # fmt: skip


def _written(day: date | None) -> Any:
    return day.isoformat() if day is not None and sql.on_sqlite() else day


def insert(components: Sequence[Component], survey: str) -> None:
    """New ones, in the caller's transaction. Raises IntegrityError where a code is taken."""
    sql.insert("component", _KEPT, [(*row_of(c), 1, survey) for c in components])


@contextmanager
def many_inserted(expected: int) -> Iterator[None]:
    """Around inserts of so many, in the caller's transaction: their boxes are made at the end."""
    if not sql.on_sqlite() or expected < MANY:
        yield
        return
    (trigger,) = sql.one("SELECT sql FROM sqlite_master WHERE name = %s", [_BOXED]) or ("",)
    (last,) = sql.one("SELECT COALESCE(MAX(id), 0) FROM component") or (0,)
    sql.many(f"DROP TRIGGER {_BOXED}", [()])
    yield  # what is raised in here takes the transaction back, and the trigger with it
    sql.many(_BOXES, [(last,)])
    sql.many(trigger, [()])


def replace(changes: Sequence[tuple[Standing, Component]], survey: str, at: datetime, by: str) -> None:
    """A new version of each, the old one put aside. Raises LostVersion where one was replaced meanwhile."""
    past = [
        (old.component.code, old.version, body_of(old.component), old.survey, sql.moment(at), by)
        for old, _ in changes
    ]
    sql.insert("component_past", _PAST, past)
    rows = [(*row_of(new), old.version + 1, survey, new.code, old.version) for old, new in changes]
    if sql.many(_UPDATE, rows) != len(rows):
        raise LostVersion


class LostVersion(Exception):  # noqa: N818
    """Somebody changed a component after it was read."""


def places_taken() -> Iterator[tuple[str, float, float, str]]:
    """Class, longitude, latitude and code of those that are there."""
    yield from sql.rows(f"SELECT class_key, longitude, latitude, code FROM component WHERE {_THERE}", GONE)  # noqa: S608


def at_the_place_of(one: Component) -> str:
    """The code of another of its class that is there, to a millionth of a degree; empty where none is."""
    lon, lat = one.place.lon, one.place.lat
    where, values = components_where(Box(lon - _NEAR, lat - _NEAR, lon + _NEAR, lat + _NEAR))
    asked = f"SELECT code FROM component WHERE {where} AND class_key = %s AND code <> %s AND {_THERE} ORDER BY code"  # noqa: S608
    found = sql.one(asked, [*values, one.class_key, one.code, *GONE])
    return str(found[0]) if found else ""


def codes_there(classes: Sequence[str]) -> list[str]:
    """The codes of the components of these classes that are neither lost nor removed."""
    wanted = f"SELECT code FROM component WHERE class_key IN ({sql.marks(classes)}) AND {_THERE} ORDER BY code"  # noqa: S608
    return [code for (code,) in sql.rows(wanted, [*classes, *GONE])]


def labelled_exactly(label: str) -> list[Standing]:
    """At most two: whether there is one is what matters."""
    if not label:
        return []
    asked = f"SELECT {_KEPT} FROM component WHERE label = %s AND NOT (label = '') AND {_THERE} LIMIT 2"  # noqa: S608
    return [standing_of(row) for row in sql.rows(asked, [label, *GONE])]


def standing_versions() -> Iterator[Standing]:
    """All of them, in pieces."""
    last = ""
    while rows := sql.rows(f"SELECT {_KEPT} FROM component WHERE code > %s ORDER BY code LIMIT {PIECE}", [last]):  # noqa: S608
        yield from (standing_of(row) for row in rows)
        last = rows[-1][0]


def past_versions() -> Iterator[tuple[str, str, str]]:
    """Code, body and entry of every version that was replaced, in pieces."""
    last = 0
    asked = f"SELECT id, code, body, survey FROM component_past WHERE id > %s ORDER BY id LIMIT {PIECE}"  # noqa: S608
    while rows := sql.rows(asked, [last]):
        yield from ((code, body, entry) for _, code, body, entry in rows)
        last = rows[-1][0]


def any_there() -> bool:
    return sql.one("SELECT 1 FROM component LIMIT 1") is not None


def last_code(digits: str) -> str:
    """The greatest code of these first digits and six more; empty where there is none."""
    asked = "SELECT MAX(code) FROM component WHERE code BETWEEN %s AND %s AND LENGTH(code) = %s"
    row = sql.one(asked, [f"{digits}000000", f"{digits}999999", len(digits) + 6])
    return row[0] if row and row[0] else ""


def a_code_of(class_key: str) -> str:
    """Some code of this class, for its first digits; empty where there is none."""
    row = sql.one("SELECT MAX(code) FROM component WHERE class_key = %s", [class_key])
    return row[0] if row and row[0] else ""
