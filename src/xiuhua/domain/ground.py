"""What the ground is made of beside grids and components: the features of the base map, and places with names.

Leaves out: geometry (a shape is passed through as WKB, WGS 84) and drawing. Place types are those of the 2026 draft
(grid_and_codes clause 6: source for the draft).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words


class Layer(StrEnum):
    ROAD = "road"
    WATER = "water"
    GREEN = "green"
    LAND = "land"  # land use: estates, villages, schools, works, sites
    BUILDING = "building"


LAYERS: dict[Layer, Words] = {
    Layer.ROAD: Words("道路", "Roads"),
    Layer.WATER: Words("水系", "Water"),
    Layer.GREEN: Words("绿地", "Green"),
    Layer.LAND: Words("用地", "Land use"),
    Layer.BUILDING: Words("建筑", "Buildings"),
}


@dataclass(frozen=True, slots=True)
class Feature:
    """One line or area of the base map. `kind` is kebab-case or, for roads, the OSM `highway` word.

    `shape` is WKB in WGS 84. `attributes` may hold what is counted by ground: households, people, lanes, width_m.
    """

    layer: Layer
    code: str
    kind: str
    name: Words
    shape: bytes
    attributes: Mapping[str, str | int | float] = field(default_factory=dict)


class PlaceKind(StrEnum):
    AREA = "area"
    LAND = "land"
    NEIGHBOURHOOD = "neighbourhood"
    ROAD = "road"
    PLATE = "plate"
    POI = "poi"


PLACE_KINDS: dict[PlaceKind, Words] = {
    PlaceKind.AREA: Words("区域", "Area"),
    PlaceKind.LAND: Words("地片", "Land block"),
    PlaceKind.NEIGHBOURHOOD: Words("区片", "Neighbourhood"),
    PlaceKind.ROAD: Words("街巷", "Road or lane"),
    PlaceKind.PLATE: Words("门（楼）牌", "Door plate"),
    PlaceKind.POI: Words("兴趣点", "Point of interest"),
}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A basic place datum. `use` is kebab-case, such as restaurant, school, building-site; `plate` is "18" or "18-2".

    A plate names its `road`; a place that has gone keeps its record with `valid_to`.
    """

    code: str
    kind: PlaceKind
    name: Words
    place: Wgs84
    valid_from: date
    valid_to: date | None = None
    aliases: tuple[str, ...] = ()
    use: str = ""
    road: str = ""
    plate: str = ""
    grid: str = ""
    street: str = ""
    source: str = ""
