"""The faces of the network inside the streets: the smallest ground that lines cut out, each wholly in one street."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from xiuhua.space.divide.arrangement import Arrangement, Pieces
from xiuhua.space.divide.given import Ints, Shapes
from xiuhua.space.divide.network import Network


@dataclass(frozen=True)
class Faces:
    """`area` is the number of the street that a face lies in; `pieces` know the faces on either side."""

    shapes: Shapes
    area: Ints
    pieces: Pieces
    dead: Ints  # edges that bound nothing, though they lie inside


def faces_of(net: Network, grounds: Sequence[shapely.Geometry]) -> Faces:
    shapes = shapely.get_parts(shapely.polygonize(net.edges))
    place, area = _inside(shapes, grounds)
    shapes = shapes[place]
    pieces = Arrangement(net.edges, net.kinds, shapes).pieces
    none = np.ones(len(net.edges), dtype=bool)
    none[pieces.edge[(pieces.sides >= 0).any(axis=1)]] = False
    return Faces(shapes, area, pieces, np.flatnonzero(none))


def _inside(shapes: Shapes, grounds: Sequence[shapely.Geometry]) -> tuple[Ints, Ints]:
    face, area = shapely.STRtree(np.array(grounds, dtype=object)).query(
        shapely.point_on_surface(shapes), predicate="within"
    )
    order = np.lexsort((area, face))
    face, first = np.unique(face[order], return_index=True)
    return face, area[order][first]
