"""Cases as spots of a map: single ones, or counted in squares with the worst light of each. Filter and scope are the
list's, so that a map never shows what a list would not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Avg, Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Floor

from xiuhua.domain.due_state import DueState
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.lists import COLUMNS, Filter, Line, selected
from xiuhua.store.queries.scope import Scope

_LIGHTS: Final = (DueState.NO_CLOCK, DueState.IN_TIME, DueState.WARNING, DueState.OVERDUE)  # from good to bad
_SPOT: Final = ("number", "class_key", "stage", "longitude", "latitude", "worst")


@dataclass(frozen=True, slots=True)
class Spot:
    number: str
    class_key: str
    stage: str
    lon: float
    lat: float
    light: DueState


@dataclass(frozen=True, slots=True)
class Cluster:
    """`lon` and `lat` are the mean of those in it."""

    count: int
    lon: float
    lat: float
    light: DueState


@dataclass(frozen=True, slots=True)
class Asked:
    """`still`: the stages in which no clock runs."""

    filter: Filter
    scope: Scope
    now: datetime
    still: Sequence[str] = ()

    @property
    def rows(self) -> Any:
        found = selected(self.filter, self.scope, self.now).filter(longitude__isnull=False, latitude__isnull=False)
        return found.annotate(worst=_light(self.now, self.still))


def _light(now: datetime, still: Sequence[str]) -> Case:
    return Case(
        When(Q(is_open=False) | Q(stage__in=list(still)) | Q(due_at__isnull=True), then=Value(0)),
        When(due_at__lt=now, then=Value(3)),
        When(warn_at__lte=now, then=Value(2)),
        default=Value(1), output_field=IntegerField(),
    )  # fmt: skip


def squares(asked: Asked, side: int, few: int) -> tuple[list[Cluster], list[Spot]]:
    """The filter's box cut into squares, `side` by `side`: those with more than a few, and what lies in the others."""
    if asked.filter.box is None:
        raise ValueError("squares are cut out of a box")
    west, south, east, north = asked.filter.box
    across = Floor((F("longitude") - west) * side / (east - west))
    along = Floor((F("latitude") - south) * side / (north - south))
    rows = asked.rows.annotate(square=across * (side + 1) + along)  # the box's own rim makes one more of each
    counted = rows.values("square").annotate(
        n=Count("id"), lon=Avg("longitude"), lat=Avg("latitude"), light=Max("worst")
    )
    found = list(counted.order_by("square").values_list("square", "n", "lon", "lat", "light"))
    clusters = [Cluster(n, lon, lat, _LIGHTS[light]) for _, n, lon, lat, light in found if n > few]
    others = [square for square, n, *_ in found if n <= few]
    return clusters, _spots(rows.filter(square__in=others)) if others else []


def _spots(rows: Any) -> list[Spot]:
    """The newest last: it is drawn over the others."""
    found = rows.order_by("opened_at", "number").values_list(*_SPOT)
    return [Spot(n, key, stage, lon, lat, _LIGHTS[worst]) for n, key, stage, lon, lat, worst in found]


Moments = tuple[datetime | None, datetime | None]


def lines_placed(f: Filter, scope: Scope, now: datetime, opened: Moments, after: str, most: int) -> list[Line]:
    """Those of a list that have a place, the highest number first."""
    rows = _placed(f, scope, now, opened)
    if after:
        rows = rows.filter(number__lt=after)
    return [Line(*row) for row in rows.order_by("-number").values_list(*COLUMNS)[:most]]


def number_placed(f: Filter, scope: Scope, now: datetime, opened: Moments) -> int:
    return _placed(f, scope, now, opened).count()


def _placed(f: Filter, scope: Scope, now: datetime, opened: Moments) -> QuerySet[SubjectRow]:
    rows = selected(f, scope, now).filter(longitude__isnull=False, latitude__isnull=False)
    first, last = opened
    if first is not None:
        rows = rows.filter(opened_at__gte=first)
    return rows.filter(opened_at__lte=last) if last is not None else rows
