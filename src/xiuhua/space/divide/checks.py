"""What is given, looked at first: what cannot be divided is refused, with what is wrong, where, and what to do."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words, Wrong
from xiuhua.space.divide.given import Area, Lines, Weights

WIDEST_M: Final = 200_000.0  # what the fixed grid of coordinates can hold; no district is half as wide
DEGREES: Final = (
    400.0  # coordinates smaller than this are degrees: no district lies at the origin of a projection
)
SAME_GROUND: Final = 1e-6  # of the smaller street

Place = Callable[[float, float], tuple[float, float]]

SAID: Final = {
    "no-streets": Words("没有街道，无法划分", "there is no street to divide"),
    "street-code-twice": Words(
        "街道代码 {code} 出现两次，请改为不同的代码", "street code {code} stands twice; each needs its own"
    ),
    "street-empty": Words("街道 {code} 没有面（应为多边形）", "street {code} has no ground; a polygon is needed"),
    "street-crosses-itself": Words(
        "街道 {code} 的边界自相交（{x}, {y} 附近），请先修正",
        "the outline of street {code} crosses itself near {x}, {y}; put it right first",
    ),
    "streets-overlap": Words(
        "街道 {code} 与 {other} 重叠 {m2} 平方米（{x}, {y} 附近），请先修正",
        "streets {code} and {other} overlap by {m2} m² near {x}, {y}; put that right first",
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
        "没有一条线落在街道内：街道 {bounds}，线 {lines}，请检查坐标系",
        "no line lies in a street: streets {bounds}, lines {lines}; is the CRS right?",
    ),
    "weights": Words(
        "权重须为不小于零的数，第 {row} 个点不是", "weights are numbers from 0; that of point {row} is not"
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


def check(areas: Sequence[Area], lines: Lines, weights: Weights | None, count: int) -> None:
    if not areas:
        raise _wrong("no-streets")
    _check_codes(areas)
    for area in areas:
        check_ground(area)
    _check_size(np.array([area.ground for area in areas], dtype=object))
    check_overlaps(areas)
    _check_lines(areas, lines)
    _check_weights(weights)
    _check_count(areas, count)


def _wrong(code: str, /, **given: object) -> Wrong:
    return Wrong(code, SAID[code].filled(**given))


def _check_codes(areas: Sequence[Area]) -> None:
    seen: set[str] = set()
    for area in areas:
        if area.code in seen:
            raise _wrong("street-code-twice", code=area.code)
        seen.add(area.code)


def check_ground(area: Area) -> None:
    """In whatever coordinates: a place is said in the same."""
    ground = area.ground
    if ground is None or ground.geom_type not in {"Polygon", "MultiPolygon"} or not ground.area > 0:
        raise _wrong("street-empty", code=area.code)
    if not ground.is_valid:
        where = shapely.is_valid_reason(ground).partition("[")[2].rstrip("]").split() or ["?", "?"]
        raise _wrong("street-crosses-itself", code=area.code, x=where[0], y=where[1])


def _check_size(grounds: Any) -> None:
    bounds = shapely.total_bounds(grounds)
    if not np.isfinite(bounds).all():
        raise _wrong("coordinates")
    wide = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    if np.abs(bounds).max() < DEGREES and wide < 10:
        raise _wrong("degrees", bounds=_box(bounds))
    if wide > WIDEST_M:
        raise _wrong("too-wide", km=round(wide / 1000), bounds=_box(bounds))


def _box(bounds: Any) -> str:
    return ", ".join(f"{value:.6g}" for value in bounds)


def check_overlaps(areas: Sequence[Area], place: Place = lambda x, y: (round(x, 1), round(y, 1))) -> None:
    """`place` says where in coordinates that who reads it knows."""
    grounds = np.array([area.ground for area in areas], dtype=object)
    first, second = shapely.STRtree(grounds).query(grounds, predicate="intersects")
    for a, b in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if a < b:
            both = shapely.intersection(grounds[a], grounds[b])
            if both.area > SAME_GROUND * min(grounds[a].area, grounds[b].area):
                at = both.representative_point()
                x, y = place(at.x, at.y)
                raise _wrong("streets-overlap", code=areas[a].code, other=areas[b].code,
                             m2=round(both.area, 1), x=x, y=y)  # fmt: skip


def _check_lines(areas: Sequence[Area], lines: Lines) -> None:
    """A street may have no road; but where no line at all lies in a street, something else is wrong."""
    if not len(lines.shapes):
        return
    grounds = np.array([area.ground for area in areas], dtype=object)
    if not len(shapely.STRtree(lines.shapes).query(grounds, predicate="intersects")[0]):
        raise _wrong("no-lines-here", bounds=_box(shapely.total_bounds(grounds)),
                     lines=_box(shapely.total_bounds(lines.shapes)))  # fmt: skip


def _check_weights(weights: Weights | None) -> None:
    if weights is None:
        return
    good = np.isfinite(weights.weight) & (weights.weight >= 0) & np.isfinite(weights.points).all(axis=1)
    if not good.all():
        raise _wrong("weights", row=int(np.argmin(good)) + 1)


def _check_count(areas: Sequence[Area], count: int) -> None:
    fixed = [area.count for area in areas if area.count is not None]
    if count < len(areas) or min(fixed, default=1) < 1:
        raise _wrong("count", least=len(areas), count=min([count, *fixed]))
    free = len(areas) - len(fixed)
    if sum(fixed) + free > count or (not free and sum(fixed) != count):
        raise _wrong("fixed", fixed=sum(fixed), count=count)
