"""Whether the grids fit together: each closed without crossing itself, the children of a grid filling it without a gap
and without an overlap. Source: unit grids leave no gap and do not overlap (grid_and_codes clause 1, source).

A grid without children, such as a street that is not divided, has nothing to fill it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import shapely

from xiuhua.domain.grid import TIERS, Grid, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.space.metres import Metres, polygon

SMALLEST_M2: Final = 1.0  # ours: below what a surveyor can tell; rounding of coordinates leaves less

FAULTS: Final = {
    "crossing": Words("边界自相交（{lon}, {lat} 附近）", "the outline crosses itself near {lon}, {lat}"),
    "gap": Words(
        "{tier_zh}未覆盖其全部范围：{lon}, {lat} 附近缺 {m2} 平方米",
        "its grids ({tier_en}) leave a gap of {m2} m² near {lon}, {lat}",
    ),
    "beyond": Words(
        "超出上级“{parent}”的边界 {m2} 平方米（{lon}, {lat} 附近）",
        "{m2} m² lie outside “{parent}”, near {lon}, {lat}",
    ),
    "overlap": Words(
        "与“{other}”重叠 {m2} 平方米（{lon}, {lat} 附近）", "overlaps “{other}” by {m2} m² near {lon}, {lat}"
    ),
}


@dataclass(frozen=True, slots=True)
class GroundFault:
    """`grid` is the grid to put right, `place` a point inside the wrong piece of ground."""

    code: str
    grid: str
    place: Wgs84
    area_m2: float
    words: Words


@dataclass(frozen=True, slots=True)
class _Shape:
    grid: Grid
    ground: Any


def ground_faults(grids: Grids, day: date) -> tuple[GroundFault, ...]:
    active = [grid for grid in grids.active(day) if grid.outline]
    if not active:
        return ()
    metres = Metres(active[0].outline[0].lat)
    shapes = {grid.code: _Shape(grid, metres.flat(polygon(grid))) for grid in active}
    crossing = tuple(_crossing(shapes.values(), metres))
    if crossing:  # areas of such outlines mean nothing
        return crossing
    return tuple(fault for shape in shapes.values() for fault in _below(shape, shapes, grids, day, metres))


def _crossing(shapes: Iterable[_Shape], metres: Metres) -> Iterator[GroundFault]:
    for shape in shapes:
        if not shape.ground.is_valid:
            yield _fault("crossing", shape.grid, shapely.Point(shape.ground.exterior.coords[0]), 0.0, metres)


def _below(
    shape: _Shape, shapes: dict[str, _Shape], grids: Grids, day: date, metres: Metres
) -> Iterator[GroundFault]:
    children = [shapes[g.code] for g in grids.children(shape.grid.code, day) if g.code in shapes]
    for tier in dict.fromkeys(child.grid.tier for child in children):
        same = [child for child in children if child.grid.tier is tier]
        yield from _gaps(shape, same, tier, metres)
        yield from _beyond(shape, same, metres)
        yield from _overlaps(same, metres)


def _gaps(shape: _Shape, children: list[_Shape], tier: Tier, metres: Metres) -> Iterator[GroundFault]:
    missing = shape.ground.difference(shapely.union_all([child.ground for child in children]))
    for piece in _pieces(missing):
        yield _fault("gap", shape.grid, piece, piece.area, metres, tier=tier)


def _beyond(shape: _Shape, children: list[_Shape], metres: Metres) -> Iterator[GroundFault]:
    for child in children:
        for piece in _pieces(child.ground.difference(shape.ground)):
            yield _fault("beyond", child.grid, piece, piece.area, metres, parent=shape.grid.code)


def _overlaps(children: list[_Shape], metres: Metres) -> Iterator[GroundFault]:
    tree = shapely.STRtree([child.ground for child in children])
    for place, child in enumerate(children):
        for other in sorted(tree.query(child.ground, predicate="intersects")):
            if other > place:
                for piece in _pieces(child.ground.intersection(children[other].ground)):
                    yield _fault(
                        "overlap", child.grid, piece, piece.area, metres, other=children[other].grid.code
                    )


def _pieces(ground: Any) -> Iterator[Any]:
    parts = shapely.get_parts(ground)
    return (part for part in parts if part.area >= SMALLEST_M2)


def _fault(code: str, grid: Grid, piece: Any, area: float, metres: Metres, **given: object) -> GroundFault:
    place = metres.place(piece.representative_point())
    tier = given.pop("tier", None)
    if isinstance(tier, Tier):
        given |= {"tier_zh": TIERS[tier].zh, "tier_en": TIERS[tier].en}
    words = FAULTS[code].filled(lon=place.lon, lat=place.lat, m2=round(area), **given)
    return GroundFault(code, grid.code, place, area, words)
