"""Where points lie: unit grid, responsibility grid, community, street, district, or how far outside they are.

From the smallest tier to the largest: the grid whose outline has the point, and what that grid lies in. A tier that is
not reached this way (a responsibility grid beside the communities) is found by its own outlines, so that a gap, a
street without grids and a detached part need no rule of their own. One point and a million get the same answer: both
ask the same predicate and settle borders by `borders`. Polygons are prepared when they are made: threads share them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.domain.boundary import BoundaryRule
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.validity import those_valid_on
from xiuhua.space.borders import Borders
from xiuhua.space.metres import Metres, polygon

TIERS: Final = tuple(Tier)  # from small to large
NONE: Final = -1  # no grid of this tier
CELL: Final = 0.002  # ours: degrees; some grids
PIECE: Final = 50_000  # ours: points at a time; more of them do not stay in the processor's cache

Numbers: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Located:
    """Codes; empty where there is none. `grid` is the smallest grid below the street, usually the unit grid."""

    grid: str
    unit: str
    responsibility_grid: str
    community: str
    street: str
    area_class: str
    district: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    distance_m: float


@dataclass(frozen=True, slots=True)
class LocatedMany:
    """For each point the place of its grid of a tier in `grids`, or NONE. `outside_m` is 0 for points inside."""

    grids: tuple[Grid, ...]
    at: Mapping[Tier, Places]
    outside_m: Numbers

    def codes(self, tier: Tier) -> NDArray[np.str_]:
        """The codes as text, for writing out."""
        return np.array([*(grid.code for grid in self.grids), ""])[self.at[tier]]

    def smallest(self) -> NDArray[np.str_]:
        """As `Located.grid`."""
        found = np.full(len(self.outside_m), NONE, np.int32)
        for tier in TIERS[: TIERS.index(Tier.STREET)]:
            found = np.where(found == NONE, self.at[tier], found)
        return np.array([*(grid.code for grid in self.grids), ""])[found]


class Locator:
    """The grids with an outline as they were on one day."""

    def __init__(self, grids: Grids, day: date, rules: Sequence[BoundaryRule] = ()) -> None:
        self.grids = tuple(sorted((g for g in grids.active(day)), key=lambda g: (TIERS.index(g.tier), g.code)))
        place = {grid.code: i for i, grid in enumerate(self.grids)}
        # of each grid the places of those it lies in, itself among them, by tier
        self._above = np.full((len(TIERS), len(self.grids)), NONE, np.int32)
        for i, grid in enumerate(self.grids):
            for above in grids.chain(grid.code, day):
                self._above[TIERS.index(above.tier), i] = place[above.code]
        self._layers = {t: _Layer(self.grids, self._above, t) for t in range(len(TIERS)) if self._outlined(t)}
        self._borders = Borders(self.grids, self._above, those_valid_on(rules, day))
        self._located: dict[tuple[int, ...], Located] = {}

    def locate(self, place: Wgs84) -> Located | Outside:
        above = self._one(place.lon, place.lat)
        if max(above) == NONE:
            return Outside(float(self._outside(np.array([place.lon]), np.array([place.lat]))[0]))
        found = self._located.get(above)
        if found is None:
            found = self._located[above] = self._saying(above)
        return found

    def locate_many(self, lon: Numbers, lat: Numbers) -> LocatedMany:
        """Raises ValueError where there are not as many of either. What is no number is outside, nan metres far."""
        lon, lat = np.ascontiguousarray(lon, np.float64), np.ascontiguousarray(lat, np.float64)
        if lon.shape != lat.shape or lon.ndim != 1:
            raise ValueError(f"as many longitudes as latitudes: {lon.shape}, {lat.shape}")
        above = np.full((len(TIERS), len(lon)), NONE, np.int32)
        order = _neighbours_together(lon, lat)
        for start in range(0, len(lon), PIECE):
            piece = order[start : start + PIECE]
            for tier, places in enumerate(self._many(lon[piece], lat[piece])):
                above[tier, piece] = places
        outside_m = np.zeros(len(lon))
        outside = np.flatnonzero((above == NONE).all(axis=0))
        outside_m[outside] = self._outside(lon[outside], lat[outside])
        return LocatedMany(self.grids, {tier: above[t] for t, tier in enumerate(TIERS)}, outside_m)

    def _outlined(self, tier: int) -> bool:
        return any(grid.outline and grid.tier is TIERS[tier] for grid in self.grids)

    def _one(self, lon: float, lat: float) -> tuple[int, ...]:
        above = [NONE] * len(TIERS)
        for t, layer in self._layers.items():
            if above[t] == NONE:
                hits = layer.hits(lon, lat)
                if hits:
                    self._add(above, hits[0] if len(hits) == 1 else self._borders.picked(hits, above))
        return self._borders.moved_one(lon, lat, tuple(above))

    def _add(self, above: list[int], grid: int) -> None:
        for t, place in enumerate(self._above[:, grid].tolist()):
            if above[t] == NONE:
                above[t] = place

    def _many(self, lon: Numbers, lat: Numbers) -> Places:
        """Of each point the places of its grids, a row for each tier."""
        above = np.full((len(TIERS), len(lon)), NONE, np.int32)
        made: Any = shapely.points(lon, lat)  # the dearest step, so once for all tiers
        for t, layer in self._layers.items():
            wanted = np.flatnonzero(above[t] == NONE)
            found, hits = layer.all_hits(made[wanted], lon[wanted], lat[wanted])
            points, grids = self._settled(wanted[found], hits, above)
            for tier in layer.reached:
                here = above[tier, points]
                above[tier, points] = np.where(here == NONE, self._above[tier, grids], here)
        self._borders.move(lon, lat, above)
        return above

    def _settled(self, points: Any, hits: Any, above: Places) -> tuple[Any, Any]:
        """Every point once: on a border with the grid that it is given to."""
        several = np.bincount(points)[points] > 1 if len(points) else np.zeros(0, bool)
        if not several.any():
            return points, hits
        grouped: dict[int, list[int]] = {}
        for point, hit in zip(points[several].tolist(), hits[several].tolist(), strict=True):
            grouped.setdefault(point, []).append(hit)
        picked = [self._borders.picked(sorted(found), above[:, point].tolist()) for point, found in grouped.items()]
        return np.append(points[~several], list(grouped)), np.append(hits[~several], picked)

    def _saying(self, above: tuple[int, ...]) -> Located:
        code = {tier: self.grids[place].code if place != NONE else "" for tier, place in zip(TIERS, above, strict=True)}
        chain = [self.grids[place] for place in above if place != NONE]
        below = [code[tier] for tier in TIERS[: TIERS.index(Tier.STREET)] if code[tier]]
        return Located(
            grid=below[0] if below else "",
            unit=code[Tier.UNIT],
            responsibility_grid=code[Tier.RESPONSIBILITY],
            community=code[Tier.COMMUNITY],
            street=code[Tier.STREET],
            area_class=next((grid.area_class for grid in chain if grid.area_class), ""),
            district=code[Tier.DISTRICT],
        )

    def _outside(self, lon: Numbers, lat: Numbers) -> Numbers:
        """Metres to the nearest grid of any tier; infinitely far where there is none."""
        far = np.full(len(lon), np.inf if not self._layers else np.nan)
        points = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        if self._layers and len(points):
            tree, metres = self._flat
            flat = metres.flat(shapely.points(lon[points], lat[points]))
            (asked, _), distance = tree.query_nearest(flat, return_distance=True, all_matches=False)
            far[points[asked]] = distance
        return far

    @cached_property
    def _flat(self) -> tuple[shapely.STRtree, Metres]:
        shapes = np.concatenate([layer.shapes for layer in self._layers.values()])
        _, south, _, north = shapely.total_bounds(shapes)
        metres = Metres((south + north) / 2)
        return shapely.STRtree(metres.flat(shapes)), metres


def _neighbours_together(lon: Numbers, lat: Numbers) -> NDArray[np.int64]:
    """An order in which points of one cell follow each other: their polygons stay in the processor's cache."""
    cells = np.floor(np.nan_to_num(lat) / CELL) * 1e6 + np.floor(np.nan_to_num(lon) / CELL)
    return np.argsort(cells, kind="stable")


class _Layer:
    """The outlines of one tier, and the tiers that are known with each."""

    def __init__(self, grids: Sequence[Grid], above: Places, tier: int) -> None:
        own = [(i, grid) for i, grid in enumerate(grids) if grid.tier is TIERS[tier] and grid.outline]
        self.places = np.array([i for i, _ in own], np.int32)
        self.reached = [t for t in range(len(TIERS)) if (above[t, self.places] != NONE).any()]
        self.shapes: Any = np.array([polygon(grid) for _, grid in own])
        shapely.prepare(self.shapes)
        west, south, _, _ = shapely.bounds(self.shapes).T
        shapely.intersects_xy(self.shapes, west, south)  # builds the index of each now, not in two threads at once
        self._tree = shapely.STRtree(self.shapes)
        self._tree.query(self.shapes[0])

    def hits(self, lon: float, lat: float) -> list[int]:
        near = self._tree.query(shapely.points(lon, lat))
        inside = near[shapely.intersects_xy(self.shapes[near], lon, lat)]
        return sorted(self.places[inside].tolist())

    def all_hits(self, made: Any, lon: Numbers, lat: Numbers) -> tuple[NDArray[np.int64], Places]:
        """Pairs of a point's place in the arrays and a grid; points of no grid do not come up."""
        points, near = self._tree.query(made)
        inside = shapely.intersects_xy(self.shapes[near], lon[points], lat[points])
        return points[inside], self.places[near[inside]]
