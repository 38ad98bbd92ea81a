"""Where those on shift said they are. Who may ask is decided by `operations.be_at`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiuhua.store.models import Account, PositionRow


@dataclass(frozen=True, slots=True)
class Position:
    person: str
    name: str
    lon: float
    lat: float
    accuracy_m: float
    at: datetime


def positions_since(moment: datetime, began_after: datetime) -> tuple[Position, ...]:
    rows = PositionRow.objects.filter(at__gte=moment, began_at__gt=began_after, longitude__isnull=False)
    columns = ("person", "longitude", "latitude", "accuracy_m", "at")
    found: list[tuple[Any, ...]] = list(rows.order_by("person").values_list(*columns))
    names = dict(Account.objects.filter(username__in=[row[0] for row in found]).values_list("username", "name"))
    return tuple(Position(person, names.get(person) or person, *rest) for person, *rest in found)
