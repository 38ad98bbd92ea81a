"""`verify` names the first row that was changed, removed or inserted; `--seals` also what the database forgot."""

import threading
from collections.abc import Callable
from itertools import count, product
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.cast import GUAN, SYSTEM, at
from tests.operations.tampering import tamper, unguarded
from tests.stories.play import Play
from xiuhua.domain.journal import Journal
from xiuhua.domain.subject import chain_digest
from xiuhua.operations.finding import What
from xiuhua.operations.journal import record_at
from xiuhua.operations.seal import seal
from xiuhua.operations.verify import Verified, verify
from xiuhua.store import past
from xiuhua.store.models import TransitionRow

pytestmark = pytest.mark.django_db
MONDAY = at("2023-03-06 18:00")


@pytest.fixture(params=["unsealed", "sealed"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Three cases and the journal; case 1 is closed, 2 and 3 are dispatched."""
    play = Play()
    for last in ("close", "dispatch", "dispatch"):
        play.number = ""
        play.sends(description="井盖破损", reporter_name="李四", reporter_phone="13800000000")
        play.until(last)
    record_at(Journal.ACCOUNT, "cai1", "create", GUAN, {}, MONDAY)
    record_at(Journal.ACCOUNT, "cai1", "close", GUAN, {}, MONDAY)
    file = tmp_path / "seals.jsonl"
    if request.param == "sealed":
        seal(MONDAY, file)
    return file


def one_more_case() -> None:
    Play(_photos=count(100)).sends()


def number(case: int) -> str:
    return f"990101-20230306-{case:05d}"


def first(found: Verified) -> tuple[What, str, str, int]:
    assert found.first
    assert not found.ok
    return found.first.what, found.first.kind, found.first.number, found.first.sequence


CASE = "WHERE kind = 'case' AND number = %s AND sequence = %s"


def test_an_untouched_past_is_as_it_was_written(file: Path) -> None:
    found = verify()
    assert (found.ok, found.findings) == (True, ())
    assert (found.subjects, found.transitions, found.erased) == (3, 11 + 4 + 4 + 2, 0)
    assert found.texts == 9


@pytest.mark.parametrize("sequence", [1, 4, 11], ids=["first", "middle", "last"])
@pytest.mark.parametrize("column", ["body", "previous", "digest"])
def test_one_flipped_byte_is_found_and_named(file: Path, column: str, sequence: int) -> None:
    values = TransitionRow.objects.filter(number=number(1), sequence=sequence).values_list(column, flat=True)
    text = values.get()
    middle = len(text) // 2
    flipped = text[:middle] + chr(ord(text[middle]) ^ 1) + text[middle + 1 :]
    tamper(f"UPDATE transition SET {column} = %s {CASE}", [flipped, number(1), sequence])
    assert first(verify()) == (What.CHANGED, "case", number(1), sequence)


def test_a_flipped_byte_is_one_finding_wherever_it_lies(file: Path) -> None:
    row = TransitionRow.objects.get(number=number(2), sequence=1)
    for place in [0, row.body.index("texts"), row.body.index("reporter_phone") + 30, len(row.body) - 1]:
        flipped = row.body[:place] + chr(ord(row.body[place]) ^ 1) + row.body[place + 1 :]
        tamper(f"UPDATE transition SET body = %s {CASE}", [flipped, number(2), 1])
        found = verify()
        assert (first(found), found.wrong) == ((What.CHANGED, "case", number(2), 1), 1)


@pytest.mark.parametrize("file", ["sealed"], indirect=True)
def test_a_byte_that_is_no_text_any_more_is_named_too(file: Path) -> None:
    """As a disk may leave it behind; PostgreSQL's own page checksums find such a thing before anybody reads it."""
    if connection.vendor != "sqlite":
        pytest.skip("a row cannot be broken like this through PostgreSQL")
    for byte, (table, column) in product(
        ("ff", "00", "c3"), (("text", "text"), ("transition", "unit"), ("transition", "body"))
    ):
        broken = f"CAST(CAST(substr({column}, 1, 3) AS BLOB) || x'{byte}' || CAST(substr({column}, 5) AS BLOB) AS TEXT)"
        with transaction.atomic():
            tamper(f"UPDATE {table} SET {column} = {broken} {CASE}", [number(2), 1])
            assert first(verify()) == (What.CHANGED, "case", number(2), 1), (byte, table)
            transaction.set_rollback(True)


@pytest.mark.parametrize("column", past.COLUMNS)
def test_every_column_has_to_say_what_the_body_says(file: Path, column: str) -> None:
    """Case 1 has every column filled in its seventh transition or eighth."""
    other = {
        "sequence": "77", "round": "9", "in_time": "NOT in_time", "came": "'2020-01-01 00:00:00+00:00'",
        "at": "'2020-01-01 00:00:00+00:00'", "due": "'2020-01-01 00:00:00+00:00'",
    }.get(column, "'other'")  # fmt: skip
    confirmed = TransitionRow.objects.get(kind="case", number=number(1), move="confirm")
    assert confirmed.due and confirmed.in_time and confirmed.unit
    other = other.removesuffix("+00:00'") + "'" if connection.vendor == "sqlite" and "00:00" in other else other
    tamper(f"UPDATE transition SET {column} = {other} WHERE id = %s", [confirmed.pk])
    found = verify()
    assert first(found) == (What.CHANGED, "case", number(1), confirmed.sequence)


@pytest.mark.parametrize("sequence", [1, 3, 11], ids=["first", "middle", "last"])
def test_a_removed_transition_is_named(file: Path, sequence: int) -> None:
    tamper(f"DELETE FROM transition {CASE}", [number(1), sequence])
    assert first(verify()) == (What.REMOVED, "case", number(1), sequence)


def test_an_inserted_transition_is_named(file: Path) -> None:
    forge(number(2), 5)
    assert first(verify()) == (What.INSERTED, "case", number(2), 5)


def forge(of: str, sequence: int, place: int | None = None) -> None:
    """A transition that is right in itself and follows its predecessor."""
    before = TransitionRow.objects.get(kind="case", number=of, sequence=sequence - 1)
    body = before.body.replace(f'"sequence":{sequence - 1}', f'"sequence":{sequence}').replace(
        '"move":"dispatch"', '"move":"note"'
    )
    body = body[: body.index('"texts":')] + '"texts":{}' + body[body.index('"texts":') + 10 :]
    forged = TransitionRow.objects.get(pk=before.pk)
    forged.pk, forged.sequence, forged.move, forged.body = place, sequence, "note", body
    forged.previous, forged.digest = before.digest, chain_digest(before.digest, body)
    forged.save(force_insert=True)


def test_a_rewritten_chain_is_found_by_its_subject_or_its_seal(file: Path) -> None:
    """The forger reckons every digest of the case anew, but cannot seal it again."""
    rewrite(number(2), "works", "lighting")
    found = verify()
    assert first(found)[:3] == (What.CHANGED, "case", number(2))


def rewrite(of: str, old: str, new: str, *, subject: bool = False) -> None:
    head = "0" * 64
    with unguarded():
        for row in TransitionRow.objects.filter(kind="case", number=of).order_by("sequence"):
            body = row.body.replace(f'"{old}"', f'"{new}"')
            unit = new if row.unit == old else row.unit
            digest = chain_digest(head, body)
            TransitionRow.objects.filter(pk=row.pk).update(body=body, previous=head, digest=digest, unit=unit)
            head = digest
        if subject:
            connection.cursor().execute("UPDATE subject SET head = %s WHERE number = %s", [head, of])


def test_a_transition_below_the_watermark_in_no_seal_is_named(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        record_at(Journal.SETTING, name, "set", SYSTEM, {}, MONDAY)
    free = TransitionRow.objects.get(number="b").pk
    tamper("DELETE FROM transition WHERE number = 'b'")
    seal(MONDAY, tmp_path / "seals.jsonl")
    record_at(Journal.SETTING, "b", "set", SYSTEM, {"forged": True}, MONDAY)
    tamper("UPDATE transition SET id = %s WHERE number = 'b'", [free])
    assert first(verify()) == (What.INSERTED, "setting", "b", 1)


@pytest.mark.parametrize("file", ["sealed"], indirect=True)
def test_a_whole_case_that_was_removed_is_named_by_its_seal(file: Path) -> None:
    remove(number(2))
    assert first(verify()) == (What.REMOVED, "case", number(2), 1)


def remove(of: str) -> None:
    with unguarded(), connection.cursor() as cursor:
        for table in ("text", "transition", "subject"):
            cursor.execute(f"DELETE FROM {table} WHERE number = %s", [of])


def test_a_subject_without_its_row_is_named(file: Path) -> None:
    tamper("DELETE FROM subject WHERE number = %s", [number(3)])
    assert first(verify()) == (What.REMOVED, "case", number(3), 0)


def test_a_subject_without_a_past_is_named(file: Path) -> None:
    tamper("DELETE FROM text WHERE number = %s", [number(3)])
    tamper("DELETE FROM transition WHERE number = %s", [number(3)])
    assert first(verify()) == (What.REMOVED, "case", number(3), 1)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE text SET text = 'other'", What.CHANGED),
        ("UPDATE text SET salt = 'other'", What.CHANGED),
        ("DELETE FROM text", What.REMOVED),
    ],
)
def test_a_text_that_is_not_what_its_transition_holds_is_named(file: Path, statement: str, what: What) -> None:
    tamper(f"{statement} WHERE number = %s AND field = 'reporter_name'", [number(2)])
    assert first(verify()) == (what, "case", number(2), 1)


def test_a_text_that_belongs_to_nothing_is_named(file: Path) -> None:
    tamper("UPDATE text SET sequence = 2 WHERE number = %s AND field = 'reporter_name'", [number(2)])
    assert {(f.what, f.sequence) for f in verify().findings} == {(What.REMOVED, 1), (What.INSERTED, 2)}


def test_an_erased_text_is_said_to_be_erased_and_the_chain_is_valid(file: Path) -> None:
    connection.cursor().execute("UPDATE text SET text = NULL, erased_at = CURRENT_TIMESTAMP WHERE sequence = 1")
    found = verify()
    assert (found.ok, found.erased) == (True, 9)


@pytest.mark.parametrize("file", ["sealed"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE seal SET digest = previous", "UPDATE seal SET previous = digest"],
    ids=["its digest", "the one before"],
)
def test_a_changed_seal_is_named(file: Path, statement: str) -> None:
    tamper(statement)
    assert first(verify()) == (What.CHANGED, "seal", "1", 0)


def cut_the_tail(file: Path) -> None:
    """Case 4 was sealed after the others; it goes, with its seal and all that speaks of it."""
    remove(number(4))
    tamper("DELETE FROM seal WHERE number = 2")


def rewrite_with_seals(file: Path) -> None:
    """A forger with all rights writes the second case anew, and every seal after it."""
    rewrite(number(2), "works", "lighting", subject=True)
    tamper("DELETE FROM seal")
    seal(MONDAY, file.with_name("forged.jsonl"), most=file.stat().st_size)


@pytest.mark.parametrize(
    ("forge_it", "named"),
    [
        (cut_the_tail, (What.REMOVED, "case", number(4), 1)),
        (rewrite_with_seals, (What.CHANGED, "case", number(2), 4)),
    ],
    ids=["a tail that was cut", "a past that was written anew"],
)
def test_the_file_remembers_what_the_database_forgot(
    file: Path, forge_it: Callable[[Path], None], named: tuple[What, str, str, int]
) -> None:
    seal(MONDAY, file)
    one_more_case()
    seal(MONDAY, file)
    forge_it(file)
    assert verify().ok, "the database alone looks whole"
    assert first(verify(seals=file)) == named


def test_an_older_copy_of_the_file_is_no_fault(file: Path) -> None:
    seal(MONDAY, file)
    older = file.with_name("older.jsonl")
    older.write_bytes(file.read_bytes())
    one_more_case()
    seal(MONDAY, file)
    found = verify(seals=older)
    assert (found.ok, found.in_file, found.seals) == (True, 1, 2)


def test_a_finding_is_said_in_both_languages(file: Path) -> None:
    tamper(f"UPDATE transition SET unit = 'other' {CASE}", [number(2), 4])
    found = verify().first
    assert found
    assert found.sentence("en") == f"case {number(2)} 4 changed: these columns do not say what its body says: unit"
    assert found.sentence("zh-hans") == f"case {number(2)} 4 被修改：列与内容不符：unit"


@pytest.mark.django_db(transaction=True)
def test_others_may_go_on_writing_and_nothing_is_found(tmp_path: Path) -> None:
    """Verified again and again while cases are moved, looked at and sealed."""
    stop, failed = threading.Event(), list[Exception]()

    def write(first: int) -> None:
        try:
            for case in count(first, 1000):
                if stop.is_set():
                    break
                Play(_photos=count(case)).until("dispatch")
                record_at(Journal.LOOK, "one", "look", GUAN, {}, MONDAY)
                seal(MONDAY, tmp_path / "seals.jsonl", most=3)
        except Exception as wrong:  # a thread's own failure would be lost
            failed.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 500)]
    for thread in threads:
        thread.start()
    found = []
    while not failed and TransitionRow.objects.count() < 100:
        found.append(verify())
    stop.set()
    for thread in threads:
        thread.join()
    found.append(verify(seals=tmp_path / "seals.jsonl"))
    assert not failed
    assert [finding for one in found for finding in one.findings] == []
    assert len(found) > 2
