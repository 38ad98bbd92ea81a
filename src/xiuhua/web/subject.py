"""One subject of any register: its page, and making a move or beginning a new one from its forms.

Works without scripts. A refusal or a lost race comes back as the same page with what was typed.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiuhua.domain.case import KIND as CASE
from xiuhua.domain.deciding import possible
from xiuhua.domain.grid_naming import codes_in
from xiuhua.domain.intake import RELAYED
from xiuhua.domain.moves import FieldKind, Move, Table
from xiuhua.domain.notice import Channel
from xiuhua.domain.people import Right
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json, Subject
from xiuhua.domain.words import Refusal, Words, Wrong
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.report import report
from xiuhua.operations.seeing import PersonText, Seen, look_at_persons
from xiuhua.store.loading import load
from xiuhua.store.saving import LostRace
from xiuhua.web import whole as parts
from xiuhua.web.change import SHOWN, change_view
from xiuhua.web.choices import Choices
from xiuhua.web.filters import ALL, VIEWS, Wanted
from xiuhua.web.finding import components_for, people_for, seen_or_404, table_or_404
from xiuhua.web.forms import given, views
from xiuhua.web.ground import around, drawn
from xiuhua.web.ground import whole as whole_ground
from xiuhua.web.listing import queue
from xiuhua.web.pictures import Kept
from xiuhua.web.reading import Reading
from xiuhua.web.rows import Choice, FieldView, Ground, MoveView, Page, Row, Said
from xiuhua.web.sending import asked_for, begins, channels, sent

BEFORE, AFTER = Words("处置前", "Before"), Words("处置后", "After")
LONGEST_KEY = 80
_VERSION = re.compile("[0-9]{1,7}")
FROM_OUTSIDE = frozenset({*RELAYED, Channel.PUBLIC})  # where somebody may have left a name


@require_GET
@signed_in
def opened(request: HttpRequest, desk: Desk, kind: str, number: str) -> HttpResponse:
    return _page(request, desk, seen_or_404(desk, kind, number))


@require_POST
@signed_in
def moved(request: HttpRequest, desk: Desk, kind: str, number: str, move: str) -> HttpResponse:
    table, before = table_or_404(desk, kind), seen_or_404(desk, kind, number)
    row = table.moves.get(move)
    if row is None:
        raise Http404
    kept = Kept(request, desk)
    typed = given(row.fields, request.POST, desk.world.district.time_zone, kept)
    if kept.refusal:
        return _page(request, desk, before, Tried(row, typed, kept.refusal), 422)
    seen = request.POST.get("seen", "")
    asked = Asked(
        kind,
        number,
        move,
        desk.viewer.by,
        typed,
        int(seen) if _VERSION.fullmatch(seen) else 0,
        _key(request),
    )
    try:
        answer = make_move(asked, desk.world)
    except LostRace:
        return _page(
            request, desk, seen_or_404(desk, kind, number), Tried(row, typed, None, asked.seen or 0), 409
        )
    if isinstance(answer, Refusal):
        return _page(request, desk, seen_or_404(desk, kind, number), Tried(row, typed, answer), 422)
    return _gone_on(request, table, answer, before.subject)


def _key(request: HttpRequest) -> str:
    """The page's own, which is as the interface's are."""
    key = request.POST.get("key", "")
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise BadRequest
    return key


def _gone_on(request: HttpRequest, table: Table, done: Done, before: Subject) -> HttpResponse:
    """To the next of the queue where one came from a list that was narrowed; otherwise to the subject as it is now."""
    language = get_language() or ""
    said = {"number": done.number, "move": table.moves[done.move].words.text(language)}
    stage = table.stages[done.stage].words.text(language)
    sentence = (
        _("%(number)s: %(move)s; the stage is now %(stage)s")
        if done.stage != before.stage
        else _("%(number)s: %(move)s")
    )
    messages.info(request, sentence % {**said, "stage": stage})
    wanted = Wanted.of(done.kind, request.GET)
    following = request.POST.get("next", "")
    number = following if wanted.values and following else done.number
    return HttpResponseRedirect(f"/{done.kind}/{number}{wanted.query}")


@require_POST
@signed_in
def persons(request: HttpRequest, desk: Desk, kind: str, number: str) -> HttpResponse:
    """Names and phones of those who reported. A look is journaled, so it is a button and never part of the page."""
    found = seen_or_404(desk, kind, number)
    answer = look_at_persons(kind, number, desk.viewer.acting, desk.world)
    if isinstance(answer, Refusal):
        raise PermissionDenied
    return _page(request, desk, found, looked=answer)


@require_http_methods(["GET", "POST"])
@signed_in
def begun(request: HttpRequest, desk: Desk, kind: str, move: str) -> HttpResponse:
    table = table_or_404(desk, kind)
    row = next((m for m in begins(table, desk.viewer.by.post) if m.name == move), None)
    if row is None:
        raise Http404
    if request.method == "GET":
        asked = {f.name: request.GET[f.name] for f in row.fields if f.kind is FieldKind.LINE and f.name in request.GET}
        return _form(request, desk, table, row, asked)
    kept = Kept(request, desk)
    typed = given(asked_for(row, desk.viewer.by.post), request.POST, desk.world.district.time_zone, kept)
    answer = kept.refusal or _begun(desk, kind, row, typed, _key(request))
    if isinstance(answer, Refusal):
        return _form(request, desk, table, row, typed, answer)
    messages.info(
        request,
        _("%(number)s: %(move)s") % {"number": answer.number, "move": row.words.text(get_language() or "")},
    )
    return HttpResponseRedirect(f"/{answer.kind}/{answer.number}")


def _begun(desk: Desk, kind: str, row: Move, typed: Mapping[str, Json], key: str) -> Done | Refusal:
    if not channels(row.name, desk.viewer.by.post):
        return begin(Asked(kind, "", row.name, desk.viewer.by, typed, key=key, new=True), desk.world)
    notice = sent(row, desk.viewer.by.post, typed, desk.world.now())
    return notice if isinstance(notice, Refusal) else report(notice, desk.viewer.by, desk.world, key)


# the page


@dataclass(frozen=True, slots=True)
class Tried:
    """A move that was not made: what was typed, why, and the version that had been seen."""

    move: Move
    typed: Mapping[str, Json]
    refusal: Refusal | None
    seen: int | None = None

    def view(self, fields: Sequence[FieldView]) -> MoveView:
        from_field = (
            self.refusal.field if self.refusal and any(f.name == self.refusal.field for f in fields) else ""
        )
        words = self.refusal.words if self.refusal else None
        marked = tuple(replace(f, wrong=words) if f.name == from_field else f for f in fields)
        general = words if not from_field else None
        return MoveView(self.move.name, self.move.words, self.move.key, None, marked, True, general)


def _page(
    request: HttpRequest, desk: Desk, found: Seen, tried: Tried | None = None, status: int = 200,
    looked: Sequence[PersonText] | None = None,
) -> HttpResponse:  # fmt: skip
    subject = found.subject
    table = table_or_404(desk, subject.kind)
    page = page_of(desk, table, found, tried)
    wanted = Wanted.of(subject.kind, request.GET)
    rows = queue(desk, table, wanted)
    reading = Reading(table, desk.world.district, desk.world.now())
    changed = [step for step in page.steps if tried and tried.seen is not None and step.sequence > tried.seen]
    shown = tried is None or tried.refusal is None or any(move.open for move in page.moves)
    return show(request, desk, "web/subject.html", {
        "kind": subject.kind, "page": page, "queue": rows, "query": wanted.query, "key": uuid.uuid4().hex,
        "queue_words": VIEWS[wanted.get("view") or ALL], "next": following(rows, subject.number), "moves": page.moves,
        "may_look": looked is None and _may_look(desk, subject),
        "looked": None if looked is None else [Said(reading.labels[p.field].words, p.text) for p in looked],
        "pictured": reading.pictured, "case": subject.kind == CASE, "before_words": BEFORE, "after_words": AFTER,
        "changed": changed,
        "refused": None if shown or tried is None or tried.refusal is None else tried.refusal.words,
    }, status)  # fmt: skip


def _may_look(desk: Desk, subject: Subject) -> bool:
    return desk.viewer.acting.may(Right.SEE_PERSONS) and subject.fact("channel") in FROM_OUTSIDE


def following(rows: Sequence[Row], number: str) -> str:
    """The one below in the queue; at its end, and outside of it, none."""
    numbers = [row.number for row in rows]
    here = numbers.index(number) if number in numbers else len(numbers)
    return next(iter(numbers[here + 1 :]), "")


def page_of(desk: Desk, table: Table, found: Seen, tried: Tried | None) -> Page:
    subject, now = found.subject, desk.world.now()
    reading = Reading(table, desk.world.district, now)
    seen = found.steps
    before, after = parts.before_and_after(reading, seen)
    change = change_view(desk, reading, found)
    return Page(
        row=parts.row(reading, subject, seen), register=table.words, version=subject.version,
        class_view=parts.class_view(reading, subject), story=parts.story(seen), ground=_ground(desk, subject),
        before=before, after=after, clocks=parts.clocks(reading, subject),
        unit_why=parts.unit_why(reading, subject, seen), requests=parts.requests(reading, subject),
        facts=parts.facts(reading, subject, SHOWN if change else ()), steps=parts.steps(reading, seen),
        moves=_moves(desk, table, subject, tried), change=change,
    )  # fmt: skip


def _moves(desk: Desk, table: Table, subject: Subject, tried: Tried | None) -> tuple[MoveView, ...]:
    """What can be done first, what is refused after it, each in the order of the table."""
    offered = Choices(
        desk.world.district, desk.world.now(), subject.facts, people_for(desk), components=components_for(desk)
    )
    unmasked = load(subject.kind, subject.number)  # who did what before decides what may be done, unseen
    whole = unmasked.subject if unmasked else subject
    found = []
    for one in possible(table, whole, desk.viewer.by, desk.world.now(), desk.world.district):
        move = one.move
        if one.refusal:
            found.append(MoveView(move.name, move.words, move.key, one.refusal.words, ()))
        elif tried and tried.move.name == move.name:
            found.append(tried.view(views(move.fields, subject, offered, tried.typed)))
        else:
            found.append(
                MoveView(move.name, move.words, move.key, None, views(move.fields, subject, offered, {}))
            )
    return tuple(sorted(found, key=lambda m: m.refusal is not None))


def _ground(desk: Desk, subject: Subject) -> Ground | None:
    place = subject.facts.get("place")
    if not isinstance(place, list):
        return None
    grids = drawn(desk.world.district.grids.active(desk.world.district.day_of(desk.world.now())))
    here = frozenset({subject.fact("grid"), subject.fact("responsibility_grid")})
    return around(Wgs84(*place), grids, here, invented=_invented(desk))


def _invented(desk: Desk) -> bool:
    return desk.world.district.settings.ground == "invented"


# a new one


def _form(
    request: HttpRequest,
    desk: Desk,
    table: Table,
    row: Move,
    typed: Mapping[str, Json],
    refusal: Refusal | None = None,
) -> HttpResponse:
    now, district, post = desk.world.now(), desk.world.district, desk.viewer.by.post
    blank = Subject(table.kind, "")
    offered = Choices(district, now, typed, people_for(desk), channels(row.name, post), components_for(desk))
    fields = views(asked_for(row, post), blank, offered, typed)
    return show(request, desk, "web/new.html", {
        "kind": table.kind, "move": Tried(row, typed, refusal).view(fields), "key": uuid.uuid4().hex,
        "ground": _to_choose_on(desk, typed),
    }, 422 if refusal else 200)  # fmt: skip


def _to_choose_on(desk: Desk, typed: Mapping[str, Json]) -> Ground | None:
    """The grids that are named and what lies around them; where none is, all of the district."""
    listed, codes = drawn(desk.world.district.grids.active(desk.world.today)), codes_in(str(typed.get("grids") or ""))
    named = [grid for grid in listed if grid.code in codes]
    return whole_ground(named or listed, invented=_invented(desk), beside=listed if named else ())


@require_GET
@signed_in
def conditions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The options of a condition's select once a class is chosen."""
    offered = Choices(desk.world.district, desk.world.now(), {}, people_for(desk))
    found: Sequence[Choice] = offered.conditions(request.GET.get("class", ""))
    return render(request, "web/options.html", {"choices": found})


@require_GET
@signed_in
def components(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What a field for a component offers once class and place are known: the nearest of that class."""
    place = _degrees(request.GET.get("lon", ""), request.GET.get("lat", ""))
    found = components_for(desk)(place, request.GET.get("class", "")) if place else ()
    return render(request, "web/components_near.html", {"choices": found})


def _degrees(lon: str, lat: str) -> Wgs84 | None:
    """None for what is no place; a field offers nothing then."""
    try:
        return Wgs84(float(lon), float(lat))
    except (ValueError, Wrong):
        return None
