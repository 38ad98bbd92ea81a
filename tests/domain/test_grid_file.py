from datetime import date

import pytest

from xiuhua.domain.grid import Grid, GridRole, Organisation, OrganisationKind, Role, Tier
from xiuhua.domain.grid_file import (
    grid_roles_from,
    grids_from,
    organisations_from,
    rows_of_grid_roles,
    rows_of_grids,
    rows_of_organisations,
)
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Words

FROM = date(2023, 1, 1)
CENTRE = Organisation("centre", Words("中心", "Centre"), OrganisationKind.CENTRE, "", frozenset(), FROM)
EAST = Organisation(
    "east", Words("东街道", "East"), OrganisationKind.STREET, "centre", frozenset({"rural", "gridded"}), FROM
)
OUTLINES = {"990101001001001": (Wgs84(116.0, 35.0), Wgs84(116.01, 35.0), Wgs84(116.01, 35.01))}


def grid(code: str, tier: Tier, parent: str, street: str = "") -> Grid:
    return Grid(code, tier, parent, Words("网格", "Grid"), street, "1", OUTLINES.get(code, ()), FROM)


GRIDS = (
    grid("990101", Tier.DISTRICT, ""),
    grid("990101001", Tier.STREET, "990101"),
    grid("990101001001001", Tier.UNIT, "r1", "990101001"),
    grid("r1", Tier.RESPONSIBILITY, "990101001", "990101001"),
)
ROLES = (
    GridRole("r1", Role.CHIEF, "", "east", FROM),
    GridRole("r1", Role.COLLECTOR_A, "li", "", FROM, date(2023, 12, 31)),
)


def rows(*lines: dict[str, str]) -> list[Row]:
    return [Row("x.csv", number, line) for number, line in enumerate(lines, 2)]


def test_what_is_written_reads_back_the_same() -> None:
    assert organisations_from(rows(*rows_of_organisations((EAST, CENTRE)))) == ((CENTRE, EAST), ())
    assert grids_from(rows(*rows_of_grids(reversed(GRIDS))), OUTLINES) == (GRIDS, ())
    lines = rows_of_grid_roles(reversed(ROLES))
    assert grid_roles_from(rows(*lines), {"r1"}, {"east"}, {"li"}) == (ROLES, ())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "village"}, "kind"),
        ({"parent": "moon"}, "parent"),
        ({"parent": "east"}, "parent"),
        ({"name_en": ""}, "name_en"),
        ({"code": "centre", "parent": ""}, "code"),
    ],
    ids=str,
)
def test_a_fault_in_an_organisation(changed: dict[str, str], field: str) -> None:
    centre, east = rows_of_organisations((CENTRE, EAST))
    _, faults = organisations_from(rows(centre, {**east, **changed}))
    assert [(fault.line, fault.field) for fault in faults] == [(3, field)]


def test_organisations_in_a_circle_are_all_named() -> None:
    centre, east = rows_of_organisations((CENTRE, EAST))
    _, faults = organisations_from(rows({**centre, "parent": "east"}, east))
    assert [(fault.line, fault.field) for fault in faults] == [(2, "parent"), (3, "parent")]
    assert "centre → east → centre" in faults[0].words.en


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tier": "block"}, "tier"),
        ({"code": "99010100100100"}, "code"),
        ({"code": "9901010010010011"}, "code"),
        ({"parent": "r9"}, "parent"),
        ({"street": "990101002"}, "street"),
        ({"valid_from": "2022-01-01"}, "parent"),
        ({"valid_from": "soon"}, "valid_from"),
    ],
    ids=str,
)
def test_a_fault_in_a_grid(changed: dict[str, str], field: str) -> None:
    lines = rows_of_grids(GRIDS)
    lines[2] = {**lines[2], **changed}
    _, faults = grids_from(rows(*lines), OUTLINES)
    assert [(fault.line, fault.field) for fault in faults] == [(4, field)]


def test_fourteen_digits_become_fifteen() -> None:
    lines = rows_of_grids(GRIDS)
    lines[2]["code"] = "99010100100101"
    grids, faults = grids_from(rows(*lines), OUTLINES)
    assert faults == ()
    assert grids[2].code == "990101001001001"
    assert grids[2].outline == OUTLINES["990101001001001"]


def test_a_role_names_a_grid_and_somebody_that_exist() -> None:
    line = rows_of_grid_roles(ROLES)[1]
    wrong = rows(
        {**line, "grid": "r9"}, {**line, "person": "wu"}, {**line, "person": ""}, {**line, "role": "king"}
    )
    _, faults = grid_roles_from(wrong, {"r1"}, {"east"}, {"li"})
    assert [(f.line, f.field) for f in faults] == [(2, "grid"), (3, "person"), (4, "person"), (5, "role")]
