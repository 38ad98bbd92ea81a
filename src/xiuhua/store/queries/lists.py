"""The list of subjects: filters, newest first, paged by key so that page 1,000 costs what page 1 costs."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from xiuhua.domain.case import KIND
from xiuhua.domain.due_state import DueState
from xiuhua.store.models import SubjectRow, TermRow
from xiuhua.store.queries.scope import Scope
from xiuhua.store.search import folded, wanted

MOST_LINES = 200
MOST_TERMS = 12  # ours: more words than anybody types; the rest of a pasted text adds nothing
COLUMNS = (
    "number", "stage", "is_open", "version", "channel", "class_key", "unit", "grid", "street", "place_text",
    "photo", "flags", "longitude", "latitude", "opened_at", "closed_at", "warn_at", "due_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. Empty means any."""

    kind: str = KIND
    stages: tuple[str, ...] = ()
    is_open: bool | None = None
    channel: str = ""
    class_key: str = ""
    unit: str = ""
    grid: str = ""
    street: str = ""
    due: DueState | None = None
    assignee: str = ""
    reporter: str = ""
    text: str = ""
    box: tuple[float, float, float, float] | None = None  # west, south, east, north in WGS 84


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last line of the page before."""

    opened_at: datetime
    number: str


def cursor(at: object, number: object) -> Cursor | None:
    """None for what no page gave: a moment out of reckoning, a number that is none."""
    try:
        moment = datetime.fromisoformat(str(at))
        utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None or not isinstance(number, str) or not number.isprintable():
        return None
    return Cursor(utc, number)


@dataclass(frozen=True, slots=True)
class Line:
    number: str
    stage: str
    is_open: bool
    version: int
    channel: str
    class_key: str
    unit: str
    grid: str
    street: str
    place_text: str
    photo: str
    flags: str
    longitude: float | None
    latitude: float | None
    opened_at: datetime
    closed_at: datetime | None
    warn_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    next: Cursor | None


def page(
    wanted_rows: Filter, scope: Scope, now: datetime, after: Cursor | None = None, size: int = 50
) -> Page:
    rows = selected(wanted_rows, scope, now)
    if after is not None:
        older = Q(opened_at__lt=after.opened_at) | Q(opened_at=after.opened_at, number__lt=after.number)
        rows = rows.filter(older, opened_at__lte=after.opened_at)
    size = min(size, MOST_LINES)
    found = [Line(*row) for row in rows.order_by("-opened_at", "-number").values_list(*COLUMNS)[: size + 1]]
    last = found[size - 1] if len(found) > size else None
    return Page(tuple(found[:size]), Cursor(last.opened_at, last.number) if last else None)


def selected(f: Filter, scope: Scope, now: datetime) -> QuerySet[SubjectRow]:
    """The rows of a filter inside a scope; lists and counts count the same ones."""
    exact = {
        "channel": f.channel, "class_key": f.class_key, "unit": f.unit, "street": f.street,
        "assignee": f.assignee, "reporter": f.reporter,
    }  # fmt: skip
    rows = SubjectRow.objects.filter(scope.filter, kind=f.kind, **{k: v for k, v in exact.items() if v})
    if f.stages:
        rows = rows.filter(stage=f.stages[0]) if len(f.stages) == 1 else rows.filter(stage__in=f.stages)
    if f.is_open is not None:
        rows = rows.filter(is_open=f.is_open)
    if f.grid:
        rows = rows.filter(Q(responsibility_grid=f.grid) | Q(grid=f.grid))
    if f.box:
        west, south, east, north = f.box
        rows = rows.filter(longitude__range=(west, east), latitude__range=(south, north))
    return _texted(_due(rows, f.due, now), f.text)


def _due(rows: QuerySet[SubjectRow], due: DueState | None, now: datetime) -> QuerySet[SubjectRow]:
    match due:
        case DueState.OVERDUE:
            return rows.filter(due_at__lt=now)
        case DueState.WARNING:
            return rows.filter(due_at__gte=now, warn_at__lte=now)
        case DueState.IN_TIME:
            return rows.filter(Q(warn_at__gt=now) | Q(warn_at__isnull=True), due_at__gte=now)
        case DueState.NO_CLOCK:
            return rows.filter(due_at__isnull=True)
        case _:
            return rows


def _texted(rows: QuerySet[SubjectRow], text: str) -> QuerySet[SubjectRow]:
    """By number where the text looks like one, otherwise by all its terms."""
    if not text.strip():
        return rows
    plain = folded(text.strip())
    if plain[:1].isdigit() and "-" in plain:
        return rows.filter(number__startswith=plain)
    for term in sorted(wanted(text))[:MOST_TERMS]:
        rows = rows.filter(pk__in=TermRow.objects.filter(term=term).values("subject_id"))
    return rows if wanted(text) else rows.none()
