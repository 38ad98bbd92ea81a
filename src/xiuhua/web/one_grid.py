"""One grid whole: who answers for it with dates, numbers, changes, neighbours, former grids; naming its holders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiuhua.domain.grid import ROLE_WORDS, Role
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.ground_metric import GROUND_METRICS, Measured
from xiuhua.domain.people import Post
from xiuhua.domain.validity import those_valid_on
from xiuhua.domain.words import Refusal, Words
from xiuhua.look.page import Desk, around, show, signed_in
from xiuhua.operations.days import day_of
from xiuhua.operations.name_holder import Naming, end_holder, may_name, name_holder
from xiuhua.operations.seeing_grids import ChangeLine, GridWhole, grid_whole
from xiuhua.store.saving import LostRace
from xiuhua.web.grids import allowed, asked_day, holder_words, may_propose
from xiuhua.web.ground import whole as drawn_whole
from xiuhua.web.rows import NOTHING, Choice, Ground

MAP = Words("网格及相邻网格", "the grid and its neighbours")


@dataclass(frozen=True, slots=True)
class HolderRow:
    role: Words
    holder: Words
    valid_from: str
    valid_to: str
    current: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    number: str
    kind: Words
    stage: Words
    day: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FormerRow:
    line: Words
    code: str
    name: Words
    of_grid: str
    of_former: str
    components: int


@dataclass(frozen=True, slots=True)
class NumberRow:
    label: Words
    value: Words
    how: Words


@dataclass(frozen=True, slots=True)
class GridPage:
    code: str
    name: Words
    street: Words
    active: bool
    coming: bool
    without_b: bool
    valid_from: str
    valid_to: str
    ground: Ground | None
    numbers: tuple[NumberRow, ...]
    holders: tuple[HolderRow, ...]
    changes: tuple[ChangeRow, ...]
    follows: tuple[str, ...]
    followed: tuple[str, ...]
    neighbours: tuple[Choice, ...]
    former: tuple[FormerRow, ...]


@require_GET
@signed_in
def opened(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    allowed(desk)
    return _grid(request, desk, code, {})


@require_POST
@signed_in
def named(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """From a day on somebody, or nobody."""
    allowed(desk)
    typed = {name: request.POST.get(name, "").strip()[:150] for name in ("role", "person", "organisation", "day")}
    if typed["role"] not in set(Role):
        raise PermissionDenied
    day = day_of(typed["day"], "day")
    if isinstance(day, Refusal):
        return _grid(request, desk, code, typed, day.words)
    naming = Naming(code, Role(typed["role"]), day, typed["person"], typed["organisation"])
    done = name_holder if request.POST.get("do") != "end" else end_holder
    try:
        answer = done(naming, desk.viewer.acting, desk.world)
    except LostRace:  # over a change of the grid: naming is a move of it as well
        return _grid(request, Desk(desk.viewer, around()), code, typed, lost=True)
    if isinstance(answer, Refusal):
        return _grid(request, desk, code, typed, answer.words)
    messages.info(request, _("From %(day)s: written down as a new edition of the district's data.") % {"day": day})
    return HttpResponseRedirect(f"/grids/{code}#holders")


def _grid(
    request: HttpRequest, desk: Desk, code: str, typed: dict[str, str], wrong: Words | None = None, *,
    lost: bool = False,
) -> HttpResponse:  # fmt: skip
    day, no_day = asked_day(request, desk)
    found = grid_whole(code, day, desk.viewer.acting, desk.world)
    if isinstance(found, Refusal):
        raise Http404
    mine = [role for role in Role if may_name(role, desk.viewer.acting)]
    nameable = [Choice(role.value, ROLE_WORDS[role], chosen=role.value == typed.get("role")) for role in mine]
    first = max(desk.world.today, found.grid.valid_from).isoformat()
    return show(request, desk, "web/grid.html", {
        "here": "grids", "page": _page(found, desk), "map_words": MAP, "wrong": wrong or no_day, "lost": lost,
        "nameable": nameable,
        "typed": {"person": "", "day": first, **typed}, "may_propose": may_propose(desk),
        **(_offered(desk, typed) if nameable else {}),
    }, 409 if lost else 422 if wrong else 200)  # fmt: skip


def _offered(desk: Desk, typed: dict[str, str]) -> dict[str, Any]:
    district = desk.world.district
    units = those_valid_on(district.organisations, desk.world.today)
    return {
        "people": [Choice(p.username, Words(p.name, p.name)) for p in district.people if _works(p.holdings)],
        "organisations": [Choice(o.code, o.name, chosen=o.code == typed.get("organisation")) for o in units],
    }


def _works(holdings: Sequence[Any]) -> bool:
    return any(h.post not in (Post.CITIZEN, Post.MACHINE_SOURCE) for h in holdings)


def _page(found: GridWhole, desk: Desk) -> GridPage:
    grid, district = found.grid, desk.world.district
    names = {(g.line, g.code): g.name for g in district.former_grids}
    holders = [*found.line.holders, *found.past]
    invented = district.settings.ground == "invented"
    return GridPage(
        code=grid.code, name=grid.name, street=district.words("grid", grid.street) or NOTHING, active=found.active,
        coming=found.coming,
        without_b=not found.line.has_b, valid_from=grid.valid_from.isoformat(),
        valid_to=grid.valid_to.isoformat() if grid.valid_to else "",
        ground=drawn_whole([grid], invented=invented, beside=[grid, *found.neighbours]) if grid.outline else None,
        numbers=_numbers(found.measured),
        holders=tuple(
            HolderRow(ROLE_WORDS[h.role], holder_words(h, district), h.valid_from.isoformat(),
                      h.valid_to.isoformat() if h.valid_to else "", h.current)
            for h in holders
        ),
        changes=tuple(_change(c) for c in found.changes), follows=found.follows, followed=found.followed,
        neighbours=tuple(Choice(g.code, g.name) for g in found.neighbours),
        former=tuple(
            FormerRow(line.words, tie.former, names.get((line, tie.former), NOTHING), _share(tie.share_of_grid),
                      _share(tie.share_of_former), tie.components)
            for line, tie in found.former
        ),
    )  # fmt: skip


def _numbers(measured: Measured | None) -> tuple[NumberRow, ...]:
    if measured is None:
        return ()
    return tuple(
        NumberRow(GROUND_METRICS[key].names, GROUND_METRICS[key].text(value), GROUND_METRICS[key].how)
        for key, value in measured.values().items()
    )


def _share(share: float) -> str:
    return f"{share * 100:.1f}%"


def _change(c: ChangeLine) -> ChangeRow:
    stage, day = GRID_CHANGE.stages[c.stage].words, c.day.isoformat() if c.day else ""
    return ChangeRow(c.number, c.kind.words, stage, day, " ".join(c.old), " ".join(c.new))
