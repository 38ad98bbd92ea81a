"""Features of the base map, read by box, layer and zoom."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from xiuhua.domain.ground import Feature, Layer
from xiuhua.domain.words import Words
from xiuhua.store import sql
from xiuhua.store.boxes import Box, features_where

_COLUMNS: Final = "feature.layer, feature.code, feature.kind, name_zh, name_en, shape, attributes, zoom"
FURTHEST: Final = 99  # every feature, however small


@dataclass(frozen=True, slots=True)
class Drawn:
    """A feature and the smallest zoom at which it is drawn."""

    feature: Feature
    zoom: int


def features_in(box: Box, layers: Collection[Layer] = tuple(Layer), zoom: int = FURTHEST) -> list[Drawn]:
    """Those of the layers whose box touches this one and that are drawn at the zoom, by layer and code."""
    if not layers:
        return []
    where, values = features_where(box)
    names = [layer.value for layer in layers]
    statement = (
        f"SELECT {_COLUMNS} FROM feature WHERE {where} AND feature.layer IN ({sql.marks(names)}) "  # noqa: S608 - our own
        "AND zoom <= %s ORDER BY feature.layer, feature.code"
    )
    return _drawn(sql.rows(statement, [*values, *names, zoom]))


def feature(layer: Layer, code: str) -> Drawn | None:
    statement = f"SELECT {_COLUMNS} FROM feature WHERE layer = %s AND code = %s"  # noqa: S608 - our own names
    return next(iter(_drawn(sql.rows(statement, [layer.value, code]))), None)


def features_of_layer(layer: Layer, after: str = "", most: int | None = None) -> list[Drawn]:
    """By code, those that come after one; for going through a layer page by page."""
    statement = (
        f"SELECT {_COLUMNS} FROM feature WHERE layer = %s AND feature.code > %s ORDER BY feature.code"  # noqa: S608
    )
    limit = f" LIMIT {int(most)}" if most is not None else ""
    return _drawn(sql.rows(statement + limit, [layer.value, after]))


def count_of_layers() -> dict[Layer, int]:
    return {Layer(layer): int(count) for layer, count in sql.rows("SELECT layer, COUNT(*) FROM feature GROUP BY layer")}


def _drawn(rows: Iterable[tuple[Any, ...]]) -> list[Drawn]:
    return [
        Drawn(Feature(Layer(layer), code, kind, Words(zh, en), bytes(shape), json.loads(attributes)), zoom)
        for layer, code, kind, zh, en, shape, attributes, zoom in rows
    ]
