"""Accounts and posts, signing in, and what the journal says of it."""

from datetime import date, timedelta

import pytest

from tests.cast import GUAN, Time, tiny_world
from xiuhua.domain.people import Holding, Post
from xiuhua.domain.words import Refusal
from xiuhua.operations.people import (
    Made,
    add_people,
    close_account,
    create_account,
    give_post,
    set_password,
    take_post,
)
from xiuhua.operations.sign_in import LOCKED_FOR, MOST_FAILURES, Signed, sign_in
from xiuhua.operations.world import World
from xiuhua.store.loading import transitions
from xiuhua.store.models import Account, HoldingRow, TransitionRow

pytestmark = pytest.mark.django_db
GOOD = "a-long-needle-7"
DAY = date(2023, 3, 6)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def world(time: Time) -> World:
    return tiny_world(time)


def _made(answer: Made | Refusal) -> Made:
    assert isinstance(answer, Made), answer
    return answer


def _post(post: Post = Post.DISPATCHER, organisation: str = "centre", **more: object) -> Holding:
    return Holding(post, organisation, frozenset(), DAY, **more)  # type: ignore[arg-type]


def _moves(username: str) -> list[str]:
    return [t.move for t in transitions("account", username)]


def test_an_account_is_made_given_a_post_and_journaled(world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world, GOOD))
    _made(give_post("li4", _post(), GUAN, world))
    assert _moves("li4") == ["create", "give-post"]
    assert transitions("account", "li4")[1].patch.facts["post"] == "dispatcher"


def test_the_journal_never_holds_a_password_or_a_name(world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world, GOOD))
    _made(set_password("li4", "another-needle-8", GUAN, world))
    bodies = "".join(TransitionRow.objects.values_list("body", flat=True))
    assert GOOD not in bodies and "another-needle-8" not in bodies and "李四" not in bodies


@pytest.mark.parametrize("username", ["", "李四", "a b", "a'; DROP TABLE account", "<script>", "x" * 151, "..."])
def test_a_username_is_a_plain_code(world: World, username: str) -> None:
    answer = create_account(username, "x", GUAN, world)
    assert isinstance(answer, Refusal) and answer.code == "username-wrong"
    assert not Account.objects.exists() and not TransitionRow.objects.exists()


def test_a_username_is_given_once(world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world))
    assert create_account("li4", "李四二", GUAN, world).code == "account-exists"  # type: ignore[union-attr]


@pytest.mark.parametrize("password", ["short", "1234567890123", "li4li4li4li4"])
def test_a_weak_password_is_refused_in_both_languages(world: World, password: str) -> None:
    _made(create_account("li4li4li4", "李四", GUAN, world))
    answer = set_password("li4li4li4", password, GUAN, world)
    assert isinstance(answer, Refusal) and answer.code == "password-weak"
    assert answer.words.zh != answer.words.en


@pytest.mark.parametrize(
    ("holding", "code"),
    [
        pytest.param(_post(organisation="nobody"), "organisation-unknown", id="an unknown organisation"),
        pytest.param(_post(valid_to=DAY - timedelta(days=1)), "dates-wrong", id="a last day before the first"),
        pytest.param(
            Holding(Post.COLLECTOR, "centre", frozenset({"9"}), DAY), "grid-unknown", id="an unknown grid"
        ),
    ],
)
def test_a_post_that_cannot_be_is_refused(world: World, holding: Holding, code: str) -> None:
    _made(create_account("li4", "李四", GUAN, world))
    assert give_post("li4", holding, GUAN, world).code == code  # type: ignore[union-attr]
    assert not HoldingRow.objects.exists()


def test_a_post_taken_away_ends_and_stays_explained(world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world))
    _made(give_post("li4", Holding(Post.DISPATCHER, "centre", frozenset(), date(2022, 1, 1)), GUAN, world))
    _made(take_post("li4", "dispatcher", "centre", GUAN, world))
    assert HoldingRow.objects.get().valid_to == date(2023, 3, 5)
    assert _moves("li4")[-1] == "take-post"
    assert take_post("li4", "dispatcher", "centre", GUAN, world).code == "post-not-held"  # type: ignore[union-attr]


def test_a_post_that_began_today_and_is_taken_away_was_never_held(world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world))
    _made(give_post("li4", _post(), GUAN, world))
    _made(take_post("li4", "dispatcher", "centre", GUAN, world))
    assert not HoldingRow.objects.exists()


def test_the_people_of_a_pack_are_added_once(world: World) -> None:
    assert add_people(world.district.people, GUAN, world) == len(world.district.people)
    assert add_people(world.district.people, GUAN, world) == 0
    assert not Account.objects.get(username="cai1").has_usable_password()


# signing in


@pytest.fixture
def signing(world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world, GOOD))


@pytest.mark.usefixtures("signing")
def test_the_right_password_lets_in(time: Time) -> None:
    assert isinstance(sign_in("li4", GOOD, time()), Signed)


@pytest.mark.usefixtures("signing")
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(time: Time) -> None:
    assert sign_in("li4", "wrong", time()) == sign_in("nobody", "wrong", time())


@pytest.mark.usefixtures("signing")
def test_five_failures_lock_out_for_a_quarter_of_an_hour(time: Time) -> None:
    codes = [sign_in("li4", "wrong", time()).code for _ in range(MOST_FAILURES)]  # type: ignore[union-attr]
    assert codes == ["sign-in-wrong"] * (MOST_FAILURES - 1) + ["locked"]
    time.now += LOCKED_FOR - timedelta(seconds=1)
    assert sign_in("li4", GOOD, time()).code == "locked"  # type: ignore[union-attr]
    time.now += timedelta(seconds=1)
    assert isinstance(sign_in("li4", GOOD, time()), Signed)
    assert _moves("li4") == ["create", "lock"]


@pytest.mark.usefixtures("signing")
def test_signing_in_forgets_earlier_failures(time: Time) -> None:
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            sign_in("li4", "wrong", time())
        assert isinstance(sign_in("li4", GOOD, time()), Signed)


@pytest.mark.usefixtures("signing")
def test_setting_a_password_lifts_the_lock(time: Time, world: World) -> None:
    for _ in range(MOST_FAILURES):
        sign_in("li4", "wrong", time())
    _made(set_password("li4", "another-needle-8", GUAN, world))
    assert isinstance(sign_in("li4", "another-needle-8", time()), Signed)


@pytest.mark.usefixtures("signing")
def test_a_closed_account_cannot_sign_in(time: Time, world: World) -> None:
    _made(close_account("li4", GUAN, world))
    assert sign_in("li4", GOOD, time()).code == "sign-in-wrong"  # type: ignore[union-attr]


def test_without_a_password_nobody_signs_in(time: Time, world: World) -> None:
    _made(create_account("li4", "李四", GUAN, world))
    assert sign_in("li4", "", time()).code == "sign-in-wrong"  # type: ignore[union-attr]
