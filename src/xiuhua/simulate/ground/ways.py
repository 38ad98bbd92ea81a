"""Lines of the ground and what each is: how wide, how many lanes, whether a grid may end on it.

Kinds of road are the words of OSM's `highway`. Widths and lanes are those usual in Chinese cities (recall).
"""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Way:
    """`rank`: where two lie on each other the lower rank names the piece. `half_m`: kerb from the middle of the line.

    `apart_m`: of the two carriageways' middles, 0 where there is one.
    """

    rank: int
    lanes: int
    width_m: float
    apart_m: float = 0.0
    road: bool = True
    border: bool = True

    @property
    def half_m(self) -> float:
        return (self.width_m + self.apart_m) / 2


WAYS: Final[dict[str, Way]] = {
    "motorway": Way(0, 2, 11.0, 15.0),
    "trunk": Way(1, 3, 12.0, 22.0),
    "primary": Way(2, 3, 11.0, 17.0),
    "secondary": Way(4, 4, 15.0),
    "tertiary": Way(5, 2, 10.0),
    "unclassified": Way(6, 2, 6.5),
    "residential": Way(7, 2, 7.0),
    "living_street": Way(8, 1, 4.0),
    "track": Way(9, 1, 3.5),
    "service": Way(10, 1, 4.5, border=False),
    "canal": Way(3, 0, 0.0, road=False),
    "river": Way(3, 0, 0.0, road=False),
    "railway": Way(3, 2, 12.0, road=False),
    "trunk_link": Way(3, 1, 6.0),
    "plot": Way(11, 0, 0.0, road=False, border=False),  # the line between two plots: a wall or nothing at all
}


@dataclass(frozen=True, slots=True)
class Line:
    """`shape` in metres. `name` is that of a planned road or water; lines of one name are one road."""

    shape: Any
    kind: str
    name: str = ""
    dual: bool = False

    @property
    def way(self) -> Way:
        return WAYS[self.kind]

    @property
    def half_m(self) -> float:
        return (self.way.width_m + (self.way.apart_m if self.dual else 0.0)) / 2
