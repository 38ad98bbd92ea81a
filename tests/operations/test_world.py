"""The world's grids are those of the district's day, from its midnight on; past days can be asked beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import EAST, Time, at, tiny, tiny_world
from tests.running import running_from
from xiuhua.domain.grid import Grids, Tier
from xiuhua.operations.world import World, forget, world
from xiuhua.space.locate import Located
from xiuhua.space.locators import Locators


def unit(here: World) -> str:
    found = here.locator.locate(EAST)
    assert isinstance(found, Located)
    return found.unit


def test_a_grid_that_ends_is_gone_at_midnight_and_not_before() -> None:
    last = date(2023, 3, 6)
    ended = [replace(g, valid_to=last) if g.tier is Tier.UNIT else g for g in tiny().grids.grids]
    time = Time()
    here = replace(tiny_world(time), locators=Locators(Grids(tuple(ended))))
    time.to("2023-03-06 23:59")
    assert unit(here) == "990101001001001"
    time.to("2023-03-07 00:00")
    assert unit(here) == ""
    before = here.locator_on(last).locate(EAST)
    assert isinstance(before, Located)
    assert before.unit == "990101001001001"


@pytest.fixture
def running(db: None) -> Iterator[World]:
    yield from running_from(at("2023-03-06 09:00"))


def test_the_locator_is_kept_while_the_pack_is_the_same(running: World) -> None:
    first = world().locator
    assert world().locator is first
    forget()
    assert world().locator is not first
    assert unit(world()) == "990101001001001"
