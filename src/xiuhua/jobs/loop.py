"""The loop: every job in its turn. One that fails is logged and tried again; it cannot stop the others.

On SQLite it is a thread of `serve`, on PostgreSQL a process of its own (`xiuhua jobs`), of which there may be several.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import close_old_connections, connection

from xiuhua.jobs.work import JOBS, Job

TICK_SECONDS = 0.5
_AFTER_FAILURE = 10.0  # seconds; ours: a database that is away is not asked twice a second
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """A loop in a thread."""

    thread: threading.Thread
    stop: threading.Event

    def end(self, wait: float = 10.0) -> None:
        """What is under way is finished first."""
        self.stop.set()
        self.thread.join(wait)


def run(stop: threading.Event, jobs: Sequence[Job] = JOBS, tick: float = TICK_SECONDS) -> None:
    """Until `stop` is set."""
    due = dict.fromkeys((job.name for job in jobs), 0.0)
    while not stop.is_set():
        for job in jobs:
            if time.monotonic() >= due[job.name] and not stop.is_set():
                due[job.name] = time.monotonic() + _done(job)
        stop.wait(tick)


def as_thread(jobs: Sequence[Job] = JOBS, tick: float = TICK_SECONDS) -> Running:
    stop = threading.Event()
    thread = threading.Thread(target=_thread, args=(stop, jobs, tick), name="jobs", daemon=True)
    thread.start()
    return Running(thread, stop)


def _thread(stop: threading.Event, jobs: Sequence[Job], tick: float) -> None:
    try:
        run(stop, jobs, tick)
    finally:
        connection.close()  # a thread has a connection of its own


def _done(job: Job) -> float:
    """How many seconds until it is due again."""
    close_old_connections()
    try:
        more = job.do()
    except Exception:
        _log.exception("job.failed name=%s", job.name)
        return max(job.every, _AFTER_FAILURE)
    return 0.0 if more else job.every
