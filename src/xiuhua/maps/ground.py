"""The ground in a tile: roads, water, green, land use, buildings, and names. Grey, so that cases are seen on it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.ground import Layer, NamedPlace, PlaceKind
from xiuhua.maps.drawing import MOST, Sheet, areas, lines, points
from xiuhua.maps.gazetteer import Names
from xiuhua.maps.names import names_in
from xiuhua.maps.tile import Tile
from xiuhua.store.queries.drawn import DrawnFeature, features_drawn

NAMES: Final = "name"
_NAMED_FROM: Final = 13  # ours: below, only roads and rivers carry their name, along the line
_MOST_NAMES: Final = 400
_LINE_KINDS: Final = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)


def sheets(tile: Tile, names: Names) -> list[Sheet]:
    found = features_drawn(tile.box, tile.z, MOST - _MOST_NAMES)
    shapes = shapely.from_wkb([feature.shape for feature in found], on_invalid="ignore")
    shapes = np.asarray(shapes, dtype=object)
    by_layer: dict[str, list[int]] = {layer.value: [] for layer in Layer}
    for index, feature in enumerate(found):
        by_layer.setdefault(feature.layer, []).append(index)
    drawn = [_sheet(layer, tile, found, shapes, which) for layer, which in by_layer.items()]
    named = _names(tile, found, shapes)
    _places(named, tile, names)
    return [*drawn, named]


def _sheet(layer: str, tile: Tile, found: Sequence[DrawnFeature], shapes: Any, which: list[int]) -> Sheet:
    """A layer may have lines and areas: a stream is a line."""
    sheet = Sheet(layer)
    if which:
        tags = [_tags(found[i]) for i in which]
        here = shapes[which]
        thin = np.isin(shapely.get_type_id(here), _LINE_KINDS)
        for draw, part in ((lines, thin), (areas, ~thin)):
            if part.any():
                draw(sheet, tile, here[part], [tags[i] for i in np.flatnonzero(part).tolist()])
    return sheet


def _tags(feature: DrawnFeature) -> dict[str, Any]:
    said = {"kind": feature.kind, "zh": feature.name_zh, "en": feature.name_en}
    return {name: value for name, value in said.items() if value}


def _names(tile: Tile, found: Sequence[DrawnFeature], shapes: Any) -> Sheet:
    """Of areas, at a point inside them, and of places; each once, in the tile that holds the point."""
    sheet = Sheet(NAMES)
    if tile.z < _NAMED_FROM:
        return sheet
    named = [i for i, f in enumerate(found) if f.name_zh and f.layer not in (Layer.ROAD, Layer.BUILDING)]
    thin = np.isin(shapely.get_type_id(shapes[named]), _LINE_KINDS)
    named = [i for i, line in zip(named, thin.tolist(), strict=True) if not line]
    degrees = shapely.get_coordinates(shapely.point_on_surface(shapes[named]))
    tags: list[Mapping[str, Any]] = [{**_tags(found[i]), "rank": 1, "of": found[i].layer} for i in named]
    kept = _inside(tile, degrees)
    points(sheet, tile, degrees[kept], [tags[i] for i in kept])
    return sheet


def _places(sheet: Sheet, tile: Tile, names: Names) -> None:
    places = names_in(names, tile.seen, tile.z, _MOST_NAMES - len(sheet.features))
    at = [(p.place.lon, p.place.lat) for p in places]
    points(sheet, tile, at, [{**_said(p), "rank": 2, "of": p.kind.value} for p in places])


def _said(place: NamedPlace) -> dict[str, str]:
    """On a door stands its number alone."""
    if place.kind is PlaceKind.PLATE:
        return {"zh": place.plate, "en": place.plate}
    return {"zh": place.name.zh, "en": place.name.en} if place.name.en else {"zh": place.name.zh}


def _inside(tile: Tile, degrees: Any) -> list[int]:
    seen = tile.seen
    lons, lats = degrees[:, 0], degrees[:, 1]
    inside = (lons >= seen.west) & (lons < seen.east) & (lats >= seen.south) & (lats < seen.north)
    kept: list[int] = np.flatnonzero(inside).tolist()
    return kept[:_MOST_NAMES]
