"""Registered figures counted from the subjects of a filter. A count leaves here only as a figure of `domain.metric`.

What can be told from the columns of the rows is counted by the database; everything else case by case (`past_cases`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.db.models import Case, CharField, Count, QuerySet, Value, When

from xiuhua.domain.case import KIND
from xiuhua.domain.counting import By, Span
from xiuhua.domain.division import Division, Elsewhere
from xiuhua.domain.due_state import DueState
from xiuhua.domain.metric import Breakdown, Metric, breakdown, figures, parts_by, reckon_all
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
PATIENCE_S = 1.0  # ours: longer nobody waits for another's figure, who could answer others meanwhile
_turn = Lock()
COUNTING = Words("另一项统计正在进行，请稍后再试", "another figure is being counted; try again in a moment")
CASES_ONLY = Words("指标“{it}”只统计案件", "the metric “{it}” is counted of cases only")


@dataclass(frozen=True, slots=True)
class Question:
    """Which figures, all broken down by the same: of which span (None: of all so far), in which division.

    `elsewhere` is None where it is that fixed with each case; `corrected`: with what was found since the span's end.
    """

    metrics: tuple[Metric, ...]
    span: Span | None = None
    by: By | None = None
    elsewhere: Elsewhere | None = None
    corrected: bool = False


def figure_of(metric: Metric, f: Filter, scope: Scope, now: datetime, table: Table) -> Breakdown:
    """As of now, with the parts that it has of its own."""
    return figures_of(Question((metric,)), f, scope, now, table)[0]


def figures_of(question: Question, f: Filter, scope: Scope, now: datetime, table: Table) -> tuple[Breakdown, ...]:
    """Registered numbers of all cases in the filter, with their parts; a span ends at the latest now.

    Raises Wrong where they cannot be broken down so, where other subjects than cases are asked for more than their
    number, and where another figure is being counted case by case.
    """
    for metric in question.metrics:
        if parts_by(metric, question.by) is By.FORMER_GRID and question.elsewhere is None:
            raise Wrong("metric-needs-line", NO_LINE, "line")
    slow = [m for m in question.metrics if question.span or m.denominator or m.numerator not in BY_ROWS]
    counted = _by_cases(slow, question, f, scope, now, table) if slow else {}
    return tuple(counted.get(m.key) or _by_rows(m, question, f, scope, now, table) for m in question.metrics)


def _by_cases(
    metrics: Sequence[Metric], question: Question, f: Filter, scope: Scope, now: datetime, table: Table
) -> dict[str, Breakdown]:
    """One at a time: two would keep all others waiting where pages and programs share one process."""
    if f.kind != KIND:
        raise Wrong("metric-of-cases", CASES_ONLY.filled(it=metrics[0].key), "metric")
    if not _turn.acquire(timeout=PATIENCE_S):
        raise Wrong("busy", COUNTING)
    try:
        span, keys = _ended(question.span, now), [metric.key for metric in metrics]
        cases = PastCases(table, span, question.elsewhere, question.corrected).of(selected(f, scope, now))
        division = Division.THEN if question.elsewhere is None else Division.NOW
        return dict(zip(keys, reckon_all(keys, cases, span, question.by, division), strict=True))
    finally:
        _turn.release()


def _ended(span: Span | None, now: datetime) -> Span:
    """What happens at this very moment counts; nothing is counted of what is still to come."""
    until = now + timedelta.resolution
    return Span(span.start, min(span.end, until)) if span else Span(_EVER, until)


def _by_rows(
    metric: Metric, question: Question, f: Filter, scope: Scope, now: datetime, table: Table
) -> Breakdown:
    span, by = _ended(None, now), parts_by(metric, question.by)
    rows = selected(f, scope, now)
    if metric.numerator == "open-at-end":
        rows = rows.filter(is_open=True)
    counted = rows.exclude(stage__in=table.void) if metric.numerator == "opened" else rows
    parts = figures(metric.key, _parts(counted, by, question.elsewhere, now, table), span)
    return breakdown(metric, by, parts, span)


def _parts(
    rows: QuerySet[SubjectRow], by: By | None, elsewhere: Elsewhere | None, now: datetime, table: Table
) -> Mapping[str, int]:
    if by is None:
        return {"": rows.count()}
    if elsewhere is not None:
        return _located(rows, elsewhere)
    if by is By.DUE_STATE:
        rows = rows.annotate(due_state=_due_state(now, table))
    column = COLUMNS[by]
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
