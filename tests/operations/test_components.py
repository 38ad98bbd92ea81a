"""One component is changed or added; each is an entry of the journal and follows the rules of a survey's lines."""

import pytest

from tests.cast import COVER, EAST, LAMP, OUTSIDE, ZHI, Time, tiny_world
from tests.operations.surveys import FIRST, SECOND, THIRD, line, surveyed
from xiuhua.domain.component import State
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations.components import New, add_component, change_component
from xiuhua.operations.verify_components import verify_components
from xiuhua.store.components import Standing, standing
from xiuhua.store.loading import transitions

pytestmark = pytest.mark.django_db
WORLD = tiny_world(Time())


def test_a_change_makes_a_version_and_an_entry_with_what_changed() -> None:
    surveyed(line())
    done = change_component(FIRST, {"state": "破损", "label": "ｄ １２"}, ZHI, WORLD)
    assert isinstance(done, Standing)
    assert (done.version, done.component.state, done.component.label) == (2, State.DAMAGED, "D12")
    (entry,) = transitions("component", FIRST)
    assert entry.by == ZHI
    assert entry.patch.facts["fields"] == ["state", "changed", "label"]


@pytest.mark.parametrize(
    ("code", "given", "refused"),
    [
        (SECOND, {"state": "破损"}, "component-unknown"),
        (FIRST, {}, "nothing-differs"),
        (FIRST, {"state": "完好"}, "nothing-differs"),
        (FIRST, {"state": "好"}, "component-wrong"),
        (FIRST, {"owner": "nobody"}, "component-wrong"),
        (FIRST, {"code": SECOND}, "field-unknown"),
    ],
)
def test_what_cannot_be_changed(code: str, given: dict[str, str], refused: str) -> None:
    surveyed(line())
    answer = change_component(code, given, ZHI, WORLD)
    assert isinstance(answer, Refusal)
    assert answer.code == refused
    assert standing([FIRST])[FIRST].version == 1


def test_a_component_that_moves_lies_in_the_grids_of_its_new_place() -> None:
    surveyed(line())
    done = change_component(FIRST, {}, ZHI, WORLD, Wgs84(110.0125, 30.0125))
    assert isinstance(done, Standing)
    assert done.component.grid == "990101002002001"


def test_a_new_one_gets_the_next_number_of_its_class() -> None:
    surveyed(line(), line(SECOND, 10))
    done = add_component(New(COVER, Wgs84(EAST.lon, EAST.lat + 0.0003), label="新"), ZHI, WORLD, source="r-1")
    assert isinstance(done, Standing)
    assert (done.component.code, done.version, done.component.recorded.isoformat()) == (THIRD, 1, "2023-03-06")
    (entry,) = transitions("component", THIRD)
    assert (entry.move, entry.patch.facts["source"]) == ("add", "r-1")
    assert verify_components().findings == ()


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (New(COVER, EAST, code=FIRST), "code-taken"),
        (New(COVER, OUTSIDE), "outside-district"),
        (New(LAMP, EAST), "code-missing"),
        (New(COVER, EAST, code="123"), "component-wrong"),
    ],
    ids=["a code that is taken", "outside", "the first of a class without digits", "no code"],
)
def test_what_cannot_be_added(new: New, refused: str) -> None:
    surveyed(line())
    answer = add_component(new, ZHI, WORLD)
    assert isinstance(answer, Refusal)
    assert answer.code == refused


def test_two_of_one_class_never_stand_at_one_place() -> None:
    surveyed(line(), line(code=SECOND, north_m=20))
    there = standing([FIRST])[FIRST].component.place
    for answer in (
        add_component(New(COVER, there), ZHI, WORLD),
        change_component(SECOND, {}, ZHI, WORLD, there),
    ):
        assert isinstance(answer, Refusal)
        assert (answer.code, FIRST in answer.words.zh) == ("place-taken", True)
    assert isinstance(change_component(FIRST, {"state": "移除"}, ZHI, WORLD), Standing)
    assert isinstance(add_component(New(COVER, there), ZHI, WORLD), Standing)
