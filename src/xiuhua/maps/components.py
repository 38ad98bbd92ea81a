"""Components in a tile: each as a point where a tile has few, otherwise counted in squares."""

from typing import Final

from xiuhua.maps.density import Density
from xiuhua.maps.drawing import Sheet, points
from xiuhua.maps.tile import Tile
from xiuhua.store.queries.drawn import Chosen, components_drawn

SHEET, COUNTS = "component", "component_count"
MOST: Final = 1_500  # ours: more than this in a tile are dots without a meaning, and cost


def sheets(tile: Tile, chosen: Chosen, there: Density) -> list[Sheet]:
    which = there.within(tile.box, chosen)
    if len(which) > MOST:
        counted = Sheet(COUNTS)
        middles, counts = there.squares(tile, which)
        points(counted, tile, middles, [{"count": count} for count in counts.tolist()])
        return [counted]
    single = Sheet(SHEET)
    found = components_drawn(tile.box, chosen, 2 * MOST)
    tags = [{"code": c.code, "class": c.class_key, "state": c.state} for c in found]
    points(single, tile, [(c.lon, c.lat) for c in found], tags)
    return [single]
