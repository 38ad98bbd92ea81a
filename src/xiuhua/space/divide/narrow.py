"""Ground that is part of a road and no block: medians between two carriageways, roundabouts, islands in crossings.

A dual carriageway is one road, so a border on it is one line. Its median is cut wherever a road comes in from the side,
and each piece is then free to go with the ground on either side: the border takes one carriageway and stays on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from xiuhua.space.divide.faces import Faces
from xiuhua.space.divide.given import WIDE, Flags, Floats, Ints, Rules, Shapes, totals
from xiuhua.space.divide.network import Kinds, Network

HAIR_M = 0.5  # ours: two drawings of one line, such as a road and the street border along it
SLIM = 3.0  # ours: a median is this much longer than wide
ROUND = 0.82  # ours: Polsby and Popper; a square has 0.79, a circle 1
ARC, REACH = 1.5, 1.6  # of its width: how far along the edge the other side begins; how long a cut may be
SAME = 0.8  # of its width: a road from the other side this near is met


@dataclass(frozen=True)
class Narrow:
    """Which faces are of which sort."""

    median: Flags
    roundabout: Flags
    island: Flags
    hair: Flags
    width: Floats

    @property
    def any(self) -> Flags:
        return self.median | self.roundabout | self.island | self.hair


def narrow(faces: Faces, table: Kinds, rules: Rules) -> Narrow:
    area, around = shapely.area(faces.shapes), shapely.length(faces.shapes)
    half = around / 2
    root = np.sqrt(np.maximum(half**2 - 4 * area, 0))
    width, long = (half - root) / 2, (half + root) / 2  # of the rectangle with this area and edge
    widest = rules.lane_median_m + _wide_share(faces, table) * (rules.median_m - rules.lane_median_m)
    widest = np.maximum(
        widest, rules.min_width_m
    )  # a strip too thin for a grid is no block either, such as a quay
    hair = width < HAIR_M
    median = ~hair & (long >= SLIM * width) & (width < widest)
    roundabout = ~hair & ~median & (4 * np.pi * area / around**2 >= ROUND) & (area < rules.roundabout_m2)
    island = ~hair & ~median & ~roundabout & (area < rules.island_m2)
    return Narrow(median, roundabout, island, hair, width)


def within(shapes: Shapes, others: Shapes) -> Flags:
    """Which of the shapes lie in one of the others."""
    found = np.zeros(len(shapes), dtype=bool)
    found[shapely.STRtree(others).query(shapely.point_on_surface(shapes), predicate="within")[0]] = True
    return found


def _wide_share(faces: Faces, table: Kinds) -> Floats:
    wide = np.array([name in WIDE for name in table.names])[faces.pieces.kind]
    count = len(faces.shapes)
    metres, on_wide = np.zeros(count), np.zeros(count)
    for side in faces.pieces.sides.T:
        metres += totals(side[side >= 0], faces.pieces.length[side >= 0], count)
        here = (side >= 0) & wide
        on_wide += totals(side[here], faces.pieces.length[here], count)
    return on_wide / np.maximum(metres, 1e-9)


def crossings(net: Network, faces: Faces, found: Narrow) -> Shapes:
    """Lines across medians, each from a road that comes in on one side."""
    ends = shapely.get_coordinates(shapely.get_point(net.edges, 0)), shapely.get_coordinates(
        shapely.get_point(net.edges, -1)
    )  # fmt: skip
    nodes, times = np.unique(np.concatenate(ends), axis=0, return_counts=True)
    joints = np.asarray(shapely.points(nodes[times >= 3]))
    medians = np.flatnonzero(found.median)
    face, joint = shapely.STRtree(joints).query(faces.shapes[medians], predicate="touches")
    order = np.lexsort((joint, face))
    starts = np.searchsorted(face[order], np.arange(len(medians) + 1))
    cuts: list[Any] = []
    for place, median in enumerate(medians.tolist()):
        mine = joints[joint[order][starts[place] : starts[place + 1]]]
        cuts += _across(faces.shapes[median], shapely.get_coordinates(mine), float(found.width[median]))
    return np.array(cuts, dtype=object)


def _across(median: Any, joints: Floats, width: float) -> list[Any]:
    """The two ends of a median are no place to cut it: what is cut off has to be longer than wide."""
    ring = shapely.get_coordinates(shapely.segmentize(median.exterior, max(1.0, width / 4)))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    at = np.array([np.argmin(((ring - joint) ** 2).sum(axis=1)) for joint in joints], dtype=np.int64)
    done: set[int] = set()
    cuts: list[Any] = []
    for place in at.tolist():
        if place in done:
            continue
        foot = _foot(ring, along, place, width, at)
        if foot >= 0 and _fits(median, ring, along, (place, foot), width):
            done |= {place, foot}
            cuts.append(shapely.LineString([ring[place], ring[foot]]))
    return cuts


def _foot(ring: Floats, along: Floats, place: int, width: float, joints: Ints) -> int:
    """The nearest point on the other side, or the joint that is there; -1 where the other side is too far."""
    apart = np.abs(along - along[place])
    apart = np.minimum(apart, along[-1] - apart)
    away = np.where(apart > ARC * width, np.hypot(*(ring - ring[place]).T), np.inf)
    foot = int(np.argmin(away))
    if not away[foot] <= REACH * width:
        return -1
    near = joints[(np.abs(along[joints] - along[foot]) < SAME * width) & (away[joints] <= REACH * width)]
    return int(near[np.argmin(np.abs(along[near] - along[foot]))]) if len(near) else foot


def _fits(median: Any, ring: Floats, along: Floats, ends: Sequence[int], width: float) -> bool:
    first, last = sorted(ends)
    piece = shapely.Polygon(ring[first : last + 1]) if last - first > 1 else None
    if piece is None or not width**2 < piece.area < median.area - width**2:
        return False
    inner = ring[first] + np.array([[0.1], [0.5], [0.9]]) * (ring[last] - ring[first])
    return bool(shapely.contains_xy(median, inner).all())
