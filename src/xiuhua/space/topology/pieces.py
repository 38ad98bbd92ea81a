"""The pieces of ground that are wrong among polygons in metres: found for all of them at once.

Sizes below a tolerance are left out; what makes a sliver and what makes a width are said here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from xiuhua.space.broken import Broken, broken

Shapes = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.intp]

SMALLEST_M2: Final = 1.0  # ours: below what a surveyor can tell; rounding of coordinates leaves less
SLIVER_WIDTH_M: Final = 2.0  # ours: nobody draws a grid as narrow as a footpath on purpose
SLIVER_COMPACT: Final = 0.2  # ours: area over that of the circle of the same perimeter; a square has 0.79
_CIRCLE_M: Final = 0.01  # how exact a width is wanted
_ALL: Final = 0.999  # of an area: as good as all of it
_SAME_M: Final = 0.001  # two shapes within a millimetre are one


@dataclass(frozen=True, slots=True)
class Piece:
    """`which` are the places of the shapes it concerns, the one to put right first; `ground` is in metres."""

    which: tuple[int, ...]
    ground: Any
    point: Any


def piece(which: tuple[int, ...], ground: Any) -> Piece:
    return Piece(which, ground, shapely.point_on_surface(ground))


def width_m(ground: Any) -> float:
    """Twice the radius of the largest circle inside; nothing for a line or a point."""
    if not ground.area:
        return 0.0
    return 2 * float(shapely.length(shapely.maximum_inscribed_circle(ground, tolerance=_CIRCLE_M)))


def invalid(shapes: Shapes) -> Iterator[tuple[Piece, Broken]]:
    """Rings that cross themselves or each other, at the place where they do, with the reason."""
    for which in np.flatnonzero(~shapely.is_valid(shapes)).tolist():
        found = broken(shapes[which])
        yield Piece((which,), found.point, found.point), found


def same(shapes: Shapes) -> Iterator[Piece]:
    """The later of two that are the same ground."""
    first: dict[bytes, int] = {}
    plain = shapely.to_wkb(shapely.normalize(shapely.transform(shapes, lambda xy: np.round(xy / _SAME_M))))
    for which, key in enumerate(plain.tolist()):
        if key in first:
            yield piece((which, first[key]), shapes[which])
        else:
            first[key] = which


def overlaps(shapes: Shapes, smallest_m2: float = SMALLEST_M2) -> Iterator[Piece]:
    """A pair at a time, by place; of two that are the same only `same` speaks.

    Only shapes with an edge that is not exactly their neighbour's can overlap: GEOS finds those for all at once.
    """
    suspects = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    tree = shapely.STRtree(shapes)
    pairs = tree.query(shapes[suspects], predicate="intersects")
    one, other = np.minimum(suspects[pairs[0]], pairs[1]), np.maximum(suspects[pairs[0]], pairs[1])
    both = np.unique(np.column_stack([one, other])[one < other], axis=0)
    grounds = shapely.intersection(shapes[both[:, 0]], shapes[both[:, 1]])
    whole = _ALL * np.minimum(shapely.area(shapes[both[:, 0]]), shapely.area(shapes[both[:, 1]]))
    least = np.minimum(smallest_m2, whole)  # one that lies wholly in another is never too small
    known = {found.which for found in same(shapes)}
    for place in np.flatnonzero(shapely.area(grounds) >= least).tolist():
        left, right = both[place].tolist()
        if (right, left) not in known:
            for ground in parts(grounds[place], float(least[place])):
                yield piece((left, right), ground)


def uncovered(areas: Shapes, shapes: Shapes, inside: Sequence[Numbers], smallest_m2: float) -> Iterator[Piece]:
    """Of each area what the shapes inside it leave free. `which` is the place of the area."""
    for which, children in enumerate(inside):
        if len(children):
            free = areas[which].difference(shapely.union_all(shapes[children]))
            for ground in parts(free, smallest_m2):
                yield piece((which,), ground)


def beyond(areas: Shapes, shapes: Shapes, parent: Numbers, smallest_m2: float) -> Iterator[Piece]:
    """Of each shape what lies outside its area. `which` is the place of the shape; -1 has no area."""
    has = np.flatnonzero(parent >= 0)
    shapely.prepare(areas)
    out = has[~shapely.covers(areas[parent[has]], shapes[has])]
    for which, free in zip(out.tolist(), shapely.difference(shapes[out], areas[parent[out]]), strict=True):
        for ground in parts(free, smallest_m2):
            yield piece((which,), ground)


def enclosed(shapes: Shapes, smallest_m2: float) -> Iterator[tuple[Piece, bool]]:
    """Ground that the shapes surround without filling it; true where a single shape surrounds it: its hole."""
    tree = shapely.STRtree(shapes)
    for part in shapely.get_parts(shapely.union_all(shapes)):
        for ring in shapely.get_rings(part)[1:]:
            ground = shapely.Polygon(ring)
            if ground.area >= smallest_m2:
                around = np.sort(tree.query(ring, predicate="intersects")).tolist()
                yield piece(tuple(around), ground), len(around) == 1


def slivers(shapes: Shapes, width: float = SLIVER_WIDTH_M) -> Iterator[Piece]:
    """Thin parts: small against their perimeter, and nowhere as wide as this."""
    pieces, which = shapely.get_parts(shapes, return_index=True)
    area, around = shapely.area(pieces), shapely.length(pieces)
    thin = (4 * np.pi * area < SLIVER_COMPACT * around**2) & (2 * area < 2 * width * around) & (area > 0)
    for place in np.flatnonzero(thin).tolist():
        if width_m(pieces[place]) < width:
            yield piece((int(which[place]),), pieces[place])


def parts(ground: Any, smallest_m2: float) -> Iterator[Any]:
    """The polygons of it that are large enough; lines and points, where shapes only touch, are none."""
    return (part for part in shapely.get_parts(ground).tolist() if part.area >= smallest_m2 and part.area > 0)


def most_in(areas: Shapes, shapes: Shapes) -> Numbers:
    """The place of the area in which a point inside each shape lies; -1 where there is none."""
    found = np.full(len(shapes), -1, dtype=np.intp)
    points, hits = shapely.STRtree(areas).query(shapely.point_on_surface(shapes), predicate="intersects")
    found[points[::-1]] = hits[::-1]  # the first of several
    return found
