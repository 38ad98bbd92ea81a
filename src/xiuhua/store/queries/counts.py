"""Registered figures counted from the subjects of a filter. A count leaves here only as a figure of `domain.metric`.

What can be told from the columns of the rows is counted by the database; everything else case by case (`past_cases`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Case, CharField, Count, QuerySet, Value, When

from xiuhua.domain.case import KIND
from xiuhua.domain.counting import By, Span
from xiuhua.domain.division import Division, Elsewhere
from xiuhua.domain.due_state import DueState
from xiuhua.domain.metric import Breakdown, Metric, breakdown, figures, parts_by, reckon
from xiuhua.domain.moves import Group, Table
from xiuhua.domain.words import Words, Wrong
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.lists import Filter, selected
from xiuhua.store.queries.past_cases import PastCases
from xiuhua.store.queries.scope import Scope

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = {
    By.STAGE: "stage", By.CHANNEL: "channel", By.UNIT: "unit", By.CLASS: "class_key", By.STREET: "street",
    By.DUE_STATE: "due_state", By.GRID: "responsibility_grid",
}  # fmt: skip
BY_ROWS = frozenset({"registered", "opened", "open-at-end"})  # what the columns of a row tell, as of now
NO_LINE = Words("请说明哪一类原网格", "say which former grids it shall be read in")
CASES_ONLY = Words("指标“{it}”只统计案件", "the metric “{it}” is counted of cases only")


@dataclass(frozen=True, slots=True)
class Question:
    """Which figure: of which span (None: of all so far), by what, and in which division (None: as fixed with each)."""

    metric: Metric
    span: Span | None = None
    by: By | None = None
    elsewhere: Elsewhere | None = None


def figures_of(question: Question, f: Filter, scope: Scope, now: datetime, table: Table) -> Breakdown:
    """A registered number of all cases in the filter, with its parts; a span ends at the latest now.

    Raises Wrong where it cannot be broken down so, or other subjects than cases are asked for more than their number.
    """
    metric, by = question.metric, parts_by(question.metric, question.by)
    if by is By.FORMER_GRID and question.elsewhere is None:
        raise Wrong("metric-needs-line", NO_LINE, "line")
    if question.span is None and metric.denominator is None and metric.numerator in BY_ROWS:
        return _by_rows(replace(question, by=by), f, scope, now, table)
    if f.kind != KIND:
        raise Wrong("metric-of-cases", CASES_ONLY.filled(it=metric.key), "metric")
    span = _ended(question.span, now)
    cases = PastCases(table, span, question.elsewhere).of(selected(f, scope, now))
    division = Division.THEN if question.elsewhere is None else Division.NOW
    return reckon(metric.key, cases, span, by, division)


def _ended(span: Span | None, now: datetime) -> Span:
    """What happens at this very moment counts; nothing is counted of what is still to come."""
    until = now + timedelta.resolution
    return Span(span.start, min(span.end, until)) if span else Span(_EVER, until)


def _by_rows(question: Question, f: Filter, scope: Scope, now: datetime, table: Table) -> Breakdown:
    metric, span = question.metric, _ended(None, now)
    rows = selected(replace(f, is_open=True) if metric.numerator == "open-at-end" else f, scope, now)
    counted = rows.exclude(stage__in=table.void) if metric.numerator == "opened" else rows
    parts = figures(metric.key, _parts(counted, question, now, table), span)
    return breakdown(metric, question.by, parts, span)


def _parts(rows: QuerySet[SubjectRow], question: Question, now: datetime, table: Table) -> Mapping[str, int]:
    if question.by is None:
        return {"": rows.count()}
    if question.elsewhere is not None:
        return _located(rows, question.elsewhere)
    if question.by is By.DUE_STATE:
        rows = rows.annotate(due_state=_due_state(now, table))
    column = COLUMNS[question.by]
    return dict(rows.order_by().values_list(column).annotate(n=Count("id")).order_by(column))


def _located(rows: QuerySet[SubjectRow], elsewhere: Elsewhere) -> dict[str, int]:
    """Grids that still stand are counted where they are; only what lies in others is fetched and located, at once."""
    codes = rows.order_by().values_list("responsibility_grid").annotate(n=Count("id"))
    counts = Counter({code: n for code, n in codes if code in elsewhere.in_use})
    gone = rows.exclude(responsibility_grid__in=list(counts)) if counts else rows
    found = list(gone.order_by().values_list("responsibility_grid", "longitude", "latitude"))
    places = [(lon, lat) if lon is not None and lat is not None else None for _, lon, lat in found]
    counts.update(elsewhere.codes([code for code, _, _ in found], places))
    return dict(sorted(counts.items()))


def _due_state(now: datetime, table: Table) -> Case:
    paused = [stage.name for stage in table.stages.values() if stage.group is Group.PAUSED]
    return Case(
        When(stage__in=paused, then=Value(DueState.PAUSED.value)),
        When(due_at__isnull=True, then=Value(DueState.NO_CLOCK.value)),
        When(due_at__lt=now, then=Value(DueState.OVERDUE.value)),
        When(warn_at__lte=now, then=Value(DueState.WARNING.value)),
        default=Value(DueState.IN_TIME.value),
        output_field=CharField(),
    )
