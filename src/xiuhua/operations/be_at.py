"""A collector's app says where it is, for himself alone and while his shift lasts; and those who need it look.

He begins and ends the shift himself: there is no roster yet. The last place only is kept, it goes with the end of the
shift, and a shift that nobody ended ends after `LONGEST`. Who looks at positions is written down, once in `LOOKED`.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from xiuhua.domain.journal import Journal
from xiuhua.domain.people import Post, Right
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.journal import record
from xiuhua.operations.world import World
from xiuhua.store.lock import writing
from xiuhua.store.models import PositionRow
from xiuhua.store.queries.positions import Position, positions_since

LONGEST: Final = timedelta(hours=12)  # ours: one shift and its handover
RECENT: Final = timedelta(minutes=30)  # ours: where somebody was half an hour ago helps nobody
LOOKED: Final = timedelta(minutes=10)  # ours: an open map asks all the time; one entry says who had it open
FARTHEST_OFF_M: Final = 1_000.0  # ours: a place known to a kilometre is none

NOT_A_COLLECTOR: Final = Refusal(
    "position-not-yours", Words("只有监督员上报自己的位置", "only collectors report where they are")
)
NOT_ON_SHIFT: Final = Refusal("not-on-shift", Words("请先上岗", "begin your shift first"))
TOO_VAGUE: Final = Refusal(
    "position-vague", Words("定位误差超过1公里，未记录", "known to a kilometre only; not kept"), "accuracy_m"
)


@dataclass(frozen=True, slots=True)
class Shift:
    began_at: datetime
    at: datetime | None


def begin_shift(acting: Acting, world: World) -> Shift | Refusal:
    """Again does nothing."""
    if acting.post is not Post.COLLECTOR:
        return NOT_A_COLLECTOR
    with writing():
        row, _ = PositionRow.objects.get_or_create(
            person=acting.username,
            defaults={
                "post": acting.post.value, "organisation": acting.current.organisation, "began_at": world.now(),
            },
        )  # fmt: skip
    return Shift(row.began_at, row.at)


def end_shift(acting: Acting) -> bool:
    """Whether there was one. The place goes with it."""
    with writing():
        removed, _ = PositionRow.objects.filter(person=acting.username).delete()
    return bool(removed)


def be_at(place: Wgs84, accuracy_m: float, acting: Acting, world: World) -> Shift | Refusal:
    if acting.post is not Post.COLLECTOR:
        return NOT_A_COLLECTOR
    if accuracy_m > FARTHEST_OFF_M:
        return TOO_VAGUE
    now = world.now()
    with writing():
        mine = PositionRow.objects.filter(person=acting.username, began_at__gt=now - LONGEST)
        changed = mine.update(at=now, longitude=place.lon, latitude=place.lat, accuracy_m=accuracy_m)
        return Shift(mine.get().began_at, now) if changed else NOT_ON_SHIFT


def end_forgotten_shifts(now: datetime) -> int:
    with writing():
        removed, _ = PositionRow.objects.filter(began_at__lte=now - LONGEST).delete()
    return removed


def look_at_positions(acting: Acting, world: World) -> tuple[Position, ...] | Refusal:
    """Those on shift that said lately where they are. The look is written down before anything is shown."""
    lacking = acting.lacks(Right.SEE_POSITIONS)
    if lacking:
        return lacking
    now = world.now()
    if _looks.is_due(acting.username, now):
        record(Journal.LOOK, "positions", "look-at-positions", acting.by, {}, world)
    return positions_since(now - RECENT, now - LONGEST)


class _Looks:
    """Who looked last when, in this process."""

    def __init__(self) -> None:
        self._last: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def is_due(self, person: str, now: datetime) -> bool:
        with self._lock:
            last = self._last.get(person)
            if last is not None and timedelta(0) <= now - last < LOOKED:
                return False
            self._last[person] = now
            return True


_looks = _Looks()
