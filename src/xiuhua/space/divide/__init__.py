"""Streets divided into grids along roads, without a database: `divide` takes planar metres and gives planar metres."""

from xiuhua.space.divide.given import Area, Lines, Rules, Weights
from xiuhua.space.divide.result import Border, Cell, Departure, Division, StreetFacts
from xiuhua.space.divide.whole import divide

__all__ = [
    "Area", "Border", "Cell", "Departure", "Division", "Lines", "Rules", "StreetFacts", "Weights", "divide",
]  # fmt: skip
