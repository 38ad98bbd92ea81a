"""A register written in TOML goes through the same engine and store as the cases."""

import tomllib

import pytest

from tests.cast import CAI, EAST, GONG_DESK, SHOU, ZHI, at
from tests.operations.register import HOARDING, hoarding
from tests.stories.play import Play
from xiuhua.domain.subject import Json, fold
from xiuhua.domain.table_file import table_from
from xiuhua.domain.words import Refusal
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done
from xiuhua.store.loading import texts, transitions
from xiuhua.store.models import OutboxRow
from xiuhua.store.queries import Filter, Scope, page

pytestmark = pytest.mark.django_db
EVERYTHING = Scope(everything=True)


@pytest.fixture
def play() -> Play:
    play = Play(tables=(hoarding(),), kind="hoarding")
    given: dict[str, Json] = {"place": [EAST.lon, EAST.lat], "place_text": "胜利桥东", "owner_phone": "13800000000"}
    done = begin(Asked("hoarding", "", "discover", CAI, given, new=True), play.world)
    assert isinstance(done, Done)
    play.number = done.number
    return play


def test_it_has_numbers_and_clocks_of_its_own(play: Play) -> None:
    assert play.number == "hoarding-20230306-00001"
    assert play.case.clocks["permit"].due == at("2023-03-08 09:00")


def test_it_is_moved_guarded_and_written_off(play: Play) -> None:
    play.does(SHOU, "register", unit="works", use="works")
    play.does(GONG_DESK, "ask-renewal")
    assert play.does(ZHI, "grant-renewal").requests == {}
    assert play.refused(SHOU, "write-off", photos=["x"]) == "same-person"
    assert play.does(ZHI, "write-off", photos=["x"]).stage == "written-off"


def test_words_about_persons_lie_beside_it_too(play: Play) -> None:
    assert texts("hoarding", play.number) == {(1, "owner_phone"): "13800000000"}
    assert "13800000000" not in str(transitions("hoarding", play.number))


def test_it_is_found_in_lists_and_told_to_posts(play: Play) -> None:
    found = page(Filter(kind="hoarding", text="胜利"), EVERYTHING, play.time.now)
    assert [line.number for line in found.lines] == [play.number]
    assert OutboxRow.objects.filter(kind="hoarding", recipient="post:acceptor").exists()
    assert not page(Filter(), EVERYTHING, play.time.now).lines


def test_its_row_is_the_fold_of_its_transitions(play: Play) -> None:
    play.does(SHOU, "register", unit="works", use="vacant")
    assert fold("hoarding", play.number, transitions("hoarding", play.number)) == play.case


def test_a_choice_that_is_not_offered_is_refused(play: Play) -> None:
    answer = play.tries(SHOU, "register", unit="works", use="circus")
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("choice-unknown", "use")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        pytest.param('to = "discovered"', 'to = "nowhere"', "", id="a stage that is not there"),
        pytest.param('by = ["unit-desk"]', 'by = ["emperor"]', "moves[3].by", id="a post that is not there"),
        pytest.param('"of-the-unit"', '"of-the-moon"', "", id="a guard that is not there"),
        pytest.param("2 working-day", "2 fortnights", "moves[1].starts", id="a limit that is none"),
        pytest.param('kind = "place"', 'kind = "planet"', "moves[1].fields.kind", id="a field of no kind"),
        pytest.param('asks = "renewal"', 'wishes = "renewal"', "moves[3].wishes", id="a key that is not there"),
        pytest.param("end = true", "", "", id="a stage without a way out"),
    ],
)
def test_a_faulty_register_is_refused_with_the_place(old: str, new: str, where: str) -> None:
    table, faults = table_from(tomllib.loads(HOARDING.replace(old, new, 1)), "hoarding.toml")
    assert table is None
    assert where in [fault.field for fault in faults]


def test_it_keeps_the_moment_it_began(play: Play) -> None:
    began = play.time.now
    play.time.later(days=1)
    play.does(SHOU, "register", unit="works", use="works")
    (line,) = page(Filter(kind="hoarding"), EVERYTHING, play.time.now).lines
    assert line.opened_at == began
