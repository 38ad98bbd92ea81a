from datetime import date

import pytest

from xiuhua.domain.people import (
    POST_WORDS,
    RIGHTS,
    Holding,
    Person,
    Post,
    Right,
    Side,
    may,
    sees,
    shows_person,
)

DAY = date(2023, 3, 1)
CHAIN = ("990101001001001", "r1", "990101001", "990101")


def holding(post: Post, organisation: str = "centre", *grids: str) -> Holding:
    return Holding(post, organisation, frozenset(grids), DAY)


def test_every_post_has_words_rights_and_a_side() -> None:
    assert set(POST_WORDS) == set(RIGHTS) == set(Post)
    assert {post for post in Post if post.side is Side.UNIT} == {Post.UNIT_DESK, Post.HANDLER}
    assert {post for post in Post if post.side is Side.OUTSIDE} == {Post.CITIZEN, Post.MACHINE_SOURCE}
    assert Post.COLLECTOR.words.zh == "监督员"


def test_a_post_taken_away_is_no_longer_held_the_day_after() -> None:
    was = Holding(Post.ACCEPTOR, "centre", frozenset(), date(2023, 1, 1), date(2023, 2, 28))
    person = Person("li", "李", (was, holding(Post.DISPATCHER)))
    assert person.holdings_on(date(2023, 2, 28)) == (was,)
    assert [h.post for h in person.holdings_on(DAY)] == [Post.DISPATCHER]


@pytest.mark.parametrize(
    ("right", "posts"),
    [
        (
            Right.SEE_ALL_CASES,
            "acceptor shift-leader dispatcher supervising-officer evaluator leader administrator",
        ),
        (Right.SEE_UNIT_CASES, "unit-desk handler"),
        (Right.SEE_OWN_GRID_CASES, "collector"),
        (Right.SEE_PERSONS, "acceptor shift-leader supervising-officer"),
        (Right.RELEASE_PHOTO, "shift-leader"),
        (Right.READ_JOURNAL, "supervising-officer evaluator administrator"),
        (Right.ADMINISTER, "administrator"),
        (
            Right.EXPORT,
            "shift-leader dispatcher unit-desk supervising-officer evaluator leader administrator",
        ),
    ],
    ids=lambda it: it.value if isinstance(it, Right) else "",
)
def test_who_may(right: Right, posts: str) -> None:
    assert [post.value for post in Post if may(holding(post), right)] == [
        post.value for post in Post if post.value in posts.split()
    ]


@pytest.mark.parametrize(
    ("who", "case_of", "seen"),
    [
        (holding(Post.DISPATCHER), "water", True),
        (holding(Post.DISPATCHER), "", True),
        (holding(Post.UNIT_DESK, "water"), "water", True),
        (holding(Post.UNIT_DESK, "water"), "power", False),
        (holding(Post.UNIT_DESK, "water"), "", False),
        (holding(Post.UNIT_DESK, ""), "", False),
        (holding(Post.HANDLER, "water", "r1"), "water", True),
        (holding(Post.HANDLER, "water", "r2"), "water", False),
        (holding(Post.COLLECTOR, "centre", "r1"), "water", True),
        (holding(Post.COLLECTOR, "centre", "990101001001001"), "water", True),
        (holding(Post.COLLECTOR, "centre", "r2"), "water", False),
        (holding(Post.COLLECTOR), "water", True),
        (holding(Post.CITIZEN, ""), "water", False),
        (holding(Post.MACHINE_SOURCE, ""), "water", False),
        (holding(Post.SYSTEM), "water", False),
    ],
    ids=lambda it: (
        f"{it.post}-{it.organisation}-{'+'.join(it.grids)}" if isinstance(it, Holding) else str(it)
    ),
)
def test_which_cases_are_in_view(who: Holding, case_of: str, seen: bool) -> None:
    assert sees(who, case_of, CHAIN) is seen
    assert sees(who, case_of, CHAIN, own=True)


UNNAMED = ["report", "report-quick", "report-self", "adopt", "complete", "convert", "verify-true", "verify-false",
           "check-pass", "check-fail", "reopen", "sample", "confirm-sample", "invalidate"]  # fmt: skip


@pytest.mark.parametrize("viewer", [Post.UNIT_DESK, Post.HANDLER])
@pytest.mark.parametrize("move", UNNAMED)
@pytest.mark.parametrize("actor", list(Post))
def test_the_unit_side_never_reads_who_reported_verified_or_checked(
    viewer: Post, actor: Post, move: str
) -> None:
    assert not shows_person(viewer, actor, move)


@pytest.mark.parametrize(
    ("viewer", "actor", "move", "shown"),
    [
        (Post.UNIT_DESK, Post.DISPATCHER, "dispatch", True),
        (Post.UNIT_DESK, Post.HANDLER, "feed-back", True),
        (Post.HANDLER, Post.UNIT_DESK, "confirm", True),
        (Post.HANDLER, Post.COLLECTOR, "note", False),
        (Post.HANDLER, Post.CITIZEN, "note", False),
        (Post.DISPATCHER, Post.COLLECTOR, "check-pass", True),
        (Post.DISPATCHER, Post.HANDLER, "feed-back", True),
        (Post.ACCEPTOR, Post.CITIZEN, "report", True),
        (Post.DISPATCHER, Post.CITIZEN, "report", False),
        (Post.COLLECTOR, Post.CITIZEN, "report", False),
        (Post.ADMINISTRATOR, Post.CITIZEN, "report", False),
        (Post.CITIZEN, Post.HANDLER, "feed-back", False),
        (Post.CITIZEN, Post.CITIZEN, "report", False),
        (Post.MACHINE_SOURCE, Post.DISPATCHER, "dispatch", False),
    ],
)
def test_who_reads_whose_name(viewer: Post, actor: Post, move: str, shown: bool) -> None:
    assert shows_person(viewer, actor, move) is shown
