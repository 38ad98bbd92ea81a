"""Cases in a tile, those a list would show to the same viewer: each as a spot with its light, or, in a square of the
tile that has many, counted, with the worst light inside. Nothing of it is kept between two viewers.

A square is judged by what lies in it alone, so that nothing changes its form where a tile ends.
"""

from dataclasses import replace
from typing import Final

from xiuhua.maps.density import SQUARES
from xiuhua.maps.drawing import Sheet, points
from xiuhua.maps.tile import CLOSE, Tile
from xiuhua.store.queries.spots import Asked, squares

SHEET, COUNTS = "case", "case_count"
FEW: Final = 3  # ours: so many lights in a square can still be told apart
FEW_CLOSE: Final = 40  # ours: where going nearer draws nothing apart; 2,560 in a tile at most


def sheets(tile: Tile, asked: Asked) -> list[Sheet]:
    here = replace(asked, filter=replace(asked.filter, box=_box(tile)))
    clusters, spots = squares(here, SQUARES, FEW if tile.z < CLOSE else FEW_CLOSE)
    counted, single = Sheet(COUNTS), Sheet(SHEET)
    tags = [{"count": c.count, "light": c.light.value} for c in clusters]
    points(counted, tile, [(c.lon, c.lat) for c in clusters], tags)
    said = [{"number": s.number, "class": s.class_key, "stage": s.stage, "light": s.light.value} for s in spots]
    points(single, tile, [(s.lon, s.lat) for s in spots], said)
    return [counted, single]


def _box(tile: Tile) -> tuple[float, float, float, float]:
    """Without the rim: a case is counted once."""
    box = tile.seen
    return box.west, box.south, box.east, box.north
