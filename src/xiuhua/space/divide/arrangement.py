"""Lines cut at every crossing, the faces between them, and which face lies on either side of each piece.

Everything lies on one fixed grid of coordinates, so what neighbours share is the same to the last bit.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from xiuhua.space.divide.given import Floats, Ints, Shapes

STEP_M = 1e-4  # ours: a hundredth of what a surveyor can tell; 1e-6 of the smallest street allows it
NEAR_M = 1e-3  # how far cutting may have moved a line


@dataclass(frozen=True)
class Keys:
    """Points and pieces as numbers: the same place has the same number."""

    origin: Floats

    def nodes(self, coordinates: Floats) -> Ints:
        cells = np.rint((coordinates - self.origin) / STEP_M).astype(np.int64)
        return (cells[:, 0] << 32) + cells[:, 1]


def cut(lines: Shapes) -> Shapes:
    """Every line cut wherever it meets another, doubled stretches once."""
    whole = shapely.union_all(lines, grid_size=STEP_M)
    parts = shapely.get_parts(whole)
    return parts[shapely.length(parts) > 0]


def runs(lines: Shapes) -> tuple[Floats, Floats, Ints]:
    """The straight pieces of lines or rings: from, to, and which line each belongs to."""
    coordinates, owner = shapely.get_coordinates(lines, return_index=True)
    same = owner[:-1] == owner[1:]
    return coordinates[:-1][same], coordinates[1:][same], owner[:-1][same]


@dataclass(frozen=True)
class Arrangement:
    """`edges` are the lines after cutting, `kinds` numbers of what each is, `faces` the polygons between them."""

    edges: Shapes
    kinds: Ints
    faces: Shapes

    @cached_property
    def keys(self) -> Keys:
        bounds = shapely.total_bounds(self.edges)
        return Keys(np.floor(bounds[:2]))

    @cached_property
    def _rings(self) -> tuple[Ints, Ints]:
        rings, face = shapely.get_rings(self.faces, return_index=True)
        start, end, ring = runs(rings)
        return self.pair(start, end), face[ring]

    def pair(self, start: Floats, end: Floats) -> Ints:
        """One number for each piece, whichever way it runs."""
        a, b = self.keys.nodes(start), self.keys.nodes(end)
        nodes = self.nodes
        low, high = np.searchsorted(nodes, np.minimum(a, b)), np.searchsorted(nodes, np.maximum(a, b))
        return low * len(nodes) + high

    @cached_property
    def nodes(self) -> Ints:
        return np.unique(self.keys.nodes(shapely.get_coordinates(self.edges)))

    @cached_property
    def pieces(self) -> "Pieces":
        start, end, edge = runs(self.edges)
        pair = self.pair(start, end)
        _, first = np.unique(pair, return_index=True)
        pair, edge, start, end = pair[first], edge[first], start[first], end[first]
        sides = np.full((len(pair), 2), -1, dtype=np.int64)
        ring_pair, ring_face = self._rings
        place = np.searchsorted(pair, ring_pair)
        order = np.lexsort((ring_face, place))
        place, ring_face = place[order], ring_face[order]
        again = np.concatenate([[False], place[1:] == place[:-1]]).astype(np.int64)
        sides[place, again] = ring_face
        return Pieces(start, end, np.hypot(*(end - start).T), self.kinds[edge], edge, sides)


@dataclass(frozen=True)
class Pieces:
    """Straight stretches with the two faces beside each; -1 where there is none (outside, or a dead end)."""

    start: Floats
    end: Floats
    length: Floats
    kind: Ints
    edge: Ints
    sides: Ints
