"""Two people put a component at the same place at the same moment: one of them is told that it is taken."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.cast import COVER, EAST, ZHI, Time, tiny_world
from tests.operations.surveys import FIRST, SECOND, THIRD, line, lines_of, surveyed
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations.components import New, add_component, change_component
from xiuhua.operations.survey import Asked, Surveyed, survey
from xiuhua.operations.verify_components import verify_components
from xiuhua.store import components as store

SECONDS = 0.5  # longer than the other takes where nothing holds it up
HERE = Wgs84(round(EAST.lon, 7), round(EAST.lat, 7))
WORLD = tiny_world(Time())


def another_survey() -> str:
    done = surveyed(line(SECOND), name="other")
    return done.faults[0].words.zh if done.faults else ""


def somebody_who_adds_one() -> str:
    return said(add_component(New(COVER, HERE, code=SECOND), ZHI, WORLD))


def somebody_who_moves_one() -> str:
    return said(change_component(THIRD, {}, ZHI, WORLD, HERE))


def said(answer: object) -> str:
    return answer.words.zh if isinstance(answer, Refusal) else ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", [another_survey, somebody_who_adds_one, somebody_who_moves_one])
def test_while_a_survey_is_taken_nobody_else_takes_its_places(other: Callable[[], str]) -> None:
    surveyed(line(THIRD, 30), name="before")
    answers: list[str] = []

    def write() -> None:
        answers.append(other())
        connection.close()

    thread = threading.Thread(target=write)

    def meanwhile(done: int, of: int) -> None:
        thread.start()
        thread.join(SECONDS)

    done = survey(lines_of(line()), Asked("spring", "survey.csv", ""), SYSTEM, WORLD, meanwhile)
    thread.join()
    assert isinstance(done, Surveyed)
    assert done.new == 1
    assert [code for _, lon, lat, code in store.places_taken() if (lon, lat) == (HERE.lon, HERE.lat)] == [FIRST]
    assert FIRST in answers[0]
    assert verify_components().findings == ()
