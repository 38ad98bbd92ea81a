"""Open cases near a place, for finding duplicates; and how many quick reports a person has sent."""

from collections.abc import Callable
from datetime import datetime

from xiuhua.domain.case import KIND
from xiuhua.domain.duplicate import OpenCase
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.store import sql
from xiuhua.store.cells import cells_around

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


_QUICK = "SELECT COUNT(*) FROM subject WHERE kind = %s AND reporter = %s AND channel = %s AND opened_at > %s"


def quick_reports_since(person: str, since: datetime) -> int:
    row = sql.one(_QUICK, [KIND, person, Channel.QUICK_REPORT.value, sql.moment(since)])
    return int(row[0]) if row else 0
