"""What the divider hands back: grids, the lines between them, exceptions with their place, facts of each street."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.domain.words import Words


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid. `road_m` is inside or half on its border; `walk_minutes` is for all of it once."""

    code: str
    area: str
    ground: Any
    load: float
    area_m2: float
    road_m: float
    outer_m: float
    compactness: float  # Polsby and Popper: 1 for a circle
    walk_minutes: float
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Border:
    """A stretch between two grids of one street; `kind` is the line that it runs on."""

    kind: str
    left: str
    right: str
    line: Any
    length_m: float


@dataclass(frozen=True, slots=True)
class Departure:
    """What could not be as the rules want it. `x` and `y` are a place in it."""

    code: str
    area: str
    x: float
    y: float
    length_m: float
    area_m2: float
    words: Words


@dataclass(frozen=True, slots=True)
class Outside:
    """Points in no street, and what they weigh together."""

    points: int = 0
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """`bound` is the least ratio that the blocks allow, `block` the place of the one that stands in the way."""

    area: str
    count: int
    load: float
    ratio: float
    bound: float
    proof: str
    block: tuple[float, float] | None
    block_load: float
    rest_ratio: float  # of the grids that hold no block heavier than a grid should be
    heavy: tuple[tuple[float, float, float], ...]  # those blocks: x, y, load
    blocks: int
    gap_m2: float
    overlap_m2: float


@dataclass(frozen=True, slots=True)
class Division:
    grids: tuple[Cell, ...]
    borders: tuple[Border, ...]
    departures: tuple[Departure, ...]
    streets: tuple[StreetFacts, ...]
    cleaned: Mapping[str, tuple[int, float]]  # what was put right: how often, how many metres
    seconds: Mapping[str, float]
