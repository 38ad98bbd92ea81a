"""What a layer holds, in lines for people and as a row for programs."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.layers.layer_file import LayerFile

LINE: Final = Words(
    "{name}：{count} 个要素（{kinds}），坐标系 {crs}，范围 {box}；列：{columns}",
    "{name}: {count} features ({kinds}), coordinate system {crs}, box {box}; columns: {columns}",
)
WITHOUT: Final = Words("没有图形 {count}", "without a shape {count}")


@dataclass(frozen=True, slots=True)
class Described:
    """`box` is west, south, east, north in WGS 84 degrees, `own_box` in the file's own coordinates."""

    name: str
    crs: str
    count: int
    kinds: tuple[tuple[str, int], ...]
    without: int
    box: tuple[float, ...]
    own_box: tuple[float, ...]
    columns: tuple[str, ...]
    notes: tuple[Words, ...]

    def row(self) -> dict[str, Any]:
        return {
            "name": self.name, "crs": self.crs, "features": self.count, "kinds": dict(self.kinds),
            "without_shape": self.without, "box_wgs84": self.box, "box": self.own_box, "columns": self.columns,
            "notes": [{"zh": note.zh, "en": note.en} for note in self.notes],
        }  # fmt: skip

    def lines(self, language: str) -> list[str]:
        kinds = [f"{kind} {count}" for kind, count in self.kinds]
        if self.without:
            kinds.append(WITHOUT.filled(count=self.without).text(language))
        said = LINE.filled(
            name=self.name, count=self.count, kinds=", ".join(kinds), crs=self.crs,
            box=", ".join(f"{it:.6f}" for it in self.box), columns=", ".join(self.columns),
        )  # fmt: skip
        return [said.text(language), *(f"  {note.text(language)}" for note in self.notes)]


def described(layer: LayerFile) -> Described:
    without = shapely.is_missing(layer.shapes) | shapely.is_empty(layer.shapes)
    types, counts = np.unique(shapely.get_type_id(layer.shapes[~without]), return_counts=True)
    names = [shapely.GeometryType(one).name.lower() for one in types]
    return Described(
        name=layer.name,
        crs=layer.crs.name,
        count=len(layer),
        kinds=tuple(zip(names, counts.tolist(), strict=True)),
        without=int(without.sum()),
        box=tuple(np.round(shapely.total_bounds(layer.wgs84()), 6).tolist()),
        own_box=tuple(np.round(shapely.total_bounds(layer.shapes), 6).tolist()),
        columns=tuple(layer.columns),
        notes=layer.notes,
    )
