"""What is given, looked at first: what cannot be divided is refused, with what is wrong, where, and what to do."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import shapely

from xiuhua.domain.words import Words, Wrong
from xiuhua.space.divide.given import Area, Lines, Shapes, Weights
from xiuhua.space.topology.pieces import invalid

WIDEST_M: Final = 200_000.0  # what the fixed grid of coordinates can hold; no district is half as wide
DEGREES: Final = (
    400.0  # coordinates smaller than this are degrees: no district lies at the origin of a projection
)
SAME_GROUND: Final = 1e-6  # of the smaller street
AT_ONCE: Final = 50_000  # points looked up together; most often the first of them tell

Place = Callable[[float, float], str]  # says where, in coordinates that who reads it knows

SAID: Final = {
    "no-streets": Words("没有街道，无法划分", "there is no street to divide"),
    "street-code-twice": Words(
        "街道代码 {code} 出现两次，请改为不同的代码", "street code {code} stands twice; each needs its own"
    ),
    "street-empty": Words("街道 {code} 没有面（应为多边形）", "street {code} has no ground; a polygon is needed"),
    "street-crosses-itself": Words(
        "街道 {code} 的边界在 {at} 处自相交，请先修正（xiuhua layers check 列出全部）",
        "the outline of street {code} crosses itself at {at}; put it right first (xiuhua layers check lists all)",
    ),
    "street-rings": Words(
        "街道 {code} 的内外环在 {at} 处不合（{why_zh}），请先修正（xiuhua layers check 列出全部）",
        "the rings of street {code} do not fit at {at} ({why_en}); put them right first (xiuhua layers check lists "
        "all)",
    ),
    "streets-overlap": Words(
        "街道 {code} 与 {other} 重叠 {m2} 平方米（{at} 附近），请先修正",
        "streets {code} and {other} overlap by {m2} m² near {at}; put that right first",
    ),
    "degrees": Words(
        "坐标像是经纬度（{bounds}），需要以米为单位的平面坐标，请检查坐标系",
        "these look like degrees ({bounds}); metres of a plane are needed: is the CRS right?",
    ),
    "too-wide": Words(
        "范围宽达 {km} 公里（{bounds}），不像一个区，请检查坐标系",
        "the streets are {km} km wide ({bounds}), no district is: is the CRS right?",
    ),
    "coordinates": Words("坐标中有非数值，请检查输入", "a coordinate is no number; look at the input"),
    "no-lines-here": Words(
        "没有一条线落在街道内：街道在 {streets}，线在 {lines}；请检查文件和坐标系（--crs）",
        "no line lies in a street: streets {streets}, lines {lines}; are the file and its --crs right?",
    ),
    "weights": Words(
        "权重须为不小于零的数，第 {row} 个点不是", "weights are numbers from 0; that of point {row} is not"
    ),
    "weights-zero": Words(
        "{count} 个点的权重都是零；请检查 --weight-column，或不用 --weights",
        "all {count} points weigh nothing; look at --weight-column, or leave --weights out",
    ),
    "weights-outside": Words(
        "{count} 个有权重的点都不在街道内：点在 {points}，街道在 {streets}；请检查文件和坐标系（--crs weights=…）",
        "no point that weighs lies in a street: {count} at {points}, the streets at {streets}; are the file and its "
        "system (--crs weights=…) right?",
    ),
    "count": Words(
        "网格数须不少于街道数 {least}（每个街道至少一个），收到 {count}",
        "at least {least} grids are needed, one for each street; asked for: {count}",
    ),
    "fixed": Words(
        "各街道指定的网格数合计 {fixed}，与总数 {count} 不符",
        "the counts given for streets make {fixed}, which does not fit {count} in all",
    ),
}  # fmt: skip


def plain(x: float, y: float) -> str:
    return f"{x:.1f}, {y:.1f}"


def check(areas: Sequence[Area], lines: Lines, weights: Weights | None, count: int) -> None:
    if not areas:
        raise _wrong("no-streets")
    _check_codes(areas)
    for area in areas:
        check_ground(area)
    check_streets(areas)
    grounds = np.array([area.ground for area in areas], dtype=object)
    check_lines(grounds, lines.shapes)
    if weights is not None:
        _check_weights(weights)
        check_points(grounds, weights)
    _check_count(areas, count)


def _wrong(code: str, /, **given: object) -> Wrong:
    return Wrong(code, SAID[code].filled(**given))


def _check_codes(areas: Sequence[Area]) -> None:
    seen: set[str] = set()
    for area in areas:
        if area.code in seen:
            raise _wrong("street-code-twice", code=area.code)
        seen.add(area.code)


def check_ground(area: Area, place: Place = plain) -> None:
    """In whatever coordinates. The loops of a ring that crosses itself may cancel out: its area says nothing."""
    ground = area.ground
    if ground is None or ground.geom_type not in {"Polygon", "MultiPolygon"} or not ground.convex_hull.area > 0:
        raise _wrong("street-empty", code=area.code)
    for found, why in invalid(np.array([ground], dtype=object)):
        code = "street-crosses-itself" if why.crossing else "street-rings"
        at = place(found.point.x, found.point.y)
        raise _wrong(code, code=area.code, at=at, why_zh=why.words.zh, why_en=why.words.en)


def check_streets(areas: Sequence[Area], place: Place = plain) -> None:
    """What can be told in metres only: their size, and whether they overlap."""
    grounds = np.array([area.ground for area in areas], dtype=object)
    _check_size(grounds, place)
    first, second = shapely.STRtree(grounds).query(grounds, predicate="intersects")
    for a, b in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if a < b:
            both = shapely.intersection(grounds[a], grounds[b])
            if both.area > SAME_GROUND * min(grounds[a].area, grounds[b].area):
                at = both.representative_point()
                raise _wrong("streets-overlap", code=areas[a].code, other=areas[b].code,
                             m2=round(both.area, 1), at=place(at.x, at.y))  # fmt: skip


def _check_size(grounds: Shapes, place: Place) -> None:
    bounds = shapely.total_bounds(grounds)
    if not np.isfinite(bounds).all():
        raise _wrong("coordinates")
    wide = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    if np.abs(bounds).max() < DEGREES and wide < 10:
        raise _wrong("degrees", bounds=_box(grounds, plain))
    if wide > WIDEST_M:
        raise _wrong("too-wide", km=round(wide / 1000), bounds=_box(grounds, place))


def _box(shapes: Shapes, place: Place) -> str:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return f"{place(west, south)} – {place(east, north)}"


def check_lines(grounds: Shapes, lines: Shapes, place: Place = plain) -> None:
    """A street may have no road; but where no line at all lies in a street, something else is wrong."""
    if len(lines) and not len(shapely.STRtree(lines).query(grounds, predicate="intersects")[0]):
        raise _wrong("no-lines-here", streets=_box(grounds, place), lines=_box(lines, place))


def check_points(grounds: Shapes, weights: Weights, place: Place = plain) -> None:
    """Some points may lie outside; where all do, there is nothing to balance."""
    points = weights.points[weights.weight > 0]
    tree = shapely.STRtree(grounds)
    for start in range(0, len(points), AT_ONCE):
        if len(tree.query(shapely.points(points[start : start + AT_ONCE]), predicate="intersects")[0]):
            return
    if len(points):
        there = np.asarray(shapely.points(points))
        raise _wrong("weights-outside", count=len(points), points=_box(there, place), streets=_box(grounds, place))


def _check_weights(weights: Weights) -> None:
    good = np.isfinite(weights.weight) & (weights.weight >= 0) & np.isfinite(weights.points).all(axis=1)
    if not good.all():
        raise _wrong("weights", row=int(np.argmin(good)) + 1)
    if not weights.weight.any():
        raise _wrong("weights-zero", count=len(weights.weight))


def _check_count(areas: Sequence[Area], count: int) -> None:
    fixed = [area.count for area in areas if area.count is not None]
    if count < len(areas) or min(fixed, default=1) < 1:
        raise _wrong("count", least=len(areas), count=min([count, *fixed]))
    free = len(areas) - len(fixed)
    if sum(fixed) + free > count or (not free and sum(fixed) != count):
        raise _wrong("fixed", fixed=sum(fixed), count=count)
