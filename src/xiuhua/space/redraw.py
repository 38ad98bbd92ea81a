"""Drawing grids anew: split by a line, merged, a border shifted; and whether the new ground is exactly the old.

Borders keep the corners they had, so that neighbours still share them; nothing is rounded or snapped, and what does not
fit is refused with its place and size. Source: no gap and no overlap (grid_and_codes clause 1, source).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely import LineString, MultiLineString, Polygon
from shapely.ops import linemerge

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.space.broken import broken
from xiuhua.space.metres import Metres

TOLERANCE: Final = 1e-6  # of the ground: gaps plus overlaps, as the divider promises
SMALLEST_M2: Final = 1.0  # ours: a piece below this is noise of the coordinates
Outline = tuple[Wgs84, ...]

GAP = Words(
    "新网格之间有 {m2} 平方米空隙（{lon}, {lat} 附近）", "the new grids leave a gap of {m2} m² near {lon}, {lat}"
)
OVERLAP = Words("新网格重叠 {m2} 平方米（{lon}, {lat} 附近）", "the new grids overlap by {m2} m² near {lon}, {lat}")
BEYOND = Words(
    "新网格超出原网格范围 {m2} 平方米（{lon}, {lat} 附近），不得跨出街道界",
    "{m2} m² of the new grids lie outside the old ones, near {lon}, {lat}; a change keeps within its ground and street",
)
BROKEN = Words("边界有误：{why_zh}（{lon}, {lat} 附近）", "the outline is wrong: {why_en}, near {lon}, {lat}")
NOT_ONE = Words(
    "所选网格不相邻，或围出了空洞，不能合并为一个",
    "the grids are not neighbours or enclose a hole; they do not make one",
)
NO_TOUCH = Words(
    "线没有经过所选网格，相距 {m} 米", "the line does not run through the grids; it passes them at {m} m"
)
NO_CUT = Words(
    "线没有从边界画到边界：得到 {found} 块，应为 {wanted} 块；端点距边界 {m} 米",
    "the line does not lead from border to border: it makes {found} pieces, not {wanted}; "
    "its end is {m} m from the border",
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A unit grid that new borders run through: its pieces by the place of the new grid they lie in."""

    code: str
    pieces: Mapping[int, Outline]


def polygon_of(outline: Outline) -> Polygon:
    return Polygon([(p.lon, p.lat) for p in outline])


def outline_of(polygon: Polygon) -> Outline:
    """The outer ring without its closing point."""
    return tuple(Wgs84(lon, lat) for lon, lat in polygon.exterior.coords[:-1])


def split(ground: Outline, line: Sequence[Sequence[tuple[float, float]]]) -> tuple[Outline, ...] | Refusal:
    """The two pieces on both sides of a line (of one or more parts), west and north first."""
    return _divided(polygon_of(ground), line)


def shift(grounds: Sequence[Outline], line: Sequence[Sequence[tuple[float, float]]]) -> tuple[Outline, ...] | Refusal:
    """Neighbours with a new line between them."""
    whole = merge(grounds)
    return whole if isinstance(whole, Refusal) else _divided(polygon_of(whole), line)


def merge(grounds: Sequence[Outline]) -> Outline | Refusal:
    metres = _metres(grounds)
    union: Any = shapely.union_all([polygon_of(ground) for ground in grounds])
    if union.geom_type != "Polygon":
        return Refusal("not-neighbours", NOT_ONE, "grids")
    holes = [Polygon(ring) for ring in union.interiors]
    if any(_m2(hole, metres) >= SMALLEST_M2 for hole in holes):
        return Refusal("not-neighbours", NOT_ONE, "grids")
    return outline_of(Polygon(union.exterior))


def _divided(ground: Polygon, line: Sequence[Sequence[tuple[float, float]]]) -> tuple[Outline, ...] | Refusal:
    drawn = _joined(line)
    # noded as a whole: an end that was cut off first would miss the border by a rounding
    noded = shapely.node(shapely.GeometryCollection([ground.exterior, drawn]))
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside = [face for face in faces if ground.covers(face.representative_point())]
    if len(inside) != 2:
        return _no_cut(ground, drawn, len(inside))
    return tuple(map(outline_of, sorted(inside, key=_reading_order)))


def _no_cut(ground: Polygon, drawn: Any, found: int) -> Refusal:
    metres = _metres([outline_of(ground)])
    away = metres.flat(ground).distance(metres.flat(drawn))
    if away > 0:
        return Refusal("line-no-cut", NO_TOUCH.filled(m=max(1, round(away))), "drawing")
    ends = [shapely.Point(c) for part in shapely.get_parts(drawn) for c in (part.coords[0], part.coords[-1])]
    rim = metres.flat(ground.exterior)
    within = [metres.flat(end).distance(rim) for end in ends if ground.contains(end)]
    said = NO_CUT.filled(found=found, wanted=2, m=round(max(within, default=0.0)))
    return Refusal("line-no-cut", said, "drawing")


def _joined(line: Sequence[Sequence[tuple[float, float]]]) -> Any:
    parts = MultiLineString([LineString(part) for part in line])
    return linemerge(parts) if len(line) > 1 else parts


def _reading_order(face: Polygon) -> tuple[float, float]:
    """West to east, then north to south: how codes are given (grid_and_codes clause 1, source)."""
    middle = face.centroid
    return round(middle.x, 6), -round(middle.y, 6)


def in_reading_order(outlines: Sequence[Outline]) -> list[int]:
    return sorted(range(len(outlines)), key=lambda i: _reading_order(polygon_of(outlines[i])))


# whether it fits


def cover_refusal(old: Sequence[Outline], new: Sequence[Outline]) -> Refusal | None:
    """The new grids fill the old ground exactly, each a simple ring."""
    metres = _metres(old)
    for outline in new:
        ring = polygon_of(outline)
        if not ring.is_valid:
            why = broken(ring)
            lon, lat = round(why.point.x, 6), round(why.point.y, 6)
            said = BROKEN.filled(why_zh=why.words.zh, why_en=why.words.en, lon=lon, lat=lat)
            return Refusal("outline-crossing", said, "drawing")
    ground = shapely.union_all([polygon_of(one) for one in old])
    rings = [polygon_of(one) for one in new]
    most = max(TOLERANCE * _m2(ground, metres), 0.0)
    spread = shapely.union_all(rings)
    wrong = [
        ("gap", GAP, ground.difference(spread)), ("beyond", BEYOND, spread.difference(ground)),
        *(("overlap", OVERLAP, a.intersection(b)) for i, a in enumerate(rings) for b in rings[:i]),
    ]  # fmt: skip
    found = [(code, words, piece, _m2(piece, metres)) for code, words, piece in wrong]
    if sum(m2 for *_, m2 in found) <= most:
        return None
    code, words, piece, m2 = max(found, key=lambda one: one[-1])
    return _told(code, words, piece, m2)


def _told(code: str, words: Words, piece: Any, m2: float) -> Refusal:
    parts = sorted(shapely.get_parts(piece), key=lambda part: part.area, reverse=True) or [piece]
    spot = parts[0].representative_point()
    said = words.filled(m2=round(m2, 1), lon=round(spot.x, 6), lat=round(spot.y, 6))
    return Refusal(f"ground-{code}", said, "drawing")


# the unit grids inside


def housed(units: Mapping[str, Outline], new: Sequence[Outline]) -> tuple[dict[str, int], tuple[Cut, ...]]:
    """For each unit grid the new grid that holds it; and those that a new border cuts."""
    rings = [polygon_of(one) for one in new]
    placed: dict[str, int] = {}
    cut: list[Cut] = []
    for code, outline in units.items():
        ground = polygon_of(outline)
        shares = {i: ground.intersection(ring) for i, ring in enumerate(rings) if ground.intersects(ring)}
        large = {i: piece for i, piece in shares.items() if piece.area > TOLERANCE * ground.area}
        if len(large) == 1:
            placed[code] = next(iter(large))
        elif large:
            cut.append(Cut(code, {i: outline_of(_largest(piece)) for i, piece in large.items()}))
    return placed, tuple(cut)


def whole_pieces(units: Mapping[str, Outline], cut: Cut) -> bool:
    """Whether the pieces are one ring each and make up the unit grid: what cannot be written is not cut."""
    ground = polygon_of(units[cut.code])
    return abs(sum(polygon_of(p).area for p in cut.pieces.values()) - ground.area) <= TOLERANCE * ground.area


def _largest(piece: Any) -> Polygon:
    parts = [part for part in shapely.get_parts(piece) if part.geom_type == "Polygon"]
    found: Polygon = max(parts, key=lambda part: part.area)
    return found


def follows(new: Outline, old: Mapping[str, Outline]) -> tuple[str, ...]:
    """Whose ground it takes over, by code."""
    ring = polygon_of(new)
    return tuple(
        code for code, outline in sorted(old.items())
        if ring.intersection(polygon_of(outline)).area > TOLERANCE * ring.area
    )  # fmt: skip


def area_m2(outline: Outline) -> float:
    return _m2(polygon_of(outline), _metres([outline]))


def _metres(outlines: Sequence[Outline]) -> Metres:
    lats = [p.lat for outline in outlines for p in outline]
    return Metres(sum(lats) / len(lats))


def _m2(ground: Any, metres: Metres) -> float:
    return float(metres.flat(ground).area)
