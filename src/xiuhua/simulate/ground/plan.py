"""What a district's plan says of its ground, read from `plan/ground.toml`: names, codes, counts, and main lines in km.

Lines and outlines are given on square paper, kilometres east and north of the origin, and bent together afterwards;
what a generator can find (blocks, lanes, villages, components) is not in the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely

from xiuhua.domain.words import Words

Km = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """`outline` is rough: its border runs along the main lines nearest to it. `grids` 0: not divided."""

    code: str
    name: Words
    short: Words
    area_class: str
    grids: int
    outline: Km


@dataclass(frozen=True, slots=True)
class WaterPlan:
    """`course` of a canal or river; `bank_m` from the water's edge to the road along it, 0 for none."""

    kind: str
    name: Words
    width_m: float
    bank_m: float
    course: Km


@dataclass(frozen=True, slots=True)
class RoadPlan:
    """A road along `course`, or a ring where it is closed; corners rounded by `round_km`."""

    name: Words
    kind: str
    course: Km
    dual: bool = False
    ring: bool = False
    round_km: float = 0.0
    flyover: bool = False  # no level junctions: others pass below, slip roads join it


@dataclass(frozen=True, slots=True)
class Zone:
    """`use`: old-quarter, new-town, works, park, campus, lake. Elsewhere the town is what it is by default."""

    use: str
    name: Words
    outline: Km


@dataclass(frozen=True, slots=True)
class Town:
    """The seat of a rural street or town. `on`: the street it is the seat of, empty where off the platform."""

    name: Words
    at: tuple[float, float]
    on: str = ""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that everybody knows: a station, a museum."""

    use: str
    name: Words
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """`town` is the built-up outline, `outline` that of the streets, `sheet` west, south, east, north of the map."""

    division: str
    name: Words
    lon: float
    lat: float
    seed: int
    valid_from: date
    unified: date | None  # the last day of the former grids
    turn_deg: float
    sway_m: float
    wave_m: float
    sheet: tuple[float, float, float, float]
    outline: Km
    town: Km
    walk: tuple[float, float, float, float]  # the part that the small size shows
    density: float  # of components: 1 stands as thick as the rules say
    police: str  # organisations that answer for grids where no person is named
    sanitation: tuple[str, ...]
    restaurants: int
    streets: tuple[StreetPlan, ...]
    waters: tuple[WaterPlan, ...]
    roads: tuple[RoadPlan, ...]
    railways: tuple[Km, ...]
    zones: tuple[Zone, ...]
    towns: tuple[Town, ...]
    landmarks: tuple[Landmark, ...]
    owners: Mapping[str, tuple[str, str, str]]  # of components, by industry: competent, owner, keeper


def plan_of(table: dict[str, Any]) -> Plan:
    given = dict(table)
    lists: dict[str, Any] = {
        "streets": tuple(StreetPlan(**_words(one, "name", "short")) for one in given.pop("street")),
        "waters": tuple(WaterPlan(**_words(one, "name")) for one in given.pop("water", ())),
        "roads": tuple(RoadPlan(**_words(one, "name")) for one in given.pop("road")),
        "railways": tuple(_km(one["course"]) for one in given.pop("railway", ())),
        "zones": tuple(Zone(**_words(one, "name")) for one in given.pop("zone", ())),
        "owners": {
            one["industry"]: (one["competent"], one["owner"], one["keeper"]) for one in given.pop("owner", ())
        },
        "landmarks": tuple(Landmark(**_words(one, "name")) for one in given.pop("landmark", ())),
        "towns": tuple(Town(**_words(one, "name")) for one in given.pop("town_seat", ())),
    }
    return Plan(**_words(given, "name"), **lists)


def _words(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    """`name_zh` and `name_en` become `name`; lists of points become tuples."""
    given: dict[str, Any] = dict(table)
    for key in ("course", "outline", "town"):
        if key in given:
            given[key] = _km(given[key])
    for key in keys:
        given[key] = Words(given.pop(f"{key}_zh"), given.pop(f"{key}_en"))
    return {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}


def _km(points: Any) -> Km:
    return tuple((float(x), float(y)) for x, y in points)


def box_of(sides: tuple[float, float, float, float]) -> Any:
    """In metres, from west, south, east, north in kilometres."""
    west, south, east, north = (1000 * side for side in sides)
    return shapely.box(west, south, east, north)
