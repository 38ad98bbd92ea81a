"""The former grids of a line tied to the responsibility grids: shared ground and shared components, in both directions.

By area a whole can be split, by components what is looked after on it; the two differ, so both are given.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.former_grid import FormerGrid, Line, last_day, of_line
from xiuhua.domain.grid import Grid, Tier
from xiuhua.operations.dividing import former_locator
from xiuhua.operations.measure_grids import box_of
from xiuhua.operations.world import World
from xiuhua.space.locate import Locator
from xiuhua.space.metres import Metres
from xiuhua.space.redraw import polygon_of
from xiuhua.store.boxes import Box
from xiuhua.store.queries import ground

NOISE: Final = 5e-4  # ours: of the smaller of both; less comes of drawing a border twice, and reads 0.0 %
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
    news = tuple(g for g in district.grids.active(day, Tier.RESPONSIBILITY) if g.outline)
    metres = Metres(news[0].outline[0].lat if news else 0.0)  # the same for one grid as for all
    olds, news = _meeting(
        tuple(g for g in olds if not former or g.code == former),
        tuple(g for g in news if not grid or g.code == grid),
    )
    if not olds or not news:
        return ()
    areas, of_old, of_new = _areas(olds, news, metres)
    counts = _components(former_locator(district, line, day), world.locator_on(day), box_of((*olds, *news)))
    by_old, by_new = Counter[str](), Counter[str]()
    for (old, new), number in counts.items():
        by_old[old] += number
        by_new[new] += number
    return tuple(
        Tie(
            old, new, round(areas.get((old, new), 0.0), 1),
            min(1.0, areas.get((old, new), 0.0) / of_old[old]), min(1.0, areas.get((old, new), 0.0) / of_new[new]),
            counts[old, new], by_old[old], by_new[new],
        )
        for old, new in sorted(areas.keys() | counts.keys())
        if old in of_old and new in of_new
    )  # fmt: skip


def _meeting(
    olds: tuple[FormerGrid, ...], news: tuple[Grid, ...]
) -> tuple[tuple[FormerGrid, ...], tuple[Grid, ...]]:
    """Those of either side that touch one of the other: all that lies on them lies in their box."""
    grounds, tree = _grounds(olds), shapely.STRtree(_grounds(news))
    of_old, of_new = tree.query(grounds, predicate="intersects")
    return tuple(olds[i] for i in sorted(set(of_old))), tuple(news[i] for i in sorted(set(of_new)))


def _grounds(grids: Sequence[FormerGrid | Grid]) -> Any:
    return np.array([polygon_of(grid.outline) for grid in grids], dtype=object)


def _areas(
    olds: tuple[FormerGrid, ...], news: tuple[Grid, ...], metres: Metres
) -> tuple[dict[Pair, float], dict[str, float], dict[str, float]]:
    grounds: Any = metres.flat(_grounds(news))
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


def _components(former: Locator, locator: Locator, box: Box) -> Counter[Pair]:
    """Of all former grids and grids in the box: those of one side are shared with all of the other."""
    points = ground.components_in(box)
    if not points:
        return Counter()
    pairs = np.array(points, np.float64)
    old, new = (
        one.locate_many(pairs[:, 0], pairs[:, 1]).codes(Tier.RESPONSIBILITY) for one in (former, locator)
    )
    return Counter(zip(map(str, old), map(str, new), strict=True))
