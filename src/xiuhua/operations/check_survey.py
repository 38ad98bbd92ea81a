"""Check a survey of components before it is taken: what each line says, then whether its place is free.

A line says the same whoever else writes, and is read before anything is locked. Whether a place is free follows from
the register, and is asked while nobody else can put anything there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from xiuhua.domain.component import Component
from xiuhua.domain.component_file import ComponentReading
from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import TWICE, Row
from xiuhua.operations.components import OUTSIDE, SAME_PLACE, known
from xiuhua.operations.world import World
from xiuhua.store import components as store

_Place: TypeAlias = tuple[str, float, float]


@dataclass(frozen=True)
class Lines:
    """A survey as it was read: for each line its cells under our names, and its place in WGS 84 (nan: none)."""

    rows: Sequence[Row]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    faults: Sequence[Fault] = ()
    words: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A component, and the line that tells of it."""

    row: Row
    component: Component


def read_lines(lines: Lines, world: World) -> tuple[list[Told], list[Fault]]:
    """Each code once."""
    reading = ComponentReading(known(world.district, lines.words))
    lon, lat = np.round(lines.lon, 7), np.round(lines.lat, 7)
    located = world.locator.locate_many(lon, lat)
    grids, streets = located.smallest().tolist(), located.codes(Tier.STREET).tolist()
    first: dict[str, int] = {}
    told: list[Told] = []
    for i, (row, x, y, outside_m) in enumerate(
        zip(lines.rows, lon.tolist(), lat.tolist(), located.outside_m.tolist(), strict=True)
    ):
        if outside_m > 0:
            words = OUTSIDE.filled(m=round(outside_m, 1), lon=x, lat=y)
            reading.faults.append(Fault(row.file, row.line, "place", words))
        place = Wgs84(x, y) if outside_m == 0 else None
        component = reading.read(row, place, grids[i], streets[i])
        if component is None:
            continue
        line = first.setdefault(component.code, row.line)
        if line == row.line:
            told.append(Told(row, component))
        else:
            reading.faults.append(Fault(row.file, row.line, "code", TWICE.filled(text=component.code, line=line)))
    return told, reading.faults


def with_free_places(told: Sequence[Told]) -> tuple[list[Told], list[Fault]]:
    """Those whose place is free, against the register as it is now, and what is wrong with the others."""
    places = _Places(told, store.places_taken())
    return [one for one in told if one.component.code in places.moving], places.faults


class _Places:
    """Who stands where once the survey is taken: one component of a class at a place, first of all who stays.

    A line that is left out neither takes a place nor frees one: what it tells of stays where it stood, and whoever was
    to stand there is left out too. What is gone stands nowhere.
    """

    def __init__(self, told: Sequence[Told], register: Iterable[tuple[str, float, float, str]]) -> None:
        self.moving = {one.component.code: one.row for one in told}
        self.faults: list[Fault] = []
        self._stood: dict[str, _Place] = {}
        self._stands: dict[_Place, str] = {}
        for class_key, lon, lat, code in register:
            place = _place(class_key, lon, lat)
            if code in self.moving:
                self._stood[code] = place
            else:
                self._stands[place] = code
        placed = [(one.component.code, _place_of(one.component)) for one in told if _is_there(one.component)]
        for code, place in sorted(placed, key=lambda pair: self._stood.get(pair[0]) != pair[1]):
            other = self._stands.setdefault(place, code)
            if other != code:
                self._leave_out(code, other)

    def _leave_out(self, code: str, other: str) -> None:
        """`other` has its place; it goes back to where it stood, and so on with whoever has taken that."""
        while code in self.moving:
            row = self.moving.pop(code)
            self.faults.append(Fault(row.file, row.line, "place", SAME_PLACE.filled(other=other)))
            if code not in self._stood:  # a new one
                return
            stood = self._stood[code]
            there = self._stands.get(stood)
            if there is None or there in self.moving:
                self._stands[stood] = code
            if there is None:
                return
            code, other = there, code


def _is_there(component: Component) -> bool:
    return component.state.value not in store.GONE


def _place_of(component: Component) -> _Place:
    return _place(component.class_key, component.place.lon, component.place.lat)


def _place(class_key: str, lon: float, lat: float) -> _Place:
    """To a millionth of a degree: a tenth of a metre."""
    return class_key, round(lon, 6), round(lat, 6)
