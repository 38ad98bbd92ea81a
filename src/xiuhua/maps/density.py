"""How many components lie where, in memory: a map of the whole district counts a million of them in milliseconds,
which no GROUP BY of either database does. Read again when a component has come or changed.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from xiuhua.maps.tile import EXTENT, Tile
from xiuhua.store.boxes import Box
from xiuhua.store.queries.drawn import Chosen, component_points, component_version

SQUARES: Final = 8  # ours: to a side of a tile; 64 pixels, so that most counts do not touch
_REST: Final = 20  # ours: reading takes at most a twentieth of the time, however often components change


@dataclass(frozen=True, slots=True)
class Squares:
    """The mean place of those in each full square and how many they are; the ids of those in the others."""

    middles: Any
    counts: Any
    single: Any


@dataclass(frozen=True, slots=True)
class Density:
    """Sorted by longitude. `ids` are those of the rows, `classes` and `states` name what the numbers of the arrays
    stand for; `version` is that of the components when reading began."""

    ids: Any
    degrees: Any
    squared: Any  # the same on the square of Web Mercator, from 0 to 1: worked out once
    class_of: Any
    state_of: Any
    classes: tuple[str, ...]
    states: tuple[str, ...]
    version: int

    def within(self, box: Box, chosen: Chosen) -> Any:
        """Which of them, as indices."""
        first = np.searchsorted(self.degrees[:, 0], box.west, side="left")
        last = np.searchsorted(self.degrees[:, 0], box.east, side="right")
        lats = self.degrees[first:last, 1]
        here = (lats >= box.south) & (lats <= box.north)
        for wanted, names, numbers in (
            (chosen.classes, self.classes, self.class_of), (chosen.states, self.states, self.state_of),
        ):  # fmt: skip
            if wanted:
                known = [names.index(name) for name in wanted if name in names]
                here &= np.isin(numbers[first:last], known)
        return np.flatnonzero(here) + first

    def squares(self, tile: Tile, which: Any, few: int) -> Squares:
        """Those that lie in the tile, counted in each square that has more than a few."""
        units = tile.units(self.degrees[which]) if tile.shifted else tile.units_of(self.squared[which])
        inside = ((units >= 0) & (units < EXTENT)).all(axis=1)
        which, units = which[inside], units[inside]
        cells = (units * SQUARES // EXTENT).astype(int)
        cell = cells[:, 0] * SQUARES + cells[:, 1]
        counts = np.bincount(cell, minlength=SQUARES * SQUARES)
        full = counts > few
        lon, lat = (np.bincount(cell, self.degrees[which, part], minlength=SQUARES * SQUARES) for part in (0, 1))
        middles = np.column_stack((lon, lat))[full] / counts[full, None]
        return Squares(middles, counts[full], self.ids[which[~full[cell]]])


def _read(version: int) -> Density:
    ids, degrees, classes, states = [np.empty(0, dtype=np.int64)], [np.empty((0, 2))], [], []
    names: dict[str, int] = {}
    conditions: dict[str, int] = {}
    for batch in component_points():
        numbers, lons, lats, keys, states_here = zip(*batch, strict=True)
        ids.append(np.array(numbers, dtype=np.int64))
        degrees.append(np.column_stack((lons, lats)))
        classes.append(np.array([names.setdefault(key, len(names)) for key in keys], dtype=np.int32))
        states.append(np.array([conditions.setdefault(one, len(conditions)) for one in states_here], dtype=np.int8))
    all_degrees = np.concatenate(degrees)
    order = np.argsort(all_degrees[:, 0], kind="stable")
    by_class = np.concatenate(classes or [np.empty(0, dtype=np.int32)])[order]
    by_state = np.concatenate(states or [np.empty(0, dtype=np.int8)])[order]
    there = all_degrees[order]
    squared = Tile(0, 0, 0).units(there) / EXTENT
    there_ids = np.concatenate(ids)[order]
    return Density(there_ids, there, squared, by_class, by_state, tuple(names), tuple(conditions), version)


class _Kept:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: Density | None = None
        self._again = 0.0

    def get(self) -> Density:
        with self._lock:
            version = component_version()
            if self._found is None or (version != self._found.version and time.monotonic() >= self._again):
                began = time.monotonic()
                self._found = _read(version)
                ended = time.monotonic()
                self._again = ended + _REST * (ended - began)
            return self._found

    def forget(self) -> None:
        with self._lock:
            self._found = None


_kept = _Kept()
density = _kept.get
forget = _kept.forget
