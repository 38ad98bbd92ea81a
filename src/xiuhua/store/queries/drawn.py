"""What a tile is drawn of: features and components of a box, as the columns a map needs and nothing more.

`version` of each is a number that grows with every change, so that a tile can be kept until then.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from xiuhua.domain.ground import Layer
from xiuhua.domain.journal import Journal
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where, features_where

_COMPONENT: Final = "code, class_key, state, longitude, latitude"
_FEATURE: Final = "layer, kind, name_zh, name_en, zoom, shape"
_BATCH: Final = 50_000


@dataclass(frozen=True, slots=True)
class DrawnFeature:
    layer: str
    kind: str
    name_zh: str
    name_en: str
    zoom: int
    shape: bytes


@dataclass(frozen=True, slots=True)
class DrawnComponent:
    code: str
    class_key: str
    state: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """Classes and states to draw; empty means any."""

    classes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


def ground_version() -> int:
    """Features are replaced by new rows, never written over; what was only taken out stands in the journal."""
    return _last("feature") + _loads()


def component_version() -> int:
    """A new component has a new number, and a change leaves the version before it."""
    return _last("component") + _last("component_past")


def place_version() -> int:
    return _last("named_place") + _loads()


def _loads() -> int:
    row = sql.one("SELECT MAX(id) FROM transition WHERE kind = %s", [Journal.GROUND.value])
    return int(row[0]) if row and row[0] is not None else 0


def _last(table: str) -> int:
    row = sql.one(f"SELECT MAX(id) FROM {table}")  # noqa: S608 - our own names
    return int(row[0]) if row and row[0] is not None else 0


def features_drawn(box: Box, zoom: int, most: int) -> list[DrawnFeature]:
    """Those that are drawn first at the smallest zoom come first; the rest is left out."""
    where, values = features_where(box)
    rows = sql.rows(
        # the sign keeps SQLite from walking the index of zooms, where it has the box
        f"SELECT {_FEATURE} FROM feature WHERE +zoom <= %s AND {where} ORDER BY +zoom, id LIMIT %s",  # noqa: S608
        [zoom, *values, most],
    )
    return _features(rows)


def features_up_to(zoom: int) -> list[DrawnFeature]:
    """All that are drawn at that zoom."""
    return _features(sql.rows(f"SELECT {_FEATURE} FROM feature WHERE zoom <= %s ORDER BY zoom, id", [zoom]))  # noqa: S608


def _features(rows: Iterable[sql.Row]) -> list[DrawnFeature]:
    return [DrawnFeature(layer, kind, zh, en, z, bytes(shape)) for layer, kind, zh, en, z, shape in rows]


def components_drawn(box: Box, chosen: Chosen, most: int) -> list[DrawnComponent]:
    where, values = components_where(box)
    more, given = _chosen(chosen)
    rows = sql.rows(
        f"SELECT {_COMPONENT} FROM component WHERE {where}{more} LIMIT %s",  # noqa: S608
        [*values, *given, most],
    )
    return [DrawnComponent(*row) for row in rows]


def components_numbered(ids: Sequence[int]) -> list[DrawnComponent]:
    """By the numbers of their rows."""
    if not ids:
        return []
    rows = sql.rows(f"SELECT {_COMPONENT} FROM component WHERE id IN ({sql.marks(ids)})", ids)  # noqa: S608
    return [DrawnComponent(*row) for row in rows]


def _chosen(chosen: Chosen) -> tuple[str, list[str]]:
    text, values = "", []
    for column, wanted in (("class_key", chosen.classes), ("state", chosen.states)):
        if wanted:
            text += f" AND {column} IN ({sql.marks(wanted)})"
            values += list(wanted)
    return text, values


def component_points() -> Iterator[list[tuple[int, float, float, str, str]]]:
    """All of them in batches: number, longitude, latitude, class, state."""
    last = 0
    while True:
        rows = sql.rows(
            "SELECT id, longitude, latitude, class_key, state FROM component WHERE id > %s ORDER BY id LIMIT %s",
            [last, _BATCH],
        )
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def classes_drawn() -> Collection[str]:
    """The classes of which there is a component."""
    return [row[0] for row in sql.rows("SELECT DISTINCT class_key FROM component ORDER BY class_key")]


@dataclass(frozen=True, slots=True)
class RoadLine:
    """`road` is its code in the district's list of roads, empty where it has none."""

    zh: str
    en: str
    road: str
    shape: bytes


def road_lines() -> list[RoadLine]:
    """The named pieces of the road network, by name."""
    rows = sql.rows(
        "SELECT name_zh, name_en, attributes, shape FROM feature WHERE layer = %s AND name_zh <> '' "
        "ORDER BY name_zh, id",
        [Layer.ROAD.value],
    )
    return [RoadLine(zh, en, str(json.loads(more).get("road", "")), bytes(shape)) for zh, en, more, shape in rows]
