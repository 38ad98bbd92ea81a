"""Where components stand: along kerbs, at corners, on bridges and banks. Points only; codes come after.

A component stands where there is room: not in the water, and off every carriageway unless it is a cover in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.rules import Rule, rules
from xiuhua.simulate.ground.ways import Line

CLEAR_M: Final = 0.25  # a kerbstone: so far off the carriageway at least
CORNER_M: Final = 1.5
APART_M: Final = 2.5  # ours: nearer than that no two of one class stand


@dataclass(frozen=True)
class Standing:
    """`road` is the place of the line it stands along, -1 where along none; `along_m` how far from its beginning."""

    points: Any
    rule: Any
    road: Any
    along_m: Any

    def only(self, good: Any) -> "Standing":
        return Standing(self.points[good], self.rule[good], self.road[good], self.along_m[good])


def joined(found: Iterable[Standing]) -> Standing:
    parts = list(found)
    return Standing(
        *(
            np.concatenate([getattr(p, field) for p in parts])
            for field in ("points", "rule", "road", "along_m")
        )
    )


@dataclass(frozen=True)
class Kerbs:
    """The middle lines that components stand along, as arrays."""

    shapes: Any
    kinds: Any
    half_m: Any

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Kerbs":
        return cls(
            np.array([line.shape for line in lines]),
            np.array([line.kind for line in lines], dtype=object),
            np.array([line.half_m for line in lines]),
        )


def along(kerbs: Kerbs, density: float, seed: int) -> Standing:
    middle = shapely.get_coordinates(shapely.line_interpolate_point(kerbs.shapes, 0.5, normalized=True))
    length = shapely.length(kerbs.shapes)
    return joined(_along(rule, kerbs, length, (middle, density, seed)) for rule in rules()["along"])


def _along(rule: Rule, kerbs: Kerbs, length: Any, drawn: tuple[Any, float, int]) -> Standing:
    middle, density, seed = drawn
    spacing = np.array([rule.spacing.get(kind, np.inf) for kind in kerbs.kinds])
    chance = at_places(seed, f"phase {rule.cls}", middle)
    count = np.floor(length / spacing * density + chance).astype(int)
    road = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(road)) - np.repeat(np.cumsum(count) - count, count)
    at = (number + 0.25 + 0.5 * chance[road]) / count[road] * length[road]
    first_left = (np.floor(chance * 1000) % 2)[road]
    side = np.where((number + first_left) % 2 == 0, 1.0, -1.0)
    away = side * np.maximum(kerbs.half_m[road] + rule.off_m, 0.3)
    points = _beside(kerbs.shapes[road], at, length[road], away)
    return Standing(points, np.full(len(road), _place(rule)), road, at)


def _beside(shapes: Any, at: Any, length: Any, away: Any) -> Any:
    on = shapely.get_coordinates(shapely.line_interpolate_point(shapes, at))
    back = shapely.get_coordinates(shapely.line_interpolate_point(shapes, np.maximum(at - 1, 0)))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(shapes, np.minimum(at + 1, length)))
    forward = ahead - back
    forward /= np.maximum(np.hypot(*forward.T), 1e-9)[:, None]
    return on + np.column_stack([-forward[:, 1], forward[:, 0]]) * away[:, None]


def at_junctions(kerbs: Kerbs, ranks: Any) -> Standing:
    """The third of the ways that meet, by rank, is the road that crosses: a side lane gets no traffic light."""
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(kerbs.shapes, end)) for end in (0, -1)])
    inner = np.concatenate([_inner(kerbs.shapes, 8.0), _inner(kerbs.shapes, -8.0)])
    line = np.tile(np.arange(len(kerbs.shapes)), 2)
    _, node = np.unique(np.rint(ends * 10), axis=0, return_inverse=True)
    order = np.lexsort((line, ranks[line], node.ravel()))
    node, line, ends, inner = node.ravel()[order], line[order], ends[order], inner[order]
    first = np.flatnonzero(np.r_[True, np.diff(node) > 0])
    crossing = first[np.diff(np.r_[first, len(node)]) >= 3]
    main, third = line[crossing], line[crossing + 2]
    forward = inner[crossing] - ends[crossing]
    forward /= np.maximum(np.hypot(*forward.T), 1e-9)[:, None]
    found = []
    for rule in rules()["junction"]:
        count = np.array([rule.each.get(kind, 0) for kind in kerbs.kinds[third]], dtype=int)
        which = np.repeat(np.arange(len(count)), count)
        number = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + int(rule.cls) % 4
        fore, side = np.where(number % 4 < 2, 1.0, -1.0), np.where(number % 2 == 0, 1.0, -1.0)
        ahead = fore * (kerbs.half_m[third][which] + CORNER_M)
        aside = side * (kerbs.half_m[main][which] + CORNER_M + 0.4 * (int(rule.cls) % 3))
        across = np.column_stack([-forward[:, 1], forward[:, 0]])
        points = ends[crossing][which] + forward[which] * ahead[:, None] + across[which] * aside[:, None]
        found.append(Standing(points, np.full(len(which), _place(rule)), main[which], np.zeros(len(which))))
    return joined(found)


def _inner(shapes: Any, away: float) -> Any:
    """A point a few metres from the line's beginning, or from its end where `away` is negative."""
    return shapely.get_coordinates(shapely.line_interpolate_point(shapes, away))


def at_waters(waters: Any, roads: Any, density: float) -> Standing:
    """`waters` are middles with their half widths. A bridge where a road crosses, railings and signs on the banks."""
    found = []
    for middle, half, bank in waters:
        crossing = shapely.get_parts(shapely.intersection(roads, middle))
        crossing = crossing[shapely.get_type_id(crossing) == 0]
        found.append(_standing(rules()["bridge"][0], shapely.get_coordinates(crossing)))
        for rule in rules()["bank"]:
            at = np.arange(20.0, middle.length, rule.every_m / density) if bank else np.array([])
            side = np.where(np.arange(len(at)) % 2 == 0, 1.0, -1.0) * (half + 1.5)
            points = _beside(np.full(len(at), middle), at, middle.length, side)
            found.append(_standing(rule, points))
    return joined(found)


def at_uses(places: Any, uses: Any) -> Standing:
    found = []
    for rule in rules()["place"]:
        count = np.array([rule.each.get(use, 0) for use in uses], dtype=int)
        found.append(_standing(rule, np.repeat(places, count, axis=0)))
    return joined(found)


def _standing(rule: Rule, points: Any) -> Standing:
    count = len(points)
    return Standing(points.reshape(-1, 2), np.full(count, _place(rule)), np.full(count, -1), np.zeros(count))


ALL: Final = tuple(rule for given in rules().values() for rule in given)


def _place(rule: Rule) -> int:
    return ALL.index(rule)


def with_room(found: Standing, kerbs: Kerbs, wet: Any, buildings: Any) -> Any:
    """Which of them stand where there is room: not in the water, in a house or on a carriageway."""
    bridge = {_place(rule) for rule in rules()["bridge"]}
    in_road = np.array([rule.off_m < 0 or at in bridge for at, rule in enumerate(ALL)])[found.rule]
    good = np.ones(len(found.rule), dtype=bool)
    good[shapely.contains_xy(wet, found.points) & ~np.isin(found.rule, list(bridge))] = False
    points = shapely.points(found.points)
    good[shapely.STRtree(buildings).query(points, predicate="intersects")[0]] = False
    for half in np.unique(kerbs.half_m):
        tree = shapely.STRtree(kerbs.shapes[kerbs.half_m == half])
        asked = np.flatnonzero(good & ~in_road)
        hit, _ = tree.query(
            points[asked], predicate="dwithin", distance=half - 1e-6 + min(CLEAR_M, half / 10)
        )
        good[asked[hit]] = False
    return good


def too_near(found: Standing) -> Any:
    """Which of them stand on another of their class: one thing surveyed twice, a plausibility check would say."""
    points = shapely.points(found.points)
    first, second = shapely.STRtree(points).query(points, predicate="dwithin", distance=APART_M)
    same = (first < second) & (found.rule[first] == found.rule[second])
    near = np.zeros(len(points), dtype=bool)
    near[second[same]] = True
    return near
