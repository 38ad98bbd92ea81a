"""The roads as a map of OSM's kind has them: two lines for a road with a central reserve, roundabouts, flyovers with
slip roads; in pieces from one junction to the next.

The grids are drawn on the middle lines instead: a border is one line, not two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
import shapely
import shapely.ops

from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.curves import smooth
from xiuhua.simulate.ground.frame import Frame
from xiuhua.simulate.ground.mesh import cut, dead_ends
from xiuhua.simulate.ground.ways import Line

TAPER_M: Final = 35.0  # over which two carriageways come together
ROUND_M: Final = 42.0  # of a roundabout
ROUNDABOUTS: Final = 0.035  # ours: share of junctions of main roads
FAST: Final = frozenset({"trunk", "motorway"})
RESERVE_M: Final = 16.0  # from one carriageway to the other at most
ENDS_AT_M: Final = 25.0
LINK_M: Final = 240.0  # ours: along the fast road, where a slip road leaves it


def network(lines: list[Line], main: list[Line], frame: Frame, seed: int) -> list[Line]:
    """`lines` are pieces of middle lines, `main` the roads of the plan as long as they run."""
    roads = [line for line in lines if line.way.road]
    single = [r for r in roads if not r.dual]
    ends, names = shapely.STRtree([r.shape for r in single]), np.array([r.name for r in single], dtype=object)
    dual = [line for line in main if line.dual]
    doubled = [one for line in dual for one in _carriageways(line, ends, names)]
    fast = [line for line in doubled if line.kind in FAST]
    links = list(
        _links([line for line in dual if line.kind in FAST], [r for r in main if r.kind == "primary"])
    )
    slow = [*single, *(line for line in doubled if line.kind not in FAST)]
    slow = list(_roundabouts(slow, roads, seed))
    pieces = [p for p in cut([*slow, *links], frame).of([*slow, *links]) if p.kind != "trunk_link"]
    pieces = _without_reserves(pieces, [r for r in dual if r.kind not in FAST])
    above = cut([*fast, *links], frame).of([*fast, *links]) if fast else []
    return [*pieces, *above]


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """What a road is in the town and what it is outside, put together."""
    groups: dict[str, list[Any]] = {}
    for line in lines:
        groups.setdefault(line.name, []).append(line.shape)
    for name, shapes in groups.items():
        for shape in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(shapes))):
            yield Line(shape, "primary", name)


def _carriageways(line: Line, single: Any, names: Any) -> Iterator[Line]:
    """Both meet where the road goes on with one."""
    meets = [_goes_on(line, end, single, names) for end in (0, -1)]
    for side in (1, -1):
        shape = shapely.offset_curve(line.shape, side * line.way.apart_m / 2, quad_segs=4)
        parts = shapely.get_parts(shape)
        if len(parts) == 1 and any(meets) and shape.length > 4 * TAPER_M:
            yield replace(line, shape=_tapered(shape, line.shape, meets))
            continue
        for part in parts:
            yield replace(line, shape=part)


def _goes_on(line: Line, end: int, single: Any, names: Any) -> bool:
    point = shapely.get_point(line.shape, end)
    return line.name in names[single.query(point, predicate="dwithin", distance=1.0)]


def _tapered(side: Any, middle: Any, meets: list[bool]) -> Any:
    first = shapely.get_point(middle, 0)
    if side.project(first) > side.length / 2:
        side = side.reverse()
    low, high = (TAPER_M if meet else 0.0 for meet in meets)
    points = shapely.ops.substring(side, low, side.length - high).coords[:]
    start = [middle.coords[0]] if meets[0] else []
    return shapely.LineString([*start, *points, *([middle.coords[-1]] if meets[1] else [])])


def _roundabouts(lines: list[Line], roads: list[Line], seed: int) -> Iterator[Line]:
    chosen = _chosen_crossings(np.array([r.shape for r in roads if r.kind == "primary"]), seed)
    discs = shapely.get_parts(shapely.buffer(shapely.multipoints(chosen), ROUND_M, quad_segs=6))
    yield from (Line(disc.exterior, "primary") for disc in discs if not disc.is_empty)
    inside = shapely.union_all(discs)
    for line in lines:
        if not line.shape.intersects(inside):
            yield line
            continue
        for part in shapely.get_parts(shapely.difference(line.shape, inside)):
            yield replace(line, shape=part)


def _chosen_crossings(main: Any, seed: int) -> Any:
    """Some of the points where four main roads meet."""
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(main, end)) for end in (0, -1)])
    found, count = np.unique(np.round(ends, 1), axis=0, return_counts=True)
    crossing = found[count >= 4]
    return crossing[at_places(seed, "roundabout", crossing) < ROUNDABOUTS]


def _links(fast: Iterable[Line], main: list[Line]) -> Iterator[Line]:
    """Four slip roads where a main road meets a fast one, two where it ends at it."""
    mains = list(_merged(main))
    for ring in fast:
        if ring.kind != "trunk":
            continue
        for road in mains:
            for point in _meetings(ring.shape, road.shape):
                yield from _slips(ring, road, point)


def _meetings(ring: Any, road: Any) -> list[Any]:
    """Where the road crosses the ring, or ends at it but for the smoothing of both."""
    parts = shapely.get_parts(shapely.intersection(ring, road))
    ends = [shapely.get_point(road, end) for end in (0, -1)]
    near = [
        end
        for end in ends
        if end.distance(ring) < ENDS_AT_M and not shapely.dwithin(end, parts, LINK_M).any()
    ]
    return [*(part for part in parts if part.geom_type == "Point"), *near]


def _slips(ring: Line, road: Line, point: Any) -> Iterator[Line]:
    at = np.array(point.coords[0])
    for side in (1, -1):
        reach = road.shape.project(point) + side * 95
        if not 0 <= reach <= road.shape.length:  # the road ends here
            continue
        out = np.array(road.shape.interpolate(reach).coords[0]) - at
        for way in (1, -1):
            there = ring.shape.interpolate((ring.shape.project(point) + way * LINK_M) % ring.shape.length)
            along = np.array(there.coords[0]) - at
            across = out / np.hypot(*out)
            edge = at + along + across * ring.way.apart_m / 2
            curve = smooth(
                [edge, at + along * 0.55 + across * 26, at + along * 0.2 + across * 48, at + out], step_m=25
            )
            yield Line(curve, "trunk_link")


def _without_reserves(pieces: list[Line], dual: list[Line]) -> list[Line]:
    """A side road that ends at the road's middle line ends at its kerb here."""
    if not dual:
        return pieces
    tree = shapely.STRtree([line.shape for line in dual])
    for _ in range(3):
        shapes = np.array([piece.shape for piece in pieces])
        near = np.flatnonzero(dead_ends(shapes) & (shapely.length(shapes) < RESERVE_M))
        middles = shapely.line_interpolate_point(shapes[near], 0.5, normalized=True)
        within, _ = tree.query(middles, predicate="dwithin", distance=RESERVE_M / 2)
        if not len(within):
            break
        gone = set(near[np.unique(within)].tolist())
        pieces = [piece for at, piece in enumerate(pieces) if at not in gone]
    return pieces
