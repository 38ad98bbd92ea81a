"""Points, each with its datum in the type, and the ways between the datums.

CGCS2000 and WGS 84 differ by centimetres: the numbers are taken over unchanged. GCJ-02 is the shifted datum of
Gaode and Tencent, BD-09 that of Baidu; neither is published, the formulas are those in common use (recall). They shift
inside a rectangle around China only. Leaves out: projections (Gauss-Kruger) and heights.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from xiuhua.domain.words import Words, Wrong

Pair = tuple[float, float]
Way = Callable[[float, float], Pair]


@dataclass(frozen=True, slots=True)
class _Degrees:
    """Longitude and latitude in decimal degrees; two points of different datum are never equal."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        _within("lon", self.lon, 180)
        _within("lat", self.lat, 90)


class Wgs84(_Degrees):
    """The datum of satellites, and of everything stored here."""

    __slots__ = ()


class Cgcs2000(_Degrees):
    """China's geodetic datum; equal to WGS 84 within centimetres."""

    __slots__ = ()


class Gcj02(_Degrees):
    """The shifted datum of Gaode and Tencent maps."""

    __slots__ = ()


class Bd09(_Degrees):
    """The shifted datum of Baidu maps."""

    __slots__ = ()


Place = Wgs84 | Cgcs2000 | Gcj02 | Bd09
Datum = TypeVar("Datum", bound=Place)


def to_wgs84(place: Place) -> Wgs84:
    return Wgs84(*_FROM_DATUM[type(place)](place.lon, place.lat))


def wgs84_to(place: Wgs84, datum: type[Datum]) -> Datum:
    return datum(*_TO_DATUM[datum](place.lon, place.lat))


def distance_m(a: Wgs84, b: Wgs84) -> float:
    """Metres along a great circle: haversine with the mean radius, at most 0.6 % off the ellipsoid.

    That is half a metre on a duplicate radius of 100 m, below what a phone can tell.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    across = math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    along = math.sin((lat_b - lat_a) / 2) ** 2
    share = along + math.cos(lat_a) * math.cos(lat_b) * across
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, share)))


EARTH_RADIUS_M = 6_371_008.8  # IUGG mean radius R1
KRASOVSKY_A_M = 6_378_245.0  # Krasovsky 1940, as the customary GCJ-02 formula has it
KRASOVSKY_E2 = 0.00669342162296594323
BD_TURN = math.pi * 3000 / 180
BD_LON, BD_LAT = 0.0065, 0.006  # degrees
STOP_DEGREES = 1e-10  # ours: far below the 1e-6 degree (10 cm) that is promised
STEPS = 30  # ours: five or six are needed
CHINA = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north of the customary rectangle


def _within(field: str, degrees: float, most: int) -> None:
    if not -most <= degrees <= most:  # also refuses "not a number"
        words = Words(f"坐标超出范围：{field} = {degrees}", f"Coordinate out of range: {field} = {degrees}")
        raise Wrong("place-out-of-range", words, field)


def _in_china(lon: float, lat: float) -> bool:
    west, south, east, north = CHINA
    return west <= lon <= east and south <= lat <= north


def _wave(x: float, *terms: tuple[float, float]) -> float:
    return sum(metres * math.sin(x * often * math.pi) for metres, often in terms) * 2 / 3


def _shift_m(lon: float, lat: float) -> Pair:
    """East and north shift of GCJ-02, in metres."""
    x, y = lon - 105, lat - 35
    both = _wave(x, (20, 6), (20, 2)) + 0.1 * x * y
    root = math.sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * root + both
    east += _wave(x, (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.2 * root + both
    north += _wave(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    return east, north


def _gcj(lon: float, lat: float) -> Pair:
    east, north = _shift_m(lon, lat)
    bend = 1 - KRASOVSKY_E2 * math.sin(math.radians(lat)) ** 2
    across_m = KRASOVSKY_A_M / math.sqrt(bend) * math.cos(math.radians(lat))
    along_m = KRASOVSKY_A_M * (1 - KRASOVSKY_E2) / (bend * math.sqrt(bend))
    return lon + math.degrees(east / across_m), lat + math.degrees(north / along_m)


def _bd(lon: float, lat: float) -> Pair:
    """GCJ-02 to BD-09."""
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * BD_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * BD_TURN)
    return radius * math.cos(angle) + BD_LON, radius * math.sin(angle) + BD_LAT


def _wgs_to_bd(lon: float, lat: float) -> Pair:
    return _bd(*_gcj(lon, lat))


def _inverse(way: Way, lon: float, lat: float) -> Pair:
    """The point from which `way` leads here: the shift changes slowly, so going back by the error converges."""
    x, y = lon, lat
    for _ in range(STEPS):
        there = way(x, y)
        off_x, off_y = there[0] - lon, there[1] - lat
        x, y = x - off_x, y - off_y
        if abs(off_x) + abs(off_y) < STOP_DEGREES:
            break
    return x, y


def _same(lon: float, lat: float) -> Pair:
    return lon, lat


def _inside(way: Way) -> Way:
    return lambda lon, lat: way(lon, lat) if _in_china(lon, lat) else (lon, lat)


_TO_DATUM: dict[type[_Degrees], Way] = {
    Wgs84: _same,
    Cgcs2000: _same,
    Gcj02: _inside(_gcj),
    Bd09: _inside(_wgs_to_bd),
}
_FROM_DATUM: dict[type[_Degrees], Way] = {
    Wgs84: _same,
    Cgcs2000: _same,
    Gcj02: _inside(partial(_inverse, _gcj)),
    Bd09: _inside(partial(_inverse, _wgs_to_bd)),
}
