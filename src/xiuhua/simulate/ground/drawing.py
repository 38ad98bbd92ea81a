"""The drawing that all sizes of a ground share: blocks and what they are cut into, cells, streets, named roads."""

from dataclasses import dataclass
from typing import Any

import shapely

from xiuhua.simulate.ground.cells import Sides, sides, united
from xiuhua.simulate.ground.checking import NO_GROUND, PlanWrong
from xiuhua.simulate.ground.frame import Frame
from xiuhua.simulate.ground.mesh import cut, faces
from xiuhua.simulate.ground.names import village_names
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.plots import Layout, layout, within
from xiuhua.simulate.ground.register import Register, register
from xiuhua.simulate.ground.skeleton import Skeleton, skeleton
from xiuhua.simulate.ground.streets import street_of_cells
from xiuhua.simulate.ground.ways import Line


@dataclass(frozen=True)
class Cells:
    """The faces between the middle lines, with the estate and the street of each; `lines` are cut at each other."""

    shapes: Any
    estate: Any
    street: Any
    sides: Sides
    lines: list[Line]


@dataclass(frozen=True)
class Drawing:
    """The ground that all sizes share. `streets` are areas in the order of the plan."""

    plan: Plan
    bones: Skeleton
    layout: Layout
    cells: Cells
    streets: list[Any]
    named: Register

    @property
    def frame(self) -> Frame:
        return self.bones.frame

    @property
    def platform(self) -> Any:
        return shapely.coverage_union_all(self.streets)


def drawing(plan: Plan) -> Drawing:
    bones = skeleton(plan, village_names(plan.seed))
    found = layout(bones, plan.seed)
    cells = _cells(bones, found)
    empty = [street.code for at, street in enumerate(plan.streets) if not (cells.street == at).any()]
    if empty:
        raise PlanWrong(NO_GROUND, it=empty[0])
    streets = united(cells.shapes[cells.street >= 0], cells.street[cells.street >= 0], len(plan.streets))
    return Drawing(plan, bones, found, cells, streets, register(plan, bones.lines))


def _cells(bones: Skeleton, found: Layout) -> Cells:
    lines = [*bones.lines, *found.lines]
    pieces = cut(lines, bones.frame)
    shapes = faces(pieces.shapes, bones.frame)
    estate = found.plots.estate[within(shapes, found.plots.shapes)]
    near = sides(shapes, bones.frame)
    street = street_of_cells(bones, found.estates, estate, shapes, near)
    return Cells(shapes, estate, street, near, pieces.of(lines))
