"""In-app notices of the viewer's mailboxes. Opening one marks it read and leads to its subject."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from xiuhua.domain.reminder import OVERDUE, WARNED
from xiuhua.domain.words import Words
from xiuhua.look.page import Desk, show, signed_in
from xiuhua.operations.world import World
from xiuhua.store.queries import Notification, classes_of, inbox, mark_read

SOON, OVER = Words("{it}将到", "{it}: 80 % of the limit used"), Words("{it}已超", "{it}: overdue")
WARNINGS = {WARNED: SOON, OVERDUE: OVER}


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    number: str
    topic: Words
    what: Words
    at: datetime
    read_at: datetime | None


@signed_in
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = inbox(desk.viewer.mailboxes)
    classes = classes_of(found)
    entries = [_entry(one, classes.get((one.kind, one.number), ""), desk.world) for one in found]
    return show(request, desk, "look/inbox.html", {"notices": entries, "here": "inbox"})


def _entry(one: Notification, class_key: str, around: World) -> Entry:
    what = around.district.words("class", class_key) or Words("", "")
    return Entry(one.id, one.number, _topic(one, around), what, one.at, one.read_at)


def _topic(one: Notification, around: World) -> Words:
    """The move that told, or the clock that reminded ("overdue:handling")."""
    table = around.table(one.kind)
    sort, _, clock = one.topic.partition(":")
    if table and sort in WARNINGS and clock in table.clocks:
        name = table.clocks[clock]
        return Words(WARNINGS[sort].zh.format(it=name.zh), WARNINGS[sort].en.format(it=name.en))
    move = table.moves.get(one.topic) if table else None
    return move.words if move else Words(one.topic, one.topic)


@signed_in
def opened(request: HttpRequest, desk: Desk, notice: int) -> HttpResponse:
    one = next((n for n in inbox(desk.viewer.mailboxes) if n.id == notice), None)
    if one is None:
        raise Http404
    mark_read([notice], desk.viewer.mailboxes, desk.world.now())
    return HttpResponseRedirect(f"/{one.kind}/{one.number}")
