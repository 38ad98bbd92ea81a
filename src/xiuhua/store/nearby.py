"""Open cases near a place, for finding duplicates; and how many quick reports a person has sent."""

from collections.abc import Callable
from datetime import datetime

from xiuhua.domain.case import KIND
from xiuhua.domain.duplicate import OpenCase
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.store.cells import cells_around
from xiuhua.store.models import SubjectRow


def open_nearby(
    place: Wgs84, radius_m: float, since: datetime, group_of: Callable[[str], str]
) -> list[OpenCase]:
    rows = SubjectRow.objects.filter(
        kind=KIND, is_open=True, opened_at__gte=since, cell__in=cells_around(place, radius_m)
    ).values_list("number", "class_key", "longitude", "latitude", "opened_at", "stage")
    return [OpenCase(n, group_of(c), Wgs84(x, y), at, stage) for n, c, x, y, at, stage in rows if x and y]


def quick_reports_since(person: str, since: datetime) -> int:
    return SubjectRow.objects.filter(
        kind=KIND, reporter=person, channel=Channel.QUICK_REPORT.value, opened_at__gt=since
    ).count()
