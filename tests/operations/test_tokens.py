"""Tokens: shown once, kept as a digest, ended by time, by hand and with the account."""

from datetime import timedelta

import pytest

from tests.cast import GUAN, Time, tiny_world
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting, acting_by_token
from xiuhua.operations.people import add_people, close_account
from xiuhua.operations.tokens import PREFIX, Created, create_token, revoke_token, tokens_of
from xiuhua.operations.world import World
from xiuhua.store.loading import transitions
from xiuhua.store.models import TokenRow, TransitionRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def world(time: Time) -> World:
    world = tiny_world(time)
    add_people(world.district.people, GUAN, world)
    return world


def _created(world: World, **more: object) -> Created:
    answer = create_token("pai1", "hotline adapter", GUAN, world, **more)  # type: ignore[arg-type]
    assert isinstance(answer, Created)
    return answer


def _used(token: str, world: World) -> Acting | Refusal:
    return acting_by_token(token, world.now(), world.district.day_of(world.now()))


def test_a_token_acts_as_its_account(world: World) -> None:
    found = _used(_created(world).text, world)
    assert isinstance(found, Acting) and (found.username, found.post.value) == ("pai1", "dispatcher")


def test_only_the_digest_is_kept(world: World) -> None:
    text = _created(world).text
    assert text.startswith(PREFIX) and len(text) > 40
    kept = repr(list(TokenRow.objects.values())) + "".join(TransitionRow.objects.values_list("body", flat=True))
    assert text not in kept


def test_each_change_is_in_the_journal(world: World) -> None:
    revoke_token(_created(world).id, GUAN, world)
    assert [t.move for t in transitions("token", "pai1")] == ["create", "revoke"]


@pytest.mark.parametrize("token", ["", "xh_", "xh_" + "A" * 43, "' OR 1=1 --", pytest.param("\udcff", id="half a pair")])
def test_an_unknown_token_is_refused(world: World, token: str) -> None:
    assert _used(token, world).code == "token-unknown"  # type: ignore[union-attr]


def test_a_token_expires_at_its_moment(world: World, time: Time) -> None:
    created = _created(world, expires_at=time() + timedelta(hours=1))
    time.later(minutes=59)
    assert isinstance(_used(created.text, world), Acting)
    time.later(minutes=1)
    assert _used(created.text, world).code == "token-over"  # type: ignore[union-attr]


def test_a_revoked_token_is_over_and_stays_in_the_list(world: World, time: Time) -> None:
    created = _created(world)
    revoke_token(created.id, GUAN, world)
    time.later(minutes=5)
    revoke_token(created.id, GUAN, world)
    assert _used(created.text, world).code == "token-over"  # type: ignore[union-attr]
    (listed,) = tokens_of("pai1")
    assert listed.revoked_at == time() - timedelta(minutes=5)


def test_the_tokens_of_a_closed_account_do_nothing(world: World) -> None:
    created = _created(world)
    close_account("pai1", GUAN, world)
    assert _used(created.text, world).code == "account-closed"  # type: ignore[union-attr]


def test_a_token_needs_a_name_an_account_and_a_future(world: World, time: Time) -> None:
    assert create_token("pai1", " ", GUAN, world).code == "token-name"  # type: ignore[union-attr]
    assert create_token("nobody", "x", GUAN, world).code == "account-unknown"  # type: ignore[union-attr]
    assert create_token("pai1", "x", GUAN, world, time()).code == "token-expiry"  # type: ignore[union-attr]
    assert revoke_token(99, GUAN, world).code == "token-unknown"  # type: ignore[union-attr]
    assert not TokenRow.objects.exists()
