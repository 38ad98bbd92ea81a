from dataclasses import replace
from datetime import date

import pytest

from xiuhua.domain.grid import (
    LIES_IN,
    ORGANISATION_KINDS,
    TIERS,
    Grid,
    Grids,
    OrganisationKind,
    Tier,
)
from xiuhua.domain.grid_faults import grid_faults
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words

OPENED = date(2023, 1, 1)
DAY = date(2023, 3, 1)
SQUARE = (Wgs84(116.0, 35.0), Wgs84(116.01, 35.0), Wgs84(116.01, 35.01))
OTHER = (Wgs84(117.0, 35.0), Wgs84(117.01, 35.0), Wgs84(117.01, 35.01))
STREET = "990101001"
UNIT = "990101001001001"


def grid(
    code: str, tier: Tier, parent: str, street: str = STREET, first: date = OPENED, last: date | None = None
) -> Grid:
    return Grid(code, tier, parent, Words(code, code), street, "", SQUARE, first, last)


DISTRICT = grid("990101", Tier.DISTRICT, "", "")
FIRST_STREET = grid(STREET, Tier.STREET, "990101")
R1, R2 = grid("r1", Tier.RESPONSIBILITY, STREET), grid("r2", Tier.RESPONSIBILITY, STREET)
IN_R1 = grid(UNIT, Tier.UNIT, "r1", last=date(2023, 3, 31))
IN_R2 = grid(UNIT, Tier.UNIT, "r2", first=date(2023, 4, 1))
GROUND = (DISTRICT, FIRST_STREET, R1, R2, IN_R1, IN_R2)
GRIDS = Grids(GROUND)


def test_every_kind_and_tier_has_words() -> None:
    assert set(ORGANISATION_KINDS) == set(OrganisationKind)
    assert set(TIERS) == set(LIES_IN) == set(Tier)


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2022, 12, 31), []),
        (DAY, [UNIT, "r1", STREET, "990101"]),
        (date(2023, 3, 31), [UNIT, "r1", STREET, "990101"]),
        (date(2023, 4, 1), [UNIT, "r2", STREET, "990101"]),
    ],
)
def test_a_grid_lies_in_what_it_lay_in_on_that_day(day: date, codes: list[str]) -> None:
    assert [g.code for g in GRIDS.chain(UNIT, day)] == codes


def test_questions_about_a_day() -> None:
    assert GRIDS.on(UNIT, DAY) is IN_R1
    assert GRIDS.on("nowhere", DAY) is None
    assert GRIDS.ever(UNIT) == (IN_R1, IN_R2)
    assert GRIDS.children("r1", DAY) == (IN_R1,)
    assert GRIDS.children("r1", date(2023, 4, 1)) == ()
    assert GRIDS.active(DAY, Tier.RESPONSIBILITY) == (R1, R2)
    assert len(GRIDS.active(DAY)) == 5
    assert GRIDS.chain("nowhere", DAY) == ()


def test_a_circle_of_parents_ends() -> None:
    circle = Grids((grid("a", Tier.RESPONSIBILITY, "b"), grid("b", Tier.RESPONSIBILITY, "a")))
    assert len(circle.chain("a", DAY)) == len(Tier)


def test_a_well_made_ground_has_no_faults() -> None:
    assert grid_faults(GRIDS) == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (grid("x", Tier.RESPONSIBILITY, "nowhere"), "parent-unknown", "parent"),
        (grid("x", Tier.RESPONSIBILITY, ""), "parent-unknown", "parent"),
        (grid("x", Tier.RESPONSIBILITY, UNIT), "parent-tier", "parent"),
        (grid("x", Tier.UNIT, UNIT), "parent-tier", "parent"),
        (grid("x", Tier.UNIT, "r1", first=date(2022, 12, 1)), "parent-not-valid", "parent"),
        (grid("x", Tier.UNIT, "r1", street="990101002"), "street-unknown", "street"),
        (replace(IN_R1, code="x", outline=SQUARE[:2]), "outline-short", "outline"),
        (replace(IN_R1, valid_from=date(2024, 1, 1), valid_to=None, outline=OTHER), "code-reused", "code"),
        (replace(R1, code="r2", valid_from=date(2023, 5, 1)), "code-twice", "valid_from"),
        (replace(R1, code=UNIT, valid_from=date(2024, 1, 1)), "code-reused", "code"),
    ],
    ids=lambda it: it.code if isinstance(it, Grid) else it,
)
def test_faults_among_grids(wrong: Grid, code: str, field: str) -> None:
    faults = [(g, r.code, r.field) for g, r in grid_faults(Grids((*GROUND, wrong))) if g is wrong]
    assert faults == [(wrong, code, field)]


def test_a_grid_of_another_street_than_its_parent_is_a_fault() -> None:
    second = replace(FIRST_STREET, code="990101002", street="990101002")
    wrong = grid("x", Tier.UNIT, "r1", street="990101002")
    ((_, refusal),) = grid_faults(Grids((*GROUND, second, wrong)))
    assert refusal.code == "street-differs"
    assert STREET in refusal.words.zh


def test_a_parent_with_a_gap_between_its_entries_is_named_with_the_day() -> None:
    until = replace(R1, valid_to=date(2023, 5, 31))
    after = replace(R1, valid_from=date(2023, 6, 2))
    child = grid("x", Tier.UNIT, "r1")
    ((_, refusal),) = grid_faults(Grids((DISTRICT, FIRST_STREET, until, after, child)))
    assert "2023-06-01" in refusal.words.en
    joined = replace(after, valid_from=date(2023, 6, 1))
    assert grid_faults(Grids((DISTRICT, FIRST_STREET, until, joined, child))) == ()
