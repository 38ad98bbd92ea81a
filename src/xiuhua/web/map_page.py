"""The map as a page of its own, and what it says of a thing that was clicked, by the rights of whoever clicked."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xiuhua.domain.case import KIND
from xiuhua.domain.component import STATES, Component, State
from xiuhua.domain.due_state import DueState
from xiuhua.domain.former_grid import LINES
from xiuhua.domain.geocoding import said_of
from xiuhua.domain.grid import TIERS, Grid, Tier
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.domain.people import Right
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words, Wrong
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.maps.gazetteer import names
from xiuhua.space.locate import Located
from xiuhua.store.queries import Filter, page
from xiuhua.store.queries.collected import component_of
from xiuhua.store.queries.drawn import classes_drawn
from xiuhua.web.finding import table_or_404
from xiuhua.web.reading import Reading
from xiuhua.web.rows import Choice, Fact

SHOWN_FIRST: Final = frozenset({Tier.STREET, Tier.RESPONSIBILITY, Tier.UNIT})
LIGHTS: Final = (DueState.OVERDUE, DueState.WARNING, DueState.IN_TIME)
REFRESH_SECONDS: Final = 60  # ours: how old what is seen on an open map may be
CHINA: Final = (73.0, 18.0, 135.0, 54.0)  # where nothing has an outline yet


@dataclass(frozen=True, slots=True)
class TierBox:
    tier: str
    words: Words
    shown: bool


@require_GET
@signed_in
def whole(request: HttpRequest, desk: Desk) -> HttpResponse:
    district, acting = desk.world.district, desk.viewer.acting
    day = district.day_of(desk.world.now())
    outlined = [grid for grid in district.grids.active(day) if grid.outline]
    inside = acting.may(Right.SEE_COMPONENTS)
    return show(request, desk, "web/map.html", {
        "here": "map", "bounds": json.dumps(_bounds(outlined)), "day": day.isoformat(), "tiers": _tiers(outlined),
        "classes": _classes(desk) if inside else (), "states": [Choice(s.value, w) for s, w in STATES.items()],
        "intact": STATES[State.INTACT],
        "lines": _lines(desk), "inside": inside, "lights": LIGHTS, "still": DueState.NO_CLOCK.words,
        "counted": {key: GROUND_METRICS[f"map-{key}"] for key in ("cases", "components")},
        "positions": acting.may(Right.SEE_POSITIONS),
        "words": json.dumps(_words()), "refresh": REFRESH_SECONDS,
        "invented": district.settings.ground == "invented",
    })  # fmt: skip


def _bounds(grids: Iterable[Grid]) -> tuple[float, float, float, float]:
    points = [point for grid in grids for point in grid.outline]
    if not points:
        return CHINA
    lons, lats = [p.lon for p in points], [p.lat for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def _tiers(grids: Iterable[Grid]) -> list[TierBox]:
    there = {grid.tier for grid in grids}
    return [TierBox(t.value, words, t in SHOWN_FIRST) for t, words in TIERS.items() if t in there]


def _classes(desk: Desk) -> list[Choice]:
    district = desk.world.district
    return [Choice(key, district.words("class", key) or Words(key, key)) for key in classes_drawn()]


def _lines(desk: Desk) -> list[Choice]:
    there = {grid.line for grid in desk.world.district.former_grids}
    return [Choice(line.value, words) for line, words in LINES.items() if line in there]


def _words() -> dict[str, str]:
    return {
        "hits": _("{n} found"),
        "nothing": _("Nothing of that name"),
        "broken": _("This did not come. Try again."),
        "gap": _("A part of the map did not come. Move the map to ask again."),
        "ended": _("You are no longer signed in. Load the page again."),
        "gone": _("This is not there, or not yours to see."),
        "position": _("{name}, {n} minutes ago"),
    }


# what was clicked


@require_GET
@signed_in
def grid(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    district = desk.world.district
    day = _day(request.GET.get("day", "")) or district.day_of(desk.world.now())
    found = district.grids.on(code, day)
    if found is None:
        raise Http404
    above = [Fact(TIERS[g.tier], g.name) for g in district.grids.chain(code, day)[1:]]
    links = (
        Link(f"/grids/{code}?day={day.isoformat()}", Words("网格与负责人", "The grid and who answers for it")),
        Link(f"/{KIND}/?grid={code}", Words("本网格案件", "Cases of this grid")),
    )
    return _said(request, found.name, TIERS[found.tier], [Fact(CODE, _plain(code)), *above], links)


CODE: Final = Words("编码", "Code")


def _plain(text: str) -> Words:
    return Words(text, text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
@signed_in
def component(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    found = component_of(code) if desk.viewer.acting.may(Right.SEE_COMPONENTS) else None
    if found is None:
        raise Http404
    name = desk.world.district.words("class", found.class_key) or _plain(found.name or found.class_key)
    links = (Link(f"/components/{found.code}", Words("打开部件", "Open the component")),)
    return _said(request, name, STATES[found.state], list(_component_facts(desk, found)), links)


def _component_facts(desk: Desk, it: Component) -> Iterator[Fact]:
    district = desk.world.district
    yield Fact(CODE, _plain(it.code))
    for label, value in ((Words("编号牌", "Label"), it.label), (Words("回路", "Circuit"), it.circuit)):
        if value:
            yield Fact(label, _plain(value))
    for label, unit in ((Words("权属单位", "Owner"), it.owner), (Words("养护单位", "Kept by"), it.keeper)):
        if unit:
            yield Fact(label, district.words("organisation", unit) or _plain(unit))
    if it.grid:
        yield Fact(Words("网格", "Grid"), district.words("grid", it.grid) or _plain(it.grid))
    yield Fact(Words("建档日期", "First recorded"), _plain(it.recorded.isoformat()))


@require_GET
@signed_in
def case(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """What a list would show of it, to whom it would show it."""
    lines = page(Filter(KIND, text=number), desk.viewer.scope, desk.world.now(), size=5).lines
    line = next((one for one in lines if one.number == number), None)
    if line is None:
        raise Http404
    reading = Reading(table_or_404(desk, KIND), desk.world.district, desk.world.now())
    return render(request, "web/map_case.html", {"row": reading.row(line), "now": desk.world.now()})


@require_GET
@signed_in
def at(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Where a point is, in words."""
    try:
        place = Wgs84(float(request.GET.get("lon", "")), float(request.GET.get("lat", "")))
    except (ValueError, Wrong):
        raise Http404 from None
    district = desk.world.district
    there = desk.world.locator.locate(place)
    codes = [there.grid, there.street] if isinstance(there, Located) else []
    areas = [name for code in codes if code and (name := district.words("grid", code))]
    words = said_of(names(district, district.day_of(desk.world.now())).around(place), next(iter(areas), None))
    degrees = _plain(f"{place.lon:.6f}, {place.lat:.6f}")
    facts = [Fact(Words("经纬度", "Degrees"), degrees), *(Fact(Words("网格", "Grid"), name) for name in areas[:1])]
    return _said(request, words if words.zh else degrees, NOTHING_MORE, facts)


NOTHING_MORE: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    words: Words


def _said(
    request: HttpRequest, title: Words, what: Words, facts: list[Fact], links: Sequence[Link] = ()
) -> HttpResponse:
    return render(request, "web/map_thing.html", {"title": title, "what": what, "facts": facts, "links": links})
