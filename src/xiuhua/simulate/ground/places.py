"""Places with names: streets and villages, estates, roads, door plates along named roads, and what people look for.

Kinds are those of the 2026 draft (domain/ground). Plates are odd on one side and even on the other, as is usual.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.ground import PlaceKind
from xiuhua.domain.words import Words
from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.curves import Bend
from xiuhua.simulate.ground.layers import Table
from xiuhua.simulate.ground.names import Naming
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.register import Register
from xiuhua.simulate.ground.surface import Land

PLATE_M: Final = 34.0  # ours: from one plate to the next of a side
DOOR_M: Final = {"main": 24.0, "lesser": 13.0}  # from the middle of the road
EATING: Final = {
    "commercial": 6.0,
    "market": 6.0,
    "old-quarter": 2.2,
    "estate": 0.8,
    "village": 0.25,
}  # ours: per hectare
TOILETS: Final = {
    "park": 1.0,
    "market": 1.0,
    "square": 1.0,
    "old-quarter": 0.3,
    "commercial": 0.1,
}  # ours: at each
NEIGHBOURHOODS: Final = frozenset({"estate", "old-quarter"})
SOURCE: Final = "invented"


@dataclass(frozen=True, slots=True)
class Named:
    kind: PlaceKind
    use: str
    name: Words
    at: Any
    road: str = ""
    plate: str = ""
    aliases: tuple[str, ...] = ()


def areas(plan: Plan, streets: Sequence[Any], villages: Iterable[Any]) -> list[Named]:
    """The streets and what lies off the platform, then the villages."""
    found = [
        Named(PlaceKind.AREA, "street", one.name, _middle(shape), aliases=(one.short.zh,))
        for one, shape in zip(plan.streets, streets, strict=True)
    ]
    for village in villages:
        use = "town" if village.seat else "village"
        found.append(Named(PlaceKind.LAND, use, village.name, _middle(village.area)))
    return found


def landmarks(plan: Plan, bend: Bend) -> list[Named]:
    return [
        Named(PlaceKind.POI, one.use, one.name, bend.pairs(np.array([one.at]) * 1000)[0])
        for one in plan.landmarks
    ]


def roads(named: Register) -> list[Named]:
    """In the middle of the longest piece, so that the point lies on it."""
    found = []
    for road in named.values():
        parts = shapely.get_parts(shapely.line_merge(road.shape))
        longest = max(parts, key=lambda part: part.length)
        middle = np.array(longest.interpolate(0.5, normalized=True).coords[0])
        found.append(Named(PlaceKind.ROAD, road.kind.replace("_", "-"), road.name, middle, road.code))
    return found


def of_land(land: Land) -> list[Named]:
    """Estates as neighbourhoods, the rest as points of interest, with its largest place as the point."""
    found = []
    for at, name in enumerate(land.names):
        use = land.estates.use[at]
        if name.zh and use != "village":
            kind = PlaceKind.NEIGHBOURHOOD if use in NEIGHBOURHOODS else PlaceKind.POI
            found.append(Named(kind, use, name, _middle(land.estates.shapes[at])))
    return found


def plates(named: Register, inside: Any) -> list[Named]:
    found: list[Named] = []
    for road in named.values():
        parts = _in_order(shapely.line_merge(shapely.intersection(road.shape, inside)))
        pairs = np.concatenate([_pairs(part, road.kind) for part in parts] or [np.zeros((0, 2))])
        for number, at in enumerate(pairs, 1):
            name = Words(f"{road.name.zh}{number}号", f"{number} {road.name.en}")
            found.append(Named(PlaceKind.PLATE, "plate", name, at, road.code, str(number)))
    return found


def _in_order(shape: Any) -> list[Any]:
    """The parts of a road from its western or southern end, each running that way."""
    west, south, east, north = shape.bounds
    way = (0.1, 1.0) if north - south > east - west else (1.0, 0.1)
    ends = [(part, [float(np.dot(part.coords[end], way)) for end in (0, -1)]) for part in _lines(shape)]
    return [part if a <= b else part.reverse() for part, (a, b) in sorted(ends, key=lambda it: min(it[1]))]


def _lines(shape: Any) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 1]


def _pairs(part: Any, kind: str) -> Any:
    """A door on the left, odd, and one on the right, even, in turn."""
    away = np.arange(PLATE_M / 2, part.length, PLATE_M)
    on = shapely.get_coordinates(shapely.line_interpolate_point(part, away))
    forward = (
        shapely.get_coordinates(shapely.line_interpolate_point(part, np.minimum(away + 1, part.length))) - on
    )
    across = (
        np.column_stack([-forward[:, 1], forward[:, 0]]) / np.maximum(np.hypot(*forward.T), 1e-9)[:, None]
    )
    off = DOOR_M["main" if kind in ("primary", "trunk") else "lesser"]
    return np.stack([on + across * off, on - across * off], axis=1).reshape(-1, 2)


def restaurants(land: Land, plan: Plan, inside: Any) -> list[Named]:
    """As many as the plan says where the whole ground is made; thickest round shops and markets."""
    each = (
        np.array([EATING.get(use, 0.0) for use in land.estates.use]) * shapely.area(land.estates.shapes) / 1e4
    )
    here = shapely.contains_properly(inside, shapely.point_on_surface(land.estates.shapes))
    each = np.where(here, each, 0.0)
    ends = np.rint(np.cumsum(each) / each.sum() * plan.restaurants).astype(int)
    count = np.diff(np.r_[0, ends])
    naming = Naming(plan.seed)
    which = np.repeat(np.arange(len(count)), count)
    points = _scattered(land.estates.shapes, which, plan.seed)
    return [Named(PlaceKind.POI, "restaurant", naming.next("restaurant"), point) for point in points]


def toilets(land: Land, plan: Plan) -> list[Named]:
    share = np.array([TOILETS.get(use, 0.0) for use in land.estates.use])
    drawn = at_places(plan.seed, "toilet", shapely.get_coordinates(shapely.centroid(land.estates.shapes)))
    which = np.flatnonzero(drawn < share)
    naming = Naming(plan.seed)
    points = _scattered(land.estates.shapes, which, plan.seed + 1)
    return [Named(PlaceKind.POI, "toilet", naming.next("toilet"), point) for point in points]


def _scattered(shapes: Any, which: Any, seed: int) -> Any:
    """A point of each on a chord through its area: near its edge as often as not, where a street is."""
    number = np.arange(len(which)) - np.searchsorted(which, which)
    middle = shapely.get_coordinates(shapely.point_on_surface(shapes[which]))
    drawn = at_places(seed, "chord", middle + number[:, None] * 1.5)
    far = np.column_stack([np.cos(drawn * 6.2832), np.sin(drawn * 6.2832)]) * 900
    chord = shapely.linestrings(np.stack([middle, middle + far], axis=1))
    within = shapely.intersection(chord, shapely.buffer(shapes[which], -6))
    parts = np.array([shapely.get_geometry(one, 0) for one in within])
    good = np.array(
        [part is not None and part.geom_type == "LineString" and part.length > 1 for part in parts]
    )
    share = 0.35 + 0.6 * at_places(seed, "share", middle + number[:, None] * 2.5)
    points = middle.copy()
    points[good] = shapely.get_coordinates(
        shapely.line_interpolate_point(parts[good], share[good], normalized=True)
    )
    return points


def table(found: Sequence[Named]) -> Table:
    return Table(
        shapely.points(np.array([one.at for one in found]).reshape(-1, 2)),
        {
            "code": [f"place-{number:06d}" for number in range(1, len(found) + 1)],
            "kind": [one.kind.value for one in found],
            "use": [one.use for one in found],
            "name_zh": [one.name.zh for one in found],
            "name_en": [one.name.en for one in found],
            "aliases": [";".join(one.aliases) for one in found],
            "road": [one.road for one in found],
            "plate": [one.plate for one in found],
            "source": [SOURCE] * len(found),
        },
    )


def _middle(shape: Any) -> Any:
    return np.array(shapely.point_on_surface(shape).coords[0])
