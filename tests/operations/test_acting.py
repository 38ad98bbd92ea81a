"""Who acts in which post today, and what that post may look at."""

from datetime import date, timedelta

import pytest

from tests.cast import GUAN, Time, tiny_world
from xiuhua.domain.people import Holding, Post, Right
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting, acting, post_name
from xiuhua.operations.people import Made, add_people, create_account, give_post, take_post
from xiuhua.operations.world import World

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 6)
ALWAYS = date(2020, 1, 1)


@pytest.fixture
def world() -> World:
    world = tiny_world(Time())
    add_people(world.district.people, GUAN, world)
    return world


@pytest.fixture
def two_posts(world: World) -> int:
    """Somebody who dispatches, and stands in for an acceptor this week."""
    made = create_account("dai1", "代一", GUAN, world)
    assert isinstance(made, Made)
    give_post("dai1", Holding(Post.DISPATCHER, "centre", frozenset(), ALWAYS), GUAN, world)
    give_post("dai1", Holding(Post.ACCEPTOR, "centre", frozenset(), DAY, DAY + timedelta(days=4)), GUAN, world)
    return made.id


def _acting(account: int, day: date = DAY, chosen: str = "") -> Acting:
    found = acting(account, day, chosen)
    assert isinstance(found, Acting), found
    return found


def test_the_first_post_is_taken_where_none_is_chosen(two_posts: int) -> None:
    found = _acting(two_posts)
    assert (found.by.person, found.by.post, found.by.organisation) == ("dai1", Post.DISPATCHER, "centre")
    assert [post_name(h) for h in found.holdings] == ["dispatcher@centre", "acceptor@centre"]


def test_another_post_can_be_chosen_and_has_its_own_rights(two_posts: int) -> None:
    assert not _acting(two_posts).may(Right.SEE_PERSONS)
    chosen = _acting(two_posts, chosen="acceptor@centre")
    assert chosen.post is Post.ACCEPTOR and chosen.may(Right.SEE_PERSONS)
    assert chosen.lacks(Right.SEE_PERSONS) is None


def test_a_post_that_is_over_or_not_held_cannot_be_chosen(two_posts: int) -> None:
    for day, chosen in ((DAY + timedelta(days=5), "acceptor@centre"), (DAY, "leader@centre"), (DAY, "acceptor@works")):
        found = acting(two_posts, day, chosen)
        assert isinstance(found, Refusal) and found.code == "post-not-held"


def test_a_post_taken_away_is_gone_at_the_next_use(two_posts: int, world: World) -> None:
    take_post("dai1", "dispatcher", "centre", GUAN, world)
    assert _acting(two_posts).post is Post.ACCEPTOR
    take_post("dai1", "acceptor", "centre", GUAN, world)
    assert acting(two_posts, DAY).code == "no-post"  # type: ignore[union-attr]


def test_an_account_that_is_not_there_is_not_signed_in(world: World) -> None:
    assert acting(999_999, DAY).code == "not-signed-in"  # type: ignore[union-attr]
