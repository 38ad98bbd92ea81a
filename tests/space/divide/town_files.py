"""A small town as layer files, near 35.4 N 116.6 E: two streets, a gridiron with a dual carriageway, points."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.space.divide.towns import gridiron
from xiuhua.space.layers import LayerOut, Projection, crs_of, write_layers

PLANE = Projection(crs_of("EPSG:4548"))
EAST, NORTH = 463_000.0, 3_918_000.0


def degrees(shapes: Any) -> Any:
    return PLANE.degrees(shapely.transform(shapes, lambda pairs: pairs + np.array([EAST, NORTH])))


def texts(*values: str) -> Any:
    return np.array(values, dtype=object)


def layer(path: Path, shapes: Any, columns: Mapping[str, Any], crs: str = "EPSG:4326") -> Path:
    write_layers(path, [LayerOut(path.stem, degrees(np.array(list(shapes), dtype=object)), columns, crs)])
    return path


def streets(folder: Path, crs: str = "EPSG:4326") -> Path:
    boxes = [shapely.box(0, 0, 800, 800), shapely.box(800, 0, 1200, 800)]
    columns = {"code": texts("370811001", "370811002"), "name": texts("甲街道", "乙街道")}
    return layer(folder / "streets.gpkg", boxes, columns, crs)


def roads(folder: Path) -> Path:
    lines = gridiron(12, 8)
    second = shapely.LineString([(-50, 416), (1250, 416)])
    return layer(
        folder / "roads.gpkg", [*lines.shapes, second], {"highway": texts(*lines.kinds, "secondary")}
    )


def points(folder: Path, count: int = 400) -> Path:
    draw = np.random.default_rng(7)
    places = shapely.points(draw.uniform((0, 0), (1200, 800), (count, 2)))
    return layer(folder / "points.gpkg", places, {"weight": draw.integers(1, 5, count)})
