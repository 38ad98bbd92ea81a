"""What the divider is given: streets (or any areas), lines, weights, and the rules. All in the metres of one plane.

What a kind of line costs as a border says which one is preferred: a metre of main road costs less than a metre of lane.
Source: grids are bounded by main roads, secondary roads and lanes (processes 17, source); the costs are ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from xiuhua.domain.words import Words

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Shapes = npt.NDArray[Any]  # shapely geometries


def totals(of: Ints, values: Floats, count: int) -> Floats:
    """The sum of the values that each number from 0 to count - 1 has."""
    return np.bincount(of, weights=values, minlength=count).astype(np.float64)


# What a metre of border costs. A kind that is not listed is no border: footways, service roads, tracks.
MAIN: Final = {"motorway": 0.5, "trunk": 0.5, "primary": 0.5, "secondary": 0.6}
LANES: Final = {"tertiary": 0.75, "unclassified": 1.0, "residential": 1.0, "living_street": 1.0, "road": 1.0}
BARRIERS: Final = {"river": 0.5, "canal": 0.55, "railway": 0.55, "wall": 0.9}
LINKS: Final = {f"{kind}_link": cost + 0.3 for kind, cost in (MAIN | {"tertiary": 0.75}).items()}
COSTS: Final[Mapping[str, float]] = MappingProxyType(MAIN | LANES | BARRIERS | LINKS)
WIDE: Final = frozenset({*MAIN, *LINKS, "tertiary"})  # roads that may have two carriageways

GAP, CROSSING, STREET_BORDER = "gap", "crossing", "street-border"  # lines that the cleaning adds
ADDED_COST: Final = 1.5  # of a metre of border that no road follows


@dataclass(frozen=True, slots=True)
class Area:
    """A street, or whatever is to be divided. `count` fixes how many grids it gets."""

    code: str
    name: Words
    ground: Any
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """`kinds` are OSM's words for `highway`, or river, canal, railway, wall."""

    shapes: Shapes
    kinds: npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Weights:
    """Points (n x 2) and what each weighs: cases, components, households."""

    points: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Rules:
    """How grids are to be. Lengths in metres."""

    costs: Mapping[str, float] = field(default_factory=lambda: COSTS)
    not_walked: frozenset[str] = frozenset(BARRIERS)  # lines that are no load
    most_ratio: float = 1.5  # issue: the largest load of a street over its smallest
    min_area_m2: float = 5_000.0  # ours: half a unit grid
    min_width_m: float = 30.0  # ours: narrower than a block is deep
    walking_kmh: float = 4.5  # ours: a collector who looks about
    gap_m: float = 20.0  # ours: an end this near to the next line was meant to reach it
    median_m: float = 40.0  # ours: carriageways of a main road this near are one road
    lane_median_m: float = (
        15.0  # ours: two lanes this near are one; between a lane and a main road in proportion
    )
    island_m2: float = 1_500.0  # ours: ground this small within a crossing is no block
    roundabout_m2: float = 8_000.0  # ours: 100 m across
    code: str = "{area}Z{number:03d}"
    seed: int = 1
    effort: int = 150  # tries for each block, and for a thousand more
