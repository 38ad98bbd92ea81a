"""A grid change as its page shows it: the division before and after, as two drawings and as a table of numbers."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import Plan, applied
from xiuhua.domain.grid_change_flow import NOT_YET
from xiuhua.domain.grid_change_refused import refuse_pending, refuse_stale
from xiuhua.domain.ground_metric import GROUND_METRICS, GroundMetric, max_to_median
from xiuhua.domain.people import Side
from xiuhua.domain.subject import Subject
from xiuhua.domain.words import Words
from xiuhua.look.page import Desk
from xiuhua.operations.change_grids import plan_of_subject
from xiuhua.operations.name_anew import named_anew
from xiuhua.operations.seeing import Seen
from xiuhua.web.ground import whole
from xiuhua.web.opinions import opinions
from xiuhua.web.reading import Reading
from xiuhua.web.rows import NOTHING, ChangeView, Fact, Ground, MetricRow

BEFORE, AFTER = Words("调整前", "before"), Words("调整后", "after")
AROUND = 0.35  # ours: of the changed ground's size, drawn beside it on every side


def change_view(desk: Desk, reading: Reading, found: Seen) -> ChangeView | None:
    """None for a subject of another register."""
    subject = found.subject
    if not isinstance(subject.facts.get("plan"), dict):
        return None
    plan = plan_of_subject(subject)
    old = tuple(subject.fact("grids").split(";"))
    new = tuple(one.code for one in plan.new)
    numbers: Any = subject.facts.get("numbers")
    grounds = _grounds(desk, plan, old, _first_day(desk, subject))
    return ChangeView(
        grounds[0], grounds[1], BEFORE, AFTER, old, new, subject.fact("reckoned_on"),
        _rows(numbers, old, new) if numbers else (), opinions(reading, found.steps), _facts(subject, plan),
        _anew(desk, plan, subject), _hindrance(desk, plan, subject),
    )  # fmt: skip


def _first_day(desk: Desk, subject: Subject) -> date:
    return date.fromisoformat(subject.fact("day")) if subject.fact("day") else desk.world.today + timedelta(days=1)


# two drawings of the same ground


def _grounds(desk: Desk, plan: Plan, old: Sequence[str], day: date) -> tuple[Ground | None, Ground | None]:
    """The day before and the day itself; where it is not in the data yet, as it would be."""
    grids = desk.world.district.grids
    eve = day - timedelta(days=1)
    then = _nearby(grids, eve, old)
    coming = grids if any(grids.on(one.code, day) for one in plan.new) else Grids(applied(grids.grids, plan, day))
    new = [one.code for one in plan.new]
    now = _nearby(coming, day, new)
    invented = desk.world.district.settings.ground == "invented"
    return _drawn(then, old, invented), _drawn(now, new, invented)


def _nearby(grids: Grids, day: date, here: Sequence[str]) -> list[Grid]:
    """The grids in question and those around them; all with the same frame, so that the two can be compared."""
    listed = [g for g in grids.active(day, Tier.RESPONSIBILITY) if g.outline]
    ground = [p for g in listed if g.code in here for p in g.outline]
    if not ground:
        return []
    lons, lats = [p.lon for p in ground], [p.lat for p in ground]
    wide, high = (max(lons) - min(lons)) * AROUND, (max(lats) - min(lats)) * AROUND
    west, east, south, north = min(lons) - wide, max(lons) + wide, min(lats) - high, max(lats) + high
    return [
        g for g in listed
        if any(west <= p.lon <= east and south <= p.lat <= north for p in g.outline) or g.code in here
    ]  # fmt: skip


def _drawn(grids: Sequence[Grid], here: Sequence[str], invented: bool) -> Ground | None:
    """Framed by the changed grids, with a margin; what reaches beyond is cut off."""
    return whole([g for g in grids if g.code in here], invented=invented, beside=grids)


# numbers


def _rows(numbers: Mapping[str, Any], old: Sequence[str], new: Sequence[str]) -> tuple[MetricRow, ...]:
    before, after = numbers["before"], numbers["after"]
    keys = [key for key in GROUND_METRICS if any(key in one for one in (*before.values(), *after.values()))]
    rows = [_row(GROUND_METRICS[key], key, before, after, old, new) for key in keys]
    ratio = GROUND_METRICS["load-max-median"]
    then, now = max_to_median(numbers["loads_before"]), max_to_median(numbers["loads_after"])
    rows.append(
        MetricRow(
            ratio.names, ratio.how, (NOTHING,) * len(old), ratio.text(then), (NOTHING,) * len(new), ratio.text(now),
            ratio.difference(then, now),
        )
    )  # fmt: skip
    return tuple(rows)


def _row(
    metric: GroundMetric, key: str, before: Mapping[str, Any], after: Mapping[str, Any], old: Sequence[str],
    new: Sequence[str],
) -> MetricRow:  # fmt: skip
    olds, news = [_value(before, c, key) for c in old], [_value(after, c, key) for c in new]
    then, now = _sum(olds), _sum(news)
    return MetricRow(
        metric.names, metric.how, tuple(map(metric.text, olds)), metric.text(then), tuple(map(metric.text, news)),
        metric.text(now), metric.difference(then, now),
    )  # fmt: skip


def _value(found: Mapping[str, Any], code: str, key: str) -> int | None:
    value = found.get(code, {}).get(key)
    return value if isinstance(value, int) else None


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


# words


UNITS = Words("改属单元网格", "Unit grids that get another parent")
CUT = Words("切分单元网格", "Unit grids that are cut")
DAYS = GROUND_METRICS["days-to-effect"]
GAPS = GROUND_METRICS["gap-overlap-area"]


def _facts(subject: Subject, plan: Plan) -> tuple[Fact, ...]:
    cut = [code for code in plan.ends if code not in subject.fact("grids").split(";")]
    found = [Fact(UNITS, _plain(len(plan.moved)))]
    if cut:
        found.append(Fact(CUT, Words("、".join(cut), ", ".join(cut))))
    for metric, name in ((DAYS, "approved_to_effect"), (GAPS, "gap_overlap_m2")):
        value = subject.facts.get(name)
        if isinstance(value, int):
            found.append(Fact(metric.names, metric.text(value)))
    return tuple(found)


def _hindrance(desk: Desk, plan: Plan, subject: Subject) -> Words | None:
    """What keeps it from taking effect as it stands: its grids have changed, or another change has them."""
    grids, today = desk.world.district.grids, desk.world.today
    if subject.stage not in NOT_YET:
        return None
    refusal = refuse_stale(plan, grids, today) or refuse_pending((*plan.ends, *plan.moved), grids, today)
    return refusal.words if refusal else None


def _plain(number: int) -> Words:
    return GROUND_METRICS["grid-units"].text(number)


def _anew(desk: Desk, plan: Plan, subject: Subject) -> tuple[Words, ...]:
    """For the centre only: accounts are named. Once in force, what is still open is what is still named."""
    if desk.viewer.post.side is not Side.CENTRE:
        return ()
    return named_anew(plan, desk.world.district, _first_day(desk, subject))
