"""Counts of the subjects of a filter, by one column. They become figures only through `domain.metric`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, Q, Value, When
from django.db.models import Count as CountOf

from xiuhua.store.queries.lists import Filter, selected
from xiuhua.store.queries.scope import Scope

BY = {"stage": "stage", "channel": "channel", "unit": "unit", "street": "street", "class": "class_key"}


@dataclass(frozen=True, slots=True)
class Count:
    value: str
    count: int


def counts(f: Filter, scope: Scope, now: datetime, by: str) -> tuple[Count, ...]:
    """`by` is stage, channel, unit, street, class or due (the light). Raises KeyError for anything else."""
    rows = selected(f, scope, now)
    if by == "due":
        rows = rows.annotate(light=_light(now))
    column = "light" if by == "due" else BY[by]
    found = rows.order_by().values_list(column).annotate(n=CountOf("id")).order_by(column)
    return tuple(Count(value, n) for value, n in found)


def total(f: Filter, scope: Scope, now: datetime) -> int:
    return selected(f, scope, now).count()


def _light(now: datetime) -> Case:
    return Case(
        When(due_at__isnull=True, then=Value("none")),
        When(due_at__lt=now, then=Value("red")),
        When(Q(warn_at__lte=now), then=Value("yellow")),
        default=Value("green"),
        output_field=CharField(),
    )
