"""Layer files for tests, made on the spot: small, invented, near 35.4 N 116.6 E."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

SQUARES = np.array([shapely.box(116.5, 35.3, 116.6, 35.4), shapely.box(116.6, 35.3, 116.7, 35.4)], dtype=object)
CODES = np.array(["370811001", "370811002"], dtype=object)


def geojson(path: Path, *geometries: Any, crs: Any = None, properties: dict[str, Any] | None = None) -> Path:
    features = [{"type": "Feature", "properties": properties or {}, "geometry": it} for it in geometries]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs is not None:
        collection["crs"] = crs
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def square(x: float, y: float, size: float) -> dict[str, Any]:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def named(crs: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": crs}}
