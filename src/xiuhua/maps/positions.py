"""Collectors on shift in a tile. Never kept: the next request is asked again whether it may."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xiuhua.maps.drawing import Sheet, points
from xiuhua.maps.tile import Tile
from xiuhua.store.queries.positions import Position

SHEET: Final = "position"
_MINUTE: Final = 60


def sheets(tile: Tile, found: Sequence[Position], now: datetime) -> list[Sheet]:
    box, sheet = tile.seen, Sheet(SHEET)
    here = [p for p in found if box.west <= p.lon < box.east and box.south <= p.lat < box.north]
    said = [
        {"name": p.name, "person": p.person, "minutes": max(0, int((now - p.at).total_seconds() // _MINUTE))}
        for p in here
    ]
    points(sheet, tile, [(p.lon, p.lat) for p in here], said)
    return [sheet]
