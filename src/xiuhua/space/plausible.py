"""Which points are in doubt: in water, inside a building, far from any road, on top of one another. In metres.

What a class may do is in `domain.plausible`. A layer that is not there raises no doubt.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.domain.plausible import AT_THE_RIM_M, ON_A_BRIDGE_M, Doubt, Standing
from xiuhua.space.metres import Metres

FAR_M: Final = 300.0  # ours: roads are looked for no farther; how much farther matters to nobody
_NO_SHAPES: Final[NDArray[np.object_]] = np.empty(0, dtype=object)


@dataclass(frozen=True)
class Surroundings:
    """Shapes in WGS 84; `road_width_m` of each road."""

    water: NDArray[np.object_] = field(default_factory=lambda: _NO_SHAPES)
    buildings: NDArray[np.object_] = field(default_factory=lambda: _NO_SHAPES)
    roads: NDArray[np.object_] = field(default_factory=lambda: _NO_SHAPES)
    road_width_m: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, slots=True)
class Doubted:
    """`point` and `other` are places in the arrays; `other` only for those that crowd."""

    point: int
    doubt: Doubt
    distance_m: float
    other: int = -1


@dataclass(frozen=True)
class Points:
    """Degrees, what each is, and by how many metres its place may be wrong."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    classes: Sequence[str]
    error_m: NDArray[np.float64]


def doubted(points: Points, rules: Mapping[str, Standing], around: Surroundings) -> tuple[Doubted, ...]:
    """In the order of the points. `rules` has a row for each class."""
    if not len(points.lon):
        return ()
    found = _Looking(points, rules, around)
    every = (*found.in_water(), *found.in_buildings(), *found.far_from_roads(), *found.crowded())
    return tuple(sorted(every, key=lambda doubt: (doubt.point, doubt.doubt)))


class _Looking:
    def __init__(self, points: Points, rules: Mapping[str, Standing], around: Surroundings) -> None:
        self._metres = Metres(float(np.mean(points.lat)))
        east, north = self._metres.scale
        self._points: Any = shapely.points(points.lon * east, points.lat * north)
        self._error_m = points.error_m
        self._around = around
        names = sorted(rules)
        place = {name: i for i, name in enumerate(names)}
        self._class = np.array([place[name] for name in points.classes])
        self._rules = [rules[name] for name in names]
        self._road_m = self._to_road()

    def _those(self, wanted: Sequence[bool]) -> NDArray[np.int64]:
        return np.flatnonzero(np.array(wanted)[self._class])

    def in_water(self) -> Iterator[Doubted]:
        """Beside a road over the water it is a bridge."""
        which = self._those([not rule.water for rule in self._rules])
        which = which[~(self._road_m[which] <= ON_A_BRIDGE_M)]
        yield from self._inside(which, self._around.water, Doubt.IN_WATER)

    def in_buildings(self) -> Iterator[Doubted]:
        which = self._those([not rule.building for rule in self._rules])
        yield from self._inside(which, self._around.buildings, Doubt.IN_BUILDING)

    def _inside(self, which: NDArray[np.int64], shapes: Any, doubt: Doubt) -> Iterator[Doubted]:
        areas = self._metres.flat(shapes[shapely.get_dimensions(shapes) == 2])
        if not len(areas) or not len(which):
            return
        points, hits = shapely.STRtree(areas).query(self._points[which], predicate="intersects")
        deep = shapely.distance(self._points[which[points]], shapely.boundary(areas[hits]))
        for point, metres in dict(sorted(zip(which[points].tolist(), deep.tolist(), strict=True))).items():
            if metres > AT_THE_RIM_M + self._error_m[point]:
                yield Doubted(point, doubt, round(metres, 1))

    def _to_road(self) -> NDArray[np.float64]:
        """Metres from the edge of the nearest road; infinite where none is near, nan where there are no roads."""
        if not len(self._around.roads):
            return np.full(len(self._points), np.nan)
        near = np.full(len(self._points), np.inf)
        tree = shapely.STRtree(self._metres.flat(self._around.roads))
        (points, roads), metres = tree.query_nearest(
            self._points, max_distance=FAR_M, return_distance=True, all_matches=False
        )
        near[points] = np.maximum(metres - self._around.road_width_m[roads] / 2, 0)
        return near

    def far_from_roads(self) -> Iterator[Doubted]:
        limit = np.array([rule.road_m or np.inf for rule in self._rules])[self._class]
        for point in np.flatnonzero(self._road_m > limit):
            yield Doubted(int(point), Doubt.FAR_FROM_ROAD, round(min(float(self._road_m[point]), FAR_M), 1))

    def crowded(self) -> Iterator[Doubted]:
        """The later one of two."""
        for number, rule in enumerate(self._rules):
            which = np.flatnonzero(self._class == number)
            if rule.apart_m and len(which) > 1:
                points = self._points[which]
                one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=rule.apart_m)
                later = one > other
                metres = shapely.distance(points[one[later]], points[other[later]])
                for a, b, apart in zip(which[one[later]], which[other[later]], metres, strict=True):
                    yield Doubted(int(a), Doubt.CROWDED, round(float(apart), 2), int(b))
