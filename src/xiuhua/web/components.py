"""The register of components: a list to search and narrow, and one component with its place, past and cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiuhua.domain.codes import Kind
from xiuhua.domain.component import ACCURACY_M, ORIGINS, STATES, Component, State
from xiuhua.domain.district import District
from xiuhua.domain.grid import Tier
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.domain.people import Right
from xiuhua.domain.place import Wgs84, distance_m
from xiuhua.domain.words import Refusal, Words
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.operations.components import CHANGEABLE, change_component
from xiuhua.operations.nearest import listed as find
from xiuhua.operations.nearest import nearest, whole
from xiuhua.operations.plausibility import doubts
from xiuhua.store.components import LostVersion
from xiuhua.store.queries import Filter, page
from xiuhua.store.queries.component_list import Wanted, after_of
from xiuhua.store.queries.components import box_around, count_by_class
from xiuhua.web.finding import table_or_404
from xiuhua.web.ground import around, drawn
from xiuhua.web.reading import Reading
from xiuhua.web.rows import NOTHING, Choice, Fact

SIZE: Final = 50  # ours: lines on a page
AROUND_M, CASES_M = 30.0, 100.0  # ours: what stands beside it; what may be about it
MOST_NEAR: Final = 10
THERE: Final = GROUND_METRICS["components-there"]
NAMES: Final = ("text", "class", "state", "street", "grid")

WORDS: Final = {
    "class": Words("类别", "Class"), "state": Words("状态", "State"), "street": Words("街道", "Street"),
    "grid": Words("网格", "Grid"), "code": Words("编码", "Code"), "label": Words("标识", "Label"),
    "accuracy": Words("精度", "Accuracy"), "origin": Words("数据来源", "Origin of the data"),
    "recorded": Words("初始日期", "First recorded"), "changed": Words("变更日期", "Changed"),
    "competent": Words("主管部门", "Competent department"), "owner": Words("权属单位", "Owner"),
    "keeper": Words("养护单位", "Keeper"), "circuit": Words("回路", "Circuit"), "note": Words("备注", "Note"),
    "name": Words("名称", "Name"), "place": Words("坐标", "Place"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    class_name: Words
    label: str
    state: State
    state_words: Words
    area: Words
    owner: Words
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was replaced, and what the next one changed."""

    number: int
    entry: str
    ended_at: Any
    ended_by: str
    changes: tuple[Fact, ...]


@require_GET
@signed_in
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    asked = {name: str(request.GET.get(name, "")).strip()[:120] for name in NAMES}
    asked = {name: value for name, value in asked.items() if value}
    wanted = _wanted(asked)
    beyond = after_of(str(request.GET.get("after", "")), wanted)  # what cannot be read begins at the beginning
    found = _good(find(desk.viewer.acting, wanted, beyond, SIZE))
    district = desk.world.district
    query = urlencode(asked)
    return show(request, desk, "web/components.html", {
        "here": "components", "rows": [_row(c, district) for c in found.lines], "asked": asked, "query": query,
        "selects": _selects(desk, asked), "classes_at": f"/components/classes?{query}",
        "following": f"/components/?{urlencode({**asked, 'after': found.following.text()})}" if found.following else "",
        "first": f"/components/?{query}" if beyond else "",
    })  # fmt: skip


def _wanted(asked: Mapping[str, str]) -> Wanted:
    state = asked.get("state", "")
    return Wanted(
        classes=(asked["class"],) if "class" in asked else (), text=asked.get("text", ""),
        state=State(state) if state in set(State) else None, grids=(asked["grid"],) if "grid" in asked else (),
        street=asked.get("street", ""),
    )  # fmt: skip


@require_GET
@signed_in
def classes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """How many of each class there are: asked for beside the list, because it reads the whole register."""
    if not desk.viewer.acting.may(Right.SEE_COMPONENTS):
        raise PermissionDenied
    counted = sorted(count_by_class().items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [
        (key, desk.world.district.words("class", key) or Words(key, key), count, THERE.text(count))
        for key, count in counted
    ]
    return render(
        request, "web/component_classes.html",
        {"classes": rows, "metric": THERE, "current": request.GET.get("class", "")},
    )  # fmt: skip


@require_GET
@signed_in
def opened(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    return _page(request, desk, code, {})


@require_POST
@signed_in
def changed(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    if not desk.viewer.acting.may(Right.KEEP_COMPONENTS):
        raise PermissionDenied
    typed = {name: request.POST[name].replace("\0", "").strip() for name in CHANGEABLE if name in request.POST}
    try:
        done = change_component(code, typed, desk.viewer.by, desk.world)
    except LostVersion:
        done = Refusal("lost-race", Words("他人刚刚修改了此部件", "somebody else has just changed this one"))
    if isinstance(done, Refusal):
        if done.code == "component-unknown":
            raise Http404
        return _page(request, desk, code, typed, done)
    messages.info(request, _("%(code)s is changed: version %(version)s") % {"code": code, "version": done.version})
    return HttpResponseRedirect(f"/components/{done.component.code}")


def _page(
    request: HttpRequest, desk: Desk, code: str, typed: Mapping[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    found = _good(whole(desk.viewer.acting, code))
    c, district = found.component, desk.world.district
    beside = _good(nearest(desk.viewer.acting, c.place, AROUND_M, (), MOST_NEAR + 1))
    versions = [c, *(one.component for one in found.past)]
    ground = around(
        c.place, drawn(district.grids.active(desk.world.today)), frozenset({c.grid}),
        invented=district.settings.ground == "invented",
    )  # fmt: skip
    return show(request, desk, "web/component.html", {
        "here": "components", "row": _row(c, district), "facts": _facts(c, district), "version": found.version,
        "ground": ground, "doubts": [doubt.words for doubt in doubts([c], district)],
        "near": [_row(one.component, district, one.distance_m) for one in beside if one.component.code != c.code],
        "cases": _cases(desk, c),
        "past": [
            Version(one.version, one.entry, one.ended_at, one.ended_by, _changes(versions[i], one.component, district))
            for i, one in enumerate(found.past)
        ],
        "form": _form(desk, c, typed) if desk.viewer.acting.may(Right.KEEP_COMPONENTS) else (),
        "refused": refusal.words if refusal else None,
    }, 422 if refusal else 200)  # fmt: skip


def _good(answer: Any) -> Any:
    if isinstance(answer, Refusal):
        raise PermissionDenied if answer.code == "right-missing" else Http404
    return answer


def _row(c: Component, district: District, metres: float | None = None) -> Row:
    grid = district.words("grid", c.grid) or NOTHING
    street = district.words("grid", c.street) or NOTHING
    owner = district.words("organisation", c.owner) or Words(c.owner, c.owner)
    return Row(
        c.code, c.name, district.words("class", c.class_key) or Words(c.class_key, c.class_key), c.label, c.state,
        STATES[c.state], Words(f"{street.zh} {grid.zh}", f"{street.en} {grid.en}"), owner, metres,
    )  # fmt: skip


def _said(name: str, c: Component, district: District) -> Words:
    value = getattr(c, "class_key" if name == "class" else name)
    match name:
        case "place":
            text = f"{c.place.lon}, {c.place.lat}"
        case "state":
            return STATES[c.state]
        case "origin":
            return ORIGINS[c.origin]
        case "accuracy":
            text = f"{value}  ±{ACCURACY_M[c.accuracy]} m"
        case "class":
            return district.words("class", c.class_key) or Words(value, value)
        case "competent" | "owner" | "keeper":
            return district.words("organisation", value) or Words(value, value)
        case "grid" | "street":
            return district.words("grid", value) or Words(value, value)
        case _:
            text = "" if value is None else str(value)
    return Words(text, text)


_SHOWN: Final = (
    "class", "name", "label", "circuit", "street", "grid", "place", "accuracy", "competent", "owner", "keeper",
    "recorded", "changed", "origin", "note",
)  # fmt: skip


def _facts(c: Component, district: District) -> list[Fact]:
    said = ((name, _said(name, c, district)) for name in _SHOWN)
    return [Fact(WORDS[name], words, wide=name == "note") for name, words in said if words.zh]


def _changes(new: Component, old: Component, district: District) -> tuple[Fact, ...]:
    """What was, of every field that is another now."""
    found = []
    for name in ("state", *_SHOWN):
        was, now = _said(name, old, district), _said(name, new, district)
        if was != now and name != "changed":
            found.append(Fact(WORDS[name], Words(*(f"{a or '—'} → {b or '—'}" for a, b in _both(was, now)))))
    return tuple(found)


def _both(was: Words, now: Words) -> tuple[tuple[str, str], tuple[str, str]]:
    return (was.zh, now.zh), (was.en, now.en)


def _cases(desk: Desk, c: Component) -> list[Any]:
    """The cases in view that are near it, nearest first."""
    box = box_around(c.place, CASES_M)
    table = table_or_404(desk, "case")
    found = page(Filter(box=(box.west, box.south, box.east, box.north)), desk.viewer.scope, desk.world.now(), None, 50)
    reading = Reading(table, desk.world.district, desk.world.now())
    lines = [
        (distance_m(c.place, Wgs84(line.longitude, line.latitude)), reading.row(line))
        for line in found.lines
        if line.longitude is not None and line.latitude is not None
    ]
    near = [(round(metres), row) for metres, row in lines if metres <= CASES_M]
    return sorted(near, key=lambda pair: (pair[0], pair[1].number))[:MOST_NEAR]


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    words: Words
    value: str
    choices: tuple[Choice, ...] = ()


def _form(desk: Desk, c: Component, typed: Mapping[str, str]) -> tuple[Input, ...]:
    def value(name: str) -> str:
        return typed.get(name, str(getattr(c, name)))

    states = tuple(Choice(state.value, words, chosen=state.value == value("state")) for state, words in STATES.items())
    units = desk.world.district.organisations
    return (
        Input("state", WORDS["state"], value("state"), states),
        Input("label", WORDS["label"], value("label")),
        *(
            Input(name, WORDS[name], value(name), (
                Choice("", Words("—", "—")), *(Choice(o.code, o.name, chosen=o.code == value(name)) for o in units)
            ))
            for name in ("owner", "keeper")
        ),
        Input("note", WORDS["note"], value("note")),
    )  # fmt: skip


def _selects(desk: Desk, asked: Mapping[str, str]) -> list[Input]:
    district, day = desk.world.district, desk.world.today
    editions = district.catalog.editions_on(day)
    components = [c for e in editions for c in district.catalog.classes_of(e.id) if c.key.kind is Kind.COMPONENT]
    streets = district.grids.active(day, Tier.STREET)
    offered = {
        "class": [Choice(str(c.key), c.name, c.major_name) for c in components],
        "state": [Choice(state.value, words) for state, words in STATES.items()],
        "street": [Choice(grid.code, grid.name) for grid in streets],
    }
    return [
        Input(name, WORDS[name], asked.get(name, ""), tuple(
            Choice(one.value, one.words, one.group, one.value == asked.get(name)) for one in choices
        ))
        for name, choices in offered.items()
    ]  # fmt: skip
