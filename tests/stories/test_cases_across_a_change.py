"""Open cases across a grid change: they keep grid and unit, or go over where the district's rule says so."""


import pytest

from tests.cast import EAST, GUAN, PAI, SHOU, ZHI
from tests.stories.redrawing import G1, Redrawing, in_force
from xiuhua.operations.install import install_loaded
from xiuhua.operations.move import Done
from xiuhua.store.models import TransitionRow
from xiuhua.store.pack import PackFiles, load_files
from xiuhua.store.reference import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Redrawing:
    return Redrawing()


def kept(play: Redrawing, stages: str) -> None:
    """The district says which cases go over."""
    pack = files()
    toml = pack.texts["district.toml"].replace("[intake]", f"[grid_change]\nregrid_stages = {stages}\n\n[intake]", 1)
    install_loaded(load_files(PackFiles(pack.name, {**pack.texts, "district.toml": toml})), GUAN, play.time.now)


def two_cases(play: Redrawing) -> tuple[str, str]:
    """One with its unit, one only reported, both in the east of grid 1."""
    first, second = play.sends(place=EAST), play.sends(place=EAST, class_key="tiny/component/lamp", condition="dark")
    assert isinstance(first, Done) and isinstance(second, Done)
    for by, move, given in ((SHOU, "accept", {}), (ZHI, "file", {"met": True}), (PAI, "dispatch", {"unit": "works"})):
        assert isinstance(play.moves(first.number, "case", by, move, **given), Done)
    return first.number, second.number


def test_open_cases_keep_grid_and_unit_where_no_rule_moves_them(play: Redrawing) -> None:
    numbers = two_cases(play)
    in_force(play)
    for number in numbers:
        assert play.facts_of("case", number)["responsibility_grid"] == G1


def test_a_rule_of_the_district_moves_those_it_names_and_each_has_its_own_move(play: Redrawing) -> None:
    kept(play, '["reported", "accepted"]')
    dispatched, reported = two_cases(play)
    in_force(play)
    assert play.facts_of("case", dispatched)["responsibility_grid"] == G1
    assert play.facts_of("case", reported)["responsibility_grid"] == "990101001-g4"
    assert play.facts_of("case", reported)["regridded_by"] == play.number
    last = TransitionRow.objects.filter(kind="case", number=reported).order_by("-sequence")[0]
    assert (last.move, last.person, last.stage_to) == ("regrid", "system", "reported")
    assert "unit" not in play.facts_of("case", reported)


def test_a_case_with_a_unit_keeps_it_when_a_rule_moves_it(play: Redrawing) -> None:
    kept(play, '["dispatched", "received"]')
    dispatched, _ = two_cases(play)
    in_force(play)
    facts = play.facts_of("case", dispatched)
    assert (facts["responsibility_grid"], facts["unit"]) == ("990101001-g4", "works")


def test_the_rule_names_only_stages_of_open_cases(play: Redrawing) -> None:
    pack = files()
    toml = pack.texts["district.toml"] + '\n[grid_change]\nregrid_stages = ["closed"]\n'
    faults = load_files(PackFiles(pack.name, {**pack.texts, "district.toml": toml})).faults
    assert [fault.field for fault in faults] == ["grid_change.regrid_stages"]
