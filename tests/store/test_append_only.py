"""The past is written once: the database itself refuses, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import SYSTEM, at
from tests.stories.play import Play
from xiuhua.domain.journal import Journal
from xiuhua.operations.journal import record_at
from xiuhua.operations.seal import seal
from xiuhua.store.models import SealRow, TextRow, TransitionRow

pytestmark = pytest.mark.django_db

REFUSED = {
    "a transition is changed": "UPDATE transition SET move = 'other'",
    "a transition's body is changed": "UPDATE transition SET body = body",
    "a transition is removed": "DELETE FROM transition",
    "a seal is changed": "UPDATE seal SET digest = 'other'",
    "a seal is removed": "DELETE FROM seal",
    "a text is changed": "UPDATE text SET text = 'other'",
    "a text's salt is changed": "UPDATE text SET text = NULL, erased_at = CURRENT_TIMESTAMP, salt = 'other'",
    "a text is moved": "UPDATE text SET text = NULL, erased_at = CURRENT_TIMESTAMP, sequence = 9",
    "a text is removed": "DELETE FROM text",
}
ONLY_POSTGRESQL = {
    "all transitions are removed at once": "TRUNCATE transition",
    "all seals are removed at once": "TRUNCATE seal",
}


@pytest.fixture
def _past(tmp_path_factory: pytest.TempPathFactory) -> None:
    Play().sends(description="井盖破损")
    seal(at("2023-03-06 10:00"), tmp_path_factory.mktemp("seals") / "seals.jsonl")
    assert TransitionRow.objects.exists() and TextRow.objects.exists() and SealRow.objects.exists()


@pytest.mark.usefixtures("_past")
@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses_when(statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"written once|only be erased"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.usefixtures("_past")
@pytest.mark.parametrize("statement", ONLY_POSTGRESQL.values(), ids=ONLY_POSTGRESQL)
def test_the_database_refuses_when_(statement: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.usefixtures("_past")
def test_a_text_can_be_erased() -> None:
    TextRow.objects.update(text=None, erased_at=at("2023-03-07 10:00"))
    assert not TextRow.objects.filter(text__isnull=False).exists()


def test_a_sequence_is_taken_once() -> None:
    record_at(Journal.SETTING, "one", "set", SYSTEM, {}, at("2023-03-06 10:00"))
    twice = "INSERT INTO transition (kind, number, sequence, move, stage_from, stage_to, person, post, organisation, "
    twice += "came, at, round, unit, body, previous, digest) SELECT kind, number, sequence, move, stage_from, stage_to, "
    twice += "person, post, organisation, came, at, round, unit, body, previous, digest FROM transition"
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(twice)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_only_a_test_can_empty_it_and_the_triggers_are_there_again(time: str) -> None:
    assert not TransitionRow.objects.exists()
    record_at(Journal.SETTING, time, "set", SYSTEM, {}, at("2023-03-06 10:00"))
    with pytest.raises(DatabaseError, match="written once"):
        connection.cursor().execute("DELETE FROM transition")
