"""What the divider promises, on towns that are made here."""

import pytest
import shapely

from tests.space.divide.towns import Points, area, box, gridiron, joined, lines, medieval
from xiuhua.space.divide import Area, Division, Lines, Rules, divide

ONE = [box(0, 0, 1200, 800)]
TWO = [box(0, 0, 800, 800, "990101001"), box(800, 0, 1200, 800, "990101002")]


def divided(areas: list[Area], roads: Lines, count: int) -> Division:
    return divide(areas, roads, None, count, Rules())


def assert_promises(division: Division, areas: list[Area], count: int) -> None:
    assert len(division.grids) == count
    for street, facts in zip(areas, division.streets, strict=True):
        mine = [grid.ground for grid in division.grids if grid.area == street.code]
        assert len(mine) == facts.count
        assert facts.gap_m2 + facts.overlap_m2 < 1e-6 * street.ground.area
        assert (
            shapely.symmetric_difference(shapely.union_all(mine), street.ground).area
            < 1e-6 * street.ground.area
        )
        assert all(ground.is_valid for ground in mine)
        assert facts.ratio <= 1.5 or facts.bound > 1.5


@pytest.mark.parametrize("count", [1, 2, 5, 12, 24, 96])
def test_a_gridiron_is_divided_into_as_many_grids_as_asked(count: int) -> None:
    division = divided(ONE, gridiron(12, 8), count)
    assert_promises(division, ONE, count)
    assert all(grid.ground.geom_type == "Polygon" for grid in division.grids)


def test_grids_of_a_gridiron_are_near_to_squares() -> None:
    division = divided(ONE, gridiron(12, 8), 6)
    assert min(grid.compactness for grid in division.grids) > 0.6


def test_no_grid_crosses_the_border_of_a_street() -> None:
    division = divided(TWO, gridiron(12, 8), 9)
    assert_promises(division, TWO, 9)
    assert [facts.count for facts in division.streets] == [6, 3]


def test_borders_run_on_roads() -> None:
    roads = gridiron(12, 8)
    division = divided(TWO, roads, 9)
    network = shapely.union_all(roads.shapes).buffer(0.01)
    assert division.borders
    for border in division.borders:
        assert border.kind in {"secondary", "residential"}
        assert border.line.within(network)


def test_codes_run_from_west_to_east_and_row_by_row_from_north_to_south() -> None:
    division = divided(ONE, gridiron(12, 8), 6)
    assert [grid.code for grid in division.grids] == [f"990101001Z00{number}" for number in range(1, 7)]
    centres = [grid.ground.centroid for grid in division.grids]
    assert [round(c.y, -2) for c in centres[:3]] != [round(c.y, -2) for c in centres[3:]]
    assert centres[0].x < centres[1].x < centres[2].x
    assert centres[3].x < centres[4].x < centres[5].x
    assert min(c.y for c in centres[:3]) > max(c.y for c in centres[3:])


def test_a_medieval_core_is_divided() -> None:
    streets = [area(shapely.Point(0, 0).buffer(700))]
    division = divided(streets, medieval(3), 12)
    assert_promises(division, streets, 12)


def test_the_same_ground_gives_the_same_grids_to_the_last_bit() -> None:
    first, second = (divided(TWO, gridiron(12, 8), 9) for _ in range(2))
    assert [shapely.to_wkb(g.ground) for g in first.grids] == [shapely.to_wkb(g.ground) for g in second.grids]


def test_main_roads_are_borders_before_lanes() -> None:
    division = divided(ONE, gridiron(12, 8), 6)
    metres = {
        kind: sum(b.length_m for b in division.borders if b.kind == kind)
        for kind in ("secondary", "residential")
    }
    assert metres["secondary"] > metres["residential"]


def test_an_end_just_short_of_the_next_road_reaches_it() -> None:
    street = [box(0, 0, 400, 200)]
    short: Points = [(200, 0), (200, 185)]
    roads = lines(("residential", short))
    division = divided(street, joined(roads, lines(("residential", [(0, 200), (400, 200)]))), 2)
    assert_promises(division, street, 2)
    assert {border.kind for border in division.borders} == {"residential", "gap"}
