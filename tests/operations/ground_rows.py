"""A little ground to measure: roads, a block with households, components."""

import json
from collections.abc import Mapping
from typing import Any

import shapely

from xiuhua.store.models import ComponentRow, FeatureRow

Pair = tuple[float, float]


def road(code: str, *points: Pair, kind: str = "residential", of: str = "") -> None:
    _feature("road", code, kind, shapely.LineString(points), {"road": of})


def block(code: str, west: float, south: float, east: float, north: float, **count: int) -> None:
    _feature("land", code, "estate", shapely.box(west, south, east, north), count)


def _feature(layer: str, code: str, kind: str, shape: Any, attributes: Mapping[str, object]) -> None:
    west, south, east, north = shape.bounds
    FeatureRow.objects.create(
        layer=layer, code=code, kind=kind, west=west, south=south, east=east, north=north, shape=shapely.to_wkb(shape),
        attributes=json.dumps(attributes),
    )  # fmt: skip


def components(*points: Pair, state: str = "intact") -> None:
    for lon, lat in points:
        number = ComponentRow.objects.count() + 1
        ComponentRow.objects.create(
            code=f"9901010101{number:06d}", class_key="tiny/component/cover", name="井盖", longitude=lon, latitude=lat,
            state=state, accuracy="A", origin="surveyed", recorded="2023-01-01", survey="tests",
        )  # fmt: skip
