"""Where a division is not as the rules want it: each with its place, its length or area, and why."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import shapely

from xiuhua.domain.words import Words
from xiuhua.space.divide.given import CROSSING, GAP, Rules
from xiuhua.space.divide.result import Border, Cell, Departure, Outside, StreetFacts

SAID: Final = {
    "border-on-gap": Words(
        "网格 {left} 与 {right} 的边界有 {m} 米不在道路上：断头路与相邻道路之间的缺口",
        "{m} m of the border of {left} and {right} are on no road: a gap between a road's end and the next line",
    ),
    "border-across-road": Words(
        "网格 {left} 与 {right} 的边界有 {m} 米横穿双幅道路",
        "{m} m of the border of {left} and {right} cross from one carriageway of a road to the other",
    ),
    "indivisible": Words(
        "街道 {area} 有无路可分的地块（负荷 {load}），负荷比最低为 {bound}，实为 {ratio}",
        "street {area} holds a block that no road cuts (load {load}): the ratio is at least {bound}, it is {ratio}",
    ),
    "uneven": Words(
        "街道 {area} 的负荷比为 {ratio}，未能更均衡；可证明的下限为 {bound}",
        "the ratio of street {area} is {ratio}; nothing more even was found, what is proved is {bound}",
    ),
    "in-parts": Words(
        "网格 {code} 由 {count} 块组成：街道本身不相连，这些块的负荷不足一个网格",
        "grid {code} lies in {count} parts: so does its street, and they are too light for grids of their own",
    ),
    "small": Words("网格 {code} 只有 {m2} 平方米", "grid {code} has {m2} m² only"),
    "thin": Words("网格 {code} 处处窄于 {m} 米", "grid {code} is nowhere {m} m wide"),
    "no-load": Words("街道 {area} 没有负荷（无道路或无权重点）", "street {area} has no load: no road, or no weight"),
    "empty-grid": Words("网格 {code} 没有负荷", "grid {code} has no load"),
    "weight-outside": Words(
        "{points} 个点（权重合计 {weight}）不在任何街道内，未计入",
        "points in no street, left out: {points} (a weight of {weight} in all)",
    ),
}  # fmt: skip
ADDED: Final = {GAP: "border-on-gap", CROSSING: "border-across-road"}


def departures(
    grids: Sequence[Cell],
    borders: Iterable[Border],
    streets: Sequence[StreetFacts],
    rules: Rules,
    outside: Outside,
) -> tuple[Departure, ...]:
    middle = {street.area: _middle(grids, street.area) for street in streets}
    area_of = {grid.code: grid.area for grid in grids}
    found = [each for street in streets for each in _of_street(street, middle[street.area], rules)]
    found += [each for grid in grids for each in _of_grid(grid, rules)]
    found += [each for border in borders for each in _of_border(border, area_of[border.left])]
    if outside.points:
        said = {"points": outside.points, "weight": round(outside.weight, 3)}
        found.append(_one("weight-outside", "", middle[streets[0].area], **said))
    return tuple(found)


def _one(
    code: str, area: str, at: Any, length_m: float = 0.0, area_m2: float = 0.0, /, **given: object
) -> Departure:
    return Departure(code, area, at.x, at.y, length_m, area_m2, SAID[code].filled(**given))


def _middle(grids: Sequence[Cell], area: str) -> Any:
    return next(grid.ground for grid in grids if grid.area == area).representative_point()


def _of_street(street: StreetFacts, middle: Any, rules: Rules) -> Iterator[Departure]:
    if street.load <= 0:
        yield _one("no-load", street.area, middle, area=street.area)
        return
    if street.ratio <= rules.most_ratio:
        return
    said = {"area": street.area, "bound": _ratio(street.bound), "ratio": _ratio(street.ratio)}
    if street.bound <= rules.most_ratio:
        yield _one("uneven", street.area, middle, **said)
        return
    heavy = street.heavy or ((*(street.block or (middle.x, middle.y)), street.block_load),)
    for x, y, load in heavy:
        yield _one("indivisible", street.area, shapely.Point(x, y), load=round(load, 1), **said)


def _ratio(ratio: float) -> str:
    """A grid without load makes it endless."""
    return f"{ratio:.2f}" if math.isfinite(ratio) else "∞"


def _of_grid(grid: Cell, rules: Rules) -> Iterator[Departure]:
    at = grid.ground.representative_point()
    if grid.ground.geom_type == "MultiPolygon":
        yield _grid("in-parts", grid, at, count=len(grid.ground.geoms))
    if grid.area_m2 < rules.min_area_m2:
        yield _grid("small", grid, at, m2=round(grid.area_m2))
    elif shapely.buffer(grid.ground, -rules.min_width_m / 2, quad_segs=2).is_empty:
        yield _grid("thin", grid, at, m=rules.min_width_m)
    if grid.load <= 0:
        yield _grid("empty-grid", grid, at)


def _grid(code: str, grid: Cell, at: Any, /, **given: object) -> Departure:
    words = SAID[code].filled(code=grid.code, **given)
    return Departure(code, grid.area, at.x, at.y, 0.0, grid.area_m2, words)


def _of_border(border: Border, area: str) -> Iterator[Departure]:
    if border.kind not in ADDED:
        return
    for part in shapely.get_parts(border.line):
        yield _one(
            ADDED[border.kind], area, shapely.line_interpolate_point(part, 0.5, normalized=True), part.length,
            left=border.left, right=border.right, m=round(part.length, 1),
        )  # fmt: skip
