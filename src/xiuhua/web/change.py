"""A grid change as its page shows it: the division before and after, as two drawings and as a table of numbers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import ChangeKind, Plan, applied
from xiuhua.domain.grid_change_flow import EFFECTIVE, GRID_CHANGE, KIND, NOT_YET
from xiuhua.domain.grid_change_refused import refuse_pending, refuse_stale
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.domain.people import Side
from xiuhua.domain.subject import Subject
from xiuhua.domain.words import Words
from xiuhua.look.page import Desk
from xiuhua.operations.change_grids import plan_of_subject
from xiuhua.operations.name_anew import named_anew
from xiuhua.operations.seeing import Seen
from xiuhua.web.change_numbers import metric_rows, parts, unit_rows
from xiuhua.web.ground import whole
from xiuhua.web.opinions import opinions
from xiuhua.web.reading import Reading
from xiuhua.web.rows import ChangeView, Fact, GridHead, Ground

SHOWN = frozenset({"change", "grids", "names"})  # facts that stand here and not among the others
BEFORE, AFTER = Words("调整前", "before"), Words("调整后", "after")
AROUND = 0.35  # ours: of the changed ground's size, drawn beside it on every side


def change_view(desk: Desk, reading: Reading, found: Seen) -> ChangeView | None:
    """None for a subject of another register."""
    subject = found.subject
    if not isinstance(subject.facts.get("plan"), dict):
        return None
    plan = plan_of_subject(subject)
    old, new = _heads(desk, plan, subject)
    numbers: Any = subject.facts.get("numbers")
    day = _first_day(desk, subject)
    grounds = _grounds(desk, plan, [head.code for head in old], day)
    return ChangeView(
        grounds[0], grounds[1], BEFORE, AFTER, old, new, parts(old, new), subject.fact("reckoned_on"),
        metric_rows(numbers, old, new) if numbers else (), opinions(reading, found.steps),
        unit_rows(plan, day, desk.world.district.grids), _facts(subject, plan), _anew(desk, plan, subject),
        _hindrance(desk, plan, subject), _undo(desk, subject),
    )  # fmt: skip


def _heads(desk: Desk, plan: Plan, subject: Subject) -> tuple[tuple[GridHead, ...], tuple[GridHead, ...]]:
    """The grids that end and those that begin. Only one that is in the data has a page."""
    district = desk.world.district
    old = (
        GridHead(code, district.words("grid", code) or Words(code, code), True)
        for code in subject.fact("grids").split(";")
    )
    return tuple(old), tuple(GridHead(b.code, b.name, bool(district.grids.ever(b.code))) for b in plan.new)


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


# words


UNITS = Words("改属单元网格", "Unit grids that get another parent")
KIND_OF_CHANGE = Words("调整类型", "Kind of change")
LED = GROUND_METRICS["led-along-area"]
DAYS = GROUND_METRICS["days-to-effect"]
GAPS = GROUND_METRICS["gap-overlap-area"]


def _facts(subject: Subject, plan: Plan) -> tuple[Fact, ...]:
    found = [
        Fact(KIND_OF_CHANGE, ChangeKind(subject.fact("change")).words),
        Fact(UNITS, GROUND_METRICS["grid-units"].text(len(plan.moved))),
    ]
    for metric, name in ((LED, "led_m2"), (DAYS, "approved_to_effect"), (GAPS, "gap_overlap_m2")):
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


def _undo(desk: Desk, subject: Subject) -> str:
    """Where this viewer begins to undo it; empty where he may not, or where it is not in force."""
    may = desk.viewer.by.post in GRID_CHANGE.moves["propose-undo"].by and subject.stage in EFFECTIVE
    return f"/{KIND}/new/propose-undo?of={subject.number}" if may else ""


def _anew(desk: Desk, plan: Plan, subject: Subject) -> tuple[Words, ...]:
    """For the centre only: accounts are named. Once in force, what is still open is what is still named."""
    if desk.viewer.post.side is not Side.CENTRE:
        return ()
    return named_anew(plan, desk.world.district, _first_day(desk, subject))
