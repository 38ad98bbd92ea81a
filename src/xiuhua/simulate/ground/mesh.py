"""Lines cut at each other on whole micro-degrees, and the faces between them: one planar drawing for all that follows.

After this nothing is moved: whatever is made of whole faces fits its neighbours to the last digit of a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.frame import Frame
from xiuhua.simulate.ground.ways import Line

NEAR_M: Final = 0.5  # a piece lies on the line it was cut from but for the rounding


@dataclass(frozen=True)
class Pieces:
    """Lines between junctions in metres, each with the place of the line it was cut from."""

    shapes: Any
    source: Any

    def of(self, lines: Sequence[Line]) -> list[Line]:
        return [
            Line(shape, lines[at].kind, lines[at].name, lines[at].dual)
            for shape, at in zip(self.shapes, self.source, strict=True)
        ]


def cut(lines: Sequence[Line], frame: Frame) -> Pieces:
    shapes = np.array([line.shape for line in lines])
    noded = shapely.union_all(frame.micro(shapes), grid_size=1.0)
    pieces = frame.metres(shapely.get_parts(noded))
    return Pieces(pieces, _source(pieces, shapes, np.array([line.way.rank for line in lines])))


def _source(pieces: Any, shapes: Any, ranks: Any) -> Any:
    """Where several lines lie on each other, the one of the highest rank."""
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    piece, line = shapely.STRtree(shapes).query(middles, predicate="dwithin", distance=NEAR_M)
    order = np.lexsort((line, ranks[line], piece))
    piece, line = piece[order], line[order]
    found, first = np.unique(piece, return_index=True)
    source = np.full(len(pieces), -1)
    source[found] = line[first]
    if (source < 0).any():
        lost = np.flatnonzero(source < 0)
        source[lost] = shapely.STRtree(shapes).nearest(middles[lost])
    return source


def faces(pieces: Any, frame: Frame) -> Any:
    """In metres, from west to east where two have the same height: the order is that of their first corners."""
    whole = np.rint  # back on the paper of micro-degrees, where equal corners are equal numbers
    micro = shapely.transform(frame.micro(pieces), whole)
    found = shapely.get_parts(shapely.polygonize(micro))
    found = shapely.normalize(found)
    box = shapely.bounds(found)
    order = np.lexsort((box[:, 2], box[:, 1], box[:, 0], -box[:, 3]))
    return frame.metres(found[order])


def dead_ends(pieces: Any) -> Any:
    """Which pieces have an end that no other piece has."""
    ends = np.stack([shapely.get_coordinates(shapely.get_point(pieces, end)) for end in (0, -1)], axis=1)
    whole = np.rint(ends.reshape(-1, 2) * 10).astype(np.int64)  # decimetres: a micro-degree
    _, which, count = np.unique(whole, axis=0, return_inverse=True, return_counts=True)
    return (count[which.reshape(-1, 2)] == 1).any(axis=1)
