"""The loop: every job in its turn, and one that fails stops nobody."""

import json
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import GUAN, TINY, at
from tests.stories.play import Play
from xiuhua.jobs import as_thread, run
from xiuhua.jobs.work import JOBS, Job, seal_file
from xiuhua.operations.install import install
from xiuhua.operations.world import forget
from xiuhua.store.models import OutboxRow, SealRow, SubjectRow


def counting(done: list[str], name: str, *, until: int, stop: threading.Event) -> Callable[[], bool]:
    def do() -> bool:
        done.append(name)
        if len(done) >= until:
            stop.set()
        return False

    return do


def failing() -> bool:
    raise RuntimeError("a fault in a job")


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    stop, done = threading.Event(), list[str]()
    jobs = (Job("bad", 0, failing), Job("good", 0, counting(done, "good", until=3, stop=stop)))
    with caplog.at_level(logging.ERROR):
        run(stop, jobs, tick=0.001)
    assert done == ["good"] * 3
    assert [record.getMessage() for record in caplog.records] == ["job.failed name=bad"]


@pytest.mark.django_db
def test_a_job_with_more_to_do_comes_again_at_once() -> None:
    stop, left, done = threading.Event(), [True, True, False], list[bool]()

    def do() -> bool:
        done.append(left.pop(0))
        if not left:
            stop.set()
        return done[-1]

    run(stop, (Job("much", 3600, do),), tick=0.001)
    assert done == [True, True, False]


@pytest.mark.django_db
def test_a_job_waits_for_its_turn() -> None:
    stop, done = threading.Event(), list[str]()
    jobs = (
        Job("rare", 3600, counting(done, "rare", until=99, stop=stop)),
        Job("often", 0, counting(done, "often", until=5, stop=stop)),
    )
    run(stop, jobs, tick=0.001)
    assert done.count("rare") == 1


@pytest.mark.django_db(transaction=True)
def test_the_real_jobs_sweep_deliver_and_seal_in_a_thread_of_their_own() -> None:
    forget()
    install(TINY, GUAN, at("2023-03-06 08:00"))
    Play().until("dispatch")
    running = as_thread(JOBS, tick=0.01)
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and not _all_done():
            time.sleep(0.05)
    finally:
        running.end()
        forget()
    assert SubjectRow.objects.get().stage == "received", "signed silently: that was years ago"
    assert OutboxRow.objects.filter(topic="overdue:handling", delivered_at__isnull=False).exists()
    assert json.loads(_first_line(seal_file()))["number"] == 1
    assert not running.thread.is_alive()


def _all_done() -> bool:
    swept = SubjectRow.objects.get().stage == "received"
    delivered = not OutboxRow.objects.filter(delivered_at__isnull=True).exists()
    connection.close()
    return swept and delivered and SealRow.objects.exists() and seal_file().exists()


def _first_line(file: Path) -> str:
    return file.read_text().splitlines()[0]
