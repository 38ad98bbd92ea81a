"""Open cases near a place, for finding duplicates; and how many quick reports a person has sent."""

from collections.abc import Callable
from datetime import datetime

from xiuhua.domain.case import KIND
from xiuhua.domain.duplicate import OpenCase
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.store import sql
from xiuhua.store.cells import cells_around
from xiuhua.store.models import SubjectRow

# Asked with every notice; by hand, because building it takes longer than answering it.
_NEARBY = (
    "SELECT number, class_key, longitude, latitude, opened_at, stage FROM subject "
    "WHERE kind = %s AND is_open AND opened_at >= %s AND cell IN ({cells})"
)


def open_nearby(
    place: Wgs84, radius_m: float, since: datetime, group_of: Callable[[str], str]
) -> list[OpenCase]:
    cells = cells_around(place, radius_m)
    rows = sql.rows(_NEARBY.format(cells=sql.marks(cells)), [KIND, sql.moment(since), *cells])
    return [
        OpenCase(number, group_of(class_key), Wgs84(lon, lat), sql.moment_read(opened), stage)
        for number, class_key, lon, lat, opened, stage in rows
    ]


def quick_reports_since(person: str, since: datetime) -> int:
    return SubjectRow.objects.filter(
        kind=KIND, reporter=person, channel=Channel.QUICK_REPORT.value, opened_at__gt=since
    ).count()
