"""The ground in a tile: roads, water, green, land use, buildings, and names. Grey, so that cases are seen on it."""

from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.ground import Layer, NamedPlace, PlaceKind
from xiuhua.maps.drawing import MOST, Sheet, areas, lines, points
from xiuhua.maps.gazetteer import Names
from xiuhua.maps.skeleton import DEEPEST, Lot, lot, skeleton
from xiuhua.maps.tile import Tile
from xiuhua.store.queries.drawn import features_drawn

NAMES: Final = "name"
_NAMED_FROM: Final = 13  # ours: below, only roads and rivers carry their name, along the line
_MOST_NAMES: Final = 400


def sheets(tile: Tile, names: Names) -> list[Sheet]:
    here = _here(tile)
    by_layer: dict[str, list[int]] = {layer.value: [] for layer in Layer}
    for index, layer in enumerate(here.layers):
        by_layer[layer].append(index)
    drawn = [_sheet(layer, tile, here.of(which)) for layer, which in by_layer.items()]
    named = _names(tile, here)
    _places(named, tile, names)
    return [*drawn, named]


def _here(tile: Tile) -> Lot:
    if tile.z <= DEEPEST:
        return skeleton().here(tile, MOST - _MOST_NAMES)
    return lot(features_drawn(tile.box, tile.z, MOST - _MOST_NAMES))[0]


def _sheet(layer: str, tile: Tile, here: Lot) -> Sheet:
    """A layer may have lines and areas: a stream is a line."""
    sheet = Sheet(layer)
    for draw, part in ((lines, here.thin), (areas, ~here.thin)):
        if part.any():
            draw(sheet, tile, here.shapes[part], [here.tags[i] for i in np.flatnonzero(part).tolist()])
    return sheet


def _names(tile: Tile, here: Lot) -> Sheet:
    """Of areas, at a point inside them, and of places; each once, in the tile that holds the point."""
    sheet = Sheet(NAMES)
    if tile.z < _NAMED_FROM:
        return sheet
    broad = np.flatnonzero(~here.thin).tolist()
    named = [i for i in broad if here.layers[i] != Layer.BUILDING and "zh" in here.tags[i]]
    degrees = shapely.get_coordinates(shapely.point_on_surface(here.shapes[named]))
    kept = _inside(tile, degrees)
    tags = [{**here.tags[named[i]], "rank": 1, "of": here.layers[named[i]]} for i in kept]
    points(sheet, tile, degrees[kept], tags)
    return sheet


def _places(sheet: Sheet, tile: Tile, names: Names) -> None:
    said = {feature["tags"]["zh"] for feature in sheet.features}  # an estate is an area and a place
    found = names.shown(tile.seen, tile.z, _MOST_NAMES - len(said))
    places = [place for place in found if place.name.zh not in said]
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
