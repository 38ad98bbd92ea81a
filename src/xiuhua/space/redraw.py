"""Drawing grids anew: merged, whether the new ground is exactly the old, and which unit grids lie in which new grid.

Borders keep the corners they had, so that neighbours still share them; what does not fit is refused with its place and
size. Source: no gap and no overlap (grid_and_codes clause 1, source). Leaves out: `dividing_line`, `unit_borders`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely import Polygon

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


def merge(grounds: Sequence[Outline]) -> Outline | Refusal:
    metres = metres_of(grounds)
    union: Any = shapely.union_all([polygon_of(ground) for ground in grounds])
    if union.geom_type != "Polygon":
        return Refusal("not-neighbours", NOT_ONE, "grids")
    holes = [Polygon(ring) for ring in union.interiors]
    if any(m2_of(hole, metres) >= SMALLEST_M2 for hole in holes):
        return Refusal("not-neighbours", NOT_ONE, "grids")
    return outline_of(Polygon(union.exterior))


def reading_order(face: Polygon) -> tuple[float, float]:
    """West to east, then north to south: how codes are given (grid_and_codes clause 1, source)."""
    middle = face.centroid
    return round(middle.x, 6), -round(middle.y, 6)


def in_reading_order(outlines: Sequence[Outline]) -> list[int]:
    return sorted(range(len(outlines)), key=lambda i: reading_order(polygon_of(outlines[i])))


# whether it fits


def cover_refusal(old: Sequence[Outline], new: Sequence[Outline]) -> Refusal | None:
    """The new grids fill the old ground exactly, each a simple ring."""
    metres = metres_of(old)
    for outline in new:
        ring = polygon_of(outline)
        if not ring.is_valid:
            why = broken(ring)
            lon, lat = round(why.point.x, 6), round(why.point.y, 6)
            said = BROKEN.filled(why_zh=why.words.zh, why_en=why.words.en, lon=lon, lat=lat)
            return Refusal("outline-crossing", said, "drawing")
    ground = shapely.union_all([polygon_of(one) for one in old])
    rings = [polygon_of(one) for one in new]
    most = max(TOLERANCE * m2_of(ground, metres), 0.0)
    spread = shapely.union_all(rings)
    wrong = [
        ("gap", GAP, ground.difference(spread)), ("beyond", BEYOND, spread.difference(ground)),
        *(("overlap", OVERLAP, a.intersection(b)) for i, a in enumerate(rings) for b in rings[:i]),
    ]  # fmt: skip
    found = [(code, words, piece, m2_of(piece, metres)) for code, words, piece in wrong]
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
    return m2_of(polygon_of(outline), metres_of([outline]))


def metres_of(outlines: Sequence[Outline]) -> Metres:
    lats = [p.lat for outline in outlines for p in outline]
    return Metres(sum(lats) / len(lats))


def m2_of(ground: Any, metres: Metres) -> float:
    return float(metres.flat(ground).area)
