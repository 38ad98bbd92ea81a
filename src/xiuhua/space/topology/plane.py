"""The plane in which shapes are compared: the file's own coordinates, degrees drawn out to about metres.

A border that is straight in degrees is not in a projection: a neighbour with a point in its middle would gape by
centimetres. So shapes are compared where they are straight, and what is found is measured in a true projection.
"""

from dataclasses import dataclass
from typing import Any, Self

import shapely

from xiuhua.space.layers.crs import Crs
from xiuhua.space.layers.projection import Projection, moved
from xiuhua.space.metres import Metres


@dataclass(frozen=True)
class Plane:
    crs: Crs
    scale: tuple[float, float]
    measure: Projection

    @classmethod
    def of(cls, shapes: Any, crs: Crs) -> Self:
        """For shapes in the coordinates of `crs`."""
        measure = Projection.at(moved(shapes, crs.to_wgs84))
        middle = float(shapely.total_bounds(shapes)[[1, 3]].mean())
        return cls(crs, (1.0, 1.0) if crs.projected else Metres(middle).scale, measure)

    def flat(self, shapes: Any) -> Any:
        """From the file's own coordinates."""
        return moved(shapes, lambda pairs: pairs * self.scale)

    def degrees(self, flat: Any) -> Any:
        """To WGS 84."""
        return moved(flat, lambda pairs: self.crs.to_wgs84(pairs / self.scale))

    def from_degrees(self, degrees: Any) -> Any:
        """From WGS 84: another layer to be compared with this one."""
        return self.flat(moved(degrees, self.crs.from_wgs84))
