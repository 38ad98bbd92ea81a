"""What was played is believable, whole, and nothing but the real operations wrote it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.simulate.playing import TINY, digest, installed
from xiuhua.domain.case import STAGES
from xiuhua.domain.notice import Channel
from xiuhua.operations.clock import demo_clock, forget
from xiuhua.operations.rebuild import rebuild
from xiuhua.operations.verify import verify
from xiuhua.operations.world import world
from xiuhua.simulate.day import Played
from xiuhua.simulate.plan import read_plan
from xiuhua.simulate.play import play
from xiuhua.store import sql
from xiuhua.store.models import PhotoMetaRow, PhotoRow, SubjectRow, TransitionRow
from xiuhua.store.photos import file_of

PLAN = read_plan(TINY)


@pytest.fixture(scope="module")
def played(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """The whole small plan once for this module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        installed(PLAN)
        seals = tmp_path_factory.mktemp("play") / "seals.jsonl"
        yield play(world(), seals)
        transaction.set_rollback(True)
    forget()


def counted(column: str) -> dict[str, int]:
    rows = sql.rows(f"SELECT {column}, COUNT(*) FROM subject WHERE kind = 'case' GROUP BY {column}")
    return {str(name): number for name, number in rows}


def moves() -> dict[str, int]:
    rows = sql.rows("SELECT move, COUNT(*) FROM transition WHERE kind = 'case' GROUP BY move")
    return {str(name): number for name, number in rows}


@pytest.mark.django_db
class TestThePlay:
    def test_every_channel_occurs(self, played: Played) -> None:
        assert set(counted("channel")) == {channel.value for channel in Channel}

    def test_every_stage_was_lived_through(self, played: Played) -> None:
        rows = sql.rows("SELECT DISTINCT stage_to FROM transition WHERE kind = 'case'")
        assert {stage for (stage,) in rows} == set(STAGES)

    def test_open_cases_are_left_for_the_visitor(self, played: Played) -> None:
        assert SubjectRow.objects.filter(is_open=True).count() > 20
        assert len(counted("stage")) >= 14

    def test_what_rarely_happens_happens(self, played: Played) -> None:
        seldom = {
            "merge", "reject", "ask-more", "verify-true", "sign-silently", "ask-return", "agree-return", "rule",
            "ask-extension", "grant-extension", "grant-suspension", "check-fail", "supervise", "answer-supervision",
            "urge", "archive", "pass-quick", "sample", "confirm-sample", "adopt", "report-self", "appeal", "grant-void",
        }  # fmt: skip
        assert seldom - set(moves()) == set()

    def test_most_are_handled_in_time(self, played: Played) -> None:
        confirmed = TransitionRow.objects.filter(move="confirm")
        share = confirmed.filter(in_time=True).count() / confirmed.count()
        assert 0.85 < share < 0.99

    def test_the_rules_refused_next_to_nothing(self, played: Played) -> None:
        assert sum(played.refused.values()) < played.moves / 100

    def test_the_chain_verifies(self, played: Played) -> None:
        found = verify()
        assert found.ok
        assert found.subjects == played.notices
        assert found.sealed == TransitionRow.objects.count()

    def test_every_row_follows_from_its_transitions(self, played: Played) -> None:
        assert rebuild(world(), lambda *_: None).ok

    def test_every_photo_is_there_with_its_time_and_place(self, played: Played) -> None:
        assert PhotoMetaRow.objects.filter(taken_at__isnull=False, longitude__isnull=False).count() == PhotoRow.objects.count()
        assert all(file_of(stored).is_file() for (stored,) in PhotoRow.objects.values_list("stored").distinct())
        received = PhotoRow.objects.values_list("received", flat=True)
        assert len(set(received)) == len(received)

    def test_every_photo_belongs_to_the_case_that_names_it(self, played: Played) -> None:
        assert not PhotoRow.objects.filter(number="").exists()

    def test_the_clock_stands_at_the_end(self, played: Played) -> None:
        forget()
        clock = demo_clock()
        assert clock is not None
        assert clock.at == PLAN.ends(PLAN.days - 1, world().district.time_zone)

    def test_playing_again_does_nothing(self, played: Played, tmp_path: Path) -> None:
        before = digest()
        assert play(world(), tmp_path / "seals.jsonl") == played
        assert digest() == before
