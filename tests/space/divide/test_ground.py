"""Roads as they are: two carriageways, roundabouts, dead ends, coasts with islands, roads that leave the street."""

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.space.divide.test_divide import assert_promises, divided
from tests.space.divide.towns import Points, area, box, every, gridiron, joined, lines, medieval
from xiuhua.domain.words import Wrong
from xiuhua.space.divide import Lines, Rules, Weights, divide
from xiuhua.space.divide.town import town

STREET = [box(0, 0, 800, 400)]
SIDES: Points = [(0, 200), (800, 200)]
OTHER: Points = [(0, 220), (800, 220)]


def dual(*side_roads: Points) -> Lines:
    """A main road of two carriageways 20 m apart, and side roads."""
    return lines(("primary", SIDES), ("primary", OTHER), *(("residential", points) for points in side_roads))


def test_a_border_on_a_dual_carriageway_is_one_line() -> None:
    roads = dual([(400, 0), (400, 400)], [(200, 0), (200, 200)], [(600, 220), (600, 400)])
    division = divided(STREET, roads, 2)
    assert_promises(division, STREET, 2)
    assert sum(border.length_m for border in division.borders) < 850
    assert all(shapely.buffer(grid.ground, -15).geom_type == "Polygon" for grid in division.grids)


def test_a_median_is_never_a_grid() -> None:
    roads = dual([(400, 0), (400, 400)], [(200, 0), (200, 200)], [(600, 220), (600, 400)])
    division = divided(STREET, roads, 6)
    assert_promises(division, STREET, 6)
    assert min(grid.area_m2 for grid in division.grids) > 20_000
    with pytest.raises(Wrong, match="at most 6"):
        divided(STREET, roads, 7)


def test_a_strip_too_thin_for_a_grid_goes_with_what_lies_beside_it() -> None:
    quays = lines(("residential", [(0, 200), (800, 200)]), ("residential", [(0, 225), (800, 225)]))
    division = divided(STREET, joined(quays, lines(("residential", [(400, 0), (400, 400)]))), 4)
    assert_promises(division, STREET, 4)
    assert min(grid.compactness for grid in division.grids) > 0.5


def test_what_is_put_right_is_counted() -> None:
    circle = shapely.Point(400, 100).buffer(20, quad_segs=8).exterior
    spokes = lines(("residential", [(400, 120), (400, 200)]), ("residential", [(400, 80), (400, 0)]),
                   ("residential", [(380, 100), (0, 100)]), ("residential", [(420, 100), (785, 100)]),
                   ("residential", [(100, 100), (100, 150)]))  # fmt: skip
    ground = town([STREET[0].ground], joined(dual(), spokes, every([circle], "tertiary")), Rules())
    counted = {name: count for name, (count, _) in ground.cleaned().items()}
    assert counted == {
        "medians": 1,
        "roundabouts": 1,
        "islands": 0,
        "hairs": 0,
        "gaps": 1,
        "crossings": 1,
        "dead-ends": 1,
    }


def test_a_coast_with_islands_has_grids_in_parts_only_where_an_island_is_too_small() -> None:
    coast = [area(shapely.union_all([shapely.box(0, 0, 1200, 800), shapely.box(1300, 0, 1600, 300),
                                     shapely.box(1300, 500, 1330, 530)]))]  # fmt: skip
    roads = joined(
        gridiron(12, 8),
        lines(("residential", [(1300, 150), (1600, 150)]), ("residential", [(1450, 0), (1450, 300)])),
    )
    division = divided(coast, roads, 24)
    assert_promises(division, coast, 24)
    inside = [grid for grid in division.grids if grid.ground.geom_type == "MultiPolygon"]
    assert len(inside) == 1  # the rock of 30 m
    assert [it.code for it in division.departures if it.code == "in-parts"] == ["in-parts"]


def test_a_street_without_roads_is_one_grid_and_is_listed() -> None:
    streets = [*STREET, box(800, 0, 1200, 400, "990101002")]
    division = divided(streets, dual([(400, 0), (400, 400)]), 3)
    assert [facts.count for facts in division.streets] == [2, 1]
    streets = [*STREET, box(900, 0, 1200, 400, "990101002")]  # apart: not even a half of a road
    division = divided(streets, dual([(400, 0), (400, 400)]), 3)
    assert [it.code for it in division.departures if it.area == "990101002"] == ["no-load", "empty-grid"]


def test_roads_that_leave_the_street_and_come_back_are_borders_inside_only() -> None:
    loop: Points = [(400, -100), (400, 300), (900, 300), (900, 100), (-100, 100)]
    division = divided(STREET, lines(("residential", loop)), 2)
    assert_promises(division, STREET, 2)


def test_points_that_weigh_are_the_load_and_those_outside_are_listed() -> None:
    draw = np.random.default_rng(5)
    points = draw.uniform((0, 0), (1200, 800), (5000, 2)) ** 2 / (1200, 800)
    weights = Weights(np.vstack([points, [[-50, -50]]]), np.ones(5001))
    streets = [box(0, 0, 1200, 800)]
    division = divide(streets, gridiron(24, 16, 50), weights, 8, Rules())
    assert_promises(division, streets, 8)
    assert sum(grid.load for grid in division.grids) == 5000
    for grid in division.grids:
        inside = shapely.contains_xy(grid.ground, points).sum()
        assert abs(grid.load - inside) <= 1  # a point on a border
    assert [(it.code, "1.0" in it.words.en) for it in division.departures] == [("weight-outside", True)]


def test_a_load_all_in_one_block_is_said_without_a_number_that_is_none() -> None:
    weights = Weights(np.full((9, 2), 25.0), np.ones(9))
    division = divide([box(0, 0, 1200, 800)], gridiron(24, 16, 50), weights, 8, Rules())
    (named,) = [it for it in division.departures if it.code == "indivisible"]
    assert "∞" in named.words.zh
    assert "inf" not in named.words.en


def test_a_footway_is_no_border_but_counts_as_road() -> None:
    path = lines(("footway", [(0, 100), (800, 100)]))
    division = divided(STREET, joined(lines(("primary", [(400, 0), (400, 400)])), path), 2)
    assert sum(grid.road_m for grid in division.grids) == pytest.approx(400 + 800, abs=0.01)
    assert {border.kind for border in division.borders} == {"primary"}


def test_a_river_is_a_border_and_no_load() -> None:
    division = divided(
        STREET, lines(("river", [(400, -10), (400, 410)]), ("residential", [(0, 200), (800, 200)])), 2
    )
    assert {border.kind for border in division.borders} == {"river"}
    assert sum(grid.load for grid in division.grids) == pytest.approx(800, abs=0.01)


def test_a_block_that_no_road_cuts_is_named_with_the_bound() -> None:
    comb = [[(20.0 * tooth, 0.0), (20.0 * tooth, 300.0)] for tooth in range(1, 37)]
    roads = lines(("residential", [(0, 340), (800, 340)]), ("residential", [(750, 0), (750, 400)]),
                  *(("service", tooth) for tooth in comb))  # fmt: skip
    division = divided(STREET, roads, 3)
    (street,) = division.streets
    assert street.bound > 1.5
    assert street.ratio >= street.bound - 1e-9
    named = next(it for it in division.departures if it.code == "indivisible")
    assert shapely.Point(named.x, named.y).within(shapely.box(0, 0, 750, 340))


@pytest.mark.parametrize("seed", range(3))
def test_a_medieval_core_is_divided_along_its_lanes(seed: int) -> None:
    streets = [area(shapely.Point(0, 0).buffer(700))]
    assert_promises(divided(streets, medieval(seed), 10), streets, 10)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ends=st.lists(st.tuples(*(st.integers(-20, 1020) for _ in range(4))), min_size=0, max_size=30),
    count=st.integers(1, 6),
    split=st.integers(100, 900),
)
def test_any_network_is_covered_exactly_or_refused(
    ends: list[tuple[int, int, int, int]], count: int, split: int
) -> None:
    """Lines that cross, touch, run on top of each other or nowhere near."""
    streets = [box(0, 0, split, 1000, "990101001"), box(split, 0, 1000, 1000, "990101002")]
    rows = [("residential", [(a, b), (c, d)]) for a, b, c, d in ends if (a, b) != (c, d)]
    roads = Lines(np.array([shapely.LineString(points) for _, points in rows], dtype=object),
                  np.array([kind for kind, _ in rows], dtype=str))  # fmt: skip
    try:
        division = divide(streets, roads, None, count + 1, Rules(effort=3))
    except Wrong as refused:
        event(refused.code)
        assume(refused.code not in {"too-many-grids", "no-lines-here"})
        raise
    assert len(division.grids) == count + 1
    for street, facts in zip(streets, division.streets, strict=True):
        mine = [grid.ground for grid in division.grids if grid.area == street.code]
        assert facts.gap_m2 + facts.overlap_m2 < 1e-6 * street.ground.area
        assert all(ground.geom_type == "Polygon" and ground.is_valid for ground in mine)
        assert facts.ratio >= facts.bound - 1e-6
