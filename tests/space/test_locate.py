"""Where a point lies in the little district: three streets side by side, unit grids of 0.005 degrees."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import EAST, OUTSIDE, tiny
from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.place import Wgs84, distance_m
from xiuhua.space.locate import Located, Locator, Outside

DAY = date(2023, 3, 6)
GRIDS = tiny().grids
LOCATOR = Locator(GRIDS, DAY)


def located(lon: float, lat: float) -> Located:
    found = LOCATOR.locate(Wgs84(lon, lat))
    assert isinstance(found, Located)
    return found


def test_a_point_has_its_unit_grid_responsibility_grid_and_street() -> None:
    found = LOCATOR.locate(EAST)
    assert found == Located(
        grid="990101001001001",
        unit="990101001001001",
        responsibility_grid="990101001-g1",
        community="",
        street="990101001",
        area_class="1",
        district="990101",
    )


@pytest.mark.parametrize(
    ("lon", "lat", "grid"),
    [
        (110.005, 30.0025, "990101001001001"),
        (110.005, 30.005, "990101001001001"),
        (110.01, 30.0025, "990101001001002"),
        (110.0, 30.0, "990101001001001"),
        (110.03, 30.03, "990101003003004"),
    ],
    ids=["between two", "between four", "between streets", "corner of the district", "far corner"],
)
def test_a_border_belongs_to_the_grid_with_the_smallest_code(lon: float, lat: float, grid: str) -> None:
    assert located(lon, lat).grid == grid


def test_a_point_outside_says_how_far_outside_it_is() -> None:
    found = LOCATOR.locate(Wgs84(110.04, 30.015))
    assert isinstance(found, Outside)
    assert found.distance_m == pytest.approx(
        distance_m(Wgs84(110.04, 30.015), Wgs84(110.03, 30.015)), rel=1e-3
    )
    assert isinstance(LOCATOR.locate(OUTSIDE), Outside)


def test_a_point_in_a_gap_is_in_its_street_but_in_no_unit_grid() -> None:
    less = Grids(tuple(grid for grid in GRIDS.grids if grid.code != "990101001001001"))
    found = Locator(less, DAY).locate(EAST)
    assert isinstance(found, Located)
    assert (found.unit, found.grid, found.street) == ("", "990101001-g1", "990101001")


def test_a_street_without_grids_has_no_grid() -> None:
    bare = Grids(
        tuple(grid for grid in GRIDS.grids if grid.street != "990101001" or grid.tier is Tier.STREET)
    )
    found = Locator(bare, DAY).locate(EAST)
    assert isinstance(found, Located)
    assert (found.grid, found.street) == ("", "990101001")


def test_grids_are_those_of_the_day() -> None:
    ended = Grids(
        tuple(
            replace(grid, valid_to=DAY) if grid.tier in {Tier.UNIT, Tier.RESPONSIBILITY} else grid
            for grid in GRIDS.grids
        )
    )
    assert Locator(ended, DAY).locate(EAST) == LOCATOR.locate(EAST)
    after = Locator(ended, DAY + timedelta(days=1)).locate(EAST)
    assert isinstance(after, Located)
    assert after.grid == ""


def test_without_grids_everything_is_outside() -> None:
    assert isinstance(Locator(Grids(()), DAY).locate(EAST), Outside)


@given(st.floats(110, 110.03), st.floats(30, 30.03))
def test_every_point_of_the_district_is_in_exactly_one_place(lon: float, lat: float) -> None:
    found = located(lon, lat)
    assert found == located(lon, lat)
    (grid,) = GRIDS.ever(found.grid)
    assert min(p.lon for p in grid.outline) <= lon <= max(p.lon for p in grid.outline)
    assert min(p.lat for p in grid.outline) <= lat <= max(p.lat for p in grid.outline)
    assert grid.parent == found.responsibility_grid
