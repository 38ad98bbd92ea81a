"""The four divisions that were there before the unified grid: each line of work drew its own over the same blocks.

They are made by growing from seeds of their own, so they fit neither each other nor the unified grid, as in life.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.former_grid import FormerGrid, Line
from xiuhua.domain.words import Words
from xiuhua.simulate.ground.cells import ROUNDS, Sides, between, sides, united, whole
from xiuhua.simulate.ground.chance import chance
from xiuhua.simulate.ground.drawing import Drawing
from xiuhua.simulate.ground.tiers import Nested, outline
from xiuhua.space.divide.codes import reading_order


@dataclass(frozen=True, slots=True)
class Drawn:
    """`area_m2` of a grid in the built-up part; `prefix` of its codes; `word` of its names; `begun` in a year."""

    area_m2: float
    prefix: str
    word: Words
    begun: int


SIMPLER_M: Final = 3.0  # a drawing of the time: corners nearer to the straight line than that are left out
LINES: Final[dict[Line, Drawn]] = {  # sizes and years are ours
    Line.SOCIAL_GOVERNANCE: Drawn(160_000.0, "ZZ", Words("综治", "Governance"), 2016),
    Line.POLICING: Drawn(900_000.0, "JW", Words("警务", "Beat"), 2014),
    Line.CITY_MANAGEMENT: Drawn(420_000.0, "CG", Words("城管", "City management"), 2012),
    Line.CIVILIZED_CITY: Drawn(620_000.0, "CC", Words("创城", "Civilized city"), 2018),
}


def former_grids(drawn: Drawing, found: Nested) -> tuple[FormerGrid, ...]:
    inside = found.grid >= 0
    cells, street, unit = drawn.cells.shapes[inside], drawn.cells.street[inside], found.unit[inside]
    numbers, unit = np.unique(unit, return_inverse=True)
    shapes = np.array(united(cells, unit, len(numbers)))
    next_to = between(sides(cells, drawn.frame), unit)
    first = np.unique(unit, return_index=True)[1]
    blocks = _Blocks(shapes, street[first], next_to)
    return tuple(grid for line in LINES for grid in _of_line(line, drawn, blocks))


@dataclass(frozen=True)
class _Blocks:
    """Unit grids, the ground that the lines were drawn over."""

    shapes: Any
    street: Any
    next_to: Sides


def _of_line(line: Line, drawn: Drawing, blocks: _Blocks) -> Iterator[FormerGrid]:
    rule, plan = LINES[line], drawn.plan
    whole = np.full(len(blocks.shapes), -1)
    for at, street in enumerate(plan.streets):
        here = np.flatnonzero(blocks.street == at)
        if len(here):
            whole[here] = (
                _grown(blocks, here, rule.area_m2, chance(plan.seed, line, street.code)) + whole.max() + 1
            )
    shapes = shapely.coverage_simplify(np.array(united(blocks.shapes, whole, whole.max() + 1)), SIMPLER_M)
    street_of = blocks.street[np.unique(whole, return_index=True)[1]]
    for at, street in enumerate(plan.streets):
        mine = shapes[street_of == at]
        order = reading_order(
            shapely.get_coordinates(shapely.centroid(mine)).tolist(), float(shapely.area(mine).sum())
        )
        for number, place in enumerate(order, 1):
            name = Words(
                f"{street.short.zh}{rule.word.zh}{number:02d}",
                f"{street.short.en} {rule.word.en.lower()} {number:02d}",
            )
            code = f"{rule.prefix}{street.code[-3:]}{number:03d}"
            yield FormerGrid(
                line, code, name, outline(mine[place], drawn.frame), date(rule.begun, 1, 1), plan.unified
            )


def _grown(blocks: _Blocks, here: Any, area_m2: float, rng: np.random.Generator) -> Any:
    """Each block goes to the nearest of evenly spread seeds; what is cut off or encloses another is joined after."""
    middles = shapely.get_coordinates(shapely.centroid(blocks.shapes[here]))
    built = np.minimum(shapely.area(blocks.shapes[here]), 40_000)
    seeds = middles[_spread(middles, built, max(round(built.sum() / area_m2), 1), rng)]
    label = np.argmin(np.hypot(*(middles[:, None] - seeds[None]).transpose(2, 0, 1)), axis=1)
    place = np.full(len(blocks.shapes), -1)
    place[here] = np.arange(len(here))
    known = (place[blocks.next_to.first] >= 0) & (place[blocks.next_to.second] >= 0)
    near = Sides(
        place[blocks.next_to.first[known]], place[blocks.next_to.second[known]], blocks.next_to.metres[known]
    )
    return _one_ring(label, blocks.shapes[here], near)


def _spread(middles: Any, weight: Any, count: int, rng: np.random.Generator) -> list[int]:
    """Each seed as far from the others as the best of a few drawn by weight."""
    chosen = [int(rng.choice(len(middles), p=weight / weight.sum()))]
    while len(chosen) < count:
        drawn = rng.choice(len(middles), size=12, p=weight / weight.sum())
        away = np.hypot(*(middles[drawn][:, None] - middles[chosen][None]).transpose(2, 0, 1)).min(axis=1)
        chosen.append(int(drawn[np.argmax(away)]))
    return chosen


def _one_ring(label: Any, shapes: Any, near: Sides) -> Any:
    """A grid inside another joins it."""
    for _ in range(ROUNDS):
        label = np.unique(whole(label, np.zeros(len(label)), shapes, near), return_inverse=True)[1]
        found = united(shapes, label, label.max() + 1)
        holed = [at for at, shape in enumerate(found) if shape.geom_type != "Polygon" or shape.interiors]
        if not holed:
            return label
        for at in holed:
            filled = shapely.union_all([shapely.Polygon(p.exterior) for p in shapely.get_parts(found[at])])
            label[shapely.contains(filled, shapely.point_on_surface(shapes))] = at
    return label
