"""Which moment it is: the real one, or in a demo one that goes on from where the invented operations ended.

The demo's time is kept with the data and shown wherever a moment matters. It stands still while nobody serves it, so
that a demo which is opened again a month later is not a district of overdue cases.
"""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from xiuhua.domain.journal import SYSTEM, Journal
from xiuhua.operations.journal import record_at
from xiuhua.store import sql
from xiuhua.store.lock import writing
from xiuhua.store.setting import set_setting, setting

_NAME = "clock"
_LOOK_AGAIN_SECONDS = 1.0  # ours: a clock that was set is followed everywhere after this


@dataclass(frozen=True, slots=True)
class DemoClock:
    """It was `at` here when it was really `since`."""

    at: datetime
    since: datetime

    def now(self) -> datetime:
        return self.at + (utc_now() - self.since)


def utc_now() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    demo = demo_clock()
    return demo.now() if demo else utc_now()


class _Kept:
    """The setting, read again every second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._clock: DemoClock | None = None

    def get(self) -> DemoClock | None:
        with self._lock:
            if time.monotonic() - self._looked > _LOOK_AGAIN_SECONDS:
                self._clock = _read()
                self._looked = time.monotonic()
            return self._clock

    def forget(self) -> None:
        with self._lock:
            self._looked = float("-inf")


_kept = _Kept()
demo_clock = _kept.get
forget = _kept.forget


def set_demo_clock(at: datetime) -> DemoClock:
    with writing():
        record_at(Journal.SETTING, _NAME, "set", SYSTEM, {"at": at.isoformat()}, at)
        return _let_run(at)


def resume_demo_clock() -> DemoClock | None:
    """Where there is one, let it go on from the last thing that happened; said once when serving begins."""
    clock = _read()
    if clock is None:
        return None
    last = sql.one("SELECT at FROM transition ORDER BY id DESC LIMIT 1")
    return _let_run(max(clock.at, sql.moment_read(last[0])) if last else clock.at)


def _let_run(at: datetime) -> DemoClock:
    clock = DemoClock(at, utc_now())
    with writing():
        set_setting(_NAME, {"at": clock.at.isoformat(), "since": clock.since.isoformat()})
    forget()
    return clock


def _read() -> DemoClock | None:
    kept = setting(_NAME)
    if not isinstance(kept, dict):
        return None
    return DemoClock(datetime.fromisoformat(kept["at"]), datetime.fromisoformat(kept["since"]))
