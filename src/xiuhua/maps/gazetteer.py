"""All names of the district in memory: places with their other names, roads of the base map with their lines.

Read again each day, and when places or the base map have changed.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.address import folded
from xiuhua.domain.district import District
from xiuhua.domain.geocoding import Around, RoadName
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.ground import NamedPlace, PlaceKind
from xiuhua.domain.place import Wgs84, distance_m
from xiuhua.domain.words import Words
from xiuhua.maps.kept import settle
from xiuhua.maps.names import first_zoom
from xiuhua.maps.texts import Texts
from xiuhua.space.metres import Metres, polygon
from xiuhua.store.boxes import Box
from xiuhua.store.queries.drawn import RoadLine, ground_version, place_version, road_lines
from xiuhua.store.queries.named_places import named_places

_MOST_GRIDS: Final = 200  # ours: of them the likest are kept
_MOST: Final = 60  # ours: candidates of one kind; a list of more is not read
_MEET_M: Final = 12.0  # ours: carriageways of a wide road lie so far from its middle
_APART_M: Final = 60.0  # ours: two crossings nearer than that are one
_DIVISIONS: Final = (Tier.DISTRICT, Tier.STREET, Tier.COMMUNITY)


@dataclass(frozen=True, slots=True)
class Road:
    said: RoadName
    line: Any


@dataclass
class Names:
    """A gazetteer as `domain.geocoding` asks it."""

    places: Sequence[NamedPlace]
    lines: dict[str, Road]
    divisions: Sequence[str]
    road_names: dict[str, str]
    grids: Sequence[tuple[Grid, tuple[str, ...]]] = ()
    _by_name: dict[str, list[NamedPlace]] = field(default_factory=dict)
    _by_alias: dict[str, list[NamedPlace]] = field(default_factory=dict)
    _plates: dict[str, list[NamedPlace]] = field(default_factory=dict)
    _sorted_roads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place in self.places:
            for name in {folded(place.name.zh), folded(place.name.en)} - {""}:
                self._by_name.setdefault(name, []).append(place)
            for alias in place.aliases:
                self._by_alias.setdefault(folded(alias), []).append(place)
            if place.kind is PlaceKind.PLATE:
                self._plates.setdefault(self.road_names.get(place.road, folded(place.road)), []).append(place)
        self._sorted_roads = sorted(self.lines, key=lambda name: (len(name), name))
        searched = [p for p in self.places if p.kind is not PlaceKind.PLATE]
        self._searched = searched
        self._texts = Texts([folded(" ".join((p.name.zh, p.name.en, *p.aliases))) for p in searched])
        self._grid_texts = Texts([" ".join(said) for _, said in self.grids])
        self._degrees = np.array([(p.place.lon, p.place.lat) for p in self.places]).reshape(-1, 2)
        spots: Any = shapely.points(self._degrees)
        self._tree = shapely.STRtree(spots)
        self._zooms = np.array([first_zoom(place) for place in self.places], dtype=int)
        self._road_list = list(self.lines.values())
        self._road_tree = shapely.STRtree([road.line for road in self._road_list])

    def named(self, name: str) -> Sequence[NamedPlace]:
        return self._by_name.get(name, ())[:_MOST]

    def also_named(self, name: str) -> Sequence[NamedPlace]:
        return self._by_alias.get(name, ())[:_MOST]

    def with_part(self, text: str) -> Sequence[NamedPlace]:
        return [self._searched[i] for i in self._texts.holding(text, _MOST)]

    def alike(self, text: str) -> Sequence[NamedPlace]:
        return [self._searched[i] for i in self._texts.sharing(text, _MOST)]

    def grids_said(self, text: str) -> list[tuple[Grid, tuple[str, ...]]]:
        """Grids with the text in their code or name, each with all that it is called, folded."""
        return [self.grids[i] for i in self._grid_texts.holding(text, _MOST_GRIDS)]

    def roads(self, text: str) -> Sequence[RoadName]:
        if not text:
            return []
        starting = [self.lines[name].said for name in self._sorted_roads if name.startswith(text)]
        english = [road.said for road in self._road_list if folded(road.said.name.en).startswith(text)]
        return [*starting, *english][:_MOST]

    def plates(self, road: str) -> Sequence[NamedPlace]:
        return self._plates.get(road, ())

    def crossings(self, one: str, other: str) -> Sequence[Wgs84]:
        """Where two roads meet; each crossing of two carriageways once."""
        if one not in self.lines or other not in self.lines or one == other:
            return ()
        first, second = self.lines[one].line, self.lines[other].line
        metres = Metres(self.lines[one].said.middle.lat)
        there = shapely.intersection(metres.flat(first), shapely.buffer(metres.flat(second), _MEET_M))
        found: list[Wgs84] = []
        for part in shapely.get_parts(there):
            if part.is_empty:  # roads that do not meet
                continue
            place = metres.place(shapely.centroid(part))
            if all(distance_m(place, known) > _APART_M for known in found):
                found.append(place)
        return found

    # what lies where

    def shown(self, box: Box, zoom: int, most: int) -> list[NamedPlace]:
        """Whose names stand on a map of that zoom, the larger first."""
        here = np.sort(self._tree.query(shapely.box(box.west, box.south, box.east, box.north)))
        zooms = self._zooms[here]
        kept = here[zooms <= zoom][np.argsort(zooms[zooms <= zoom], kind="stable")]
        return [self.places[i] for i in kept[: max(0, most)].tolist()]

    def within(self, west: float, south: float, east: float, north: float) -> list[NamedPlace]:
        return [self.places[i] for i in sorted(self._tree.query(shapely.box(west, south, east, north)).tolist())]

    def around(self, place: Wgs84, within_m: float = 150.0) -> Around:
        metres = Metres(place.lat)
        east, north = metres.scale
        box = (place.lon - within_m / east, place.lat - within_m / north,
               place.lon + within_m / east, place.lat + within_m / north)  # fmt: skip
        near = sorted(((p, distance_m(p.place, place)) for p in self.within(*box)), key=lambda pair: pair[1])
        plate = next((pair for pair in near if pair[0].kind is PlaceKind.PLATE), None)
        other = next((pair for pair in near if pair[0].kind is not PlaceKind.PLATE), None)
        return Around(plate, other, self._roads_around(place, box, metres))

    def _roads_around(
        self, place: Wgs84, box: tuple[float, float, float, float], metres: Metres
    ) -> list[tuple[RoadName, float]]:
        here = metres.flat(shapely.Point(place.lon, place.lat))
        found = [self._road_list[i] for i in self._road_tree.query(shapely.box(*box)).tolist()]
        measured = [(road.said, float(shapely.distance(metres.flat(road.line), here))) for road in found]
        return sorted(measured, key=lambda pair: (pair[1], pair[0].name.zh))


def _read(district: District, day: date) -> Names:
    divisions = {folded(g.name.zh) for g in district.grids.active(day) if g.tier in _DIVISIONS}
    codes = {road.code: folded(road.name.zh) for road in district.roads}
    lines = _lines(road_lines(), {name: code for code, name in codes.items()}, _ground(district, day))
    codes |= {road.said.code: name for name, road in lines.items() if road.said.code}
    grids = [(grid, _said(grid)) for grid in district.grids.active(day) if grid.outline]
    return Names(named_places(day), lines, sorted(divisions), codes, grids)


def _said(grid: Grid) -> tuple[str, ...]:
    return folded(grid.code), folded(grid.name.zh), folded(grid.name.en)


def _ground(district: District, day: date) -> Any:
    """The streets together; empty where none has an outline."""
    streets = [polygon(grid) for grid in district.grids.active(day, Tier.STREET) if grid.outline]
    ground = shapely.union_all(streets)
    shapely.prepare(ground)
    return ground


def _lines(rows: Iterable[RoadLine], codes: dict[str, str], ground: Any) -> dict[str, Road]:
    """Pieces of one name are one road; its middle is a point on the middle one of its pieces in the district.

    A road leads on into other districts, where nobody here looks for it.
    """
    pieces: dict[str, list[RoadLine]] = {}
    for row in rows:
        pieces.setdefault(folded(row.zh), []).append(row)
    found = {}
    for name, of in pieces.items():
        shapes = shapely.from_wkb([row.shape for row in of])
        line = shapely.union_all(shapes) if len(shapes) > 1 else shapes[0]
        middles = shapely.line_interpolate_point(shapes, 0.5, normalized=True)
        here = middles[shapely.contains(ground, middles)]
        middle = here[len(here) // 2] if len(here) else middles[len(middles) // 2]
        code = codes.get(name) or next((row.road for row in of if row.road), "")
        said = RoadName(Words(of[0].zh, of[0].en), Wgs84(round(middle.x, 7), round(middle.y, 7)), code)
        found[name] = Road(said, line)
    return found


class _Kept:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: tuple[str, date, int, int] | None = None
        self._names: Names | None = None

    def get(self, district: District, day: date) -> Names:
        with self._lock:
            key = (district.version, day, place_version(), ground_version())
            if self._names is None or key != self._key:
                self._names, self._key = _read(district, day), key
                settle()
            return self._names

    def forget(self) -> None:
        with self._lock:
            self._names = None


_kept = _Kept()
names = _kept.get
forget = _kept.forget
