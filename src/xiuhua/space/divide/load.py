"""What each face weighs: points in it, or the length of its roads; a road between two faces counts half for each."""

import numpy as np
import shapely

from xiuhua.space.divide.arrangement import NEAR_M
from xiuhua.space.divide.faces import Faces
from xiuhua.space.divide.given import (
    CROSSING,
    GAP,
    STREET_BORDER,
    Flags,
    Floats,
    Lines,
    Rules,
    Weights,
    totals,
)
from xiuhua.space.divide.network import Kinds, Network

AT_ONCE = 500_000  # points looked up together; bounds the memory


def point_loads(faces: Faces, weights: Weights) -> tuple[Floats, float]:
    """The loads, and what weight lies in no street. A point on a border is in the first face."""
    loads, inside = np.zeros(len(faces.shapes)), 0.0
    tree = shapely.STRtree(faces.shapes)
    for start in range(0, len(weights.points), AT_ONCE):
        points, weight = weights.points[start : start + AT_ONCE], weights.weight[start : start + AT_ONCE]
        place, face = tree.query(shapely.points(points), predicate="intersects")
        order = np.lexsort((face, place))
        place, first = np.unique(place[order], return_index=True)
        loads += totals(face[order][first], weight[place], len(loads))
        inside += float(weight[place].sum())
    return loads, float(weights.weight.sum()) - inside


def road_metres(faces: Faces, net: Network, lines: Lines, rules: Rules) -> Floats:
    walked = _walked(net.table, rules)
    pieces = faces.pieces
    metres = np.zeros(len(faces.shapes))
    on_road = walked[pieces.kind]
    for side in pieces.sides.T:
        here = on_road & (side >= 0)
        metres += totals(side[here], pieces.length[here] / 2, len(metres))
    dead = faces.dead[walked[net.kinds[faces.dead]]]
    inside = np.concatenate([net.edges[dead], _no_borders(lines, rules)])
    return metres + _within(faces.shapes, inside)


def _walked(table: Kinds, rules: Rules) -> Flags:
    idle = rules.not_walked | {GAP, CROSSING, STREET_BORDER}
    return np.array([name not in idle for name in table.names])


def _no_borders(lines: Lines, rules: Rules) -> Floats:
    return lines.shapes[~np.isin(lines.kinds, [*rules.costs, *rules.not_walked])]


def _within(faces: Floats, lines: Floats) -> Floats:
    """Metres of each face's own lines."""
    line, face = shapely.STRtree(faces).query(lines, predicate="intersects")
    covered = shapely.length(shapely.intersection(lines[line], faces[face]))
    covered[covered < NEAR_M] = 0
    return totals(face, covered, len(faces))
