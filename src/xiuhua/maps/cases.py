"""Cases in a tile, those a list would show to the same viewer: each as a spot with its light, or counted in squares
with the worst light inside. Nothing of it is kept between two viewers.
"""

from dataclasses import replace
from typing import Final

from xiuhua.maps.density import SQUARES
from xiuhua.maps.drawing import Sheet, points
from xiuhua.maps.tile import Tile
from xiuhua.store.queries.spots import Asked, clusters, spots

SHEET, COUNTS = "case", "case_count"
MOST: Final = 150  # ours: so many lights can still be told apart


def sheets(tile: Tile, asked: Asked) -> list[Sheet]:
    here = replace(asked, filter=replace(asked.filter, box=_box(tile)))
    found = spots(here, MOST + 1)
    if len(found) > MOST:
        counted = Sheet(COUNTS)
        squares = clusters(here, SQUARES)
        tags = [{"count": c.count, "light": c.light.value} for c in squares]
        points(counted, tile, [(c.lon, c.lat) for c in squares], tags)
        return [counted]
    single = Sheet(SHEET)
    said = [{"number": s.number, "class": s.class_key, "stage": s.stage, "light": s.light.value} for s in found]
    points(single, tile, [(s.lon, s.lat) for s in found], said)
    return [single]


def _box(tile: Tile) -> tuple[float, float, float, float]:
    """Without the rim: a case is counted once."""
    box = tile.seen
    return box.west, box.south, box.east, box.north
