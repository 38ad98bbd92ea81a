"""Who answers for a grid is named with a date; nothing that was is changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import GONG_DESK, GUAN, LING, PAI, ZHI
from tests.stories.redrawing import G1, G2, UPRIGHT, Redrawing
from xiuhua.domain.grid import GridRole, Role
from xiuhua.domain.people import Holding
from xiuhua.domain.subject import By
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting
from xiuhua.operations.name_anew import named_anew
from xiuhua.operations.name_holder import Named, Naming, end_holder, name_holder, without_b
from xiuhua.operations.verify import verify
from xiuhua.operations.world import World
from xiuhua.store.models import TransitionRow
from xiuhua.store.reference import files

pytestmark = pytest.mark.django_db
TODAY = date(2023, 3, 6)
B_OF_1 = Naming(G1, Role.COLLECTOR_B, TODAY, person="cai1")


@pytest.fixture
def play() -> Redrawing:
    return Redrawing()


def acting(by: By) -> Acting:
    held = Holding(by.post, by.organisation, frozenset(), date(2020, 1, 1))
    return Acting(1, by.person, by.person, "zh-hans", (held,), held)


def roles(play: Redrawing) -> list[tuple[str, str, date, date | None]]:
    return [(r.grid, r.person or r.organisation, r.valid_from, r.valid_to) for r in play.district.grid_roles]


def test_a_holder_is_named_and_followed_by_another(play: Redrawing) -> None:
    assert name_holder(B_OF_1, acting(GUAN), play.world) == Named(G1, Role.COLLECTOR_B, TODAY)
    after = replace(B_OF_1, person="cai2", day=date(2023, 3, 13))
    assert isinstance(name_holder(after, acting(ZHI), play.world), Named)
    assert roles(play) == [(G1, "cai1", TODAY, date(2023, 3, 12)), (G1, "cai2", date(2023, 3, 13), None)]
    assert isinstance(end_holder(replace(B_OF_1, day=date(2023, 4, 1)), acting(GUAN), play.world), Named)
    assert roles(play)[1][3] == date(2023, 3, 31)
    moves = TransitionRow.objects.filter(kind="reference").order_by("id").values_list("move", flat=True)
    assert list(moves) == ["install", "name-holder", "name-holder", "end-holder"]


def test_grids_without_a_b_are_known(play: Redrawing) -> None:
    bare = without_b(play.district.grids, play.district.grid_roles, TODAY)
    assert len(bare) == 9
    name_holder(B_OF_1, acting(GUAN), play.world)
    assert set(bare) - set(without_b(play.district.grids, play.district.grid_roles, TODAY)) == {G1}


@pytest.mark.parametrize(
    ("by", "role", "may"),
    [
        (GUAN, Role.CHIEF, True), (ZHI, Role.CHIEF, False), (ZHI, Role.COLLECTOR_A, True), (ZHI, Role.POLICE, False),
        (PAI, Role.COLLECTOR_B, False), (GONG_DESK, Role.CONTACT, False),
    ],
)  # fmt: skip
def test_the_least_right_that_will_do(play: Redrawing, by: By, role: Role, may: bool) -> None:
    answer = name_holder(replace(B_OF_1, role=role), acting(by), play.world)
    assert isinstance(answer, Named) is may
    if isinstance(answer, Refusal):
        assert answer.code == "right-missing"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"grid": "990101001-g9"}, "grid-unknown"),
        ({"grid": "990101001001001"}, "grid-unknown"),
        ({"person": ""}, "nobody-named"),
        ({"person": "nobody"}, "person-unknown"),
        ({"person": "", "organisation": "moon"}, "organisation-unknown"),
        ({"day": date(2023, 3, 5)}, "day-past"),
    ],
)
def test_what_cannot_be_is_refused(play: Redrawing, given: dict[str, object], code: str) -> None:
    answer = name_holder(replace(B_OF_1, **given), acting(GUAN), play.world)  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_role_that_is_promised_already_is_not_given_twice(play: Redrawing) -> None:
    name_holder(replace(B_OF_1, day=date(2023, 3, 13)), acting(GUAN), play.world)
    answer = name_holder(B_OF_1, acting(GUAN), play.world)
    assert isinstance(answer, Refusal) and answer.code == "role-held"
    ended = end_holder(replace(B_OF_1, role=Role.POLICE), acting(GUAN), play.world)
    assert isinstance(ended, Refusal) and ended.code == "not-held"


def test_roles_go_over_to_the_grids_that_follow(play: Redrawing) -> None:
    """In a split to both; in a merge only what both had from the same holder."""
    for grid, person in ((G1, "cai1"), (G2, "cai2")):
        name_holder(Naming(grid, Role.COLLECTOR_A, TODAY, person=person), acting(GUAN), play.world)
        name_holder(Naming(grid, Role.POLICE, TODAY, organisation="street-1"), acting(GUAN), play.world)
    before = play.district.grid_roles
    play.proposes("merge", f"{G1};{G2}")
    play.scheduled("2023-03-10")
    new = [r for r in play.district.grid_roles if r.valid_from == date(2023, 3, 10)]
    assert new == [GridRole("990101001-g4", Role.POLICE, "", "street-1", date(2023, 3, 10))]
    assert {r.valid_to for r in play.district.grid_roles if r.grid in (G1, G2)} == {date(2023, 3, 9)}
    play.does(LING, "call-off", reason="会期冲突")
    assert play.district.grid_roles == before


def test_a_change_is_called_off_though_somebody_was_named_for_its_new_grid(play: Redrawing) -> None:
    before = roles(play)
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    later = replace(B_OF_1, grid="990101001-g4", day=date(2023, 3, 13))
    assert isinstance(name_holder(later, acting(GUAN), play.world), Named)
    assert play.does(GUAN, "call-off", reason="会期冲突").stage == "approved"
    assert roles(play) == before


def test_in_a_split_both_keep_their_people(play: Redrawing) -> None:
    name_holder(B_OF_1, acting(GUAN), play.world)
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    assert [r.grid for r in play.district.grid_roles if r.valid_to is None] == ["990101001-g4", "990101001-g5"]


# while a change of the grid is scheduled

EIGHTH, TENTH = date(2023, 3, 8), date(2023, 3, 10)
G4, G5 = "990101001-g4", "990101001-g5"
Says = Callable[[Naming, Acting, World], Named | Refusal]


def split(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")


def names(play: Redrawing, grid: str, person: str, day: date = EIGHTH, role: Role = Role.COLLECTOR_B) -> None:
    answer = name_holder(Naming(grid, role, day, person=person), acting(GUAN), play.world)
    assert isinstance(answer, Named), answer


def ends(play: Redrawing, grid: str, day: date = EIGHTH, role: Role = Role.COLLECTOR_B) -> None:
    answer = end_holder(Naming(grid, role, day), acting(GUAN), play.world)
    assert isinstance(answer, Named), answer


def holders(play: Redrawing, day: date) -> dict[str, str]:
    return {r.grid: r.person for r in play.district.grid_roles if valid_on(r, day)}


def test_a_holder_named_after_a_split_was_scheduled_answers_for_both_new_grids(play: Redrawing) -> None:
    names(play, G1, "cai1", TODAY)
    split(play)
    names(play, G1, "cai2")
    assert holders(play, date(2023, 3, 7)) == {G1: "cai1"}
    assert holders(play, EIGHTH) == {G1: "cai2"}
    assert holders(play, TENTH) == {G4: "cai2", G5: "cai2"}
    play.swept("2023-03-10 00:00")
    assert holders(play, TENTH) == {G4: "cai2", G5: "cai2"}
    assert verify().ok


def test_a_holder_ended_after_a_split_was_scheduled_answers_for_no_new_grid(play: Redrawing) -> None:
    names(play, G1, "cai1", TODAY)
    split(play)
    ends(play, G1)
    assert holders(play, TENTH) == {}
    assert "监督员B岗待指定" in named_on_its_page(play)


def named_on_its_page(play: Redrawing) -> str:
    return " ".join(words.zh for words in named_anew(play.plan, play.district, TENTH))


def test_in_a_merge_the_rule_asks_again_whether_both_have_the_same(play: Redrawing) -> None:
    names(play, G1, "cai1", TODAY)
    names(play, G2, "cai1", TODAY)
    play.proposes("merge", f"{G1};{G2}")
    play.scheduled("2023-03-10")
    assert holders(play, TENTH) == {G4: "cai1"}
    names(play, G1, "cai2")
    assert holders(play, TENTH) == {}
    assert "监督员B岗待指定" in named_on_its_page(play)
    names(play, G2, "cai2")
    assert holders(play, TENTH) == {G4: "cai2"}
    assert "监督员B岗待指定" not in named_on_its_page(play)


def test_called_off_there_is_who_was_named_meanwhile_without_a_last_day(play: Redrawing) -> None:
    names(play, G1, "cai1", TODAY, Role.COLLECTOR_A)
    names(play, G1, "cai1", TODAY)
    split(play)
    ends(play, G1, role=Role.COLLECTOR_A)
    names(play, G1, "cai2")
    names(play, G1, "guan1", role=Role.CHIEF)
    names(play, G1, "zhi1", date(2023, 3, 9), role=Role.POLICE)
    play.does(LING, "call-off", reason="会期冲突")
    seventh = date(2023, 3, 7)
    assert sorted((r.role, r.person, r.valid_from, r.valid_to) for r in play.district.grid_roles) == [
        (Role.CHIEF, "guan1", EIGHTH, None),
        (Role.COLLECTOR_A, "cai1", TODAY, seventh),
        (Role.COLLECTOR_B, "cai1", TODAY, seventh),
        (Role.COLLECTOR_B, "cai2", EIGHTH, None),
        (Role.POLICE, "zhi1", date(2023, 3, 9), None),
    ]


def test_whoever_is_named_for_a_new_grid_itself_is_not_displaced(play: Redrawing) -> None:
    names(play, G1, "cai1", TODAY)
    split(play)
    ends(play, G4, TENTH)
    names(play, G4, "zhi1", TENTH)
    names(play, G1, "cai2")
    assert holders(play, TENTH) == {G4: "zhi1", G5: "cai2"}


def test_the_change_says_that_a_holder_went_over_and_not_who(play: Redrawing) -> None:
    split(play)
    names(play, G1, "cai2")
    last = TransitionRow.objects.filter(kind="grid-change").order_by("-sequence")[0]
    assert (last.move, last.person, last.stage_to) == ("carry-holder", "system", "scheduled")
    assert [G1, "collector-b", "2023-03-08"] in play.case.list_fact("roles_ended")
    assert "cai2" not in last.body


@pytest.mark.parametrize("done", [name_holder, end_holder])
def test_for_days_after_its_end_the_new_grids_are_pointed_to(play: Redrawing, done: Says) -> None:
    split(play)
    before = files().texts
    answer = done(replace(B_OF_1, day=TENTH), acting(GUAN), play.world)
    assert isinstance(answer, Refusal) and answer.code == "grid-ends"
    assert "2023-03-09" in answer.words.zh and f"{G4}, {G5}" in answer.words.en
    assert files().texts == before


def test_what_is_refused_leaves_the_change_alone(play: Redrawing) -> None:
    split(play)
    version = play.case.version
    answer = end_holder(replace(B_OF_1, day=EIGHTH), acting(GUAN), play.world)
    assert isinstance(answer, Refusal) and answer.code == "not-held"
    assert play.case.version == version


@pytest.mark.parametrize("first", [TENTH, date(2023, 4, 1)])
def test_a_change_is_not_scheduled_over_a_role_that_is_promised_for_later(play: Redrawing, first: date) -> None:
    names(play, G1, "cai1", TODAY)
    names(play, G1, "cai2", first)
    play.proposes("split", G1, drawing=UPRIGHT)
    play.approved()
    assert play.refused(GUAN, "schedule", day="2023-03-10") == "role-promised"
    ends(play, G1, first)
    assert play.does(GUAN, "schedule", day="2023-03-10").stage == "scheduled"
    if first > TENTH:
        names(play, G4, "cai2", first)
        assert holders(play, first) == {G4: "cai2"}
        assert holders(play, TENTH) == {G4: "cai1", G5: "cai1"}


def test_an_undone_split_gives_the_former_grid_back_with_one_holder(play: Redrawing) -> None:
    names(play, G1, "cai1", TODAY)
    ends(play, G1, date(2023, 6, 1))
    split(play)
    number = play.number
    play.swept("2023-03-10 00:00")
    names(play, G4, "cai2", date(2023, 3, 15))
    names(play, G5, "cai2", date(2023, 3, 15))
    play.proposes_undo(number)
    play.scheduled("2023-03-20")
    assert [(r.grid, r.person) for r in play.district.grid_roles if valid_on(r, date(2023, 3, 20))] == [(G1, "cai2")]
