"""What each face weighs: points in it, or the length of its roads; a road between two faces counts half for each."""

import numpy as np
import shapely

from xiuhua.space.divide.arrangement import NEAR_M
from xiuhua.space.divide.blocks import Blocks
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
from xiuhua.space.divide.result import Outside

SHARINGS = 60  # rounds; what has not left a large crossing by then stays in it
AT_ONCE = 500_000  # points looked up together; bounds the memory


def point_loads(faces: Faces, weights: Weights) -> tuple[Floats, Outside]:
    """The loads, and what lies in no street. A point on a border is in the first face."""
    loads, inside, found = np.zeros(len(faces.shapes)), 0.0, 0
    tree = shapely.STRtree(faces.shapes)
    for start in range(0, len(weights.points), AT_ONCE):
        points, weight = weights.points[start : start + AT_ONCE], weights.weight[start : start + AT_ONCE]
        place, face = tree.query(shapely.points(points), predicate="intersects")
        order = np.lexsort((face, place))
        place, first = np.unique(place[order], return_index=True)
        loads += totals(face[order][first], weight[place], len(loads))
        inside += float(weight[place].sum())
        found += len(place)
    return loads, Outside(len(weights.points) - found, float(weights.weight.sum()) - inside)


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


def shared_out(load: Floats, fine: Blocks, loose: Flags) -> Floats:
    """The load of loose ground given to the blocks around it by what border they share.

    So a road with two carriageways counts half for each of its sides, whichever grid its median lies in.
    """
    pairs = np.concatenate([fine.beside, fine.beside[:, ::-1]])
    share = np.concatenate([fine.beside_m, fine.beside_m])
    from_loose = loose[pairs[:, 0]]
    pairs, share = pairs[from_loose], share[from_loose]
    share = share / totals(pairs[:, 0], share, len(load))[pairs[:, 0]]
    settled, moving = np.where(loose, 0.0, load), np.where(loose, load, 0.0)
    for _ in range(SHARINGS):
        if not moving.any():
            break
        stuck = moving.copy()
        stuck[pairs[:, 0]] = 0.0
        given = totals(pairs[:, 1], moving[pairs[:, 0]] * share, len(load))
        settled += np.where(loose, 0.0, given) + stuck
        moving = np.where(loose, given, 0.0)
    return settled + moving


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
