"""A division in numbers, before and after: what is measured adds up, whoever draws the border."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import COVER, PAI
from tests.operations.ground_rows import block, components, road
from tests.stories.redrawing import G1, UPRIGHT, Redrawing
from xiuhua.domain.grid import Tier
from xiuhua.domain.ground_metric import GROUND_METRICS, Measured, ground_metric, max_to_median, shared
from xiuhua.domain.metric import MetricUnknown
from xiuhua.domain.place import Wgs84
from xiuhua.operations.measure_grids import measure

WEST, EAST = "990101001-g4", "990101001-g5"


@pytest.fixture
def play() -> Redrawing:
    return Redrawing()


def split(play: Redrawing) -> dict[str, dict[str, int]]:
    """The numbers of the split of grid 1 into west and east, by code."""
    play.proposes("split", G1, drawing=UPRIGHT)
    play.does(PAI, "reckon")
    numbers: dict[str, dict[str, dict[str, int]]] = play.case.facts["numbers"]  # type: ignore[assignment]
    return {**numbers["before"], **numbers["after"]}


@pytest.mark.django_db
def test_without_layers_only_the_ground_and_the_cases_are_known(play: Redrawing) -> None:
    play.sends(place=Wgs84(110.0075, 30.0025), class_key=COVER)
    found = split(play)
    assert found[G1]["grid-road-length"] is None
    assert [found[c]["grid-cases"] for c in (G1, WEST, EAST)] == [1, 0, 1]
    assert [found[c]["grid-units"] for c in (G1, WEST, EAST)] == [4, 2, 2]
    assert found[G1]["grid-area"] == pytest.approx(1_070_500, rel=0.01)
    assert abs(found[WEST]["grid-area"] + found[EAST]["grid-area"] - found[G1]["grid-area"]) <= 1


@pytest.mark.django_db
def test_a_road_counts_where_it_lies_and_half_on_either_side_of_a_border(play: Redrawing) -> None:
    road("across", (110.0, 30.005), (110.01, 30.005))
    road("along", (110.005, 30.0), (110.005, 30.01))
    road("on-the-rim", (110.0, 30.0), (110.0, 30.01))
    road("motorway", (110.0, 30.001), (110.01, 30.001), kind="motorway")
    found = split(play)
    across, along = 963, 1112
    assert found[G1]["grid-road-length"] == pytest.approx(across + along + along / 2, abs=3)
    assert found[WEST]["grid-road-length"] == pytest.approx(across / 2 + along / 2 + along / 2, abs=3)
    assert found[EAST]["grid-road-length"] == pytest.approx(across / 2 + along / 2, abs=3)
    assert found[EAST]["grid-walking-time"] == pytest.approx(found[EAST]["grid-road-length"] / 1.25, abs=1)


@pytest.mark.django_db
def test_a_block_that_a_border_cuts_is_shared_by_area_and_nobody_is_lost(play: Redrawing) -> None:
    block("estate", 110.004, 30.002, 110.007, 30.004, households=100, people=301)
    found = split(play)
    assert [found[c]["grid-households"] for c in (G1, WEST, EAST)] == [100, 33, 67]
    assert found[WEST]["grid-people"] + found[EAST]["grid-people"] == found[G1]["grid-people"] == 301


@pytest.mark.django_db
def test_components_that_are_gone_do_not_count(play: Redrawing) -> None:
    components((110.001, 30.001), (110.002, 30.002), (110.008, 30.008), (110.02, 30.02))
    components((110.001, 30.002), state="removed")
    found = split(play)
    assert [found[c]["grid-components"] for c in (G1, WEST, EAST)] == [3, 2, 1]


@pytest.mark.django_db
def test_cases_older_than_ninety_days_do_not_count(play: Redrawing) -> None:
    play.time.to("2022-12-01 09:00")
    play.sends(place=Wgs84(110.001, 30.001))
    play.time.to("2023-03-06 09:00")
    play.sends(place=Wgs84(110.001, 30.001))
    assert split(play)[G1]["grid-cases"] == 1


@pytest.mark.django_db
def test_the_grids_of_a_street_add_up_to_the_street(play: Redrawing) -> None:
    road("across", (110.0, 30.005), (110.01, 30.005))
    road("down", (110.0031, 30.0), (110.0031, 30.03))
    components(*((110.0005 + n / 3000, 30.0005 + n / 1100) for n in range(25)))
    day = date(2023, 3, 6)
    listed = [g for g in play.district.grids.active(day, Tier.RESPONSIBILITY) if g.street == "990101001"]
    found = measure(listed, play.world.locator, play.time.now, {})
    assert sum(m.components or 0 for m in found.values()) == 25
    assert sum(m.road_m or 0 for m in found.values()) == pytest.approx(963 + 3336, abs=6)


def test_the_ratio_of_a_street_is_largest_over_median() -> None:
    assert max_to_median([100, 200, 400]) == 2
    assert max_to_median([None, None]) is None
    assert max_to_median([0, 0, 5]) is None


@given(st.integers(0, 5000), st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), min_size=1, max_size=8))
def test_whole_parts_add_up_to_the_whole(total: int, shares: dict[str, float]) -> None:
    parts = shared(total, shares)
    assert sum(parts.values()) == (total if sum(shares.values()) > 0 else 0)
    assert all(part >= 0 for part in parts.values())


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("grid-area", 1_070_512, ("1.071 km²", "1.071 km²")),
        ("grid-road-length", 2_345, ("2.35 km", "2.35 km")),
        ("grid-walking-time", 1_860, ("31分钟", "31 minutes")),
        ("grid-components", 1, ("1个", "1 component")),
        ("load-max-median", None, ("–", "–")),
        ("grids-without-b", 9, ("9个", "9 grids")),
        ("components-there", 2, ("2个", "2 components")),
        ("map-cases", 1, ("1件", "1 case")),
    ],
)
def test_a_number_is_printed_as_it_is_registered(key: str, value: int | None, says: tuple[str, str]) -> None:
    words = ground_metric(key).text(value)
    assert (words.zh, words.en) == says


def test_a_number_that_is_not_registered_cannot_be_printed() -> None:
    with pytest.raises(MetricUnknown):
        ground_metric("beauty")


def test_every_number_of_a_grid_is_registered() -> None:
    assert set(Measured(0, 0, 0, 0, 0, 0, 0).values()) <= set(GROUND_METRICS)


def test_two_numbers_that_read_the_same_differ_by_nothing() -> None:
    ratio, before, after = ground_metric("load-max-median"), Fraction(15461, 10000), Fraction(15544, 10000)
    assert ratio.text(before) == ratio.text(after) and ratio.difference(before, after).en == "0.00"


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    assert ground_metric("grid-road-length").difference(2634, 2633).en == "0.00 km"


@pytest.mark.parametrize(("before", "after", "says"), [(3, 5, "+2个"), (5, 3, "−2个"), (4, 4, "0个"), (None, 4, "–")])
def test_a_difference_has_its_sign(before: int | None, after: int | None, says: str) -> None:
    assert ground_metric("grid-components").difference(before, after).zh == says
