"""A component that is not in the register: a collector meets it, somebody looks, it is added or known already."""

import pytest

from tests.cast import CAI, CAI_ER, COVER, EAST, GONG_DESK, GUAN, MIN, OUTSIDE, REFUSE, SHOU, ZHI
from tests.operations.surveys import FIRST, SECOND, line, surveyed
from tests.stories.play import Play
from xiuhua.domain.component_flow import COMPONENT_REQUEST, KIND
from xiuhua.domain.moves import faults
from xiuhua.domain.subject import By, Json, fold
from xiuhua.domain.words import Refusal
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done
from xiuhua.store.components import standing
from xiuhua.store.loading import transitions

pytestmark = pytest.mark.django_db


def asks(play: Play, by: By, **more: Json) -> Done | Refusal:
    given: dict[str, Json] = {"class": COVER, "place": [EAST.lon, EAST.lat], "label": "无编号", **more}
    answer = begin(Asked(KIND, "", "request", by, given, new=True), play.world)
    if isinstance(answer, Done):
        play.number = answer.number
    return answer


@pytest.fixture
def play() -> Play:
    surveyed(line(north_m=20))
    play = Play(tables=(COMPONENT_REQUEST,), kind=KIND)
    assert isinstance(asks(play, CAI), Done)
    return play


def test_the_table_has_no_faults() -> None:
    assert faults(COMPONENT_REQUEST) == ()


def test_a_request_lies_in_the_grids_of_its_place(play: Play) -> None:
    assert play.number == "component-request-20230306-00001"
    assert (play.case.fact("grid"), play.case.fact("responsibility_grid")) == ("990101001001001", "990101001-g1")


def test_what_was_looked_at_is_added_with_the_next_number_in_one_transaction(play: Play) -> None:
    play.does(SHOU, "ask-survey", collector="cai2")
    play.does(CAI_ER, "survey", photos=["spot"], label="D12")
    play.does(ZHI, "add", owner="works")
    assert (play.case.stage, play.case.fact("component")) == ("added", SECOND)
    added = standing([SECOND])[SECOND].component
    assert (added.label, added.owner, added.grid) == ("D12", "works", "990101001001001")
    assert fold(KIND, play.number, transitions(KIND, play.number)) == play.case


def test_what_cannot_be_added_leaves_the_request_where_it_was(play: Play) -> None:
    play.does(CAI_ER, "survey", photos=["spot"])
    assert play.refused(ZHI, "add", owner="nobody") == "component-wrong"
    assert play.refused(ZHI, "add", component=FIRST) == "code-taken"
    assert play.case.stage == "surveyed"
    assert SECOND not in standing([SECOND])


def test_whoever_asked_or_looked_does_not_add(play: Play) -> None:
    play.does(CAI_ER, "survey", photos=["spot"])
    assert play.refused(CAI, "add") == "post-may-not"


def test_it_may_be_known_already(play: Play) -> None:
    assert play.refused(SHOU, "find-known", component="9901010101000009") == "component-not-registered"
    play.does(SHOU, "find-known", component="９９０１０１０１０１０００００１")
    assert (play.case.stage, play.case.fact("component")) == ("known", FIRST)


def test_it_may_be_declined_with_a_reason(play: Play) -> None:
    assert play.refused(GUAN, "decline") == "field-missing"
    assert play.does(GUAN, "decline", reason="私人设施").stage == "declined"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"class": REFUSE}, "not-a-component"),
        ({"place": [OUTSIDE.lon, OUTSIDE.lat]}, "outside-district"),
        ({"place": None}, "field-missing"),
    ],
)
def test_what_is_no_request(play: Play, given: dict[str, Json], code: str) -> None:
    answer = asks(play, CAI, **given)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_survey_may_correct_the_place_but_not_take_it_away(play: Play) -> None:
    assert play.refused(CAI_ER, "survey", photos=["spot"], place=None) == "field-missing"
    moved = play.does(CAI_ER, "survey", photos=["spot"], place=[110.0125, 30.0125])
    assert moved.fact("street") == "990101002"


def test_a_unit_may_ask_and_a_citizen_may_not(play: Play) -> None:
    assert isinstance(asks(play, GONG_DESK), Done)
    answer = asks(play, MIN)
    assert isinstance(answer, Refusal)
    assert answer.code == "post-may-not"
