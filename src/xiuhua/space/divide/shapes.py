"""Grids as polygons and the lines between them, from the faces each holds. Neighbours share every point."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from xiuhua.space.divide.faces import Faces
from xiuhua.space.divide.given import Floats, Ints, Shapes, totals


def grounds(faces: Faces, grid: Ints, count: int) -> Shapes:
    """The polygon of each grid."""
    order = np.argsort(grid, kind="stable")
    bounds = np.searchsorted(grid[order], np.arange(count + 1))
    found = np.empty(count, dtype=object)
    for place in range(count):
        found[place] = _one(faces.shapes[order[bounds[place] : bounds[place + 1]]])
    return shapely.orient_polygons(shapely.normalize(found))


def _one(shapes: Shapes) -> Any:
    parts = shapely.get_parts(shapely.coverage_union_all(shapes))
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def outer_metres(faces: Faces, grid: Ints, count: int) -> Floats:
    a, b = sides(faces, grid)
    metres = np.zeros(count)
    for side, other in ((a, b), (b, a)):
        edge = (side >= 0) & (side != other)
        metres += totals(side[edge], faces.pieces.length[edge], count)
    return metres


def sides(faces: Faces, grid: Ints) -> tuple[Ints, Ints]:
    """The grid on either side of each piece; -1 where there is none."""
    both = np.where(faces.pieces.sides >= 0, grid[faces.pieces.sides], -1)
    return both[:, 0], both[:, 1]


def between(faces: Faces, grid: Ints, inner: Ints) -> list[tuple[int, int, int, Any]]:
    """Lines between two grids (lower number first), one for each kind of line that they run on."""
    a, b = sides(faces, grid)
    here = np.flatnonzero((a >= 0) & (b >= 0) & (a != b))
    low, high, kind = np.minimum(a, b)[here], np.maximum(a, b)[here], faces.pieces.kind[here]
    order = np.lexsort((here, kind, high, low))
    here, key = here[order], np.column_stack([low, high, kind])[order]
    starts = (
        np.flatnonzero(np.r_[True, (key[1:] != key[:-1]).any(axis=1)])
        if len(key)
        else np.array([], dtype=int)
    )
    return [(*map(int, key[start]), _merged(faces, run))
            for start, run in zip(starts, np.split(here, starts[1:]), strict=False)]  # fmt: skip


def _merged(faces: Faces, pieces: Ints) -> Any:
    ends = np.stack([faces.pieces.start[pieces], faces.pieces.end[pieces]], axis=1)
    merged = shapely.line_merge(shapely.multilinestrings([*ends]))
    return shapely.normalize(merged)


def cover(ground: Any, parts: Sequence[Any]) -> tuple[float, float]:
    """Square metres of a street that no grid covers or that lie outside it, and that two cover."""
    whole = shapely.union_all(parts)
    gap = float(shapely.area(shapely.symmetric_difference(ground, whole)))
    return gap, max(0.0, float(shapely.area(np.array(parts, dtype=object)).sum() - shapely.area(whole)))
