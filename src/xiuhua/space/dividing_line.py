"""Grids divided along a line: one in two, or the border between neighbours moved to it.

The line is taken as drawn; only an end that stops a step short of the border is led over it. What does not divide is
refused with the way that is missing. Source: as `redraw`; how near is near is ours.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon
from shapely.ops import linemerge

from xiuhua.domain.words import Refusal, Words
from xiuhua.space.metres import Metres
from xiuhua.space.redraw import Outline, merge, metres_of, outline_of, polygon_of, reading_order

Line = Sequence[Sequence[tuple[float, float]]]  # of one or more parts, in degrees

REACH_M: Final = 1.0  # ours: an end so near the border was meant to lie on it
BEYOND_M: Final = 0.1  # how far over it: one that ended exactly on it would miss it by a rounding
EXACT_M: Final = 10.0  # ours: below this a way is said with one decimal

NO_TOUCH = Words(
    "线没有经过所选网格，相距 {m} 米", "the line does not run through the grids; it passes them at {m} m"
)
SHORT = Words(
    "线没有从边界画到边界：端点距边界 {m} 米，请画到边界外",
    "the line does not lead from border to border: its end is {m} m from the border; draw it beyond",
)
NO_CUT = Words(
    "线应把所选网格分成 2 块，现分成 {found} 块；请从边界到边界只穿过一次",
    "the line makes {found} pieces of the grids, not 2; let it cross once, from border to border",
)


def split(ground: Outline, line: Line) -> tuple[Outline, ...] | Refusal:
    """The two pieces on both sides of the line, west and north first."""
    return _divided(polygon_of(ground), line)


def shift(grounds: Sequence[Outline], line: Line) -> tuple[Outline, ...] | Refusal:
    """Neighbours with a new line between them."""
    whole = merge(grounds)
    return whole if isinstance(whole, Refusal) else _divided(polygon_of(whole), line)


def _divided(ground: Polygon, line: Line) -> tuple[Outline, ...] | Refusal:
    metres = metres_of([outline_of(ground)])
    drawn = _joined(line)
    reaching = MultiLineString(_reaching(shapely.get_parts(drawn).tolist(), ground, metres))
    # noded as a whole: an end that was cut off first would miss the border by a rounding
    noded = shapely.node(shapely.GeometryCollection([ground.exterior, reaching]))
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside = [face for face in faces if ground.covers(face.representative_point())]
    if len(inside) != 2:
        return _no_cut(ground, drawn, len(inside), metres)
    return tuple(map(outline_of, sorted(inside, key=reading_order)))


def _joined(line: Line) -> Any:
    parts = MultiLineString([LineString(part) for part in line])
    return linemerge(parts) if len(line) > 1 else parts


def _reaching(parts: Sequence[LineString], ground: Polygon, metres: Metres) -> list[LineString]:
    """The parts with ends led over the border where they stop just short of it; where parts meet is no end."""
    times = Counter(end for part in parts for end in (part.coords[0], part.coords[-1]))
    flat = metres.flat(ground)
    reaching = []
    for part in parts:
        first, last = (
            _over(end, flat, metres) if times[end] == 1 and ground.contains(shapely.Point(end)) else []
            for end in (part.coords[0], part.coords[-1])
        )
        reaching.append(LineString([*first, *part.coords, *last]))
    return reaching


def _over(end: Any, ground: Polygon, metres: Metres) -> list[Any]:
    """A point beyond the nearest spot of the border; none where the border is further than that."""
    rim, here = ground.exterior, shapely.Point(np.array(end[:2]) * metres.scale)
    if here.distance(rim) > REACH_M:
        return []
    at = rim.project(here)
    foot, back, ahead = (np.array(rim.interpolate(at + step).coords[0]) for step in (0, -BEYOND_M, BEYOND_M))
    east, north = (ahead - back) / max(np.hypot(*(ahead - back)), BEYOND_M)
    sides = [foot + BEYOND_M * np.array(side) for side in ((north, -east), (-north, east))]
    outside = next((side for side in sides if not ground.contains(shapely.Point(side))), sides[0])
    return [tuple((outside / metres.scale).tolist())]


def _no_cut(ground: Polygon, drawn: Any, found: int, metres: Metres) -> Refusal:
    away = metres.flat(ground).distance(metres.flat(drawn))
    if away > 0:
        return Refusal("line-no-cut", NO_TOUCH.filled(m=_said(away)), "drawing")
    ends = [shapely.Point(c) for part in shapely.get_parts(drawn) for c in (part.coords[0], part.coords[-1])]
    rim = metres.flat(ground.exterior)
    missing = max((metres.flat(end).distance(rim) for end in ends if ground.contains(end)), default=0.0)
    said = SHORT.filled(m=_said(missing)) if missing > REACH_M else NO_CUT.filled(found=found)
    return Refusal("line-no-cut", said, "drawing")


def _said(metres: float) -> str:
    return f"{max(metres, 0.1):.1f}" if metres < EXACT_M else f"{metres:.0f}"
