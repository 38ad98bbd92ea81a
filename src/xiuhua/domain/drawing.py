"""From which zoom on a feature of the base map is drawn, by its layer and kind: large things early, small things late.

ours: a district fills the screen at zoom 11, a street at 14, a lane at 16. Kinds of roads are the OSM `highway` words.
"""

from typing import Final

from xiuhua.domain.ground import Layer

NEAREST: Final = 15  # what is not in the table: near enough to be read

ZOOMS: Final[dict[Layer, dict[str, int]]] = {
    Layer.ROAD: {
        "motorway": 8, "trunk": 8, "primary": 9, "secondary": 11, "tertiary": 12,
        "motorway_link": 11, "trunk_link": 11, "primary_link": 12, "secondary_link": 13, "tertiary_link": 13,
        "rail": 10, "railway": 10, "unclassified": 13, "residential": 13, "living_street": 14,
        "pedestrian": 14, "lane": 15,
        "service": 15, "track": 15, "footway": 15, "path": 15, "cycleway": 15, "steps": 15, "wall": 15,
    },
    Layer.WATER: {"river": 8, "canal": 9, "lake": 9, "reservoir": 9, "pond": 13, "ditch": 14},
    Layer.GREEN: {"farmland": 10, "wood": 10, "park": 11, "verge": 14},
    Layer.LAND: {
        "estate": 12, "village": 11, "old-quarter": 12, "school": 13, "hospital": 13, "market": 13, "square": 13,
        "works": 12, "commercial": 12, "building-site": 14,
    },
    Layer.BUILDING: {"building": 15},
}  # fmt: skip


def zoom_of(layer: Layer, kind: str) -> int:
    """The smallest zoom at which it is drawn."""
    return ZOOMS[layer].get(kind, NEAREST)
