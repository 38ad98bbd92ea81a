"""Place words to points, each with how it was matched and how sure that is.

In this order: exact name -> alias -> prefix by element -> nearest plate on the same road -> point of interest alike
(grid_and_codes clause 6: inferred). Crossings stand beside exact names: two roads that meet meet once or twice. The
confidences are ours: they put the levels in order and say what a clerk should look at again.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from xiuhua.domain.address import Address, Offset, address, folded
from xiuhua.domain.ground import NamedPlace, PlaceKind
from xiuhua.domain.place import EARTH_RADIUS_M, Wgs84, distance_m
from xiuhua.domain.words import Words


class Level(StrEnum):
    EXACT = "exact"
    ALIAS = "alias"
    CROSSING = "crossing"
    PREFIX = "prefix"
    NEAREST_PLATE = "nearest-plate"
    ROAD = "road"
    ALIKE = "alike"


LEVELS: dict[Level, Words] = {
    Level.EXACT: Words("名称一致", "Exact name"),
    Level.ALIAS: Words("别名", "Other name"),
    Level.CROSSING: Words("路口", "Crossing"),
    Level.PREFIX: Words("部分名称", "Part of the name"),
    Level.NEAREST_PLATE: Words("同路最近门牌", "Nearest plate on the road"),
    Level.ROAD: Words("仅道路", "Road only"),
    Level.ALIKE: Words("名称相近", "Similar name"),
}

_SURE: Final[dict[Level, float]] = {  # ours
    Level.EXACT: 1.0, Level.ALIAS: 0.95, Level.CROSSING: 0.9, Level.PREFIX: 0.8, Level.NEAREST_PLATE: 0.7,
    Level.ROAD: 0.5, Level.ALIKE: 0.6,
}  # fmt: skip
_ABOUT: Final = 0.9  # ours: "beside" and "100 m east of" are less than the place itself
_LEAST_ALIKE: Final = 0.5  # ours: half of the bigrams in common
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class RoadName:
    """A road of the base map; `middle` is a point on it."""

    name: Words
    middle: Wgs84
    code: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """`code` is that of the named place, or of the road; `kind` what sort of place it is."""

    name: Words
    place: Wgs84
    level: Level
    confidence: float
    kind: PlaceKind
    code: str = ""


class Gazetteer(Protocol):
    """What is known by name. Names are asked for folded; plates of a road come with their number."""

    @property
    def divisions(self) -> Sequence[str]: ...

    def named(self, name: str) -> Sequence[NamedPlace]: ...

    def also_named(self, name: str) -> Sequence[NamedPlace]: ...

    def with_part(self, text: str) -> Sequence[NamedPlace]: ...

    def alike(self, text: str) -> Sequence[NamedPlace]: ...

    def roads(self, text: str) -> Sequence[RoadName]:
        """Those whose name begins with the text, the very name first."""
        ...

    def plates(self, road: str) -> Sequence[NamedPlace]: ...

    def crossings(self, one: str, other: str) -> Sequence[Wgs84]: ...


def geocode(text: str, known: Gazetteer, near: Wgs84 | None = None, most: int = MOST) -> tuple[Hit, ...]:
    """The surest first; of equally sure ones the nearest to `near`."""
    if not folded(text):
        return ()
    asked = address(text, known.divisions)
    best: dict[tuple[str, str], Hit] = {}
    for hit in _hits(asked, known):
        found = _about(hit, asked)
        key = (found.name.zh, found.code)
        if key not in best or best[key].confidence < found.confidence:
            best[key] = found
    return tuple(sorted(best.values(), key=lambda hit: _order(hit, near))[:most])


def _order(hit: Hit, near: Wgs84 | None) -> tuple[float, float, str, str]:
    away = distance_m(hit.place, near) if near else 0.0
    return -round(hit.confidence, 2), away, hit.name.zh, hit.code


def _hits(asked: Address, known: Gazetteer) -> Iterator[Hit]:
    whole = asked.name
    yield from (_hit(p, Level.EXACT) for p in known.named(whole))
    yield from (_hit(p, Level.ALIAS) for p in known.also_named(whole))
    if asked.plate:
        yield from _plates(asked, known)
    elif asked.crossing:
        yield from _crossings(asked, known)
    else:
        yield from _roads(whole, known)
    yield from _parts(whole, known)
    yield from _alike(whole, known)


def _hit(place: NamedPlace, level: Level, share: float = 1.0) -> Hit:
    """A road in the list of places is the road of the base map, and found once."""
    code = place.road or place.code if place.kind is PlaceKind.ROAD else place.code
    return Hit(place.name, place.place, level, _SURE[level] * share, place.kind, code)


def _roads(text: str, known: Gazetteer) -> Iterator[Hit]:
    for road in known.roads(text):
        exact = text in (folded(road.name.zh), folded(road.name.en))
        level = Level.EXACT if exact else Level.PREFIX
        share = 1.0 if exact else len(text) / max(len(road.name.zh), len(text))
        yield Hit(road.name, road.middle, level, _SURE[level] * share, PlaceKind.ROAD, road.code)


def _plates(asked: Address, known: Gazetteer) -> Iterator[Hit]:
    """The plate itself, or the nearest number of the same side of the road; odd and even face each other."""
    plates = known.plates(asked.road)
    wanted = _number(asked.plate)
    same = [p for p in plates if folded(p.plate) == asked.plate]
    yield from (_hit(p, Level.EXACT) for p in same)
    if not same:
        rest = [p for p in plates if p.plate[:1].isdigit()]
        side = [p for p in rest if _number(p.plate) % 2 == wanted % 2] or rest
        for plate in sorted(side, key=lambda p: (abs(_number(p.plate) - wanted), p.code))[:1]:
            off = abs(_number(plate.plate) - wanted)
            yield _hit(plate, Level.NEAREST_PLATE, max(0.5, 1 - off / 100))  # ours: 50 plates off is little better
    for road in known.roads(asked.road)[:1]:
        yield Hit(road.name, road.middle, Level.ROAD, _SURE[Level.ROAD], PlaceKind.ROAD, road.code)


def _number(plate: str) -> int:
    found = re.match(r"\d+", plate)
    return int(found[0]) if found else 0


def _crossings(asked: Address, known: Gazetteer) -> Iterator[Hit]:
    for one in known.roads(asked.road)[:1]:
        for other in known.roads(asked.crossing)[:1]:
            for place in known.crossings(folded(one.name.zh), folded(other.name.zh)):
                name = Words(f"{one.name.zh}与{other.name.zh}路口", _english(one.name, other.name))
                yield Hit(name, place, Level.CROSSING, _SURE[Level.CROSSING], PlaceKind.ROAD)


def _english(one: Words, other: Words) -> str:
    return f"{one.en or one.zh} / {other.en or other.zh}"


def _parts(text: str, known: Gazetteer) -> Iterator[Hit]:
    for place in known.with_part(text):
        name = folded(place.name.zh)
        begins = name.startswith(text)
        share = (1.0 if begins else 0.9) * (0.5 + 0.5 * min(1.0, len(text) / max(1, len(name))))
        yield _hit(place, Level.PREFIX, share)


def _alike(text: str, known: Gazetteer) -> Iterator[Hit]:
    for place in known.alike(text):
        share = likeness(text, folded(place.name.zh))
        if share >= _LEAST_ALIKE:
            yield _hit(place, Level.ALIKE, share)


def likeness(one: str, other: str) -> float:
    """The share of bigrams in common (Dice), from 0 to 1."""
    mine, theirs = bigrams(one), bigrams(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def _about(hit: Hit, asked: Address) -> Hit:
    moved = shifted(hit.place, asked.offset) if asked.offset else hit.place
    return replace(hit, place=moved, confidence=hit.confidence * (_ABOUT if asked.near else 1.0))


def shifted(place: Wgs84, by: Offset) -> Wgs84:
    """Metres east and north of a place."""
    north = math.degrees(by.north_m / EARTH_RADIUS_M)
    east = math.degrees(by.east_m / EARTH_RADIUS_M / max(0.01, math.cos(math.radians(place.lat))))
    return Wgs84(round(place.lon + east, 7), round(place.lat + north, 7))


# and back

PLATE_WITHIN_M: Final = 60.0  # ours: the next house; farther off a number misleads
PLACE_WITHIN_M: Final = 80.0
ROAD_WITHIN_M: Final = 120.0


@dataclass(frozen=True, slots=True)
class Around:
    """What lies nearest to a point, with its metres; None where nothing is near enough to be asked about."""

    plate: tuple[NamedPlace, float] | None = None
    place: tuple[NamedPlace, float] | None = None
    roads: Sequence[tuple[RoadName, float]] = ()


def said_of(around: Around, area: Words | None = None) -> Words:
    """Where a point is, in the words people use; `area` is the grid or street it lies in."""
    return next(_sayings(around), None) or area or Words("", "")


def _sayings(around: Around) -> Iterator[Words]:
    if around.plate and around.plate[1] <= PLATE_WITHIN_M:
        name = around.plate[0].name
        yield Words(f"{name.zh}附近", f"near {name.en or name.zh}")
    near = [road.name for road, metres in around.roads if metres <= ROAD_WITHIN_M]
    if len(near) > 1 and around.roads[1][1] <= _AT_A_CROSSING_M:
        yield Words(f"{near[0].zh}与{near[1].zh}路口", _english(near[0], near[1]))
    if around.place and around.place[1] <= PLACE_WITHIN_M:
        name = around.place[0].name
        yield Words(f"{name.zh}附近", f"near {name.en or name.zh}")
    yield from (Words(f"{name.zh}附近", f"near {name.en or name.zh}") for name in near[:1])


_AT_A_CROSSING_M: Final = 25.0  # ours: the width of a large crossing


