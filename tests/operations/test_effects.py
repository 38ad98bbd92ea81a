"""A move with an effect: both are done, or neither."""

import pytest

from tests.cast import CAI, EAST, SHOU
from tests.operations.register import hoarding
from tests.stories.play import Play
from xiuhua.domain.subject import Json, fold
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.batch import Batch
from xiuhua.operations.begin import begin
from xiuhua.operations.effects import EFFECTS
from xiuhua.operations.move import Asked, Done
from xiuhua.operations.world import World
from xiuhua.store import sql
from xiuhua.store.loading import transitions
from xiuhua.store.saving import Change

pytestmark = pytest.mark.django_db
REGISTER = ("hoarding", "register")
_NOTED = "SELECT value FROM counter WHERE series = 'noted'"


def _note() -> None:
    sql.insert("counter", "series, value", [("noted", 1)])


def noting(change: Change, world: World) -> dict[str, Json]:
    _note()
    return {"noted_for": change.after.fact("unit")}


def refusing(change: Change, world: World) -> Refusal:
    _note()
    return Refusal("not-today", Words("今天不行", "not today"))


@pytest.fixture
def play() -> Play:
    play = Play(tables=(hoarding(),), kind="hoarding")
    given: dict[str, Json] = {"place": [EAST.lon, EAST.lat], "place_text": "胜利桥东"}
    done = begin(Asked("hoarding", "", "discover", CAI, given, new=True), play.world)
    assert isinstance(done, Done)
    play.number = done.number
    return play


def test_its_facts_are_kept_in_the_transition(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EFFECTS, REGISTER, noting)
    after = play.does(SHOU, "register", unit="works", use="works")
    assert after.fact("noted_for") == "works"
    assert sql.one(_NOTED) == (1,)
    assert fold("hoarding", play.number, transitions("hoarding", play.number)) == after


def test_what_a_refused_effect_wrote_is_taken_back(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EFFECTS, REGISTER, refusing)
    assert play.refused(SHOU, "register", unit="works", use="works") == "not-today"
    assert sql.one(_NOTED) is None
    assert play.case.stage == "discovered"


def test_a_refused_move_has_no_effect(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EFFECTS, REGISTER, noting)
    assert play.refused(CAI, "register", unit="works", use="works") == "post-may-not"
    assert sql.one(_NOTED) is None


def test_the_batch_way_has_the_same_effect(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EFFECTS, REGISTER, noting)
    with Batch(play.world) as batch:
        batch.move(Asked("hoarding", play.number, "register", SHOU, {"unit": "works", "use": "works"}))
    assert play.case.fact("noted_for") == "works"
    assert sql.one(_NOTED) == (1,)
