"""Coordinate systems by name, and the two ways between them and WGS 84 degrees.

CGCS2000 counts as WGS 84: its numbers are taken over unchanged (domain/place.py), projections are undone on its own
ellipsoid, and no shift of any grid or parameter set is applied. GCJ-02 and BD-09 are in no register: "gcj02", "bd09".
Other datums (Beijing 1954, Xi'an 1980, local ones) are refused: the published parameters are not exact.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from xiuhua.space.layers.datum import FROM_WGS84, TO_WGS84, Pairs
from xiuhua.space.layers.wrong import wrong

SHIFTED: Final = {"gcj02": "GCJ-02", "bd09": "BD-09"}
UNSHIFTED: Final = frozenset({"wgs1984", "worldgeodeticsystem1984", "worldgeodeticsystem1984ensemble", "china2000"})
# What a file in a shifted datum says of itself; nobody may take it for WGS 84.
_WKT: Final = (
    'GEOGCS["{name} (shifted datum, not WGS 84)",DATUM["{name} (shifted)",SPHEROID["Krasovsky 1940",6378245,298.3]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
)
ZONES: Final = range(25, 46)  # 3-degree Gauss-Kruger zones of China, 75°E to 135°E
ZONE_PREFIXED: Final = 4513  # EPSG code of zone 25; its eastings begin with the zone
ZONE_PLAIN: Final = 4534  # EPSG code of 75°E; eastings without the zone
FALSE_EASTING_M: Final = 500_000
_CHINA: Final = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north of where these zones are used


@dataclass(frozen=True)
class Crs:
    """`name` is "EPSG:4490" or "gcj02"; `wkt` is what a file says."""

    name: str
    wkt: str

    @property
    def shifted(self) -> bool:
        return self.name in SHIFTED

    @property
    def projected(self) -> bool:
        return not self.shifted and self.known.is_projected

    @cached_property
    def known(self) -> CRS:
        return CRS.from_user_input(self.wkt)

    @property
    def area(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north in degrees where the system is meant to be used; None where it does not say."""
        found = None if self.shifted else self.known.area_of_use
        return None if found is None else (found.west, found.south, found.east, found.north)

    def to_wgs84(self, pairs: Pairs) -> Pairs:
        return self._ways[0](pairs)

    def from_wgs84(self, pairs: Pairs) -> Pairs:
        return self._ways[1](pairs)

    @cached_property
    def _ways(self) -> tuple[Callable[[Pairs], Pairs], Callable[[Pairs], Pairs]]:
        if self.shifted:
            return TO_WGS84[self.name], FROM_WGS84[self.name]
        try:
            there = Transformer.from_crs(self.known, self.known.geodetic_crs, always_xy=True)
        except ProjError:  # such as a projection without its parameters
            raise wrong("unknown-crs", "crs", crs=self.name[:60]) from None
        return _way(there, "FORWARD"), _way(there, "INVERSE")


def _way(there: Transformer, direction: Any) -> Callable[[Pairs], Pairs]:
    return lambda pairs: np.column_stack(there.transform(pairs[:, 0], pairs[:, 1], direction=direction))


@cache
def crs_of(name: str) -> Crs:
    """From "EPSG:4548", "4548", "gcj02", or what a file says in WKT."""
    short = re.sub(r"[^a-z0-9]", "", name.lower())
    if short in SHIFTED:
        return Crs(short, _WKT.format(name=SHIFTED[short]))
    for key in SHIFTED:
        if key in short:  # as a file of ours says it, whatever the format makes of the name
            return Crs(key, _WKT.format(name=SHIFTED[key]))
    return _registered(name)


WGS84: Final = "EPSG:4326"


def _registered(name: str) -> Crs:
    try:
        known = CRS.from_user_input(int(name) if name.isdecimal() else name)
    except (CRSError, OverflowError):
        raise wrong("unknown-crs", "crs", crs=name[:60]) from None
    if known.geodetic_crs is None or known.is_geocentric or known.is_vertical:
        raise wrong("unknown-crs", "crs", crs=known.name)
    datum = known.datum.name if known.datum else ""
    if _plain(datum) not in UNSHIFTED:
        raise wrong("other-datum", "crs", crs=known.name, datum=datum)
    code = known.to_epsg()
    return Crs(f"EPSG:{code}", f"EPSG:{code}") if code else Crs(known.name, known.to_wkt())


def _plain(datum: str) -> str:
    return re.sub(r"[^a-z0-9]", "", datum.lower()).removeprefix("d")


def zone_of(lon: float) -> int:
    return min(max(round(lon / 3), ZONES.start), ZONES.stop - 1)


def metres_at(lon: float, lat: float) -> Crs:
    """The projection to measure in: CGCS2000 in the 3-degree zone of the place in China, UTM elsewhere."""
    west, south, east, north = _CHINA
    if west <= lon <= east and south <= lat <= north:
        return crs_of(f"EPSG:{ZONE_PLAIN + zone_of(lon) - ZONES.start}")
    zone = int((lon + 180) // 6 % 60) + 1
    return crs_of(f"EPSG:{(32600 if lat >= 0 else 32700) + zone}")


def guess(x: float) -> str:
    """An option to try for coordinates in metres: the zone stands before the easting, or nobody can know it."""
    zone = int(x // 1_000_000)
    return f"--crs EPSG:{ZONE_PREFIXED + zone - ZONES.start}" if zone in ZONES else "--crs EPSG:4534 … 4554"
