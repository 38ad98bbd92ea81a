"""Invented road networks in metres: a gridiron, a medieval core, a coast with islands, anything at random."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.divide import Area, Lines

Points = Sequence[tuple[float, float]]


def lines(*rows: tuple[str, Points]) -> Lines:
    """Roads by hand: kind, then points."""
    return Lines(
        np.array([shapely.LineString(points) for _, points in rows], dtype=object),
        np.array([kind for kind, _ in rows]),
    )


def joined(*each: Lines) -> Lines:
    return Lines(np.concatenate([one.shapes for one in each]), np.concatenate([one.kinds for one in each]))


def area(ground: Any, code: str = "990101001", count: int | None = None) -> Area:
    return Area(code, Words("甲街道", "First Street"), ground, count)


def box(west: float, south: float, east: float, north: float, code: str = "990101001") -> Area:
    return area(shapely.box(west, south, east, north), code)


def gridiron(columns: int, rows: int, block_m: float = 100.0) -> Lines:
    """Every fourth road is a main one; they run over the edge of the ground."""
    width, height = columns * block_m, rows * block_m
    across = [(_kind(row), [(-50.0, row * block_m), (width + 50, row * block_m)]) for row in range(1, rows)]
    along = [
        (_kind(column), [(column * block_m, -50.0), (column * block_m, height + 50)])
        for column in range(1, columns)
    ]
    return lines(*across, *along)


def _kind(place: int) -> str:
    return "secondary" if place % 4 == 0 else "residential"


def medieval(seed: int, lanes: int = 220, radius_m: float = 600.0) -> Lines:
    """Lanes between random corners, ring roads and crooked roads to the gates: what Voronoi's cells look like."""
    draw = np.random.default_rng(seed)
    corners = draw.normal(0, radius_m / 2.5, (lanes, 2))
    cells = shapely.voronoi_polygons(shapely.multipoints(corners), only_edges=True)
    ring = shapely.Point(0, 0).buffer(radius_m * 0.8, quad_segs=10).exterior
    town = shapely.Point(0, 0).buffer(radius_m)
    streets = [line for line in shapely.get_parts(shapely.intersection(cells, town)) if line.length > 0]
    kinds = ["living_street"] * len(streets) + ["secondary"]
    return Lines(np.array([*streets, ring], dtype=object), np.array(kinds))


def every(shapes: Iterable[Any], kind: str = "residential") -> Lines:
    found = np.array(list(shapes), dtype=object)
    return Lines(found, np.full(len(found), kind))
