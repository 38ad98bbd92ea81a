"""The register of grids as a list, by street and day: who answers, load and cases, those without a B first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from xiuhua.domain.district import District
from xiuhua.domain.grid import ROLE_WORDS, Role, Tier
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.ground_metric import GROUND_METRICS, Measured, max_to_median
from xiuhua.domain.words import Refusal, Words
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.operations.days import day_of
from xiuhua.operations.measure_grids import measure
from xiuhua.operations.name_holder import without_b
from xiuhua.operations.seeing_grids import (
    GridLine,
    Holder,
    WantedGrids,
    grid_lines,
    lacking,
)
from xiuhua.web.grid_counts import Asked, Cell, GridCounts, grid_counts
from xiuhua.web.rows import NOTHING, Choice, Fact

SHOWN: tuple[Role, ...] = (Role.CHIEF, Role.COLLECTOR_A, Role.COLLECTOR_B)
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
    cells: tuple[Cell, ...]


@require_GET
@signed_in
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    allowed(desk)
    today, (day, wrong) = desk.world.today, asked_day(request, desk)
    wanted = WantedGrids(
        day, request.GET.get("street", ""), request.GET.get("text", "")[:120], bool(request.GET.get("without_b"))
    )
    asked = Asked.of(request.GET)
    answer = grid_counts(asked, wanted.street, desk)
    counts, wrong = (None, answer.words) if isinstance(answer, Refusal) else (answer, wrong)
    lines = () if counts and counts.line else grid_lines(wanted, desk.viewer.acting, desk.world)
    measured = _measured(lines, wanted, desk)
    narrowed = bool(wanted.text or wanted.without_b) and not (counts and counts.line)
    codes = {line.grid.code for line in lines}
    return show(request, desk, "web/grids.html", {
        "here": "grids", "rows": [_row(line, measured, counts, desk) for line in lines],
        "roles": [ROLE_WORDS[role] for role in SHOWN], "text": wanted.text,
        "streets": _streets(desk, day, wanted.street), "day": day.isoformat(), "past": day != today,
        "without_b": wanted.without_b, "measured": bool(measured), "wrong": wrong, "road_words": ROAD.names,
        "span": 3 + len(SHOWN) + bool(measured), "counts": counts, "asked": asked,
        "divisions": asked.divisions(), "metrics": asked.metrics(),
        "others": counts.others(codes, desk.world.district) if counts and not narrowed else (),
        "total": counts.total(codes if narrowed else None) if counts else (),
        "summary": _summary(desk, day, measured), "may_propose": may_propose(desk),
    }, 422 if wrong else 200)  # fmt: skip


def allowed(desk: Desk) -> None:
    """To those outside, the register is not there."""
    if lacking(desk.viewer.acting):
        raise Http404


def may_propose(desk: Desk) -> bool:
    return desk.viewer.by.post in GRID_CHANGE.moves["propose"].by


def asked_day(request: HttpRequest, desk: Desk) -> tuple[date, Words | None]:
    text = request.GET.get("day", "")
    day = day_of(text, "day") if text else desk.world.today
    return (desk.world.today, day.words) if isinstance(day, Refusal) else (day, None)


def _streets(desk: Desk, day: date, chosen: str) -> list[Choice]:
    streets = desk.world.district.grids.active(day, Tier.STREET)
    return [Choice(g.code, g.name, chosen=g.code == chosen) for g in streets]


def _measured(lines: Sequence[GridLine], wanted: WantedGrids, desk: Desk) -> dict[str, Measured]:
    """Of one street only: roads of a whole district would take longer than a page may."""
    if not wanted.street:
        return {}
    locator = desk.world.locator_on(wanted.day)
    units = {line.grid.code: line.units for line in lines}
    return measure([line.grid for line in lines], locator, desk.world.now(), units)


def _row(line: GridLine, measured: dict[str, Measured], counts: GridCounts | None, desk: Desk) -> GridRow:
    grid, district = line.grid, desk.world.district
    here = measured.get(grid.code)
    return GridRow(
        grid.code, grid.name, district.words("grid", grid.street) or NOTHING,
        tuple(_cell(line.holders, role, district) for role in SHOWN), line.units,
        ROAD.text(here.road_m) if here else NOTHING, counts.cells(grid.code) if counts else (),
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
