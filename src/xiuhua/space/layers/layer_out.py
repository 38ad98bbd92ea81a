"""A layer to be written: shapes in WGS 84 degrees, columns, and the coordinate system the file shall have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.layers.checks import beyond, home
from xiuhua.space.layers.crs import WGS84, Crs, crs_of
from xiuhua.space.layers.layer_file import Column
from xiuhua.space.layers.projection import Shapes, moved
from xiuhua.space.layers.wrong import wrong

SHIFTED: Final = Words(
    "注意：图层“{name}”按 {crs} 写出。这是偏移坐标系，只可叠加在使用它的地图上，不可量测，不可当作 WGS 84 或 CGCS2000",
    "mind: the layer “{name}” is written in {crs}, a shifted datum: lay it on maps that use it only; do not measure in "
    "it, do not take it for WGS 84 or CGCS2000",
)
_DECIMALS_DEGREES: Final = 9  # a tenth of a millimetre
_DECIMALS_M: Final = 4
_SINGLE: Final = ("Point", "LineString", "Polygon")
_TYPE_NAMES: Final = {
    0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon",
}  # fmt: skip


@dataclass(frozen=True)
class LayerOut:
    """`crs` is what the file shall have. `geometry_type` is taken from the shapes where it is not given."""

    name: str
    shapes: Shapes
    columns: Mapping[str, Column] = field(default_factory=dict)
    crs: str = WGS84
    geometry_type: str = ""

    @property
    def known(self) -> Crs:
        return crs_of(self.crs)

    def notes(self) -> list[Words]:
        return [SHIFTED.filled(name=self.name, crs=self.crs.upper())] if self.known.shifted else []

    def projected(self) -> Shapes:
        """In the file's own coordinates, rounded below what anybody can measure, so that all machines agree."""
        decimals = _DECIMALS_M if self.known.projected else _DECIMALS_DEGREES
        found: Shapes = moved(self.shapes, lambda pairs: np.round(self._there(pairs), decimals))
        return found

    def _there(self, pairs: Any) -> Any:
        if self.known.projected and beyond(self.known, pairs).any():
            hint = home(self.known, float(pairs[:, 0].mean()))
            raise wrong("far-from-crs", "to-crs", crs=self.known.name, hint=hint)
        return self.known.from_wgs84(pairs)

    @property
    def type(self) -> str:
        """One for the whole layer: single and multi of one kind become multi, different kinds "Unknown"."""
        if self.geometry_type:
            return self.geometry_type
        types = set(np.unique(shapely.get_type_id(self.shapes[~shapely.is_missing(self.shapes)])).tolist())
        names = {_TYPE_NAMES.get(one, "Unknown") for one in types}
        if len(names) == 1:
            return names.pop()
        single = {name.removeprefix("Multi") for name in names}
        return f"Multi{single.pop()}" if len(single) == 1 and single <= set(_SINGLE) else "Unknown"

    def fields(self) -> tuple[list[str], list[Column], list[npt.NDArray[np.bool_] | None]]:
        """Names, values, and where there are none."""
        names = list(self.columns)
        values = [_writable(np.asarray(column)) for column in self.columns.values()]
        return names, values, [_nothing(column) for column in values]


def _writable(column: Column) -> Column:
    return column.astype(object) if column.dtype.kind in "US" else column


def _nothing(column: Column) -> npt.NDArray[np.bool_] | None:
    if column.dtype != object:
        return None
    return np.array([value is None for value in column], dtype=bool)
