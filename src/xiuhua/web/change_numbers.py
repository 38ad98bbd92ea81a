"""A grid change in numbers: each metric before and after, and the unit grids that end and begin with their areas."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.grid_change import ONE_DAY, Plan
from xiuhua.domain.ground_metric import GROUND_METRICS, GroundMetric, max_to_median
from xiuhua.domain.words import Words
from xiuhua.space.redraw import Outline, area_m2
from xiuhua.web.rows import NOTHING, GridHead, MetricRow, UnitRow

AREA: Final = GROUND_METRICS["unit-grid-area"]
RATIO: Final = GROUND_METRICS["load-max-median"]
Heads = Sequence[GridHead]


def parts(old: Heads, new: Heads) -> tuple[GridHead, ...]:
    """The grids that have columns of their own: a single one is all that there is before, or after."""
    return tuple(head for side in (old, new) if len(side) > 1 for head in side)


def metric_rows(numbers: Mapping[str, Any], old: Heads, new: Heads) -> tuple[MetricRow, ...]:
    before, after = numbers["before"], numbers["after"]
    keys = [key for key in GROUND_METRICS if any(key in one for one in (*before.values(), *after.values()))]
    then, now = max_to_median(numbers["loads_before"]), max_to_median(numbers["loads_after"])
    ratio = MetricRow(
        RATIO.names, RATIO.how, RATIO.text(then), RATIO.text(now), RATIO.difference(then, now),
        (NOTHING,) * len(parts(old, new)),
    )  # fmt: skip
    return (*(_row(GROUND_METRICS[key], key, (before, old), (after, new)) for key in keys), ratio)


Side = tuple[Mapping[str, Any], Heads]


def _row(metric: GroundMetric, key: str, before: Side, after: Side) -> MetricRow:
    then, now = ([_value(found, head.code, key) for head in heads] for found, heads in (before, after))
    each = [value for side in (then, now) if len(side) > 1 for value in side]
    return MetricRow(
        metric.names, metric.how, metric.text(_sum(then)), metric.text(_sum(now)),
        metric.difference(_sum(then), _sum(now)), tuple(map(metric.text, each)),
    )  # fmt: skip


def _value(found: Mapping[str, Any], code: str, key: str) -> int | None:
    value = found.get(code, {}).get(key)
    return value if isinstance(value, int) else None


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def unit_rows(plan: Plan, day: date, grids: Grids) -> tuple[UnitRow, ...]:
    """The unit grids that end, each before those that take over its ground; none where none is cut or joined."""
    began = {one.code: one for one in plan.begins if one.tier is Tier.UNIT}
    rows: dict[str, UnitRow] = {}
    for code in plan.ends:
        grid = grids.on(code, day - ONE_DAY) or grids.ever(code)[-1]
        if grid.tier is Tier.UNIT:
            rows[code] = UnitRow(code, grid.name, grid.parent, _area(grid.outline), False)
            for one in (began[c] for c in plan.successors(code) if c in began):
                rows.pop(one.code, None)  # of several that are joined it follows the last
                rows[one.code] = UnitRow(one.code, one.name, one.parent, _area(one.outline), True)
    return tuple(rows.values())


def _area(outline: Outline) -> Words:
    return AREA.text(round(area_m2(outline)) if outline else None)
