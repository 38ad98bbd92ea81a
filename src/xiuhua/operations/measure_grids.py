"""Grids in numbers, of any division on paper or in force: area, roads, components, cases, households, people.

Points are located as everywhere (`space.locate`), so that a sum over grids is the sum of their ground. Roads on a
border count half on each side; households of a block that a border cuts are shared by area.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.case import STAGES
from xiuhua.domain.former_grid import FormerGrid
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.ground import Layer
from xiuhua.domain.ground_metric import CASE_DAYS, Measured, shared
from xiuhua.domain.moves import Group
from xiuhua.space.locate import Locator
from xiuhua.space.metres import Metres, polygon
from xiuhua.space.redraw import area_m2
from xiuhua.store.boxes import Box
from xiuhua.store.queries import ground
from xiuhua.store.queries.features import features_in

NOT_WALKED: Final = frozenset({"motorway", "motorway_link", "rail", "wall"})  # ours: nobody patrols them on foot
ON_BORDER_M: Final = 0.5  # ours: what lies so near to a border is on it; a survey tells no less
VOID: Final = tuple(stage.name for stage in STAGES.values() if stage.group is Group.VOID)


def measure(grids: Sequence[Grid], locator: Locator, now: datetime, units: Mapping[str, int]) -> dict[str, Measured]:
    """By code. `locator` has the division that the grids belong to, `units` how many unit grids each has."""
    outlined = [grid for grid in grids if grid.outline]
    if not outlined:
        return {}
    box = box_of(outlined)
    codes = {grid.code for grid in outlined}
    roads = _roads(outlined, box) if ground.has_layer(Layer.ROAD) else None
    land = _land(outlined, box) if ground.has_layer(Layer.LAND) else None
    parts = _counted(ground.components_in(box), locator, codes) if ground.has_components() else None
    cases = _counted(ground.cases_in(box, now - timedelta(days=CASE_DAYS), now, VOID), locator, codes)
    return {
        grid.code: Measured(
            area_m2=round(area_m2(grid.outline)),
            road_m=None if roads is None else round(roads[grid.code]),
            components=None if parts is None else parts[grid.code],
            cases=cases[grid.code],
            households=None if land is None else land["households"][grid.code],
            people=None if land is None else land["people"][grid.code],
            units=units.get(grid.code, 0),
        )
        for grid in outlined
    }


def box_of(grids: Iterable[Grid | FormerGrid]) -> Box:
    points = [point for grid in grids for point in grid.outline]
    lons, lats = [p.lon for p in points], [p.lat for p in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


def _counted(points: Sequence[ground.Point], locator: Locator, codes: Collection[str]) -> Counter[str]:
    if not points:
        return Counter()
    pairs = np.array(points, np.float64)
    found = locator.locate_many(pairs[:, 0], pairs[:, 1]).codes(Tier.RESPONSIBILITY)
    return Counter(str(code) for code in found if code in codes)


def _roads(grids: Sequence[Grid], box: Box) -> dict[str, float]:
    """Metres by code. A piece on the outline lies in two grids and counts half in each.

    What is on it is told in metres: a border that was cut anew misses the road it follows by a rounding.
    """
    drawn = [one.feature for one in features_in(box, (Layer.ROAD,)) if one.feature.kind not in NOT_WALKED]
    lines: Any = shapely.from_wkb([one.shape for one in drawn])
    metres = Metres((box.south + box.north) / 2)
    lines = metres.flat(lines) if len(drawn) else lines
    tree = shapely.STRtree(lines)
    length: dict[str, float] = {}
    for grid in grids:
        area = metres.flat(polygon(grid))
        rim = area.exterior.buffer(ON_BORDER_M)
        near = lines[tree.query(shapely.union(area, rim), predicate="intersects")]
        inside = _length(shapely.intersection(near, shapely.difference(area, rim)))
        length[grid.code] = inside + _length(shapely.intersection(near, rim)) / 2
    return length


def _length(lines: Any) -> float:
    return float(shapely.length(lines).sum()) if len(lines) else 0.0


def _land(grids: Sequence[Grid], box: Box) -> dict[str, Counter[str]]:
    """Households and people by code; what lies outside of these grids is not theirs."""
    found: dict[str, Counter[str]] = {"households": Counter(), "people": Counter()}
    areas = {grid.code: polygon(grid) for grid in grids}
    for one in features_in(box, (Layer.LAND,)):
        counts = {name: int(one.feature.attributes.get(name) or 0) for name in found}
        if not any(counts.values()):
            continue
        block = shapely.from_wkb(one.feature.shape)
        shares = {code: block.intersection(area).area for code, area in areas.items() if area.intersects(block)}
        outside = max(0.0, block.area - sum(shares.values()))
        for name, counter in found.items():
            parts = shared(counts[name], {**shares, "": outside})
            counter.update({code: number for code, number in parts.items() if code})
    return found
