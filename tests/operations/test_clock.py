"""The demo's time: it goes on from its last moment while it is served, and is kept with the data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import at
from tests.stories.play import Play
from xiuhua.operations import clock
from xiuhua.store.setting import set_setting

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _looked_at_again() -> Iterator[None]:
    clock.forget()
    yield
    clock.forget()


def kept(moment: datetime, ago: timedelta) -> None:
    set_setting("clock", {"at": moment.isoformat(), "since": (datetime.now(UTC) - ago).isoformat()})
    clock.forget()


def test_a_real_district_has_the_real_time() -> None:
    assert clock.demo_clock() is None
    assert abs(clock.now() - datetime.now(UTC)) < SOON
    assert clock.resume_demo_clock() is None


def test_the_demo_goes_on_from_its_last_moment() -> None:
    clock.set_demo_clock(at("2023-03-16 15:30"))
    assert timedelta(0) <= clock.now() - at("2023-03-16 15:30") < SOON


def test_it_runs_as_fast_as_the_wall_clock() -> None:
    kept(at("2023-03-16 15:30"), timedelta(hours=2))
    assert abs(clock.now() - at("2023-03-16 17:30")) < SOON


def test_while_nobody_serves_it_stands_still() -> None:
    kept(at("2023-03-16 15:30"), timedelta(days=30))
    clock.resume_demo_clock()
    assert abs(clock.now() - at("2023-03-16 15:30")) < SOON


def test_it_never_goes_back_behind_what_has_happened() -> None:
    play = Play()
    play.time.to("2023-03-16 18:00")
    play.sends()
    kept(at("2023-03-16 15:30"), timedelta(days=30))
    clock.resume_demo_clock()
    assert timedelta(0) <= clock.now() - at("2023-03-16 18:00") < SOON
