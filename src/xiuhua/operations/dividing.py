"""In which division a figure is read: the grids of the day, today's, or the former grids of one line of work."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from xiuhua.domain.counting import By
from xiuhua.domain.district import District
from xiuhua.domain.division import Division, Elsewhere, Point
from xiuhua.domain.former_grid import Line, last_day, of_line
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.world import World
from xiuhua.space.locate import Locator

NO_LINE = Words("请说明哪一类原网格：{lines}", "say which former grids: {lines}")
NO_FORMER = Words("区数据没有{zh}", "the district's data have no {en}")


def division_of(by: By | None, division: Division, line: str, world: World) -> Elsewhere | None | Refusal:
    """None: as fixed with each case."""
    if by is By.FORMER_GRID:
        return former_division(line, world)
    return today_division(world) if by is By.GRID and division is Division.NOW else None


def today_division(world: World) -> Elsewhere:
    in_use = frozenset(g.code for g in world.district.grids.active(world.today, Tier.RESPONSIBILITY))
    return Elsewhere(in_use, lambda points: _codes(world.locator, points))


def former_division(line: str, world: World) -> Elsewhere | Refusal:
    if line not in set(Line):
        return Refusal("line-unknown", NO_LINE.filled(lines="、".join(Line)), "line")
    chosen = Line(line)
    locator = former_locator(world.district, chosen, world.today)
    if not locator.grids:
        return Refusal("line-empty", NO_FORMER.filled(zh=chosen.words.zh, en=chosen.words.en.lower()), "line")
    return Elsewhere((), lambda points: _codes(locator, points), stays=False)


def former_locator(district: District, line: Line, today: date) -> Locator:
    """Their outlines alone, as one tier, so that a point is located by the same rules as in any division."""
    day = last_day(district.former_grids, line, today)
    found = of_line(district.former_grids, line, day)
    grids = tuple(Grid(g.code, Tier.RESPONSIBILITY, "", g.name, "", "", g.outline, g.valid_from) for g in found)
    return Locator(Grids(grids), day)


def _codes(locator: Locator, points: Sequence[Point]) -> Sequence[str]:
    if not points:
        return ()
    pairs = np.array(points, np.float64)
    found: Sequence[str] = locator.locate_many(pairs[:, 0], pairs[:, 1]).codes(Tier.RESPONSIBILITY).tolist()
    return found
