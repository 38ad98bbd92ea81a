"""The shifted datums for whole arrays of degrees: the formulas of `domain.place`, in numpy, tested to be the same."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from xiuhua.domain.place import (
    BD_LAT,
    BD_LON,
    BD_TURN,
    CHINA,
    KRASOVSKY_A_M,
    KRASOVSKY_E2,
    STEPS,
    STOP_DEGREES,
)

Floats = npt.NDArray[np.float64]
Pairs = npt.NDArray[np.float64]  # n by 2: longitude, latitude
Way = Callable[[Pairs], Pairs]

_BOTH: Final = ((20, 6), (20, 2))
_EAST: Final = ((20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
_NORTH: Final = ((20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))


def _wave(x: Floats, terms: tuple[tuple[float, float], ...]) -> Any:
    return sum(metres * np.sin(x * often * np.pi) for metres, often in terms) * 2 / 3


def _gcj(pairs: Pairs) -> Pairs:
    lon, lat = pairs.T
    x, y = lon - 105, lat - 35
    both = _wave(x, _BOTH) + 0.1 * x * y
    root = np.sqrt(np.abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * root + both + _wave(x, _EAST)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * root + both + _wave(y, _NORTH)
    bend = 1 - KRASOVSKY_E2 * np.sin(np.radians(lat)) ** 2
    across_m = KRASOVSKY_A_M / np.sqrt(bend) * np.cos(np.radians(lat))
    along_m = KRASOVSKY_A_M * (1 - KRASOVSKY_E2) / (bend * np.sqrt(bend))
    return np.column_stack([lon + np.degrees(east / across_m), lat + np.degrees(north / along_m)])


def _bd(pairs: Pairs) -> Pairs:
    lon, lat = _gcj(pairs).T
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_TURN)
    return np.column_stack([radius * np.cos(angle) + BD_LON, radius * np.sin(angle) + BD_LAT])


def _inverse(way: Way) -> Way:
    def back(pairs: Pairs) -> Pairs:
        found = pairs.copy()
        for _ in range(STEPS):
            off = way(found) - pairs
            found -= off
            if np.abs(off).sum(axis=1).max(initial=0) < STOP_DEGREES:
                break
        return found

    return back


def _inside(way: Way) -> Way:
    """Both datums shift inside a rectangle around China only."""
    west, south, east, north = CHINA

    def only_there(pairs: Pairs) -> Pairs:
        lon, lat = pairs.T
        there = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        found = pairs.copy()
        found[there] = way(pairs[there])
        return found

    return only_there


FROM_WGS84: Final[dict[str, Way]] = {"gcj02": _inside(_gcj), "bd09": _inside(_bd)}
TO_WGS84: Final[dict[str, Way]] = {"gcj02": _inside(_inverse(_gcj)), "bd09": _inside(_inverse(_bd))}
