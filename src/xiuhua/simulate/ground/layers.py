"""The layers of a ground and the GeoPackage they are written to: the same ground gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from xiuhua.simulate.ground.frame import Frame
from xiuhua.space.layers import LayerOut, write_layers

NAMED: Final = ("code", "kind", "name_zh", "name_en")
COUNTED: Final = (*NAMED, "households", "people")
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "road": (*NAMED, "road", "lanes", "width_m"),
    "water": COUNTED,
    "green": COUNTED,
    "land": COUNTED,
    "building": COUNTED,
    "place": ("code", "kind", "use", "name_zh", "name_en", "aliases", "road", "plate", "source"),
    "component": (
        "code", "class", "name", "state", "accuracy", "origin", "recorded", "competent", "owner", "keeper", "label",
        "circuit", "note",
    ),
}  # fmt: skip
SHAPES: Final = {"road": "LineString", "place": "Point", "component": "Point"}
NUMBERS: Final[dict[str, Any]] = {
    "lanes": np.int32,
    "households": np.int32,
    "people": np.int32,
    "width_m": np.float64,
}


@dataclass(frozen=True)
class Table:
    """`shapes` in metres; every column as long as they are."""

    shapes: Any
    columns: Mapping[str, Any]


def write(file: Path, tables: Mapping[str, Table], frame: Frame) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_layers(file, [_layer(name, tables[name], frame) for name in COLUMNS])


def _layer(name: str, table: Table, frame: Frame) -> LayerOut:
    columns = {column: _column(column, table.columns[column]) for column in COLUMNS[name]}
    shapes = frame.degrees(table.shapes)
    return LayerOut(name, shapes, columns, geometry_type=SHAPES.get(name, "Polygon"))


def _column(name: str, values: Any) -> Any:
    return np.asarray(values, dtype=NUMBERS.get(name, object))
