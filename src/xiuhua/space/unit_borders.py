"""New borders led along those of unit grids where a cut would leave a scrap: a hand that follows a border misses it.

What a cut leaves of a unit grid is a piece of its own only where it is large and wide enough; otherwise it stays with
the rest, and the new border follows the border there. The limits are ours. Leaves out: cutting itself (`redraw`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import dist
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Refusal, Words
from xiuhua.space.metres import Metres
from xiuhua.space.redraw import Outline, m2_of, metres_of, outline_of, polygon_of

Point = tuple[float, ...]

LEAST_M2: Final = 100.0  # ours: a unit grid is about a hectare; a hundredth of that is nobody's place of work
LEAST_WIDTH_M: Final = 5.0  # ours: narrower than a lane is how far a hand misses a border on the map
CRUMB_M2: Final = 0.001  # what the rounding of coordinates makes

IN_PIECES = Words(
    "新网格在 {lon}, {lat} 附近只剩 {m2} 平方米或不成一块（边界已沿单元网格边界），请改画边界",
    "near {lon}, {lat} a new grid would be {m2} m² or fall apart, its border led along unit grids; draw it otherwise",
)


@dataclass(frozen=True, slots=True)
class Led:
    """The new grids, and how much ground went to another of them than it was drawn in."""

    outlines: tuple[Outline, ...]
    m2: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """Of a unit grid (by its place; -1: of none) what was drawn in a new grid (by its place), and where it goes."""

    unit: int
    drawn: int
    ground: Any
    home: int


def led_along(new: Sequence[Outline], units: Mapping[str, Outline]) -> Led | Refusal:
    """As drawn where no cut leaves a scrap."""
    rings = [polygon_of(one) for one in new]
    grounds = [polygon_of(one) for one in units.values()]
    at_border = [ground for ground in grounds if sum(map(ground.intersects, rings)) > 1]
    metres = metres_of(new)
    pieces = _settled(_pieces(at_border, rings), metres) if at_border else []
    moved = sum(m2_of(piece.ground, metres) for piece in pieces if piece.home != piece.drawn)
    if moved < CRUMB_M2:
        return Led(tuple(new))
    outlines = []
    for place, ring in enumerate(rings):
        ground = _whole([piece.ground for piece in pieces if piece.home == place], metres)
        if ground is None:
            return _in_pieces([p.ground for p in pieces if p.home == place] or [ring], metres)
        outlines.append(outline_of(ground))
    return Led(tuple(outlines), moved)


def _whole(grounds: Sequence[Any], metres: Metres) -> Any:
    """Together as one area, without crumbs; None where they make none, or several."""
    parts = shapely.get_parts(shapely.union_all(grounds)).tolist()
    large = [part for part in parts if m2_of(part, metres) > CRUMB_M2]
    return large[0] if len(large) == 1 else None


def _pieces(units: Sequence[Any], rings: Sequence[Any]) -> list[_Piece]:
    """All that the lines together make, noded once, so that what is put together again fits to the last digit."""
    lines = shapely.GeometryCollection([shape.exterior for shape in (*units, *rings)])
    faces = shapely.get_parts(shapely.polygonize([shapely.node(lines)]))
    unit, home = _lie_in(faces, units), _lie_in(faces, rings)
    found = []
    for pair in sorted({*zip(unit.tolist(), home.tolist(), strict=True)}):
        if pair[1] >= 0:
            ground = shapely.union_all(faces[(unit == pair[0]) & (home == pair[1])])
            found += [_Piece(*pair, part, pair[1]) for part in shapely.get_parts(ground).tolist()]
    return found


def _lie_in(faces: Any, shapes: Sequence[Any]) -> Any:
    """The place of the shape that has each face; -1 where none has."""
    found, tree = np.full(len(faces), -1), shapely.STRtree(shapes)
    for spots_of in (shapely.point_on_surface, _middles):  # the first is on the border of a face as thin as a rounding
        left = np.flatnonzero(found < 0)
        spot, shape = tree.query(spots_of(faces[left]), predicate="within")
        found[left[spot]] = shape
    return found


def _middles(faces: Any) -> Any:
    return shapely.get_point(shapely.maximum_inscribed_circle(faces), 0)


def _settled(pieces: Sequence[_Piece], metres: Metres) -> list[_Piece]:
    """Each scrap goes to the new grid of that piece of its unit grid with which it shares most border."""
    sides: dict[frozenset[Point], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        for side in _sides(piece):
            sides[side].append(piece)
    scraps = {piece for piece in pieces if _is_scrap(piece, metres)}
    settled = []
    for _, group in groupby(pieces, key=lambda piece: piece.unit):
        parts = sorted(group, key=lambda p: (p in scraps, -float(p.ground.area)))
        large = {p for p in parts if p is parts[0] or p not in scraps}
        settled += [p if p in large else replace(p, home=_beside(p, large, sides, parts[0]).home) for p in parts]
    return settled


def _sides(piece: _Piece) -> Iterator[frozenset[Point]]:
    for ring in shapely.get_rings(piece.ground).tolist():
        points = list(ring.coords)
        yield from (frozenset(pair) for pair in pairwise(points))


def _beside(
    scrap: _Piece, large: Collection[_Piece], sides: Mapping[frozenset[Point], Sequence[_Piece]], largest: _Piece
) -> _Piece:
    """The largest piece where it lies among other scraps only."""
    shared: dict[_Piece, float] = defaultdict(float)
    for side in _sides(scrap):
        for one in sides[side]:
            if one in large and one.unit == scrap.unit:
                shared[one] += dist(*side)
    return max(shared, key=lambda one: shared[one], default=largest)


def _is_scrap(piece: _Piece, metres: Metres) -> bool:
    """Ground of no unit grid is never one. Only what may be a strip by its size is measured across, which is slow."""
    flat = metres.flat(piece.ground)
    west, south, east, north = flat.bounds
    if piece.unit < 0 or flat.area > LEAST_WIDTH_M * (east - west + north - south):
        return False
    return bool(flat.area < LEAST_M2 or flat.buffer(-LEAST_WIDTH_M / 2).is_empty)


def _in_pieces(grounds: Sequence[Any], metres: Metres) -> Refusal:
    smallest = min(shapely.get_parts(shapely.union_all(grounds)), key=lambda part: part.area)
    spot = smallest.representative_point()
    said = IN_PIECES.filled(lon=round(spot.x, 6), lat=round(spot.y, 6), m2=round(m2_of(smallest, metres), 1))
    return Refusal("grid-in-pieces", said, "drawing")
