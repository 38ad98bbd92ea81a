"""Entries of the journal lie in the chain store: chained, sealed, verified, and without a subject."""

import threading

import pytest
from django.db import connection

from tests.cast import GUAN, SHOU, at
from xiuhua.domain.journal import LONGEST_NUMBER, Journal
from xiuhua.operations.journal import record_at
from xiuhua.operations.verify import verify
from xiuhua.store.loading import load, transitions
from xiuhua.store.models import TransitionRow

MONDAY = at("2023-03-06 09:00")


@pytest.mark.django_db
def test_entries_of_one_number_follow_each_other() -> None:
    record_at(Journal.ACCOUNT, "cai1", "create", GUAN, {"posts": ["collector"]}, MONDAY)
    record_at(Journal.ACCOUNT, "cai1", "close", GUAN, {}, MONDAY)
    first, second = TransitionRow.objects.filter(kind="account", number="cai1").order_by("sequence")
    assert (second.previous, second.sequence) == (first.digest, 2)
    assert [t.move for t in transitions("account", "cai1")] == ["create", "close"]


@pytest.mark.django_db
def test_an_entry_says_who_in_which_post_and_when() -> None:
    record_at(Journal.LOOK, "990101-20230306-00001", "look", SHOU, {"fields": ["reporter_phone"]}, MONDAY)
    (entry,) = transitions("look", "990101-20230306-00001")
    assert (entry.by, entry.at, entry.patch.facts) == (SHOU, MONDAY, {"fields": ["reporter_phone"]})


@pytest.mark.django_db
def test_an_entry_has_no_subject_and_that_is_no_fault() -> None:
    record_at(Journal.REFERENCE, "tiny", "install", GUAN, {}, MONDAY)
    assert load("reference", "tiny") is None
    assert verify().ok


@pytest.mark.django_db
def test_a_number_that_is_too_long_is_cut_and_its_entries_are_still_chained() -> None:
    record_at(Journal.ACCOUNT, "a" * 150, "create", GUAN, {}, MONDAY)
    record_at(Journal.ACCOUNT, "a" * 150, "close", GUAN, {}, MONDAY)
    assert len(transitions("account", "a" * LONGEST_NUMBER)) == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_write_one_chain_without_losing_an_entry() -> None:
    failed: list[Exception] = []

    def look(who: int) -> None:
        try:
            for look in range(10):
                record_at(Journal.LOOK, "one", "look", SHOU, {"who": who, "look": look}, MONDAY)
        except Exception as wrong:  # a thread's own failure would be lost
            failed.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(transitions("look", "one")) == 40
    assert verify().ok
