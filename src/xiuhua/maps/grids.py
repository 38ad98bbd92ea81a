"""Grids in a tile: outlines of every tier that can be told apart at the zoom, and a place for each name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.district import District
from xiuhua.domain.grid import Grid, Tier
from xiuhua.maps.drawing import MOST, Sheet, areas, points
from xiuhua.maps.tile import Tile
from xiuhua.space.metres import polygon

SHEET, NAMES = "grid", "grid_name"
# ours: the zoom from which the grids of a tier are more than dust
FROM_ZOOM: Final[Mapping[Tier, int]] = {
    Tier.DISTRICT: 0, Tier.STREET: 0, Tier.EVALUATION: 10, Tier.MANAGEMENT: 11, Tier.RESPONSIBILITY: 11,
    Tier.COMMUNITY: 12, Tier.UNIT: 14,
}  # fmt: skip
_DAYS: Final = 4  # ours: divisions kept in memory, of today and of days looked at


@dataclass(frozen=True, slots=True)
class Divided:
    """The grids of a day, with what is drawn of each."""

    zooms: Any
    shapes: Any
    middles: Any
    tags: list[dict[str, Any]]
    tree: Any

    def here(self, tile: Tile) -> Any:
        box = tile.box
        found = np.sort(self.tree.query(shapely.box(box.west, box.south, box.east, box.north)))
        return found[self.zooms[found] <= tile.z][: MOST // 2]


_kept: dict[tuple[str, date], Divided] = {}


def divided(district: District, day: date) -> Divided:
    """Kept for the last few days that were looked at. Two threads may make the same: the second wins."""
    key = (district.version, day)
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= _DAYS:
            _kept.pop(next(iter(_kept)), None)
        found = _kept[key] = _divided(district, day)
    return found


def _divided(district: District, day: date) -> Divided:
    """Large before small, so that what is left out of a full tile is small."""
    outlined = [grid for grid in district.grids.active(day) if grid.outline]
    outlined.sort(key=lambda g: (FROM_ZOOM[g.tier], g.tier, g.code))
    shapes = np.array([polygon(grid) for grid in outlined], dtype=object)
    middles = shapely.point_on_surface(shapes) if len(shapes) else np.empty(0, dtype=object)
    zooms = np.array([FROM_ZOOM[grid.tier] for grid in outlined], dtype=int)
    return Divided(zooms, shapes, middles, [_tags(g) for g in outlined], shapely.STRtree(shapes))


def _tags(grid: Grid) -> dict[str, Any]:
    return {
        "code": grid.code, "tier": grid.tier.value, "short": grid.short, "zh": grid.name.zh, "en": grid.name.en,
        "street": grid.street,
    }  # fmt: skip


def sheets(tile: Tile, district: District, day: date) -> list[Sheet]:
    all_grids, outlines, names = divided(district, day), Sheet(SHEET), Sheet(NAMES)
    here = all_grids.here(tile)
    if len(here):
        tags = [all_grids.tags[i] for i in here.tolist()]
        areas(outlines, tile, all_grids.shapes[here], tags)
        _named(names, tile, all_grids.middles[here], tags)
    return [outlines, names]


def _named(names: Sheet, tile: Tile, middles: Any, tags: list[dict[str, Any]]) -> None:
    """A name stands once: in the tile that holds the middle."""
    degrees, seen = shapely.get_coordinates(middles), tile.seen
    lons, lats = degrees[:, 0], degrees[:, 1]
    inside = (lons >= seen.west) & (lons < seen.east) & (lats >= seen.south) & (lats < seen.north)
    kept = np.flatnonzero(inside).tolist()
    points(names, tile, degrees[inside], [tags[i] for i in kept])
