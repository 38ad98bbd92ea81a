"""A case names the component it is about: by code or pole number, and gets the owner whom the register names."""

import pytest

from tests.cast import CAI, EAST, JI, LAMP, SHOU
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND, line, surveyed
from tests.stories.play import Play
from xiuhua.domain.notice import Channel
from xiuhua.domain.subject import fold
from xiuhua.domain.words import Refusal
from xiuhua.operations.move import Done
from xiuhua.store.loading import transitions

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    surveyed(line(owner="works"), line(LAMP_ONE, 5, label="SL012", owner="lighting"))
    return Play()


def test_the_owner_comes_from_the_register(play: Play) -> None:
    assert isinstance(play.sends(component=FIRST, owner="cleaner"), Done)
    assert (play.case.fact("component"), play.case.fact("owner")) == (FIRST, "works")


def test_a_pole_is_named_by_what_is_written_on_it(play: Play) -> None:
    assert isinstance(play.sends(class_key=LAMP, condition="dark", component="ｓｌ 012"), Done)
    assert (play.case.fact("component"), play.case.fact("owner")) == (LAMP_ONE, "lighting")


def test_a_component_that_is_not_there_is_refused_with_a_sentence(play: Play) -> None:
    answer = play.sends(component=SECOND)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("component-not-registered", "component")
    assert "不明" in answer.words.zh


@pytest.mark.parametrize("told", ["不明", "Unidentified"])
def test_what_cannot_be_told_is_unidentified(play: Play, told: str) -> None:
    assert isinstance(play.sends(component=told), Done)
    assert play.case.fact("component") == "unidentified"


def test_a_machine_tells_what_its_own_lists_say(play: Play) -> None:
    sent = play.sends(
        JI, channel=Channel.OWN_VIDEO, component="cam-7", confidence=0.9, frames=(play.photo(JI),), photos=0
    )
    assert isinstance(sent, Done)
    assert play.case.fact("component") == "cam-7"


def test_without_a_register_nothing_is_asked() -> None:
    play = Play()
    assert isinstance(play.sends(component="old-17", place=EAST), Done)
    assert play.case.fact("component") == "old-17"


def test_the_acceptor_may_name_it_when_accepting(play: Play) -> None:
    play.sends()
    assert play.refused(SHOU, "accept", component=SECOND) == "component-not-registered"
    play.does(SHOU, "accept", component="９９０１０１０１０１０００００1")
    assert (play.case.fact("component"), play.case.fact("owner")) == (FIRST, "works")
    assert fold("case", play.number, transitions("case", play.number)) == play.case


def test_accepting_without_one_leaves_it_open(play: Play) -> None:
    play.sends(by=CAI)
    assert play.does(SHOU, "accept").fact("component") == ""
