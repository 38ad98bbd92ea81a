"""A layer as GeoJSON, one feature a line. WGS 84 needs no crs member (RFC 7946); any other system is named in the way
of 2008, and a shifted datum under a name that no other program takes for WGS 84."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from xiuhua.space.layers.crs import WGS84
from xiuhua.space.layers.layer_out import LayerOut


def text_of_layer(layer: LayerOut) -> Iterator[str]:
    yield f'{{"type": "FeatureCollection", "name": {_json(layer.name)}, {_crs(layer)}"features": [\n'
    names, values, _ = layer.fields()
    shapes = shapely.to_geojson(layer.projected())
    rows = zip(shapes, *(_plain(column) for column in values), strict=True)
    for place, (shape, *cells) in enumerate(rows):
        properties = _json(dict(zip(names, cells, strict=True)))
        before = ",\n" if place else ""
        yield f'{before}{{"type": "Feature", "properties": {properties}, "geometry": {shape or "null"}}}'
    yield "\n]}\n"


def _crs(layer: LayerOut) -> str:
    known = layer.known
    if known.name == WGS84:
        return ""
    name = known.name if known.shifted else f"urn:ogc:def:crs:{known.name.replace(':', '::')}"
    return f'"crs": {_json({"type": "name", "properties": {"name": name}})}, '


def _plain(column: Any) -> list[Any]:
    """JSON has no number that is none, and no dates."""
    if column.dtype.kind == "M":
        return [None if np.isnat(it) else str(it) for it in column]
    return [None if isinstance(it, float) and not np.isfinite(it) else it for it in column.tolist()]


def _json(it: Any) -> str:
    return json.dumps(it, ensure_ascii=False, separators=(",", ":"), default=str)
