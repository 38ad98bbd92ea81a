"""What the ground is used for: zones of blocks, and uses of the estates they are cut into.

The shares are ours, set so that the map looks as a district of the North China plain does; no land register was read.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a zone is cut: into estates by `lane`s, and those into plots. Areas in square metres."""

    estate_m2: float
    plot_m2: float
    lane: str
    sway: float
    skew_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Use:
    """`layer` and `kind` as on the base map. `inner`: the line between two plots. `plots`: larger than one usual."""

    layer: str
    kind: str
    inner: str = "plot"
    larger: float = 1.0
    built: bool = True


CUTTING: Final[dict[str, Cutting]] = {
    "lake": Cutting(9e9, 6e5, "plot", 0.05),
    "water": Cutting(6e4, 6e4, "plot", 0.05),
    "park": Cutting(9e9, 4e4, "plot", 0.05),
    "campus": Cutting(9e9, 2.4e4, "plot", 0.03),
    "village": Cutting(5e4, 2.2e4, "living_street", 0.08),
    "works": Cutting(1.3e5, 3e4, "tertiary", 0.06),
    "old-quarter": Cutting(2.6e4, 1.25e4, "living_street", 0.14, 5.0),
    "new-town": Cutting(9e4, 1.5e4, "residential", 0.03),
    "town": Cutting(6.5e4, 1.45e4, "residential", 0.07),
    "verge": Cutting(9e9, 9e4, "plot", 0.05),
    "field": Cutting(4.2e5, 4.2e5, "track", 0.08, 3.0),
}

USES: Final[dict[str, Use]] = {
    "estate": Use("land", "estate", "service"),
    "village": Use("land", "village", "living_street"),
    "old-quarter": Use("land", "old-quarter", "living_street"),
    "commercial": Use("land", "commercial", "service"),
    "school": Use("land", "school", larger=1.9),
    "campus": Use("land", "school", "service"),
    "hospital": Use("land", "hospital", larger=1.5),
    "market": Use("land", "market", "service"),
    "square": Use("land", "square", larger=3.0, built=False),
    "works": Use("land", "works", "service"),
    "building-site": Use("land", "building-site", larger=2.0, built=False),
    "park": Use("green", "park", larger=2.6, built=False),
    "wood": Use("green", "wood", larger=2.6, built=False),
    "verge": Use("green", "verge", larger=2.0, built=False),
    "field": Use("green", "farmland", "track", built=False),
    "lake": Use("water", "lake", larger=9.0, built=False),
    "water": Use("water", "river", larger=2.0, built=False),
}

SHARES: Final[dict[str, dict[str, float]]] = {
    "old-quarter": {
        "old-quarter": 0.72, "commercial": 0.15, "school": 0.04, "market": 0.03, "park": 0.03, "hospital": 0.02,
        "square": 0.01,
    },
    "town": {
        "estate": 0.62, "commercial": 0.125, "school": 0.06, "market": 0.022, "hospital": 0.014, "park": 0.045,
        "old-quarter": 0.05, "building-site": 0.027, "works": 0.022, "square": 0.005, "verge": 0.01,
    },
    "new-town": {
        "estate": 0.53, "commercial": 0.13, "school": 0.07, "market": 0.02, "hospital": 0.02, "park": 0.08,
        "building-site": 0.1, "square": 0.02, "wood": 0.03,
    },
    "works": {"works": 0.83, "commercial": 0.03, "building-site": 0.05, "wood": 0.05, "estate": 0.04},
    "field": {"field": 0.95, "wood": 0.05},
    "village": {"village": 0.97, "school": 0.03},
}  # fmt: skip
