"""A square of the web map: its number, the degrees it covers, and degrees to its own units.

The square is one of Web Mercator (the tile matrix WebMercatorQuad); its units are those of a vector tile, 4,096 to a
side with the origin above left. On a base map in GCJ-02 the squares are cut in that datum: what is stored is shifted
for drawing only, and never kept.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from xiuhua.domain.place import Gcj02, Wgs84, to_wgs84, wgs84_to
from xiuhua.store.boxes import Box

EXTENT: Final = 4096
BUFFER: Final = 64  # units drawn beyond the rim, so that lines and labels do not end at it
DEEPEST: Final = 18
CLOSE: Final = 17  # the last that our own maps ask for: nearer they draw the same larger
_KNOTS: Final = 17  # ours: points of the shift per side; between them it is straight within 2 cm from zoom 12 on
_MERCATOR_END: Final = 85.0511287798066  # degrees of latitude where the square map ends


@dataclass(frozen=True)
class Tile:
    """`shifted`: its degrees are those of a map in GCJ-02."""

    z: int
    x: int
    y: int
    shifted: bool = False

    @property
    def is_one(self) -> bool:
        return 0 <= self.z <= DEEPEST and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    @cached_property
    def box(self) -> Box:
        """What can be seen in it with its rim, in WGS 84."""
        return self._around(BUFFER / EXTENT)

    @cached_property
    def seen(self) -> Box:
        """Without the rim."""
        return self._around(0)

    def _around(self, share: float) -> Box:
        west, north = self._degrees(self.x - share, self.y - share)
        east, south = self._degrees(self.x + 1 + share, self.y + 1 + share)
        if not self.shifted:
            return Box(west, south, east, north)
        corners = [to_wgs84(Gcj02(lon, lat)) for lon in (west, east) for lat in (south, north)]
        lons, lats = [c.lon for c in corners], [c.lat for c in corners]
        return Box(min(lons), min(lats), max(lons), max(lats))

    @property
    def metres_a_unit(self) -> float:
        """In its middle."""
        lat = self._degrees(self.x + 0.5, self.y + 0.5)[1]
        return 40_075_016.7 * math.cos(math.radians(lat)) / float(2**self.z) / EXTENT

    def _degrees(self, x: float, y: float) -> tuple[float, float]:
        side = float(2**self.z)
        lon = x / side * 360 - 180
        lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / side))))
        return max(-180.0, min(180.0, lon)), max(-_MERCATOR_END, min(_MERCATOR_END, lat))

    def units(self, degrees: Any) -> Any:
        """An array of longitude and latitude (WGS 84) in the tile's units, not rounded."""
        here = self._moved(degrees) if self.shifted else degrees
        side = 2**self.z
        lat = np.radians(np.clip(here[:, 1], -_MERCATOR_END, _MERCATOR_END))
        x = (here[:, 0] + 180) / 360 * side - self.x
        y = (1 - np.arcsinh(np.tan(lat)) / math.pi) / 2 * side - self.y
        return np.column_stack((x, y)) * EXTENT

    def units_of(self, squared: Any) -> Any:
        """Of places on the square of the whole world, from 0 to 1."""
        return (squared * float(2**self.z) - (self.x, self.y)) * EXTENT

    def _moved(self, degrees: Any) -> Any:
        """To GCJ-02, between the knots of a lattice that the one formula of `domain.place` was asked for."""
        box, (east, north) = self.box, self._lattice
        across = np.clip((degrees[:, 0] - box.west) / (box.east - box.west), 0, 1) * (_KNOTS - 1)
        along = np.clip((degrees[:, 1] - box.south) / (box.north - box.south), 0, 1) * (_KNOTS - 1)
        i, j = np.minimum(across.astype(int), _KNOTS - 2), np.minimum(along.astype(int), _KNOTS - 2)
        u, v = across - i, along - j
        weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        corners = ((i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1))
        by = [sum(w * part[a, b] for w, (a, b) in zip(weights, corners, strict=True)) for part in (east, north)]
        return degrees + np.column_stack(by)

    @cached_property
    def _lattice(self) -> tuple[Any, Any]:
        box = self.box
        lons = np.linspace(box.west, box.east, _KNOTS)
        lats = np.linspace(box.south, box.north, _KNOTS)
        there = [[wgs84_to(Wgs84(lon, lat), Gcj02) for lat in lats.tolist()] for lon in lons.tolist()]
        east = np.array([[p.lon for p in row] for row in there]) - lons[:, None]
        north = np.array([[p.lat for p in row] for row in there]) - lats[None, :]
        return east, north
