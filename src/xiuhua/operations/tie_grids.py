"""The former grids of a line tied to the responsibility grids: shared ground and shared components, in both directions.

By area a whole can be split, by components what is looked after on it; the two differ, so both are given.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.district import District
from xiuhua.domain.former_grid import FormerGrid, Line, last_day, of_line
from xiuhua.domain.grid import Grid, Tier
from xiuhua.operations.dividing import former_locator
from xiuhua.operations.measure_grids import box_of
from xiuhua.operations.world import World
from xiuhua.space.locate import Locator
from xiuhua.space.metres import Metres
from xiuhua.space.redraw import polygon_of
from xiuhua.store.queries import ground

NOISE: Final = 1e-4  # ours: of the smaller of both; less comes of drawing the same border twice
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """A former grid and a grid that share ground or components. Shares are parts of either's whole, 0 to 1."""

    former: str
    grid: str
    area_m2: float
    share_of_former: float
    share_of_grid: float
    components: int
    components_of_former: int
    components_of_grid: int


def ties(line: Line, world: World, day: date, *, grid: str = "", former: str = "") -> tuple[Tie, ...]:
    """By former code, then code; narrowed to one grid or one former grid where that is asked."""
    district = world.district
    olds = of_line(district.former_grids, line, last_day(district.former_grids, line, day))
    news = [g for g in district.grids.active(day, Tier.RESPONSIBILITY) if g.outline]
    if not olds or not news:
        return ()
    areas, of_old, of_new = _areas(olds, news)
    counts = _components(district, line, world.locator_on(day), news, day)
    by_old, by_new = Counter[str](), Counter[str]()
    for (old, new), number in counts.items():
        by_old[old] += number
        by_new[new] += number
    found = (
        Tie(
            old, new, round(areas.get((old, new), 0.0), 1),
            min(1.0, areas.get((old, new), 0.0) / of_old[old]), min(1.0, areas.get((old, new), 0.0) / of_new[new]),
            counts[old, new], by_old[old], by_new[new],
        )
        for old, new in sorted(areas.keys() | counts.keys())
        if old and new
    )  # fmt: skip
    return tuple(tie for tie in found if (not grid or tie.grid == grid) and (not former or tie.former == former))


def _areas(
    olds: tuple[FormerGrid, ...], news: list[Grid]
) -> tuple[dict[Pair, float], dict[str, float], dict[str, float]]:
    metres = Metres(news[0].outline[0].lat)
    grounds: Any = metres.flat(np.array([polygon_of(grid.outline) for grid in news], dtype=object))
    tree = shapely.STRtree(grounds)
    areas: dict[Pair, float] = {}
    of_old: dict[str, float] = {}
    of_new = shapely.area(grounds)
    for old in olds:
        ground_of_old = metres.flat(polygon_of(old.outline))
        of_old[old.code] = ground_of_old.area
        for place in tree.query(ground_of_old, predicate="intersects"):
            shared = ground_of_old.intersection(grounds[place]).area
            if shared >= NOISE * min(of_old[old.code], of_new[place]):
                areas[old.code, news[place].code] = shared
    return areas, of_old, {grid.code: float(area) for grid, area in zip(news, of_new, strict=True)}


def _components(district: District, line: Line, locator: Locator, news: list[Grid], day: date) -> Counter[Pair]:
    points = ground.components_in(box_of(news))
    if not points:
        return Counter()
    pairs = np.array(points, np.float64)
    old = former_locator(district, line, day).locate_many(pairs[:, 0], pairs[:, 1]).codes(Tier.RESPONSIBILITY)
    new = locator.locate_many(pairs[:, 0], pairs[:, 1]).codes(Tier.RESPONSIBILITY)
    return Counter(zip(map(str, old), map(str, new), strict=True))
