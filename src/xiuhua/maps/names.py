"""Which places with names stand on a tile: areas first, then what everybody knows, then shops and plates."""

from collections.abc import Mapping
from typing import Final

from xiuhua.domain.ground import NamedPlace, PlaceKind
from xiuhua.maps.gazetteer import Names
from xiuhua.store.boxes import Box

# ours: from which zoom a name of this kind is worth its room
_FROM: Final[Mapping[PlaceKind, int]] = {
    PlaceKind.AREA: 13, PlaceKind.NEIGHBOURHOOD: 14, PlaceKind.LAND: 14, PlaceKind.POI: 16, PlaceKind.PLATE: 17,
}  # fmt: skip
_KNOWN_FROM: Final = 15
_KNOWN: Final = frozenset({"school", "hospital", "market", "square", "park", "station", "government"})


def names_in(names: Names, box: Box, zoom: int, most: int) -> list[NamedPlace]:
    """Roads carry their own name along their line."""
    here = names.within(box.west, box.south, box.east, box.north)
    shown = [p for p in here if p.kind in _FROM and zoom >= _zoom(p)]
    return sorted(shown, key=lambda p: (_zoom(p), p.code))[: max(0, most)]


def _zoom(place: NamedPlace) -> int:
    known = place.kind is PlaceKind.POI and place.use in _KNOWN
    return _KNOWN_FROM if known else _FROM[place.kind]
