"""Loading a district pack: all of it or nothing, journaled, and the same files again when written out."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from tests.cast import GUAN, TINY, at
from xiuhua.domain.grid import GridRole, Role
from xiuhua.domain.journal import Journal
from xiuhua.operations.amend import amend
from xiuhua.operations.install import install, write_out
from xiuhua.operations.verify import verify
from xiuhua.operations.world import forget, world
from xiuhua.store.loading import transitions
from xiuhua.store.models import Account, HoldingRow, ReferenceRow
from xiuhua.store.pack import PackWrong
from xiuhua.store.reference import files, read_district, read_edition

pytestmark = pytest.mark.django_db
MONDAY = at("2023-03-06 09:00")
ROLES = (GridRole("990101001-g1", Role.CHIEF, "cai1", "", date(2023, 3, 6)),)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def test_a_loaded_pack_is_in_force_at_once() -> None:
    done = install(TINY, GUAN, MONDAY)
    assert done.pack == "tiny"
    assert "tiny/duty.csv" in done.changed
    assert world().district.division == "990101"


def test_loading_is_in_the_journal() -> None:
    done = install(TINY, GUAN, MONDAY)
    (entry,) = transitions("reference", "tiny")
    assert (entry.by, entry.move, entry.patch.facts["version"]) == (GUAN, "install", done.version)
    assert verify().ok


def test_loading_the_same_again_makes_no_edition() -> None:
    install(TINY, GUAN, MONDAY)
    assert install(TINY, GUAN, MONDAY).changed == ()
    assert ReferenceRow.objects.count() == 1


def test_a_changed_file_makes_a_new_edition_and_is_named(pack: Path) -> None:
    install(pack, GUAN, MONDAY)
    limits = pack / "stage_limits.csv"
    limits.write_text(limits.read_text().replace("30 minute", "45 minute"))
    assert install(pack, GUAN, MONDAY).changed == ("tiny/stage_limits.csv",)
    assert world().district.stage_limit("filing").count == 45
    assert len(transitions(Journal.REFERENCE.value, "tiny")) == 2


def test_a_pack_with_a_fault_is_refused_and_the_old_one_stays(pack: Path) -> None:
    install(pack, GUAN, MONDAY)
    (pack / "stage_limits.csv").write_text("clock,limit\nfiling,soon\n")
    with pytest.raises(PackWrong) as wrong:
        install(pack, GUAN, MONDAY)
    assert any(fault.file == "tiny/stage_limits.csv" for fault in wrong.value.faults)
    assert ReferenceRow.objects.count() == 1
    assert world().district.stage_limit("filing").count == 30


def test_people_get_accounts_and_posts_only_when_asked_for() -> None:
    assert install(TINY, GUAN, MONDAY).people == 0
    assert not Account.objects.exists()
    done = install(TINY, GUAN, MONDAY, people=True)
    assert done.people == Account.objects.count() == 27
    assert HoldingRow.objects.get(account__username="gong-desk").organisation == "works"
    assert not Account.objects.get(username="cai1").has_usable_password()
    assert verify().ok


def test_in_a_demo_they_have_a_password() -> None:
    install(TINY, GUAN, MONDAY, people=True, password="绣花功夫绣花功夫")
    assert Account.objects.get(username="cai1").check_password("绣花功夫绣花功夫")


def test_written_out_it_is_the_same_files_again(tmp_path: Path) -> None:
    install(TINY, GUAN, MONDAY)
    written = write_out(tmp_path)
    assert {f.name for f in written} == {f.name for f in TINY.iterdir() if f.suffix in {".csv", ".toml", ".geojson"}}
    for file in written:
        assert file.read_bytes() == (TINY / file.name).read_bytes()
    assert install(tmp_path / "tiny", GUAN, MONDAY).changed == ()


def test_an_edition_is_read_once_and_the_next_one_is_another(pack: Path) -> None:
    install(pack, GUAN, MONDAY)
    first = read_edition()
    assert read_edition() is first
    limits = pack / "stage_limits.csv"
    limits.write_text(limits.read_text().replace("30 minute", "45 minute"))
    install(pack, GUAN, MONDAY)
    assert read_edition() is not first
    assert read_edition().files == files()


def test_what_was_amended_and_taken_back_is_not_read_again() -> None:
    install(TINY, GUAN, MONDAY)
    before = files()
    with transaction.atomic():
        amended = amend("name-holder", lambda nouns: replace(nouns, grid_roles=ROLES), GUAN, MONDAY, {})
        assert read_edition() is amended
        assert read_edition().files == files() != before
        transaction.set_rollback(True)
    assert read_edition().files == files() == before
    assert read_district().grid_roles == ()
