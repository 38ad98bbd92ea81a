"""Shapes cut to a tile, simplified and laid on its whole numbers, all of them at once; and the tile's bytes.

What is smaller than a unit is not drawn. Source: Mapbox Vector Tile Specification 2.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from vt2pbf import Tile as Encoder

from xiuhua.maps.tile import EXTENT, Tile

MOST: Final = 5_000  # features of a tile, all its layers together
TOLERANCE: Final = 4.0  # ours: units, half a pixel of a tile drawn on 512
_POINT, _LINE, _AREA = 1, 2, 3

Tags = Mapping[str, Any]


@dataclass(slots=True)
class Sheet:
    """A layer of a tile: features as the encoder takes them."""

    name: str
    features: list[dict[str, Any]] = field(default_factory=list)


def encoded(sheets: Sequence[Sheet]) -> bytes:
    tile = Encoder(extend=EXTENT)
    for sheet in sheets:
        if sheet.features:
            tile.add_layer(sheet.name, sheet.features)
    packed: bytes = tile.serialize_to_bytestring()
    return packed


def points(sheet: Sheet, tile: Tile, degrees: Any, tags: Sequence[Tags]) -> None:
    """`degrees`: an array of longitude and latitude. What lies beyond the rim was not asked for."""
    if len(tags):
        units = np.rint(tile.units(np.asarray(degrees, dtype=float))).astype(int).tolist()
        sheet.features += [
            {"type": _POINT, "geometry": [at], "tags": said} for at, said in zip(units, tags, strict=True)
        ]


def lines(sheet: Sheet, tile: Tile, shapes: Any, tags: Sequence[Tags]) -> None:
    cut = _in_units(tile, shapes)
    cut = np.where(shapely.length(cut) >= 1, cut, None)
    parts, owners = shapely.get_parts(cut, return_index=True)
    parts, owners = _of_kind(parts, owners, shapely.GeometryType.LINESTRING)
    _add(sheet, _LINE, _paths(parts), owners, tags)


def areas(sheet: Sheet, tile: Tile, shapes: Any, tags: Sequence[Tags]) -> None:
    cut = _in_units(tile, shapes)
    cut = np.where(shapely.area(cut) >= 1, cut, None)
    polygons, owners = shapely.get_parts(cut, return_index=True)
    polygons, owners = _of_kind(polygons, owners, shapely.GeometryType.POLYGON)
    # y runs down: an outer ring that turns clockwise on the screen turns the other way in these numbers
    rings, of = shapely.get_rings(shapely.orient_polygons(polygons), return_index=True)
    _add(sheet, _AREA, _paths(rings), owners[of], tags, least=4)


def _in_units(tile: Tile, shapes: Any) -> Any:
    box = tile.box
    cut = shapely.clip_by_rect(shapes, box.west, box.south, box.east, box.north)
    return shapely.simplify(shapely.transform(cut, tile.units), TOLERANCE, preserve_topology=False)


def _of_kind(parts: Any, owners: Any, kind: int) -> tuple[Any, Any]:
    """Cutting a line at a corner leaves points."""
    wanted = (shapely.get_type_id(parts) == kind) & ~shapely.is_empty(parts)
    return parts[wanted], owners[wanted]


def _paths(lines_or_rings: Any) -> list[list[list[int]]]:
    """As lists of whole numbers, a point that repeats the one before left out."""
    degrees, of = shapely.get_coordinates(lines_or_rings, return_index=True)
    units = np.rint(degrees).astype(int)
    fresh = np.ones(len(of), dtype=bool)
    fresh[1:] = (of[1:] != of[:-1]) | (units[1:] != units[:-1]).any(axis=1)
    units, of = units[fresh], of[fresh]
    ends = np.searchsorted(of, np.arange(len(lines_or_rings)), side="right").tolist()
    flat, start, found = units.tolist(), 0, []
    for end in ends:
        found.append(flat[start:end])
        start = end
    return found


def _add(
    sheet: Sheet, kind: int, paths: Sequence[list[list[int]]], owners: Any, tags: Sequence[Tags], least: int = 2
) -> None:
    together: dict[int, list[list[list[int]]]] = {}
    for path, owner in zip(paths, owners.tolist(), strict=True):
        if len(path) >= least:
            together.setdefault(owner, []).append(path)
    sheet.features += [
        {"type": kind, "geometry": geometry, "tags": tags[owner]} for owner, geometry in together.items()
    ]
