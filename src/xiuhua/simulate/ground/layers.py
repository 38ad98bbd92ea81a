"""The layers of a ground and the GeoPackage they are written to: the same ground gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import shapely

from xiuhua.simulate.ground.frame import Frame

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


def write(file: Path, tables: Mapping[str, Table], frame: Frame, day: date) -> None:
    """Whole or not at all: written beside its place and moved there at the end."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day:%Y-%m-%d}T00:00:00.000Z"})
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.stem}.part.gpkg")
    beside.unlink(missing_ok=True)
    try:
        for name in COLUMNS:
            _write(beside, name, tables[name], frame)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write(file: Path, name: str, table: Table, frame: Frame) -> None:
    pyogrio.raw.write(
        file,
        shapely.to_wkb(frame.degrees(table.shapes)),
        [_column(column, table.columns[column]) for column in COLUMNS[name]],
        list(COLUMNS[name]),
        layer=name,
        driver="GPKG",
        geometry_type=SHAPES.get(name, "Polygon"),
        crs="EPSG:4326",
        append=file.exists(),
    )


def _column(name: str, values: Any) -> Any:
    return np.asarray(values, dtype=NUMBERS.get(name, object))
