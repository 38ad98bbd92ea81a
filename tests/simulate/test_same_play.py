"""A play is the same everywhere: in another process, on the other database, and when it was broken off between."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from tests.simulate.playing import digest, installed, short
from xiuhua.operations.world import world
from xiuhua.simulate.day import Played
from xiuhua.simulate.play import play, state


@pytest.mark.django_db
def test_another_process_on_another_database_plays_the_same(tmp_path: Path) -> None:
    installed(short(2))
    play(world(), tmp_path / "here.jsonl")
    command = [sys.executable, "-m", "tests.simulate.playing", str(tmp_path / "there"), "2"]
    there = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert there.stdout.strip() == digest()


class BrokenOff(Exception):  # noqa: N818
    pass


@pytest.mark.django_db
def test_what_was_broken_off_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    with transaction.atomic():
        installed(short(3))
        play(world(), tmp_path / "whole.jsonl")
        whole = digest()
        transaction.set_rollback(True)

    def break_off(day: int, of: int, played: Played) -> None:
        if day == 1:
            raise BrokenOff

    installed(short(3))
    with pytest.raises(BrokenOff):
        play(world(), tmp_path / "parts.jsonl", break_off)
    begun = state()
    assert begun is not None
    assert (begun.played.days, begun.whole) == (1, False)
    play(world(), tmp_path / "parts.jsonl")
    assert digest() == whole


@pytest.mark.django_db
def test_another_seed_is_another_district(tmp_path: Path) -> None:
    digests = []
    for seed in (1, 2):
        with transaction.atomic():
            installed(short(1, seed))
            play(world(), tmp_path / f"{seed}.jsonl")
            digests.append(digest())
            transaction.set_rollback(True)
    assert digests[0] != digests[1]
