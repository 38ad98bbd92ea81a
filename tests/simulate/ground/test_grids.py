"""Grids of an invented ground: nested without a gap, as many as planned, with codes in the standard's order."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
import shapely

from xiuhua.domain.former_grid import Line
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_faults import grid_faults
from xiuhua.simulate.ground import Drawing, Plan, drawing
from xiuhua.simulate.ground.former import former_grids
from xiuhua.simulate.ground.tiers import Nested, Tiers, nested
from xiuhua.space.metres import Metres, polygon
from xiuhua.space.topology import ground_faults


def of(grids: tuple[Grid, ...], tier: Tier) -> list[Grid]:
    return [grid for grid in grids if grid.tier is tier]


def area_m2(grid: Grid) -> float:
    return float(Metres(grid.outline[0].lat).flat(polygon(grid)).area)


def test_children_fill_their_parents_without_gap_or_overlap(grids: tuple[Grid, ...], plan: Plan) -> None:
    assert ground_faults(Grids(grids), plan.valid_from) == ()
    assert grid_faults(Grids(grids)) == ()


def test_neighbours_share_every_corner(grids: tuple[Grid, ...]) -> None:
    """To the last digit: the units of a street have exactly the street's ground, not one within a tolerance."""
    for street in of(grids, Tier.STREET):
        units = [polygon(grid) for grid in of(grids, Tier.UNIT) if grid.street == street.code]
        if units:
            assert shapely.coverage_is_valid(units)
            assert shapely.coverage_union_all(units).equals(polygon(street))


@pytest.mark.parametrize("seed", [1, 2])
def test_another_seed_gives_another_ground_as_whole_as_this(
    plan: Plan, grids: tuple[Grid, ...], seed: int
) -> None:
    other = drawing(replace(plan, seed=seed))
    made = tuple(Tiers(other, nested(other)).grids())
    assert ground_faults(Grids(made), plan.valid_from) == ()
    assert made != grids


def test_there_are_as_many_grids_as_planned(grids: tuple[Grid, ...], plan: Plan) -> None:
    counts = Counter(grid.street for grid in of(grids, Tier.RESPONSIBILITY))
    assert counts == {street.code: street.grids for street in plan.streets if street.grids}
    assert {grid.code for grid in of(grids, Tier.STREET)} == {street.code for street in plan.streets}


def test_a_street_that_is_not_divided_has_nothing_below_it(grids: tuple[Grid, ...]) -> None:
    assert not any(grid.parent == "990101003" for grid in grids)


def test_a_unit_grid_lies_in_four_others(grids: tuple[Grid, ...], plan: Plan) -> None:
    book = Grids(grids)
    for unit in of(grids, Tier.UNIT):
        assert [g.tier for g in book.chain(unit.code, plan.valid_from)] == [
            Tier.UNIT, Tier.RESPONSIBILITY, Tier.COMMUNITY, Tier.STREET, Tier.DISTRICT,
        ]  # fmt: skip


def test_a_community_has_two_to_four_responsibility_grids(grids: tuple[Grid, ...]) -> None:
    counts = Counter(grid.parent for grid in of(grids, Tier.RESPONSIBILITY))
    assert set(counts.values()) <= {2, 3, 4}


def test_a_unit_code_has_its_community_and_a_sequence_without_gaps(
    grids: tuple[Grid, ...], plan: Plan
) -> None:
    book, sequences = Grids(grids), defaultdict(list)
    for unit in of(grids, Tier.UNIT):
        community = book.chain(unit.code, plan.valid_from)[2].code
        assert unit.code.startswith(community)
        sequences[community].append(int(unit.code[-3:]))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in sequences.values())


def test_sequences_run_in_rows_from_north_to_south_and_in_each_from_west_to_east(
    grids: tuple[Grid, ...],
) -> None:
    """Where the next number lies further west, a new row has begun: it does not lie further north."""
    for street in of(grids, Tier.STREET):
        mine = [g for g in of(grids, Tier.RESPONSIBILITY) if g.street == street.code]
        height = (polygon(street).area / max(len(mine), 1)) ** 0.5
        centres = [polygon(g).centroid for g in sorted(mine, key=lambda g: g.code)]
        for first, second in pairwise(centres):
            assert second.x > first.x or second.y < first.y + height


def test_unit_grids_are_about_a_hectare_where_people_live(grids: tuple[Grid, ...], drawn: Drawing) -> None:
    town = drawn.frame.degrees(drawn.bones.town)
    sizes = sorted(area_m2(g) for g in of(grids, Tier.UNIT) if town.contains(polygon(g)))
    assert 8_000 < sizes[len(sizes) // 2] < 16_000
    assert sizes[0] > 1_000


def test_no_unit_grid_is_a_sliver(grids: tuple[Grid, ...]) -> None:
    flat = [Metres(g.outline[0].lat).flat(polygon(g)) for g in of(grids, Tier.UNIT)]
    assert min(12.566 * shape.area / shape.length**2 for shape in flat) > 0.1


def test_no_unit_grid_crosses_a_main_road(grids: tuple[Grid, ...], drawn: Drawing) -> None:
    main = drawn.frame.degrees([one.shape for one in drawn.cells.lines if one.kind in ("primary", "trunk")])
    units = shapely.STRtree([shapely.buffer(polygon(g), -2e-5) for g in of(grids, Tier.UNIT)])
    assert not len(units.query(main, predicate="intersects")[0])


def test_each_former_line_covers_the_divided_streets_once(
    drawn: Drawing, nesting: Nested, plan: Plan
) -> None:
    """But for corners that the drawing of the time left out."""
    found = former_grids(drawn, nesting)
    whole = shapely.union_all([s for s, p in zip(drawn.streets, plan.streets, strict=True) if p.grids])
    for line in Line:
        shapes = [shapely.Polygon([(p.lon, p.lat) for p in g.outline]) for g in found if g.line is line]
        assert shapely.coverage_is_valid(shapes)
        assert Metres(plan.lat).flat(shapely.union_all(shapes)).area == pytest.approx(whole.area, rel=0.01)
    assert len({len([g for g in found if g.line is line]) for line in Line}) > 1
