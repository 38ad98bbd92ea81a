"""Borders between grids: one side has each of them, always the same one, and a road on it where a rule says so.

On the line itself: the side that a rule names, otherwise the smaller code. On the road: points of the other grid
within half the width of the common border go to the named side, there to the nearest grid of each smaller tier.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.domain.boundary import BoundaryRule
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.validity import those_valid_on
from xiuhua.space.metres import Metres, polygon

TOUCHING_M: Final = 0.5  # ours: outlines of neighbours that were drawn apart by less have a common border
_TIERS: Final = tuple(Tier)
_STREET: Final = _TIERS.index(Tier.STREET)
_NONE: Final = -1


@dataclass(frozen=True, slots=True)
class _Road:
    """Where the named side reaches beyond its outline: `strip` in metres, inside the other grid."""

    tier: int
    side: int
    other: int
    strip: Any


class Borders:
    """`above` has by tier the places of the grids that each grid lies in."""

    def __init__(self, grids: Sequence[Grid], above: NDArray[np.int32], rules: Sequence[BoundaryRule]) -> None:
        self._grids, self._above = grids, above
        place = {grid.code: i for i, grid in enumerate(grids)}
        there = [rule for rule in rules if rule.pair <= place.keys()]
        self._side = {frozenset(place[code] for code in rule.pair): place[rule.side] for rule in there}
        self._metres = Metres(next((g.outline[0].lat for g in grids if g.outline), 0.0))
        self._shapes: dict[int, Any] = {}
        self._roads = tuple(self._road(rule, place) for rule in there if rule.width_m)

    # on the line

    def picked(self, hits: Sequence[int], above: Sequence[int]) -> int:
        """Of the grids of one tier that share a point, smallest code first; `above` is what is known of the point."""
        same_street = [hit for hit in hits if above[_STREET] in (_NONE, self._above[_STREET, hit])]
        first, *others = same_street or hits
        for other in others:
            if self._named(first, other) == other:
                first = other
        return first

    def _named(self, one: int, other: int) -> int | None:
        """Whose the border of the two is by a rule between them or between two grids that they lie in."""
        for a, b in zip(self._above[:, one].tolist(), self._above[:, other].tolist(), strict=True):
            side = self._side.get(frozenset({a, b})) if a != b else None
            if side is not None:
                return one if side == a else other
        return None

    # on the road

    def moved_one(self, lon: float, lat: float, above: tuple[int, ...]) -> tuple[int, ...]:
        if not any(above[road.tier] == road.other for road in self._roads):
            return above
        column = np.array([above], np.int32).T
        self.move(np.array([lon]), np.array([lat]), column)
        return tuple(column[:, 0].tolist())

    def move(self, lon: NDArray[np.float64], lat: NDArray[np.float64], above: NDArray[np.int32]) -> None:
        """Points on a road of another's go over to it, once: by the first rule that has them."""
        moved = np.zeros(len(lon), bool)
        for road in self._roads:
            points = np.flatnonzero((above[road.tier] == road.other) & ~moved)
            east, north = self._metres.scale
            points = points[shapely.intersects_xy(road.strip, lon[points] * east, lat[points] * north)]
            if len(points):
                flat = shapely.points(lon[points] * east, lat[points] * north)
                above[:, points] = self._over(road, flat, above[:, points])
                moved[points] = True

    def _over(self, road: _Road, points: Any, above: NDArray[np.int32]) -> NDArray[np.int32]:
        known = self._above[:, road.side]
        gone = np.where(known[:, None] != _NONE, known[:, None], above)
        for tier in range(_STREET):
            if known[tier] == _NONE:
                gone[tier] = self._nearest(road, tier, points, above[tier])
        return gone

    def _nearest(self, road: _Road, tier: int, points: Any, now: NDArray[np.int32]) -> NDArray[np.int32]:
        """Each point's own grid of the tier if that lies with the side, otherwise the nearest that does."""
        allowed = self._with(road, tier)
        if not len(allowed):
            return np.where(self._lies_with(road, now), now, _NONE).astype(np.int32)
        distance = shapely.distance(points[:, None], self._shape(allowed)[None, :])
        return np.where(np.isin(now, allowed), now, allowed[distance.argmin(axis=1)]).astype(np.int32)

    def _with(self, road: _Road, tier: int) -> NDArray[np.int64]:
        """The grids of the tier that lie in the side; where the tiers are not nested, in its street."""
        own = np.array([i for i, g in enumerate(self._grids) if g.tier is _TIERS[tier] and g.outline], np.int64)
        return own[self._lies_with(road, own)] if len(own) else own

    def _lies_with(self, road: _Road, grids: Any) -> Any:
        above = self._above[:, grids]
        nested = above[road.tier] != _NONE
        in_street = above[_STREET] == self._above[_STREET, road.side]
        return (grids != _NONE) & np.where(nested, above[road.tier] == road.side, in_street)

    def _shape(self, grids: NDArray[np.int64]) -> Any:
        return np.array([self._flat(int(grid)) for grid in grids])

    def _flat(self, grid: int) -> Any:
        if grid not in self._shapes:
            self._shapes[grid] = self._metres.flat(polygon(self._grids[grid]))
        return self._shapes[grid]

    def _road(self, rule: BoundaryRule, place: dict[str, int]) -> _Road:
        side, other = place[rule.side], place[rule.other]
        border = common_border(self._flat(side), self._flat(other))
        strip = border.buffer(rule.width_m / 2, cap_style="flat").intersection(self._flat(other))
        shapely.prepare(strip)
        shapely.intersects_xy(strip, 0, 0)
        return _Road(_TIERS.index(self._grids[side].tier), side, other, strip)


def apart(grids: Grids, rules: Iterable[BoundaryRule], day: date) -> tuple[BoundaryRule, ...]:
    """The rules of the day between grids that have no common border then, or are not there: they decide nothing."""
    found = []
    for rule in those_valid_on(rules, day):
        one, other = grids.on(rule.grid_a, day), grids.on(rule.grid_b, day)
        if one is None or other is None or not one.outline or not other.outline:
            found.append(rule)
            continue
        metres = Metres(one.outline[0].lat)
        if not common_border(metres.flat(polygon(one)), metres.flat(polygon(other))).length:
            found.append(rule)
    return tuple(found)


def common_border(one: Any, other: Any) -> Any:
    """The part of the one's border that is the other's too, in metres; empty where they do not touch."""
    return one.boundary.intersection(other.buffer(TOUCHING_M))
