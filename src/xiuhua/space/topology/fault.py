"""A fault of the ground: what is wrong, whose it is, where, and how large."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import shapely

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.space.topology.pieces import Piece, width_m
from xiuhua.space.topology.plane import Plane

FAULTS: Final = {
    "no-shape": Words("没有图形（要素 {feature}）", "there is no shape (feature {feature})"),
    "no-code": Words(
        "没有编码（要素 {feature}，{lon}, {lat} 附近）", "there is no code (feature {feature}, near {lon}, {lat})"
    ),
    "code-twice": Words(
        "编码出现 {count} 次（{lon}, {lat} 附近）", "the code is there {count} times (one is near {lon}, {lat})"
    ),
    "not-a-code": Words("编码有误：{why_zh}（{lon}, {lat} 附近）", "the code is wrong: {why_en} (near {lon}, {lat})"),
    "crossing": Words("边界自相交（{lon}, {lat} 附近）", "the outline crosses itself near {lon}, {lat}"),
    "ring": Words("环有误：{why_zh}（{lon}, {lat} 附近）", "a ring is wrong: {why_en}, near {lon}, {lat}"),
    "shape-twice": Words(
        "与“{other}”图形相同（{lon}, {lat} 附近）", "has the same shape as “{other}”, near {lon}, {lat}"
    ),
    "overlap": Words(
        "与“{other}”重叠 {m2} 平方米，宽 {wide} 米（{lon}, {lat} 附近）",
        "overlaps “{other}” by {m2} m², {wide} m wide, near {lon}, {lat}",
    ),
    "gap": Words(
        "{tier_zh}未覆盖其全部范围：{lon}, {lat} 附近缺 {m2} 平方米，宽 {wide} 米",
        "its grids ({tier_en}) leave a gap of {m2} m², {wide} m wide, near {lon}, {lat}",
    ),
    "between": Words(
        "与相邻的面之间有空隙 {m2} 平方米，宽 {wide} 米（{lon}, {lat} 附近）",
        "a gap of {m2} m², {wide} m wide, between it and its neighbours near {lon}, {lat}",
    ),
    "hole": Words(
        "面内有洞 {m2} 平方米，没有其他面填补（{lon}, {lat} 附近）",
        "has a hole of {m2} m² that nothing fills, near {lon}, {lat}",
    ),
    "sliver": Words(
        "狭长碎面：{m2} 平方米，宽 {wide} 米（{lon}, {lat} 附近）",
        "is a sliver of {m2} m², {wide} m wide, near {lon}, {lat}",
    ),
    "beyond": Words(
        "超出上级“{parent}”的边界 {m2} 平方米（{lon}, {lat} 附近）",
        "{m2} m² lie outside “{parent}”, near {lon}, {lat}",
    ),
    "elsewhere": Words(
        "按编码应在“{parent}”，实际位于“{other}”（{lon}, {lat} 附近）",
        "belongs to “{parent}” by its code, but lies in “{other}”, near {lon}, {lat}",
    ),
    "nowhere": Words("不在任何上级之内（{lon}, {lat} 附近）", "lies in none of the larger areas, near {lon}, {lat}"),
    "no-parent": Words(
        "上级“{parent}”不在上级图层中（{lon}, {lat} 附近）", "there is no larger area “{parent}” (near {lon}, {lat})"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroundFault:
    """`codes` begin with the one to put right; `place` lies inside the wrong piece of ground, which is `shape`
    in WGS 84 degrees. `width_m` is that of the widest circle in it."""

    code: str
    codes: tuple[str, ...]
    place: Wgs84
    area_m2: float
    width_m: float
    words: Words
    shape: Any = field(compare=False)

    @property
    def grid(self) -> str:
        return self.codes[0]


@dataclass(frozen=True)
class Naming:
    """Makes faults of pieces: back from metres to degrees, with the codes of the shapes."""

    plane: Plane
    codes: Sequence[str]

    def of(self, code: str, piece: Piece, *others: str, **given: object) -> GroundFault:
        point, ground = self.plane.degrees(piece.point), self.plane.degrees(piece.ground)
        place = Wgs84(round(float(point.x), 6), round(float(point.y), 6))
        true = self.plane.measure.flat(ground)
        area, wide = float(true.area), width_m(true)
        words = FAULTS[code].filled(lon=place.lon, lat=place.lat, m2=_said(area), wide=_said(wide), **given)
        codes = (*(self.codes[which] for which in piece.which), *others)
        return GroundFault(code, codes, place, round(area, 2), round(wide, 3), words, ground)


def _said(size: float) -> str:
    """Metres and square metres as people say them: 0.35, 2.1, 340."""
    decimals = 2 if size < 1 else 1 if size < 10 else 0
    return f"{size:.{decimals}f}"


def nowhere(code: str, name: str, **given: object) -> GroundFault:
    """A fault of a feature that has no place."""
    return GroundFault(code, (name,), Wgs84(0, 0), 0.0, 0.0, FAULTS[code].filled(**given), shapely.Point())
