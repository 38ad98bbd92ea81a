"""Registered figures counted from the subjects of a filter. A count leaves here only as a figure of `domain.metric`."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from xiuhua.domain.counting import By, DueState, Span, grid_now
from xiuhua.domain.metric import Figure, Metric, figure, figures
from xiuhua.domain.words import Words, Wrong
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.lists import Filter, selected
from xiuhua.store.queries.scope import Scope

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = {
    By.STAGE: "stage", By.CHANNEL: "channel", By.UNIT: "unit", By.CLASS: "class_key", By.STREET: "street",
    By.DUE_STATE: "due_state", By.GRID: "responsibility_grid",
}  # fmt: skip
Point = tuple[float, float]
NO_DIVISION = Words("指标“{it}”须说明哪一类原网格", "the metric “{it}” needs the line of its former grids")
NOT_BY_ROWS = Words("指标“{it}”不能由现状计数得出", "the metric “{it}” cannot be counted from how things stand")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another division than the one fixed with each case: codes in `in_use` stand, all other points are located."""

    in_use: Collection[str]
    locate: Callable[[Sequence[Point]], Sequence[str]]


def figures_of(
    metric: Metric, f: Filter, scope: Scope, now: datetime, void: Collection[str], *, division: Elsewhere | None = None
) -> tuple[Figure, ...]:
    """A registered number of all cases in the filter, as of now; `void` are the stages that count nowhere else.

    Raises Wrong for a number that needs the past.
    """
    if metric.denominator or metric.numerator not in ("registered", "opened", "open-at-end"):
        raise Wrong("metric-needs-past", NOT_BY_ROWS.filled(it=metric.key), "metric")
    rows = replace(f, is_open=True) if metric.numerator == "open-at-end" else f
    left_out = void if metric.numerator == "opened" else ()
    span = Span(_EVER, now)
    if metric.by is None:
        number = selected(rows, scope, now).exclude(stage__in=left_out).count()
        return (figure(metric.key, {metric.numerator: number}, span),)
    if division is None and metric.by is By.FORMER_GRID:
        raise Wrong("metric-needs-line", NO_DIVISION.filled(it=metric.key), "line")
    if division is not None and metric.by in (By.GRID, By.FORMER_GRID):
        counted = selected(rows, scope, now).exclude(stage__in=left_out)
        return figures(metric.key, _located(counted, division), span)
    return figures(metric.key, _parts(rows, scope, now, metric.by, left_out), span)


def _located(rows: QuerySet[SubjectRow], division: Elsewhere) -> dict[str, int]:
    """Grids that still stand are counted where they are; only what lies in others is fetched and located, at once."""
    codes = rows.order_by().values_list("responsibility_grid").annotate(n=Count("id"))
    counts = Counter({code: n for code, n in codes if code in division.in_use})
    gone = rows.exclude(responsibility_grid__in=list(counts)) if counts else rows
    found = list(gone.order_by().values_list("responsibility_grid", "longitude", "latitude"))
    placed = [(lon, lat) for _, lon, lat in found if lon is not None and lat is not None]
    there = iter(division.locate(placed))
    for code, lon, lat in found:
        counts[grid_now(code, division.in_use, str(next(there)) if lon is not None and lat is not None else "")] += 1
    return dict(sorted(counts.items()))


def _parts(f: Filter, scope: Scope, now: datetime, by: By, left_out: Collection[str]) -> dict[str, int]:
    rows = selected(f, scope, now).exclude(stage__in=left_out)
    if by is By.DUE_STATE:
        rows = rows.annotate(due_state=_due_state(now))
    column = COLUMNS[by]
    return dict(rows.order_by().values_list(column).annotate(n=Count("id")).order_by(column))


def _due_state(now: datetime) -> Case:
    return Case(
        When(due_at__isnull=True, then=Value(DueState.NO_CLOCK.value)),
        When(due_at__lt=now, then=Value(DueState.OVERDUE.value)),
        When(Q(warn_at__lte=now), then=Value(DueState.WARNING.value)),
        default=Value(DueState.IN_TIME.value),
        output_field=CharField(),
    )
