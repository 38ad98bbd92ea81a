"""A topology report: for people, for programs, and as layers that a GIS opens."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.layers import LayerOut
from xiuhua.space.topology.fault import GroundFault

KINDS: Final = {
    "no-shape": Words("没有图形", "no shape"), "no-code": Words("没有编码", "no code"),
    "code-twice": Words("编码重复", "code twice"), "not-a-code": Words("编码有误", "wrong code"),
    "crossing": Words("边界自相交", "crosses itself"), "ring": Words("环有误", "wrong ring"),
    "shape-twice": Words("图形重复", "shape twice"), "overlap": Words("重叠", "overlap"),
    "gap": Words("未覆盖", "gap"), "between": Words("空隙", "gap between"), "hole": Words("洞", "hole"),
    "sliver": Words("碎面", "sliver"), "beyond": Words("超出上级", "beyond its area"),
    "elsewhere": Words("归属与编码不符", "lies elsewhere than its code says"),
    "nowhere": Words("不在上级之内", "in no area"), "no-parent": Words("没有此上级", "no such area"),
}  # fmt: skip
SUM: Final = Words(
    "{path} {layer}：{count} 个面，{area} 平方米；{faults} 处错误{kinds}（不足 {least} 平方米的不计）",
    "{path} {layer}: {count} areas, {area} m²; faults: {faults}{kinds}; nothing below {least} m² counts",
)


@dataclass(frozen=True, slots=True)
class Report:
    """`area_m2` is that of the areas that are sound, overlaps counted twice."""

    path: str
    layer: str
    count: int
    area_m2: float
    smallest_m2: float
    faults: tuple[GroundFault, ...]
    notes: tuple[Words, ...]

    def lines(self, language: str) -> list[str]:
        colon = ": " if language.startswith("en") else "："
        counts = Counter(fault.code for fault in self.faults)
        kinds = [f"{KINDS[kind].text(language)} {count}" for kind, count in counts.items()]
        opened, between, closed = (" (", ", ", ")") if language.startswith("en") else ("（", "，", "）")
        words = SUM.filled(
            path=self.path, layer=self.layer, count=self.count, area=round(self.area_m2), faults=len(self.faults),
            least=f"{self.smallest_m2:g}",
            kinds=f"{opened}{between.join(kinds)}{closed}" if kinds else "",
        )  # fmt: skip
        said = [f"{fault.grid}{colon}{fault.words.text(language)}" for fault in self.faults]
        return [*said, *(note.text(language) for note in self.notes), words.text(language)]

    def row(self) -> dict[str, Any]:
        return {
            "file": self.path, "layer": self.layer, "areas": self.count, "area_m2": round(self.area_m2, 1),
            "smallest_m2": self.smallest_m2,
            "counts": dict(sorted(Counter(fault.code for fault in self.faults).items())),
            "faults": [_row(fault) for fault in self.faults],
            "notes": [{"zh": note.zh, "en": note.en} for note in self.notes],
        }  # fmt: skip

    def layers(self, crs: str) -> list[LayerOut]:
        """A layer of points with all of them, and one of the wrong pieces of ground that have an area."""
        placed = [fault for fault in self.faults if not shapely.is_empty(fault.shape)]
        pieces = [fault for fault in placed if fault.area_m2 > 0]
        points = np.array([shapely.Point(fault.place.lon, fault.place.lat) for fault in placed], dtype=object)
        grounds = np.array([_multi(fault.shape) for fault in pieces], dtype=object)
        return [
            LayerOut("fault_point", points, _columns(placed), crs, "Point"),
            LayerOut("fault_area", grounds, _columns(pieces), crs, "MultiPolygon"),
        ]


def _row(fault: GroundFault) -> dict[str, Any]:
    placed = not shapely.is_empty(fault.shape)
    return {
        "kind": fault.code, "codes": list(fault.codes),
        "lon": fault.place.lon if placed else None, "lat": fault.place.lat if placed else None,
        "area_m2": fault.area_m2, "width_m": fault.width_m, "zh": fault.words.zh, "en": fault.words.en,
    }  # fmt: skip


def _columns(faults: Sequence[GroundFault]) -> dict[str, Any]:
    return {
        "kind": np.array([fault.code for fault in faults], dtype=object),
        "codes": np.array([";".join(fault.codes) for fault in faults], dtype=object),
        "area_m2": np.array([fault.area_m2 for fault in faults], dtype=np.float64),
        "width_m": np.array([fault.width_m for fault in faults], dtype=np.float64),
        "zh": np.array([fault.words.zh for fault in faults], dtype=object),
        "en": np.array([fault.words.en for fault in faults], dtype=object),
    }


def _multi(ground: Any) -> Any:
    return ground if ground.geom_type == "MultiPolygon" else shapely.MultiPolygon([ground])
