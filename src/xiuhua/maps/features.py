"""Items as GeoJSON in the coordinate system that was asked for, and a whole collection as a GeoPackage."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from xiuhua.maps.asked import LATITUDE_FIRST, MOST, Query
from xiuhua.maps.collections import Collection, Reader
from xiuhua.maps.items import Item
from xiuhua.space.layers import LayerOut, write_layers


def geojson(item: Item, crs: str) -> dict[str, Any]:
    return {
        "type": "Feature", "id": item.id, "geometry": _geometry(item.shape, crs), "properties": dict(item.properties),
    }  # fmt: skip


def _geometry(shape: Any, crs: str) -> Any:
    if shape is None:
        return None
    turned = shapely.transform(shape, lambda pairs: pairs[:, ::-1]) if LATITUDE_FIRST[crs] else shape
    return json.loads(shapely.to_geojson(turned))


def export(collection: Collection, reader: Reader, query: Query, file: Path) -> int:
    """All that this reader may see of it, in WGS 84; how many they are."""
    items = list(_all(collection, reader, query))
    names = list(dict.fromkeys(name for item in items for name in item.properties))
    columns = {name: _column([item.properties.get(name) for item in items]) for name in names}
    shapes = np.array([item.shape for item in items], dtype=object)
    write_layers(file, [LayerOut(collection.id, shapes, columns, geometry_type="" if items else "Point")])
    return len(items)


def _all(collection: Collection, reader: Reader, query: Query) -> Iterator[Item]:
    after = ""
    while True:
        found = collection.page(reader, Query(query.box, query.between, query.properties, MOST, after))
        yield from found.items
        if not found.after:
            return
        after = found.after


def _column(values: list[Any]) -> Any:
    """Whole numbers, numbers, or text: what a GeoPackage can hold."""
    known = [value for value in values if value is not None]
    if known and len(known) == len(values) and all(isinstance(v, bool) for v in known):
        return np.array(values, dtype=bool)
    if known and len(known) == len(values) and all(isinstance(v, int) and not isinstance(v, bool) for v in known):
        return np.array(values, dtype=np.int64)
    if known and all(isinstance(v, int | float) and not isinstance(v, bool) for v in known):
        return np.array([np.nan if v is None else v for v in values], dtype=float)
    return np.array([None if v is None else str(v) for v in values], dtype=object)


