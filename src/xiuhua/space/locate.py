"""Where a point lies: its unit grid, the responsibility grid, the street, or how far outside it is.

A point on a border belongs to one side, always the same: to the smallest tier, and there to the smallest code.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import shapely

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.space.metres import Metres, polygon

TIERS: Final = tuple(Tier)  # from small to large


@dataclass(frozen=True, slots=True)
class Located:
    """Codes; empty where there is none. `grid` is the smallest grid below the street, usually the unit grid."""

    grid: str
    unit: str
    responsibility_grid: str
    community: str
    street: str
    area_class: str


@dataclass(frozen=True, slots=True)
class Outside:
    distance_m: float


class Locator:
    """The grids with an outline as they were on one day."""

    def __init__(self, grids: Grids, day: date) -> None:
        active = [grid for grid in grids.active(day) if grid.outline]
        parents = {grid.parent for grid in active}
        self._all = sorted(active, key=lambda g: (TIERS.index(g.tier), g.code))
        self._leaves = [grid for grid in self._all if grid.code not in parents]
        self._located = [_located(grids.chain(grid.code, day)) for grid in self._leaves]
        self._tree = shapely.STRtree([polygon(grid) for grid in self._leaves])
        self._chain = grids.chain
        self._day = day

    def locate(self, place: Wgs84) -> Located | Outside:
        hits = self._tree.query(shapely.Point(place.lon, place.lat), predicate="intersects")
        return self._located[hits.min()] if len(hits) else self._between(place)

    def _between(self, place: Wgs84) -> Located | Outside:
        """In no smallest grid: in a gap of a street, in a street without grids, or outside."""
        point = shapely.Point(place.lon, place.lat)
        hits = self._larger.query(point, predicate="intersects")
        if len(hits):
            return _located(self._chain(self._all[hits.min()].code, self._day))
        return Outside(self._metres.flat(point).distance(self._edge) if self._all else float("inf"))

    @cached_property
    def _larger(self) -> shapely.STRtree:
        return shapely.STRtree([polygon(grid) for grid in self._all])

    @cached_property
    def _metres(self) -> Metres:
        return Metres(sum(p.lat for p in self._all[0].outline) / len(self._all[0].outline))

    @cached_property
    def _edge(self) -> Any:
        return self._metres.flat(shapely.union_all([polygon(grid) for grid in self._leaves]))


def _located(chain: Iterable[Grid]) -> Located:
    by_tier = {grid.tier: grid for grid in chain}
    codes = {tier: grid.code for tier, grid in by_tier.items()}
    below = [g for g in by_tier.values() if g.tier not in (Tier.STREET, Tier.DISTRICT)]
    return Located(
        grid=below[0].code if below else "",
        unit=codes.get(Tier.UNIT, ""),
        responsibility_grid=codes.get(Tier.RESPONSIBILITY, ""),
        community=codes.get(Tier.COMMUNITY, ""),
        street=codes.get(Tier.STREET, ""),
        area_class=next((grid.area_class for grid in by_tier.values() if grid.area_class), ""),
    )
