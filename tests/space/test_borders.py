"""Whose a border is, and the road on it: always the same side, in every tier."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.space.ground import FIRST, MIDDLE_LON, ground, rule
from xiuhua.domain.grid import Tier
from xiuhua.domain.place import Wgs84
from xiuhua.space.borders import apart
from xiuhua.space.locate import Located, Locator, Outside
from xiuhua.space.locators import Locators

DAY = date(2023, 3, 6)
GROUND = ground()
PLAIN = Locator(GROUND, DAY)
TEN_M = 10 / 96_300  # degrees of longitude at 30 degrees north

STREETS_ROAD = rule("s1", "s2", "s2", 40)
ALL_RULES = (STREETS_ROAD, rule("s1-g0", "s1-g1", "s1-g1", 30), rule("s2-ua0", "s2-ub0", "s2-ub0"))
RULED = Locator(GROUND, DAY, ALL_RULES)


def at(locator: Locator, lon: float, lat: float) -> Located:
    found = locator.locate(Wgs84(lon, lat))
    assert isinstance(found, Located)
    return found


def test_a_tier_beside_the_chain_is_found_by_its_own_outlines() -> None:
    assert at(PLAIN, 110.015, 30.005) == Located("s1-ua1", "s1-ua1", "s1-g1", "s1-ca", "s1", "", "d")


def test_a_detached_part_belongs_where_its_chain_leads() -> None:
    found = at(PLAIN, 110.105, 30.005)
    assert (found.unit, found.community, found.street, found.responsibility_grid) == ("s1-uz", "s1-ca", "s1", "")


def test_without_a_rule_a_border_belongs_to_the_smaller_code_in_every_tier() -> None:
    found = at(PLAIN, MIDDLE_LON, 30.005)
    assert (found.unit, found.responsibility_grid, found.community, found.street) == ("s1-ua1", "s1-g1", "s1-ca", "s1")


@pytest.mark.parametrize(("side", "unit", "street"), [("s1", "s1-ua1", "s1"), ("s2", "s2-ua0", "s2")])
def test_a_line_belongs_to_the_declared_side_in_every_tier(side: str, unit: str, street: str) -> None:
    found = at(Locator(GROUND, DAY, [rule("s1", "s2", side)]), MIDDLE_LON, 30.005)
    assert (found.unit, found.street) == (unit, street)
    assert {found.responsibility_grid[:2], found.community[:2]} == {side}


def test_a_corner_belongs_to_one_of_those_that_meet_there() -> None:
    assert at(PLAIN, 110.01, 30.01).unit == "s1-ua0"
    three = [rule("s1-ua0", "s1-ua1", "s1-ua1"), rule("s1-ua1", "s1-ub1", "s1-ub1")]
    assert at(Locator(GROUND, DAY, three), 110.01, 30.01).unit == "s1-ub1"


@pytest.mark.parametrize(
    ("off_m", "street"),
    [(-30, "s1"), (-19, "s2"), (-1, "s2"), (0, "s2"), (1, "s2"), (30, "s2")],
    ids=["before the road", "its near half", "beside the line", "on the line", "beyond", "in the other street"],
)
def test_a_whole_road_belongs_to_the_declared_side(off_m: float, street: str) -> None:
    found = at(RULED, MIDDLE_LON + off_m * TEN_M / 10, 30.005)
    assert found.street == street
    assert {code[:2] for code in (found.unit, found.community, found.responsibility_grid)} == {street}


def test_on_a_road_of_the_other_side_the_nearest_grids_of_that_side_are_meant() -> None:
    found = at(RULED, MIDDLE_LON - TEN_M, 30.015)
    assert (found.unit, found.responsibility_grid, found.community) == ("s2-ub0", "s2-g0", "s2-cb")


def test_a_rule_of_one_tier_leaves_the_others_of_the_same_street_alone() -> None:
    found = at(RULED, 110.01 - TEN_M, 30.005)
    assert (found.responsibility_grid, found.unit, found.community) == ("s1-g1", "s1-ua0", "s1-ca")


def test_a_rule_holds_from_its_day_on() -> None:
    locators = Locators(GROUND, [rule("s1", "s2", "s2", first=DAY)])
    assert at(locators.on(DAY - timedelta(days=1)), MIDDLE_LON, 30.005).street == "s1"
    assert at(locators.on(DAY), MIDDLE_LON, 30.005).street == "s2"


def test_a_day_on_which_nothing_changes_has_the_locator_of_the_day_before() -> None:
    locators = Locators(GROUND)
    assert locators.on(DAY) is locators.on(DAY + timedelta(days=400))
    assert locators.on(DAY) is not locators.on(FIRST - timedelta(days=1))


def test_a_point_outside_says_how_far_it_is_from_the_nearest_grid() -> None:
    found = PLAIN.locate(Wgs84(110.09, 30.005))
    assert isinstance(found, Outside)
    assert found.distance_m == pytest.approx(963, abs=2)


def test_a_rule_between_grids_that_do_not_touch_decides_nothing_and_is_named() -> None:
    apart_from = rule("s1-g0", "s2-g1", "s1-g0", 20)
    gone = rule("s1-g0", "s9", "s1-g0")
    assert apart(GROUND, [STREETS_ROAD, apart_from, gone], DAY) == (apart_from, gone)
    assert at(Locator(GROUND, DAY, [apart_from, gone]), 110.005, 30.005) == at(PLAIN, 110.005, 30.005)


NICE = st.sampled_from([110, 110.005, 110.01, 110.02, 110.03, 110.04, 110.1, 110.105, 110.11, 110.2])
NICE_LAT = st.sampled_from([29.99, 30, 30.005, 30.01, 30.02, 30.03])
ROAD = st.floats(110.0190, 110.0205)
POINTS = st.lists(
    st.tuples(
        st.one_of(NICE, ROAD, st.floats(109.98, 110.12)), st.one_of(NICE_LAT, st.floats(29.99, 30.03))
    ), min_size=1, max_size=30,
)  # fmt: skip


@given(POINTS, st.booleans())
def test_many_points_get_what_each_gets_alone(points: list[tuple[float, float]], ruled: bool) -> None:
    locator = RULED if ruled else PLAIN
    many = locator.locate_many(np.array([p[0] for p in points]), np.array([p[1] for p in points]))
    codes = {tier: many.codes(tier) for tier in Tier}
    for i, (lon, lat) in enumerate(points):
        alone = locator.locate(Wgs84(lon, lat))
        if isinstance(alone, Outside):
            assert many.outside_m[i] == alone.distance_m
            assert not any(codes[tier][i] for tier in Tier)
        else:
            assert many.outside_m[i] == 0
            assert alone.grid == many.smallest()[i]
            assert (alone.unit, alone.responsibility_grid, alone.community, alone.street, alone.district) == tuple(
                codes[t][i] for t in (Tier.UNIT, Tier.RESPONSIBILITY, Tier.COMMUNITY, Tier.STREET, Tier.DISTRICT)
            )


def test_what_is_no_number_is_outside_nobody_knows_how_far() -> None:
    many = PLAIN.locate_many(np.array([np.nan, 110.005]), np.array([30.0, 30.005]))
    assert np.isnan(many.outside_m[0])
    assert list(many.codes(Tier.UNIT)) == ["", "s1-ua0"]


def test_as_many_longitudes_as_latitudes() -> None:
    with pytest.raises(ValueError, match="as many"):
        PLAIN.locate_many(np.zeros(2), np.zeros(3))


def test_no_points_are_no_error() -> None:
    assert len(PLAIN.locate_many(np.zeros(0), np.zeros(0)).outside_m) == 0
