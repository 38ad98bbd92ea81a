"""Features and named places kept: many rows at a time by raw SQL, compared with those that are there.

A place that has gone keeps its record with the last day it was there; a feature that has gone is taken out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import shapely

from xiuhua.domain.drawing import zoom_of
from xiuhua.domain.ground import Feature, Layer, NamedPlace
from xiuhua.store import sql

_AT_ONCE: Final = 500
_FEATURE: Final = "layer, code, kind, name_zh, name_en, zoom, west, south, east, north, shape, attributes"
_PLACE: Final = (
    "code, kind, use, name_zh, name_en, aliases, longitude, latitude, road, plate, grid, street, source, "
    "valid_from, valid_to"
)
_FROM, _TO = -2, -1  # columns of a place


@dataclass(frozen=True, slots=True)
class Put:
    """How many rows; `gone` were taken out, or ended where they are places."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def put_features(layer: Layer, features: Sequence[Feature], *, whole: bool) -> Put:
    """`whole`: what is there under other codes is taken out."""
    found = sql.rows(f"SELECT {_FEATURE} FROM feature WHERE layer = %s", [layer.value])  # noqa: S608 - our own names
    before = {row[1]: _plain(row) for row in found}
    after = {row[1]: row for row in _feature_rows(features)}
    put, gone = _compared(before, after, whole=whole)
    old = [code for code, row in after.items() if code in before and before[code] != row]
    _delete("feature", [*old, *gone], "layer = %s AND ", [layer.value])
    sql.insert("feature", _FEATURE, [row for code, row in after.items() if before.get(code) != row])
    return put


def _feature_rows(features: Sequence[Feature]) -> Iterable[sql.Row]:
    boxes = shapely.bounds(shapely.from_wkb([feature.shape for feature in features])).tolist()
    for feature, box in zip(features, boxes, strict=True):
        attributes = json.dumps(feature.attributes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield (
            feature.layer.value, feature.code, feature.kind, feature.name.zh, feature.name.en,
            zoom_of(feature.layer, feature.kind), *box, feature.shape, attributes,
        )  # fmt: skip


def _plain(row: sql.Row) -> sql.Row:
    """Drivers give bytes and days each in its own way."""
    return tuple(bytes(it) if isinstance(it, memoryview) else it for it in row)


def _compared(
    before: Mapping[str, sql.Row], after: Mapping[str, sql.Row], *, whole: bool
) -> tuple[Put, list[str]]:
    there = before.keys() & after.keys()
    changed = sum(before[code] != after[code] for code in there)
    gone = sorted(before.keys() - after.keys()) if whole else []
    return Put(len(after) - len(there), changed, len(gone), len(there) - changed), gone


def _delete(table: str, codes: Sequence[str], also: str, values: list[Any]) -> None:
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        sql.many(f"DELETE FROM {table} WHERE {also}code IN ({sql.marks(part)})", [(*values, *part)])  # noqa: S608


Where = Sequence[tuple[str, str]]  # grid and street of each


def put_places(places: Sequence[NamedPlace], where: Where, day: date, *, whole: bool) -> Put:
    """`whole`: places that are there under other codes end on the day before; those that came today leave no trace but
    the journal's. A first day that is known is kept."""
    before = {row[0]: _with_days(row) for row in sql.rows(f"SELECT {_PLACE} FROM named_place")}  # noqa: S608
    after = {row[0]: row for row in _place_rows(places, where, before, day)}
    standing = {code: row for code, row in before.items() if row[_TO] is None or code in after}
    put, gone = _compared(standing, after, whole=whole)
    ended = [(*before[code][:_TO], day - timedelta(days=1)) for code in gone if before[code][_FROM] < day]
    rows = [*(row for code, row in after.items() if before.get(code) != row), *ended]
    old = dict.fromkeys([*gone, *(row[0] for row in rows if row[0] in before)])
    _delete("named_place", list(old), "", [])
    sql.insert("named_place", _PLACE, [(*row[:_FROM], *_days(row[_FROM:])) for row in rows])
    return put


def _place_rows(
    places: Sequence[NamedPlace], where: Where, before: Mapping[str, sql.Row], day: date
) -> Iterable[sql.Row]:
    for place, (grid, street) in zip(places, where, strict=True):
        known = before.get(place.code)
        first = known[_FROM] if known and place.valid_from == day else place.valid_from
        yield (
            place.code, place.kind.value, place.use, place.name.zh, place.name.en, "\n".join(place.aliases),
            place.place.lon, place.place.lat, place.road, place.plate, grid, street, place.source, first,
            place.valid_to,
        )  # fmt: skip


def _with_days(row: sql.Row) -> sql.Row:
    return (*row[:_FROM], *(date.fromisoformat(it) if isinstance(it, str) else it for it in row[_FROM:]))


def _days(days: Iterable[date | None]) -> list[Any]:
    """SQLite has no days: they are kept as text."""
    return [day.isoformat() if day is not None and sql.on_sqlite() else day for day in days]
