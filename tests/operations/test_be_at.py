"""Where collectors are: said by themselves alone, while on shift, seen by those who need it, and forgotten."""

from datetime import timedelta

import pytest

from tests.cast import EAST, at
from tests.running import running_from
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations import be_at as module
from xiuhua.operations import clock
from xiuhua.operations.acting import Acting, acting_as
from xiuhua.operations.be_at import (
    LONGEST,
    LOOKED,
    RECENT,
    Shift,
    be_at,
    begin_shift,
    end_forgotten_shifts,
    end_shift,
    look_at_positions,
)  # fmt: skip
from xiuhua.operations.world import World
from xiuhua.store.models import PositionRow, TransitionRow

MORNING = at("2023-03-06 09:00")


@pytest.fixture
def world(db: None):  # type: ignore[no-untyped-def]
    yield from running_from(MORNING)


def who(username: str, world: World) -> Acting:
    found = acting_as(username, world.district.day_of(world.now()))
    assert isinstance(found, Acting)
    return found


def on_shift(username: str, place: Wgs84, world: World) -> None:
    """Begun, and there."""
    me = who(username, world)
    assert isinstance(begin_shift(me, world), Shift)
    assert isinstance(be_at(place, 8.0, me, world), Shift)


def seen(username: str, world: World) -> list[str]:
    found = look_at_positions(who(username, world), world)
    assert not isinstance(found, Refusal), found
    return [one.person for one in found]


def test_nobody_is_anywhere_before_the_shift_begins(world: World) -> None:
    found = be_at(EAST, 8.0, who("cai1", world), world)
    assert isinstance(found, Refusal)
    assert found.code == "not-on-shift"


def test_only_the_last_place_is_kept_and_it_goes_with_the_shift(world: World) -> None:
    on_shift("cai1", EAST, world)
    on_shift("cai1", Wgs84(110.02, 30.02), world)
    row = PositionRow.objects.get()
    assert (row.longitude, row.latitude) == (110.02, 30.02)
    assert end_shift(who("cai1", world))
    assert not end_shift(who("cai1", world))
    assert PositionRow.objects.count() == 0


@pytest.mark.parametrize("username", ["pai1", "gong-desk", "gong-hand", "min1", "ji1", "guan1"])
def test_only_collectors_say_where_they_are(world: World, username: str) -> None:
    for found in (begin_shift(who(username, world), world), be_at(EAST, 8.0, who(username, world), world)):
        assert isinstance(found, Refusal)
        assert found.code == "position-not-yours"


@pytest.mark.parametrize("username", ["zhi1", "pai1", "du1"])
def test_those_who_send_people_out_see_them(world: World, username: str) -> None:
    on_shift("cai1", EAST, world)
    assert seen(username, world) == ["cai1"]


@pytest.mark.parametrize(
    "username", ["cai2", "shou1", "kao1", "ling1", "guan1", "gong-desk", "gong-hand", "jie-desk", "min1", "ji1"]
)
def test_nobody_else_sees_them(world: World, username: str) -> None:
    on_shift("cai1", EAST, world)
    found = look_at_positions(who(username, world), world)
    assert isinstance(found, Refusal)
    assert found.code == "right-missing"


def test_a_place_that_is_old_or_vague_is_not_shown(world: World) -> None:
    on_shift("cai1", EAST, world)
    PositionRow.objects.update(at=world.now() - RECENT - timedelta(minutes=1))
    assert seen("zhi1", world) == []
    vague = be_at(EAST, 1500.0, who("cai1", world), world)
    assert isinstance(vague, Refusal)
    assert vague.code == "position-vague"


def test_a_shift_that_nobody_ended_ends_by_itself(world: World) -> None:
    on_shift("cai1", EAST, world)
    assert end_forgotten_shifts(world.now() + LONGEST - timedelta(minutes=1)) == 0
    PositionRow.objects.update(began_at=world.now() - LONGEST)
    assert seen("zhi1", world) == []
    found = be_at(EAST, 8.0, who("cai1", world), world)
    assert isinstance(found, Refusal)
    assert end_forgotten_shifts(world.now()) == 1


def test_who_keeps_a_map_open_is_written_down_once_in_a_while(world: World) -> None:
    module._looks.__init__()  # type: ignore[misc]
    looks = TransitionRow.objects.filter(move="look-at-positions")
    for _ in range(5):
        seen("zhi1", world)
    assert looks.count() == 1
    seen("pai1", world)
    assert looks.count() == 2
    clock.set_demo_clock(world.now() + LOOKED + timedelta(seconds=1))
    seen("zhi1", world)
    assert looks.count() == 3
