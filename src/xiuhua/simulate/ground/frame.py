"""The paper the ground is drawn on: metres east and north of an origin, and the micro-degrees that files hold.

Lines are cut at each other on whole micro-degrees, so what neighbours share stays shared to the last digit in a file.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.space.metres import Metres

DIGITS: Final = 6  # of a degree: about a tenth of a metre
MICRO: Final = 10.0**-DIGITS


@dataclass(frozen=True, slots=True)
class Frame:
    """`lon`, `lat` are the origin, themselves whole micro-degrees."""

    lon: float
    lat: float

    @property
    def step(self) -> tuple[float, float]:
        """Metres of one micro-degree to the east and to the north."""
        east, north = Metres(self.lat).scale
        return east * MICRO, north * MICRO

    def micro(self, shapes: Any) -> Any:
        """From metres; not yet whole."""
        return shapely.transform(shapes, lambda pairs: pairs / self.step)

    def metres(self, shapes: Any) -> Any:
        """From micro-degrees."""
        return shapely.transform(shapes, lambda pairs: pairs * self.step)

    def degrees(self, shapes: Any) -> Any:
        """From metres to longitude and latitude, rounded as files hold them."""
        return shapely.transform(shapes, self.degrees_of)

    def whole(self, areas: Any) -> Any:
        """Areas in metres as files can hold them: still valid with every corner on a whole micro-degree."""
        return self.metres(shapely.set_precision(self.micro(areas), 1.0))

    def degrees_of(self, pairs: Any) -> Any:
        return np.round(np.rint(pairs / self.step) * MICRO + (self.lon, self.lat), DIGITS)

    def metres_of(self, degrees: Any) -> Any:
        """Pairs of metres, from pairs of longitude and latitude."""
        return np.rint((np.asarray(degrees) - (self.lon, self.lat)) / MICRO) * self.step
