"""Components for those who look: near a place, by what is written on them, in a list, one whole with its past."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xiuhua.domain.component import Component, State
from xiuhua.domain.component_file import component_of, plain
from xiuhua.domain.place import EARTH_RADIUS_M, Wgs84, distance_m
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where
from xiuhua.store.components import COLUMNS, GONE, component_of_row, standing

MOST_LINES: Final = 200
CODE_BEGINS: Final = 8  # ours: digits; division and major class, fewer are a pole number
SHORTEST_PART: Final = 2  # ours: characters of a label; one finds half of a register
_LONGEST: Final = 60
_LABELLED: Final = "NOT (label = '')"  # written as the index has it, or SQLite does not see that it may be used

_NEAR: Final = f"SELECT {COLUMNS} FROM component WHERE "  # noqa: S608 - our own names
_PAST: Final = (
    "SELECT version, body, survey, ended_at, ended_by FROM component_past WHERE code = %s ORDER BY version DESC"
)


@dataclass(frozen=True, slots=True)
class Near:
    component: Component
    distance_m: float


@dataclass(frozen=True, slots=True)
class Past:
    """A version that was replaced, by whom and when; `entry` is the journal's entry that wrote it."""

    component: Component
    version: int
    entry: str
    ended_at: datetime
    ended_by: str


@dataclass(frozen=True, slots=True)
class WholeComponent:
    component: Component
    version: int
    entry: str
    past: tuple[Past, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows. Empty means any. `text` is a label, a code or the beginning of either, as typed."""

    classes: tuple[str, ...] = ()
    text: str = ""
    state: State | None = None
    grids: tuple[str, ...] = ()
    street: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ComponentPage:
    """`following` is the code to go on after; empty at the end."""

    lines: tuple[Component, ...]
    following: str


def near(place: Wgs84, radius_m: float, classes: Sequence[str] = (), most: int = MOST_LINES) -> tuple[Near, ...]:
    """Those that are there, nearest first by metres along a great circle; degrees would put east before north."""
    condition, values = components_where(box_around(place, radius_m))
    wanted = set(classes)
    found = []
    for row in sql.rows(f"{_NEAR}{condition}", values):
        if row[5] in GONE or (wanted and row[1] not in wanted):
            continue
        metres = distance_m(place, Wgs84(row[3], row[4]))
        if metres <= radius_m:
            found.append((metres, row))
    found.sort(key=lambda pair: (pair[0], pair[1][0]))
    return tuple(Near(component_of_row(row), metres) for metres, row in found[:most])


def box_around(place: Wgs84, radius_m: float) -> Box:
    """That no point of the circle lies outside of; at a pole all longitudes."""
    north = math.degrees(radius_m / EARTH_RADIUS_M) * 1.000001
    nearest_pole = math.radians(min(89.9, abs(place.lat) + north))
    east = north / math.cos(nearest_pole)
    return Box(place.lon - east, place.lat - north, place.lon + east, place.lat + north)


def labelled(text: str, classes: Sequence[str] = (), most: int = 50) -> tuple[Component, ...]:
    """By what a person typed of a label or a code: exactly, otherwise as a beginning, otherwise as a part of a label.

    Full-width characters, blanks and small letters make no difference.
    """
    typed = plain(text)[:_LONGEST]
    if not typed:
        return ()
    return _labelled(typed, Wanted(classes=tuple(classes)), most)


def _labelled(typed: str, within: Wanted, most: int) -> tuple[Component, ...]:
    upper = typed.upper()
    found = _among(f"label = %s AND {_LABELLED}", [upper], within, most)  # with OR no index would be used
    if not found:
        found = _among("code = %s", [typed], within, most)
    if not found and typed.isascii() and typed.isdecimal() and len(typed) >= CODE_BEGINS:
        found = _among("code BETWEEN %s AND %s", [typed, typed.ljust(17, "9")], within, most, "code")
    if not found and len(typed) >= SHORTEST_PART:
        found = _labelled_from(upper, within, most)
    if not found and len(typed) >= SHORTEST_PART:
        found = _among(f"label LIKE %s ESCAPE '!' AND {_LABELLED}", [f"%{_literal(upper)}%"], within, most)
    return found


def _labelled_from(text: str, within: Wanted, most: int) -> tuple[Component, ...]:
    if sql.on_sqlite():
        return _among(f"label >= %s AND label < %s AND {_LABELLED}", [text, text + "\U0010ffff"], within, most)
    return _among(f"label LIKE %s ESCAPE '!' AND {_LABELLED}", [f"{_literal(text)}%"], within, most)


def _literal(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _among(
    condition: str, values: Sequence[str], within: Wanted, most: int, order: str = "label, code"
) -> tuple[Component, ...]:
    conditions, narrowed = _narrowed(within)
    where = " AND ".join([f"({condition})", *conditions])
    rows = sql.rows(f"{_NEAR}{where} ORDER BY {order} LIMIT {int(most)}", [*values, *narrowed])
    return tuple(component_of_row(row) for row in rows)


def listed(wanted: Wanted, after: str = "", size: int = 50) -> ComponentPage:
    """By code, paged by it; what was found by a text is one page."""
    typed = plain(wanted.text)[:_LONGEST]
    if typed:
        return ComponentPage(_labelled(typed, wanted, MOST_LINES), "")
    size = min(size, MOST_LINES)
    conditions, values = _narrowed(wanted)
    where = " AND ".join(["code > %s", *conditions])
    rows = sql.rows(f"{_NEAR}{where} ORDER BY code LIMIT {size + 1}", [after, *values])
    lines = tuple(component_of_row(row) for row in rows[:size])
    return ComponentPage(lines, lines[-1].code if len(rows) > size else "")


def _narrowed(wanted: Wanted) -> tuple[list[str], list[str]]:
    """Conditions and their values, of all but the text."""
    conditions: list[str] = []
    values: list[str] = []
    for column, several in (("class_key", wanted.classes), ("grid", wanted.grids)):
        if several:
            conditions.append(f"{column} IN ({sql.marks(several)})")
            values += several
    state = wanted.state.value if wanted.state else ""
    for column, value in (("state", state), ("street", wanted.street), ("owner", wanted.owner)):
        if value:
            conditions.append(f"{column} = %s")
            values.append(value)
    return conditions, values


def whole_component(code: str) -> WholeComponent | None:
    typed = plain(code)
    now = standing([typed]).get(typed)
    if now is None:
        return None
    past = tuple(
        Past(component_of(body), version, entry, sql.moment_read(at), by)
        for version, body, entry, at, by in sql.rows(_PAST, [typed])
    )
    return WholeComponent(now.component, now.version, now.survey, past)


def count_by_class() -> dict[str, int]:
    """Of those that are there."""
    marks = sql.marks(GONE)
    asked = f"SELECT class_key, COUNT(*) FROM component WHERE state NOT IN ({marks}) GROUP BY class_key"  # noqa: S608
    return dict(sql.rows(asked, GONE))
