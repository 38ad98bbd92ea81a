"""The list of a register, its counts as a request of their own, and the queue beside one subject."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from xiuhua.domain.case import KIND
from xiuhua.domain.counting import Span
from xiuhua.domain.due_state import DueState
from xiuhua.domain.metric import Figure, figures, metric_of
from xiuhua.domain.moves import Table
from xiuhua.domain.words import Words
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.store.queries import figure_of, page, soonest
from xiuhua.web.filters import ALL, FOR_ME, LIGHTS, OPEN, VIEWS, Wanted, cursor_of, cursor_text, waiting_for
from xiuhua.web.finding import table_or_404
from xiuhua.web.reading import Reading
from xiuhua.web.rows import NOTHING, Row, Tally
from xiuhua.web.selects import selects
from xiuhua.web.sending import begins

SIZE = 50  # ours: lines on a page
QUEUE = 30  # ours: lines beside a subject

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)

WORDS = {
    "view": Words("范围", "View"), "due": Words("时限", "Limit"), "stage": Words("阶段", "Stage"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    words: Words
    rows: tuple[Tally, ...]


@signed_in
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """To the cases that wait for the viewer's post; where none ever do, to all that are open."""
    waiting = waiting_for(table_or_404(desk, KIND), desk.viewer.by.post)
    return HttpResponseRedirect(f"/{KIND}/?view={FOR_ME if waiting else OPEN}")


@signed_in
def listed(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    table = table_or_404(desk, kind)
    wanted = Wanted.of(kind, request.GET)
    f = wanted.filter(table, desk.viewer.by.post)
    found = page(f, desk.viewer.scope, desk.world.now(), cursor_of(request.GET.get("after", "")), SIZE)
    reading = Reading(table, desk.world.district, desk.world.now())
    address = f"/{kind}/{wanted.query}"
    return show(request, desk, "web/list.html", {
        "kind": kind, "register": table.words, "rows": [reading.row(line) for line in found.lines],
        "query": wanted.query, "text": wanted.get("text"), "filtered": bool(wanted.values),
        "kept": [(n, wanted.get(n)) for n in ("view", "due", "stage", "street") if wanted.get(n)],
        "selects": selects(desk, wanted, reading.labels), "pictured": reading.pictured, "notices": kind == KIND,
        "begins": begins(table, desk.viewer.by.post),
        "tallies": tallies(desk, table, wanted, counted="counts" in request.GET),
        "counts_at": "" if "counts" in request.GET else f"/{kind}/counts{wanted.query}",
        "counts_page": _and(address, "counts=1"),
        "first": address if request.GET.get("after") else "",
        "following": _and(address, f"after={quote(cursor_text(found.next))}") if found.next else "",
    })  # fmt: skip


def _and(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"


@signed_in
def counted(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    table = table_or_404(desk, kind)
    found = tallies(desk, table, Wanted.of(kind, request.GET), counted=True)
    return render(request, "web/tallies.html", {"tallies": found, "counts_at": ""})


@signed_in
def soon(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The bottom line: what the viewer sees that falls due next."""
    table = table_or_404(desk, kind)
    reading = Reading(table, desk.world.district, desk.world.now())
    rows = [reading.row(line) for line in soonest(kind, desk.viewer.scope, desk.world.now())]
    return render(request, "web/soon.html", {"rows": rows, "now": desk.world.now()})


def queue(desk: Desk, table: Table, wanted: Wanted) -> tuple[Row, ...]:
    """The beginning of the list that somebody came from."""
    f = wanted.filter(table, desk.viewer.by.post)
    reading = Reading(table, desk.world.district, desk.world.now())
    return tuple(
        reading.row(line) for line in page(f, desk.viewer.scope, desk.world.now(), None, QUEUE).lines
    )


def tallies(desk: Desk, table: Table, wanted: Wanted, *, counted: bool) -> tuple[Group, ...]:
    groups = (
        _views(desk, table, wanted, counted),
        _due(desk, table, wanted, counted),
        _stages(desk, table, wanted, counted),
    )
    return tuple(group for group in groups if group.rows)


def _views(desk: Desk, table: Table, wanted: Wanted, counted: bool) -> Group:
    """The stage is left out of the count: it is another way to narrow."""
    now = wanted.get("view") or ALL
    rows = []
    for name, words in VIEWS.items():
        if name == FOR_ME and not waiting_for(table, desk.viewer.by.post):
            continue
        there = wanted.with_("stage", "").with_("view", "" if name == ALL else name)
        found = _figures(desk, table, there, "registered" if name == ALL else "open-cases")[""] if counted else None
        rows.append(_tally("view", name, words, now == name and not wanted.get("stage"), there, found))
    return Group(WORDS["view"], tuple(rows))


def _due(desk: Desk, table: Table, wanted: Wanted, counted: bool) -> Group:
    found = _figures(desk, table, wanted.with_("due", ""), "open-by-due-state") if counted else {}
    rows = []
    for value, state in LIGHTS.items():
        current = wanted.get("due") == value
        there = wanted.with_("due", "" if current else value)
        number = found.get(state.value) or _none(counted, "open-by-due-state")
        rows.append(_tally("due", value, state.words, current, there, number, state))
    return Group(WORDS["due"], tuple(rows))


def _stages(desk: Desk, table: Table, wanted: Wanted, counted: bool) -> Group:
    metric = "open-by-stage" if wanted.get("view") == OPEN else "registered-by-stage"
    found = _figures(desk, table, wanted.with_("stage", ""), metric) if counted else {}
    rows = []
    for stage in table.stages.values():
        current = wanted.get("stage") == stage.name
        there = wanted.with_("stage", "" if current else stage.name)
        number = found.get(stage.name) or _none(counted, metric)
        rows.append(_tally("stage", stage.name, stage.words, current, there, number))
    return Group(WORDS["stage"], tuple(rows))


def _tally(
    name: str,
    value: str,
    words: Words,
    current: bool,
    there: Wanted,
    found: Figure | None,
    light: DueState | None = None,
) -> Tally:
    count, metric = (found.numerator, found.metric.names) if found else (None, NOTHING)
    return Tally(name, value, words, current, f"/{there.kind}/{there.query}", count, metric, light)


def _figures(desk: Desk, table: Table, wanted: Wanted, metric: str) -> dict[str, Figure]:
    """By what they count: the parts of the metric, or "" for all of it."""
    f = wanted.filter(table, desk.viewer.by.post)
    found = figure_of(metric_of(metric), f, desk.viewer.scope, desk.world.now(), table)
    return {figure.bucket: figure for figure in found.parts}


def _none(counted: bool, metric: str) -> Figure | None:
    """A part that does not come up is none, once it was counted."""
    return figures(metric, {"": 0}, Span(_NO_TIME, _NO_TIME))[0] if counted else None
