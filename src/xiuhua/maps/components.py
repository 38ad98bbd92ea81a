"""Components in a tile: each as a point, or, in a square of it that has many, counted.

A square is judged by what lies in it alone, so that a street does not change from points to numbers where a tile ends.
"""

from typing import Final

from xiuhua.maps.density import Density
from xiuhua.maps.drawing import Sheet, points
from xiuhua.maps.tile import CLOSE, Tile
from xiuhua.store.queries.drawn import Chosen, components_drawn, components_numbered

SHEET, COUNTS = "component", "component_count"
FEW: Final = 40  # ours: more than this in a square are dots without a meaning
FEW_CLOSE: Final = 60  # ours: where going nearer draws nothing apart; 3,840 in a tile at most
MOST: Final = 4_000  # of a tile, with its rim


def sheets(tile: Tile, chosen: Chosen, there: Density) -> list[Sheet]:
    squares = there.squares(tile, there.within(tile.box, chosen), FEW if tile.z < CLOSE else FEW_CLOSE)
    counted, single = Sheet(COUNTS), Sheet(SHEET)
    points(counted, tile, squares.middles, [{"count": count} for count in squares.counts.tolist()])
    # Where nothing is counted the register itself is asked: it never lags behind.
    some = len(squares.counts) > 0
    found = components_numbered(squares.single.tolist()) if some else components_drawn(tile.box, chosen, MOST)
    tags = [{"code": c.code, "class": c.class_key, "state": c.state} for c in found]
    points(single, tile, [(c.lon, c.lat) for c in found], tags)
    return [counted, single]
