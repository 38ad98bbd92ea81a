"""Grids in a tile: outlines of every tier that can be told apart at the zoom, and a place for each name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.district import District
from xiuhua.domain.former_grid import Line, last_day, of_line
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.maps.drawing import MOST, Sheet, areas, points
from xiuhua.maps.tile import Tile
from xiuhua.space.metres import polygon

SHEET, NAMES = "grid", "grid_name"
FORMER: Final = ("former", "former_name")
# ours: the zoom from which the grids of a tier are more than dust
FROM_ZOOM: Final[Mapping[Tier, int]] = {
    Tier.DISTRICT: 0, Tier.STREET: 0, Tier.EVALUATION: 10, Tier.MANAGEMENT: 11, Tier.RESPONSIBILITY: 11,
    Tier.COMMUNITY: 12, Tier.UNIT: 14,
}  # fmt: skip
_DAYS: Final = 6  # ours: divisions kept in memory, of today, of days looked at, of lines of former grids


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


_kept: dict[tuple[str, str, date], Divided] = {}


def _remembered(key: tuple[str, str, date], make: Callable[[], Divided]) -> Divided:
    """The last few that were looked at. Two threads may make the same: the second wins."""
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= _DAYS:
            _kept.pop(next(iter(_kept)), None)
        found = _kept[key] = make()
    return found


def divided(district: District, day: date) -> Divided:
    return _remembered((district.version, "", day), lambda: _divided(district, day))


def _divided(district: District, day: date) -> Divided:
    """Large before small, so that what is left out of a full tile is small."""
    outlined = [grid for grid in district.grids.active(day) if grid.outline]
    outlined.sort(key=lambda g: (FROM_ZOOM[g.tier], g.tier, g.code))
    zooms = [FROM_ZOOM[grid.tier] for grid in outlined]
    return _drawn([polygon(grid) for grid in outlined], zooms, [_tags(grid) for grid in outlined])


def former(district: District, line: Line, day: date) -> Divided:
    """The grids a line of work had for itself; after they have ended, those of their last day."""
    read_on = last_day(district.former_grids, line, day)
    return _remembered((district.version, line.value, read_on), lambda: _former(district, line, read_on))


def _former(district: District, line: Line, day: date) -> Divided:
    grids = of_line(district.former_grids, line, day)
    tags = [{"code": grid.code, "zh": grid.name.zh, "en": grid.name.en} for grid in grids]
    return _drawn([_outlined(grid.outline) for grid in grids], [0] * len(grids), tags)


def _outlined(outline: Sequence[Wgs84]) -> shapely.Polygon:
    return shapely.Polygon([(point.lon, point.lat) for point in outline])


def _drawn(polygons: list[shapely.Polygon], zooms: list[int], tags: list[dict[str, Any]]) -> Divided:
    shapes = np.array(polygons, dtype=object)
    middles = shapely.point_on_surface(shapes) if len(shapes) else np.empty(0, dtype=object)
    return Divided(np.array(zooms, dtype=int), shapes, middles, tags, shapely.STRtree(shapes))


def _tags(grid: Grid) -> dict[str, Any]:
    return {
        "code": grid.code, "tier": grid.tier.value, "short": grid.short, "zh": grid.name.zh, "en": grid.name.en,
        "street": grid.street,
    }  # fmt: skip


def sheets(tile: Tile, all_grids: Divided, names: tuple[str, str] = (SHEET, NAMES)) -> list[Sheet]:
    """`names` are those of the layers: of the areas, and of the places of their names."""
    outlines, named = Sheet(names[0]), Sheet(names[1])
    here = all_grids.here(tile)
    if len(here):
        tags = [all_grids.tags[i] for i in here.tolist()]
        areas(outlines, tile, all_grids.shapes[here], tags)
        _named(named, tile, all_grids.middles[here], tags)
    return [outlines, named]


def _named(names: Sheet, tile: Tile, middles: Any, tags: list[dict[str, Any]]) -> None:
    """A name stands once: in the tile that holds the middle."""
    degrees, seen = shapely.get_coordinates(middles), tile.seen
    lons, lats = degrees[:, 0], degrees[:, 1]
    inside = (lons >= seen.west) & (lons < seen.east) & (lats >= seen.south) & (lats < seen.north)
    kept = np.flatnonzero(inside).tolist()
    points(names, tile, degrees[inside], [tags[i] for i in kept])
