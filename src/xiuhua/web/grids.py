"""The register of grids as a list, by street and day: who answers, load and cases, those without a B first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from xiuhua.domain.counting import DIVISIONS, Division
from xiuhua.domain.district import District
from xiuhua.domain.flow import CASE
from xiuhua.domain.grid import ROLE_WORDS, Role, Tier
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.ground_metric import GROUND_METRICS, Measured, max_to_median
from xiuhua.domain.metric import metric_of
from xiuhua.domain.people import Right
from xiuhua.domain.words import Refusal, Words
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.operations.dividing import division_of
from xiuhua.operations.measure_grids import measure
from xiuhua.operations.name_holder import without_b
from xiuhua.operations.seeing_grids import (
    GridLine,
    Holder,
    WantedGrids,
    grid_lines,
    lacking,
)
from xiuhua.store.queries import Filter, figures_of
from xiuhua.web.rows import NOTHING, Choice, Fact

SHOWN: tuple[Role, ...] = (Role.CHIEF, Role.COLLECTOR_A, Role.COLLECTOR_B)
NOT_COUNTED = Words("不统计案件", "cases not counted")
NO_DAY = Words("“{it}”不是日期（年-月-日）", "“{it}” is not a day (year-month-day)")
NAMED_BY_POST = Words("已指定", "named")
ROAD, RATIO, NO_B = (GROUND_METRICS[key] for key in ("grid-road-length", "load-max-median", "grids-without-b"))


@dataclass(frozen=True, slots=True)
class HolderCell:
    words: Words
    none: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    code: str
    name: Words
    street: Words
    holders: tuple[HolderCell, ...]
    units: int
    road: Words
    cases: int
    open: int


@require_GET
@signed_in
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    allowed(desk)
    today, (day, wrong) = desk.world.today, asked_day(request, desk)
    wanted = WantedGrids(
        day, request.GET.get("street", ""), request.GET.get("text", "")[:120], bool(request.GET.get("without_b"))
    )
    lines = grid_lines(wanted, desk.viewer.acting, desk.world)
    measured = _measured(lines, wanted, desk)
    asked = request.GET.get("division", "")
    division = Division(asked) if asked in set(Division) and desk.viewer.acting.may(Right.SEE_FIGURES) else None
    counts = _counts(desk, wanted.street, division) if division else None
    rows = [_row(line, measured, counts, desk) for line in lines]
    return show(request, desk, "web/grids.html", {
        "here": "grids", "rows": rows, "roles": [ROLE_WORDS[role] for role in SHOWN], "text": wanted.text,
        "streets": _streets(desk, day, wanted.street), "day": day.isoformat(), "past": day != today,
        "without_b": wanted.without_b, "measured": bool(measured), "counted": counts is not None, "wrong": wrong,
        "divisions": _divisions(division),
        "cases_words": metric_of("cases").names, "open_words": metric_of("open-cases").names, "road_words": ROAD.names,
        "total_cases": sum(row.cases for row in rows), "total_open": sum(row.open for row in rows),
        "summary": _summary(desk, day, measured), "may_propose": may_propose(desk),
    })  # fmt: skip


def allowed(desk: Desk) -> None:
    """To those outside, the register is not there."""
    if lacking(desk.viewer.acting):
        raise Http404


def may_propose(desk: Desk) -> bool:
    return desk.viewer.by.post in GRID_CHANGE.moves["propose"].by


def asked_day(request: HttpRequest, desk: Desk) -> tuple[date, Words | None]:
    text = request.GET.get("day", "")
    try:
        return (date.fromisoformat(text) if text else desk.world.today), None
    except ValueError:
        return desk.world.today, NO_DAY.filled(it=text[:20])


def _streets(desk: Desk, day: date, chosen: str) -> list[Choice]:
    streets = desk.world.district.grids.active(day, Tier.STREET)
    return [Choice(g.code, g.name, chosen=g.code == chosen) for g in streets]


def _divisions(chosen: Division | None) -> list[Choice]:
    """Not counted at first: counting a year's cases takes longer than a list may."""
    listed = [Choice(d.value, words, chosen=d is chosen) for d, words in DIVISIONS.items()]
    return [Choice("", NOT_COUNTED, chosen=chosen is None), *listed]


def _measured(lines: Sequence[GridLine], wanted: WantedGrids, desk: Desk) -> dict[str, Measured]:
    """Of one street only: roads of a whole district would take longer than a page may."""
    if not wanted.street:
        return {}
    locator = desk.world.locator_on(wanted.day)
    units = {line.grid.code: line.units for line in lines}
    return measure([line.grid for line in lines], locator, desk.world.now(), units)


def _counts(desk: Desk, street: str, division: Division) -> tuple[Counter[str], Counter[str]]:
    """All cases and open ones by grid; both are registered figures. A change never leads out of a street."""
    found = []
    for key in ("cases-by-grid", "open-by-grid"):
        metric = metric_of(key)
        other = division_of(metric, division, "", desk.world)
        scope, now = desk.viewer.scope, desk.world.now()
        assert not isinstance(other, Refusal)  # noqa: S101 - only a line can be refused
        figures = figures_of(metric, Filter(street=street), scope, now, CASE.void, division=other)
        found.append(Counter({figure.bucket: figure.numerator for figure in figures}))
    return found[0], found[1]


def _row(
    line: GridLine, measured: dict[str, Measured], counts: tuple[Counter[str], Counter[str]] | None, desk: Desk
) -> GridRow:
    grid, district = line.grid, desk.world.district
    here = measured.get(grid.code)
    return GridRow(
        grid.code, grid.name, district.words("grid", grid.street) or NOTHING,
        tuple(_cell(line.holders, role, district) for role in SHOWN), line.units,
        ROAD.text(here.road_m) if here else NOTHING, counts[0][grid.code] if counts else 0,
        counts[1][grid.code] if counts else 0,
    )  # fmt: skip


def _cell(holders: Sequence[Holder], role: Role, district: District) -> HolderCell:
    held = [h for h in holders if h.role is role]
    names = [holder_words(h, district) for h in held]
    return HolderCell(Words("、".join(n.zh for n in names), ", ".join(n.en for n in names)), not held)


def holder_words(holder: Holder, district: District) -> Words:
    """A person, otherwise the organisation; a name that may not be read is said to be there."""
    if holder.name:
        return Words(holder.name, holder.name)
    return district.words("organisation", holder.organisation) or NAMED_BY_POST


def _summary(desk: Desk, day: date, measured: dict[str, Measured]) -> list[Fact]:
    district = desk.world.district
    facts = [Fact(NO_B.names, NO_B.text(len(without_b(district.grids, district.grid_roles, day))))]
    if measured:
        facts.append(Fact(RATIO.names, RATIO.text(max_to_median(m.road_m for m in measured.values()))))
    return facts
