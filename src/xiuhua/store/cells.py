"""Cells of a thousandth of a degree (about 110 by 90 m), so that near cases are found by a plain index."""

import math

from xiuhua.domain.place import Wgs84

_PER_DEGREE = 1000
_ROW = 1_000_000
_METRES_A_DEGREE = 111_320.0  # of latitude


def cell(longitude: float, latitude: float) -> int:
    return math.floor(latitude * _PER_DEGREE) * _ROW + math.floor(longitude * _PER_DEGREE)


def cells_around(place: Wgs84, radius_m: float) -> list[int]:
    """All cells that a circle touches, and a few more."""
    north = radius_m / _METRES_A_DEGREE
    east = north / max(0.01, math.cos(math.radians(place.lat)))
    rows = range(
        math.floor((place.lat - north) * _PER_DEGREE), math.floor((place.lat + north) * _PER_DEGREE) + 1
    )
    columns = range(
        math.floor((place.lon - east) * _PER_DEGREE), math.floor((place.lon + east) * _PER_DEGREE) + 1
    )
    return [row * _ROW + column for row in rows for column in columns]
