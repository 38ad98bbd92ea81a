"""From which zoom the name of a place is worth its room: areas first, then what everybody knows, then shops, plates."""

from collections.abc import Mapping
from typing import Final

from xiuhua.domain.ground import NamedPlace, PlaceKind

NEVER: Final = 99  # a road carries its name along its line
# ours
_FROM: Final[Mapping[PlaceKind, int]] = {
    PlaceKind.AREA: 13, PlaceKind.NEIGHBOURHOOD: 14, PlaceKind.LAND: 14, PlaceKind.POI: 16, PlaceKind.PLATE: 17,
    PlaceKind.ROAD: NEVER,
}  # fmt: skip
_KNOWN_FROM: Final = 15
_KNOWN: Final = frozenset({"school", "hospital", "market", "square", "park", "station", "government"})


def first_zoom(place: NamedPlace) -> int:
    known = place.kind is PlaceKind.POI and place.use in _KNOWN
    return _KNOWN_FROM if known else _FROM[place.kind]
