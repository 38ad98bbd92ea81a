"""Shapes between WGS 84 degrees and metres in a plane, there and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import shapely

from xiuhua.space.layers.crs import Crs, metres_at
from xiuhua.space.layers.wrong import wrong

Shapes = npt.NDArray[np.object_]  # of shapely geometries


@dataclass(frozen=True)
class Projection:
    """Metres east and north in `crs`. Takes one geometry or an array of them."""

    crs: Crs

    @classmethod
    def at(cls, degrees: Any) -> Self:
        """The one to measure these shapes in, by the middle of their box."""
        west, south, east, north = shapely.total_bounds(degrees)
        if not np.isfinite([west, south, east, north]).all():
            raise wrong("nowhere")
        return cls(metres_at((west + east) / 2, (south + north) / 2))

    def flat(self, degrees: Any) -> Any:
        """From WGS 84 degrees to metres."""
        return moved(degrees, self.crs.from_wgs84)

    def degrees(self, flat: Any) -> Any:
        """From metres to WGS 84 degrees."""
        return moved(flat, self.crs.to_wgs84)


def moved(shapes: Any, way: Callable[[Any], Any]) -> Any:
    """The shapes with other coordinates; where there is none, none is made."""
    return shapely.transform(shapes, lambda pairs: way(pairs) if len(pairs) else pairs)
