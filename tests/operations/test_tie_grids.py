"""A former grid and the unified ones: by area and by components, in both directions."""

from datetime import date

import pytest

from tests.operations.ground_rows import components
from tests.stories.redrawing import G1, UPRIGHT, Redrawing
from xiuhua.domain.former_grid import Line
from xiuhua.operations.tie_grids import ties

pytestmark = pytest.mark.django_db
TODAY = date(2023, 3, 6)


@pytest.fixture
def play() -> Redrawing:
    return Redrawing()


def test_each_grid_lies_in_its_beats_by_area_and_the_parts_add_up(play: Redrawing) -> None:
    found = ties(Line.POLICING, play.world, TODAY)
    assert {t.former for t in found if t.grid == G1} == {"JW-1"}
    middle = [t for t in found if t.grid == "990101002-g1"]
    assert [(t.former, round(t.share_of_grid, 3)) for t in middle] == [("JW-1", 0.5), ("JW-2", 0.5)]
    for former in ("JW-1", "JW-2"):
        assert sum(t.share_of_former for t in found if t.former == former) == pytest.approx(1)


def test_components_are_counted_on_the_shared_ground(play: Redrawing) -> None:
    components((110.012, 30.002), (110.013, 30.002), (110.018, 30.002), (110.001, 30.001))
    middle = ties(Line.POLICING, play.world, TODAY, grid="990101002-g1")
    assert [(t.former, t.components, t.components_of_former, t.components_of_grid) for t in middle] == [
        ("JW-1", 2, 3, 3), ("JW-2", 1, 1, 3),
    ]  # fmt: skip


def test_a_line_that_has_ended_is_tied_as_it_was_at_its_end(play: Redrawing) -> None:
    found = ties(Line.SOCIAL_GOVERNANCE, play.world, TODAY, former="ZZ-1")
    assert [t.grid for t in found] == [f"990101001-g{n}" for n in (1, 2, 3)]
    assert ties(Line.CITY_MANAGEMENT, play.world, TODAY) == ()


def test_after_a_change_the_ties_are_those_of_the_new_grids(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    after = ties(Line.POLICING, play.world, date(2023, 3, 10), former="JW-1")
    assert G1 not in {t.grid for t in after}
    assert {"990101001-g4", "990101001-g5"} <= {t.grid for t in after}
    assert G1 in {t.grid for t in ties(Line.POLICING, play.world, TODAY, former="JW-1")}


def test_asked_for_one_alone_it_is_as_among_all(play: Redrawing) -> None:
    components((110.012, 30.002), (110.013, 30.002), (110.018, 30.002), (110.001, 30.001))
    found = ties(Line.POLICING, play.world, TODAY)
    for grid in {t.grid for t in found}:
        assert ties(Line.POLICING, play.world, TODAY, grid=grid) == tuple(t for t in found if t.grid == grid)
    for former in {t.former for t in found}:
        alone = ties(Line.POLICING, play.world, TODAY, former=former)
        assert alone == tuple(t for t in found if t.former == former)
    assert ties(Line.POLICING, play.world, TODAY, grid="unheard-of") == ()
