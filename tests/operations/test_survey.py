"""A survey of components: what is wrong with a line, what is taken, what a second survey changes, and the proof."""

import random
from datetime import date

import pytest

from tests.cast import EAST, OUTSIDE, Time, tiny_world
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND, THIRD, cover, line, surveyed
from xiuhua.domain.component import State
from xiuhua.domain.journal import SYSTEM
from xiuhua.operations.components import change_component
from xiuhua.operations.verify_components import verify_components
from xiuhua.store import components as store
from xiuhua.store import sql
from xiuhua.store.loading import transitions
from xiuhua.store.models import ComponentPastRow, ComponentRow
from xiuhua.store.queries.components import near, whole_component

pytestmark = pytest.mark.django_db


def faults(*told: dict[str, object], **how: object) -> list[tuple[int, str]]:
    done = surveyed(*told, **how)  # type: ignore[arg-type]
    return [(fault.line, fault.field) for fault in done.faults]


def test_a_component_is_kept_as_it_was_told_with_the_grids_of_its_place() -> None:
    done = surveyed(line())
    assert (done.new, done.changed, done.same, done.faults) == (1, 0, 0, ())
    kept = store.standing([FIRST])[FIRST]
    assert kept.component == cover()
    assert (kept.version, kept.survey) == (1, "spring/1")


def test_a_survey_is_one_entry_of_the_journal_with_the_digest_of_its_file() -> None:
    surveyed(line(), line(SECOND, 10))
    (entry,) = transitions("component", "spring")
    assert (entry.move, entry.patch.facts["new"]) == ("survey", 2)
    assert len(str(entry.patch.facts["digest"])) == 64


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"code": ""}, "code", id="no code"),
        pytest.param({"code": "99010101010000"}, "code", id="a code that is too short"),
        pytest.param({"code": "9901010101000000"}, "code", id="number zero"),
        pytest.param({"code": "3205080101000001"}, "code", id="a code of another division"),
        pytest.param({"class": ""}, "code", id="a class that the catalogue has not, by its code"),
        pytest.param({"class": "tiny/component/rocket"}, "class", id="a class that the catalogue has not"),
        pytest.param({"class": "tiny/event/refuse"}, "class", id="a class of events"),
        pytest.param({"state": "很好"}, "state", id="no such state"),
        pytest.param({"accuracy": "D"}, "accuracy", id="no such accuracy"),
        pytest.param({"origin": "听说"}, "origin", id="no such origin"),
        pytest.param({"recorded": ""}, "recorded", id="not recorded at all"),
        pytest.param({"recorded": "2026-02-30"}, "recorded", id="a day that is none"),
        pytest.param({"changed": "20200101"}, "changed", id="changed before it was recorded"),
        pytest.param({"owner": "nobody"}, "owner", id="an owner that is not there"),
        pytest.param({"label": "长" * 41}, "label", id="a label that is too long"),
        pytest.param({"note": "\0"}, "note", id="what no database keeps"),
        pytest.param({"lon": OUTSIDE.lon, "lat": OUTSIDE.lat}, "place", id="outside the district"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(change: dict[str, object], field: str) -> None:
    assert faults(line(SECOND, 10), {**line(), **change}) == [(3, field)]
    assert not ComponentRow.objects.exists()
    assert not transitions("component", "spring")


def test_how_far_outside_a_place_lies_is_said() -> None:
    (fault,) = surveyed({**line(), "lon": 110.04}).faults
    assert "962" in fault.words.zh or "963" in fault.words.zh


def test_a_code_is_there_once_in_a_file() -> None:
    assert faults(line(), line(FIRST, 10)) == [(3, "code")]


def test_two_codes_at_one_place_of_one_class_are_a_fault() -> None:
    assert faults(line(), line(SECOND)) == [(3, "place")]
    assert faults(line(), line(LAMP_ONE)) == []


def test_a_place_that_is_taken_in_the_register_is_a_fault_unless_what_was_there_is_gone() -> None:
    surveyed(line())
    assert faults(line(SECOND)) == [(2, "place")]
    surveyed(line(state="移除"))
    assert faults(line(SECOND)) == []


def test_a_place_is_free_that_the_same_survey_empties() -> None:
    surveyed(line(), line(SECOND, 10))
    assert faults(line(SECOND), line(FIRST, 10)) == []  # they had been taken for one another
    assert faults(line(THIRD), line(SECOND, state="移除")) == []  # a new one stands where an old one stood
    assert faults(line(FIRST, 10), line(SECOND, 10)) == [(3, "place")]


def test_right_lines_are_taken_beside_wrong_ones_only_when_asked() -> None:
    done = surveyed(line(), line(SECOND, 10, state="很好"), partial=True)
    assert (done.new, len(done.faults)) == (1, 1)
    assert store.standing([FIRST, SECOND]).keys() == {FIRST}


@pytest.mark.parametrize(
    ("told", "left_out"),
    [
        pytest.param(
            [line(FIRST, 20, state="很好"), line(THIRD)], [(2, "state"), (3, "place")],
            id="a wrong line frees no place",
        ),
        pytest.param(
            [line(THIRD, 10), line(SECOND), line(FIRST, 20, state="很好")], [(2, "place"), (3, "place"), (4, "state")],
            id="nor does one that has no place because of it",
        ),
        pytest.param(
            [line(THIRD, 20, state="很好"), line(FIRST, 20)], [(2, "state")], id="a wrong line takes no place",
        ),
        pytest.param(
            [line(THIRD, 10), line(SECOND, 10, owner="works")], [(2, "place")], id="who stays goes first",
        ),
    ],
)  # fmt: skip
def test_a_line_that_is_left_out_neither_takes_a_place_nor_frees_one(
    told: list[dict[str, object]], left_out: list[tuple[int, str]]
) -> None:
    surveyed(line(), line(SECOND, 10))
    assert faults(*told, dry_run=True) == left_out
    assert faults(*told, partial=True) == left_out


def test_whatever_surveys_say_two_of_a_class_never_stand_at_one_place() -> None:
    """A line is left out for its place only where another stands there in the end."""
    dice = random.Random(20260601)
    for _ in range(60):
        told = [
            line(f"990101010100000{i}", 10 * dice.randrange(6), state=dice.choices(["完好", "移除", "很好"], [8, 1, 1])[0])
            for i in dice.sample(range(1, 7), dice.randrange(2, 7))
        ]
        left_out = faults(*told, partial=True)
        taken = list(store.places_taken())
        there = {(lon, lat): code for _, lon, lat, code in taken}
        assert len(there) == len(taken)
        for number, field in left_out:
            it = told[number - 2]
            assert field == "state" or there[round(it["lon"], 7), round(it["lat"], 7)] != it["code"]


def test_a_dry_run_says_what_would_be_done_and_does_nothing() -> None:
    surveyed(line())
    done = surveyed(line(state="破损"), line(SECOND, 10), dry_run=True)
    assert (done.new, done.changed, done.entry) == (1, 1, "")
    assert ComponentRow.objects.count() == 1
    assert not ComponentPastRow.objects.exists()


def test_a_second_survey_changes_what_differs_and_keeps_what_was() -> None:
    time = Time()
    surveyed(line(), line(SECOND, 10), world=tiny_world(time))
    time.to("2023-06-01 09:00")
    done = surveyed(line(), line(SECOND, 10, state="破损"), world=tiny_world(time), name="summer")
    assert (done.new, done.changed, done.same) == (0, 1, 1)
    found = whole_component(SECOND)
    assert found is not None
    assert (found.version, found.component.state, found.component.changed) == (2, State.DAMAGED, date(2023, 6, 1))
    (past,) = found.past
    assert (past.version, past.component.state, past.entry, past.ended_by) == (1, State.INTACT, "spring/1", "system")
    assert past.ended_at == time.now


def test_the_same_survey_again_changes_nothing_and_leaves_no_entry() -> None:
    surveyed(line(state="破损"))
    surveyed(line())  # changed, so that it has a day of change that no file tells
    done = surveyed(line())
    assert (done.same, done.entry) == (1, "")
    assert len(transitions("component", "spring")) == 2


def test_what_a_full_survey_has_not_is_listed_and_stays() -> None:
    surveyed(line(), line(SECOND, 10), line(LAMP_ONE, 20))
    done = surveyed(line(), full=True, name="summer")
    assert done.missing == (SECOND,)  # the lamp's class was not surveyed
    assert store.standing([SECOND])[SECOND].component.state is State.INTACT


def test_what_is_missing_is_marked_when_that_is_asked_for() -> None:
    surveyed(line(), line(SECOND, 10))
    surveyed(line(), full=True, missing=State.LOST, name="summer")
    assert store.standing([SECOND])[SECOND].component.state is State.LOST
    assert surveyed(line(), full=True, name="autumn").missing == ()


def test_what_a_wrong_line_tells_of_is_not_missing() -> None:
    surveyed(line(), line(SECOND, 10))
    wrong = line(SECOND, 10, owner="nobody")
    done = surveyed(line(), wrong, full=True, missing=State.LOST, partial=True, name="summer")
    assert (done.missing, len(done.faults)) == ((), 1)
    assert store.standing([SECOND])[SECOND].component.state is State.INTACT


def test_many_are_found_by_their_place_as_few_are() -> None:
    codes = [f"9901010101{i:06d}" for i in range(1, store.MANY + 2)]
    surveyed(*(line(code, north_m=i * 0.2) for i, code in enumerate(codes)))
    assert len(near(EAST, 5.05)) == 26
    surveyed(line(LAMP_ONE, 1))  # and what comes after is boxed again
    assert LAMP_ONE in {one.component.code for one in near(EAST, 5)}


def test_the_register_is_proved_from_the_journal() -> None:
    surveyed(line(), line(SECOND, 10))
    surveyed(line(state="破损"))
    change_component(SECOND, {"label": "A12"}, SYSTEM, tiny_world(Time()))
    found = verify_components()
    assert (found.versions, found.entries, found.findings) == (4, 3, ())


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE component SET owner = 'works' WHERE code = '9901010101000001'", "spring/1"),
        ("DELETE FROM component WHERE code = '9901010101000002'", "spring/1"),
        ("UPDATE component SET survey = 'mine/1' WHERE code = '9901010101000001'", "mine/1"),
    ],
    ids=["an owner changed by hand", "a component taken out by hand", "a version of no entry"],
)
def test_what_was_done_by_hand_is_found(statement: str, entry: str) -> None:
    surveyed(line(), line(SECOND, 10))
    sql.many(statement, [()])
    assert entry in {finding.entry for finding in verify_components().findings}


def test_a_past_version_is_written_once() -> None:
    surveyed(line())
    surveyed(line(state="破损"))
    with pytest.raises(Exception, match="written once"):
        sql.many("UPDATE component_past SET body = '{}'", [()])


def test_a_code_in_full_width_is_the_same_code() -> None:
    surveyed(line("９９０１０１０１０１００００03"))
    assert THIRD in store.standing([THIRD])
