"""Which street a cell lies in. The plan's rough outlines are moved to the arterials, rings and waters nearest to them;
the outer border follows the edges of fields and villages, as such borders do.
"""

from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.arterials import area_of
from xiuhua.simulate.ground.cells import Sides, whole
from xiuhua.simulate.ground.mesh import faces
from xiuhua.simulate.ground.plots import Estates, within
from xiuhua.simulate.ground.skeleton import Skeleton

GREAT: Final = frozenset(
    {"trunk", "primary", "canal", "river", "plot"}
)  # of the skeleton's plots: the edge of the sheet


def street_of_cells(bones: Skeleton, estates: Estates, estate: Any, cells: Any, found: Sides) -> Any:
    """For each cell the place of its street in the plan, -1 off the platform."""
    great = np.array([line.shape for line in bones.lines if line.kind in GREAT])
    between = faces(great, bones.frame)
    rough = np.array([area_of(street.outline, bones.bend) for street in bones.plan.streets])
    shared = shapely.area(shapely.intersection(between[:, None], rough[None, :]))
    away = shapely.distance(between[:, None], rough[None, :])
    street = np.where(shared.any(axis=1), np.argmax(shared, axis=1), np.argmin(away, axis=1))[
        within(cells, between)
    ]
    inside = _one_piece(_inside(bones, estates)[estate], cells, found)
    return whole(np.where(inside, street, -1), inside.astype(int), cells, found)


def _inside(bones: Skeleton, estates: Estates) -> Any:
    """Fields go where their middle is, the pieces of a village where the village's is."""
    middle = shapely.centroid(estates.shapes)
    village = np.flatnonzero(estates.zone == "village")
    if len(village):
        areas = np.array([one.area for one in bones.villages])
        middle[village] = shapely.centroid(areas)[within(estates.shapes[village], areas)]
    return shapely.contains_xy(bones.outline, shapely.get_coordinates(middle))


def _one_piece(inside: Any, cells: Any, found: Sides) -> Any:
    """Nothing of the district lies apart, and nothing in its midst lies outside."""
    return whole(inside.astype(int), np.zeros(len(cells)), cells, found) == 1
