"""Outlines as polygons, and degrees to metres around one place: equirectangular, right to 0.1 % over a district."""

import math
from dataclasses import dataclass
from typing import Any

import shapely

from xiuhua.domain.grid import Grid
from xiuhua.domain.place import EARTH_RADIUS_M, Wgs84

DEGREE_M = math.radians(1) * EARTH_RADIUS_M


def polygon(grid: Grid) -> shapely.Polygon:
    """In degrees."""
    return shapely.Polygon([(point.lon, point.lat) for point in grid.outline])


@dataclass(frozen=True, slots=True)
class Metres:
    """East and north of one latitude; what lies far from it is stretched."""

    lat: float

    @property
    def scale(self) -> tuple[float, float]:
        return DEGREE_M * math.cos(math.radians(self.lat)), DEGREE_M

    def flat(self, geometry: Any) -> Any:
        """The geometry, or an array of them, with metres as coordinates."""
        return shapely.transform(geometry, lambda pairs: pairs * self.scale)

    def place(self, point: Any) -> Wgs84:
        east, north = self.scale
        return Wgs84(round(point.x / east, 6), round(point.y / north, 6))
