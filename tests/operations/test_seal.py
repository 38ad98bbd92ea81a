"""Sealing: every transition falls into exactly one seal, also one that is committed late."""

import json
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.cast import SYSTEM, at
from tests.stories.play import Play
from xiuhua.domain.journal import Journal
from xiuhua.operations.journal import record_at
from xiuhua.operations.seal import seal
from xiuhua.operations.verify import verify
from xiuhua.store.models import SealRow, TransitionRow
from xiuhua.store.seal_file import BrokenFile, lines
from xiuhua.store.seals import seals_after

MONDAY = at("2023-03-06 10:00")


def entries(*names: str) -> None:
    for name in names:
        record_at(Journal.SETTING, name, "set", SYSTEM, {}, MONDAY)


def sealed() -> list[str]:
    return [member.number for found in seals_after(0) for member in found.members]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "seals" / "seals.jsonl"


@pytest.mark.django_db
def test_new_transitions_are_sealed_in_their_order(file: Path) -> None:
    Play().until("close")
    assert seal(MONDAY, file) == 1
    (only,) = seals_after(0)
    assert [m.id for m in only.members] == list(TransitionRow.objects.order_by("id").values_list("id", flat=True))
    assert verify(seals=file).ok


@pytest.mark.django_db
def test_without_anything_new_there_is_no_seal(file: Path) -> None:
    assert seal(MONDAY, file) == 0
    entries("a")
    assert seal(MONDAY, file) == 1
    assert seal(MONDAY, file) == 0


@pytest.mark.django_db
def test_many_transitions_fall_into_several_seals_that_follow_each_other(file: Path) -> None:
    entries("a", "b", "c", "d", "e")
    assert seal(MONDAY, file, most=2) == 3
    first, second, third = seals_after(0)
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert sealed() == ["a", "b", "c", "d", "e"]
    assert verify(seals=file).ok


@pytest.mark.django_db
def test_each_seal_is_a_line_of_the_file(file: Path) -> None:
    entries("a", "b")
    seal(MONDAY, file)
    entries("c")
    seal(MONDAY, file)
    first, second = lines(file)
    assert (first.count, first.first, first.last) == (2, ("setting", "a", 1), ("setting", "b", 1))
    assert second.previous == first.digest == SealRow.objects.get(number=1).digest


@pytest.mark.django_db
def test_a_line_that_broke_off_is_written_again(file: Path) -> None:
    entries("a")
    seal(MONDAY, file)
    whole = file.read_bytes()
    entries("b")
    seal(MONDAY, file)
    after = file.read_bytes()
    file.write_bytes(after[: len(whole) + 20])
    assert len(list(lines(file))) == 1
    seal(MONDAY, file)
    assert file.read_bytes() == after


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_written_again_from_the_database(file: Path) -> None:
    entries("a")
    seal(MONDAY, file)
    before = file.read_bytes()
    file.unlink()
    seal(MONDAY, file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"number": 1}'])
def test_a_line_that_is_no_seal_is_named(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "seals.jsonl"
    broken.write_text(f"{text}\n")
    with pytest.raises(BrokenFile, match="line 1"):
        list(lines(broken))


@pytest.mark.django_db
def test_a_line_taken_out_of_the_file_is_noticed(file: Path) -> None:
    entries("a", "b", "c")
    seal(MONDAY, file, most=1)
    first, _, third = file.read_text().splitlines(keepends=True)
    file.write_text(first + third)
    with pytest.raises(BrokenFile, match="line 2"):
        list(lines(file))


@pytest.mark.django_db
def test_the_moment_of_a_seal_is_in_no_digest(file: Path) -> None:
    entries("a")
    with transaction.atomic():
        seal(MONDAY, file)
        one = json.loads(file.read_text())
        transaction.set_rollback(True)
    file.unlink()
    seal(at("2024-01-01 00:00"), file)
    other = json.loads(file.read_text())
    assert one.pop("at") != other.pop("at")
    assert one == other


@pytest.mark.django_db(transaction=True)
def test_a_transition_committed_late_falls_into_the_next_seal(file: Path) -> None:
    """On PostgreSQL an id is given out before the commit: others with larger ids are sealed first."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer: nothing is committed late")
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            entries("late")
            begun.set()
            go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(20)
    entries("a", "b")
    assert seal(MONDAY, file) == 1
    entries("c")
    assert seal(MONDAY, file, most=1) == 1
    go_on.set()
    thread.join()
    assert sealed() == ["a", "b", "c"]
    entries("d")
    assert seal(MONDAY, file, most=1) == 2
    assert sealed() == ["a", "b", "c", "late", "d"]
    assert verify(seals=file).ok


@pytest.mark.django_db(transaction=True)
def test_several_processes_seal_everything_once(file: Path) -> None:
    def sealing() -> None:
        for _ in range(5):
            seal(MONDAY, file, most=2)
        connection.close()

    threads = [threading.Thread(target=sealing) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(20):
        entries(f"setting-{number}")
    for thread in threads:
        thread.join()
    seal(MONDAY, file)
    assert sorted(sealed()) == sorted(f"setting-{number}" for number in range(20))
    assert [line.number for line in lines(file)] == list(range(1, SealRow.objects.count() + 1))
    assert verify(seals=file).ok
