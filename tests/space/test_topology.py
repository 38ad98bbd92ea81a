"""Gaps and overlaps of grids, found with their place and size."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.cast import tiny
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.space.topology import GroundFault, ground_faults

DAY = date(2023, 3, 6)
FIRST = "990101001001001"  # 110.000-110.005 east, 30.000-30.005 north


def changed(code: str, change: Callable[[Grid], Grid]) -> Grids:
    return Grids(tuple(change(grid) if grid.code == code else grid for grid in tiny().grids.grids))


def moved(*points: tuple[float, float]) -> Callable[[Grid], Grid]:
    return lambda grid: replace(grid, outline=tuple(Wgs84(*point) for point in points))


def only(grids: Grids) -> GroundFault:
    (fault,) = ground_faults(grids, DAY)
    return fault


def test_the_little_district_fits_together() -> None:
    assert ground_faults(tiny().grids, DAY) == ()


def test_a_grid_that_is_too_small_leaves_a_gap() -> None:
    fault = only(changed(FIRST, moved((110, 30), (110.004, 30), (110.004, 30.005), (110, 30.005))))
    assert (fault.code, fault.grid) == ("gap", "990101001-g1")
    assert 110.004 < fault.place.lon < 110.005
    assert fault.area_m2 == pytest.approx(96.3 * 556, rel=0.01)  # 0.001 by 0.005 degrees at 30 north


def test_a_grid_that_is_too_large_overlaps_its_neighbour() -> None:
    fault = only(changed(FIRST, moved((110, 30), (110.006, 30), (110.006, 30.005), (110, 30.005))))
    assert (fault.code, fault.grid) == ("overlap", FIRST)
    assert "990101001001002" in fault.words.en


def test_a_grid_that_leaves_its_street_is_named() -> None:
    codes = {
        f.code
        for f in ground_faults(
            changed(FIRST, moved((109.99, 30), (110.005, 30), (110.005, 30.005), (109.99, 30.005))), DAY
        )
    }
    assert codes == {"beyond"}


def test_an_outline_that_crosses_itself_is_named_before_anything_else() -> None:
    fault = only(changed(FIRST, moved((110, 30), (110.005, 30.005), (110.005, 30), (110, 30.005))))
    assert (fault.code, fault.grid) == ("crossing", FIRST)


def test_a_street_that_is_not_divided_has_no_gap() -> None:
    streets = tuple(g for g in tiny().grids.grids if g.tier in {Tier.STREET, Tier.DISTRICT})
    assert ground_faults(Grids(streets), DAY) == ()


def test_a_difference_below_a_square_metre_is_nothing() -> None:
    assert (
        ground_faults(
            changed(FIRST, moved((110, 30), (110.005, 30), (110.005, 30.005), (110, 30.004999999))), DAY
        )
        == ()
    )


def test_a_unit_grid_that_lies_in_another_community_than_its_code_says_is_named() -> None:
    """Communities of the first street are its thirds, by the codes of its units; one of them has the wrong code."""
    grids = list(tiny().grids.grids)
    street = next(g for g in grids if g.code == "990101001")
    thirds = [(30.0, "002"), (30.01, "001"), (30.02, "003")]  # the first two are turned round
    grids += [
        replace(street, code=f"{street.code}{code}", tier=Tier.COMMUNITY, parent=street.code,
                outline=tuple(Wgs84(*p) for p in ((110, s), (110.01, s), (110.01, s + 0.01), (110, s + 0.01))))
        for s, code in thirds
    ]  # fmt: skip
    found = ground_faults(Grids(tuple(grids)), DAY)
    assert {fault.code for fault in found} == {"elsewhere"}
    assert len(found) == 8
    assert found[0].codes == (FIRST, "990101001002")


def test_the_wrong_street_in_a_code_is_named() -> None:
    wrong = replace(next(g for g in tiny().grids.grids if g.code == FIRST), code="990101002001009")
    grids = Grids(tuple(wrong if g.code == FIRST else g for g in tiny().grids.grids))
    fault = only(grids)
    assert (fault.code, fault.codes) == ("elsewhere", ("990101002001009", "990101001"))


def test_without_outlines_there_is_nothing_to_check() -> None:
    bare = tuple(replace(grid, outline=()) for grid in tiny().grids.grids)
    assert ground_faults(Grids(bare), DAY) == ()
