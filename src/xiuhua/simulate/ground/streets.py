"""Which street a block lies in: the plan's rough outlines, moved to the arterials, rings and waters nearest to them."""

from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.arterials import area_of
from xiuhua.simulate.ground.mesh import faces
from xiuhua.simulate.ground.plots import within
from xiuhua.simulate.ground.skeleton import Skeleton

GREAT: Final = frozenset({"trunk", "primary", "canal", "river", "plot"})  # of the skeleton's plots: the edge of the sheet


def street_of_blocks(bones: Skeleton) -> Any:
    """For each block the place of its street in the plan, -1 off the platform."""
    great = np.array([line.shape for line in bones.lines if line.kind in GREAT])
    between = faces(great, bones.frame)
    rough = np.array([area_of(street.outline, bones.bend) for street in bones.plan.streets])
    shared = shapely.area(shapely.intersection(between[:, None], rough[None, :]))
    street = np.argmax(shared, axis=1)[within(bones.blocks, between)]
    inside = shapely.contains_xy(bones.outline, shapely.get_coordinates(shapely.point_on_surface(bones.blocks)))
    return np.where(inside, street, -1)


def outlines(shapes: Any, street: Any, count: int) -> list[Any]:
    """The areas of the streets, put together of whole faces."""
    return [shapely.coverage_union_all(shapes[street == at]) for at in range(count)]
