"""Registered figures counted from the subjects of a filter. A count leaves here only as a figure of `domain.metric`."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from django.db.models import Case, CharField, Count, Q, Value, When

from xiuhua.domain.counting import By, DueState, Span
from xiuhua.domain.metric import Figure, Metric, figure, figures
from xiuhua.domain.words import Words, Wrong
from xiuhua.store.queries.lists import Filter, selected
from xiuhua.store.queries.scope import Scope

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = {
    By.STAGE: "stage", By.CHANNEL: "channel", By.UNIT: "unit", By.CLASS: "class_key", By.STREET: "street",
    By.DUE_STATE: "due_state",
}  # fmt: skip
NOT_BY_ROWS = Words("指标“{it}”不能由现状计数得出", "the metric “{it}” cannot be counted from how things stand")


def figures_of(
    metric: Metric, f: Filter, scope: Scope, now: datetime, void: Collection[str]
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
    return figures(metric.key, _parts(rows, scope, now, metric.by, left_out), span)


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
