"""A figure in the grids of the day and in today's: the same cases, the same sum; and in the grids that were fused."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import CAI, COVER, SHOU, ZHI, at
from tests.stories.redrawing import G1, UPRIGHT, Redrawing
from xiuhua.domain.counted_case import CountedCase
from xiuhua.domain.counting import By, Span, count, tally
from xiuhua.domain.division import Division, Elsewhere
from xiuhua.domain.due_state import DueState
from xiuhua.domain.flow import CASE
from xiuhua.domain.former_grid import FormerGrid, Line, names_of
from xiuhua.domain.grid import Tier
from xiuhua.domain.metric import metric_of
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.dividing import division_of
from xiuhua.operations.move import Done
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries import Filter, Question, Scope, figures_of

WEST_1, EAST_1, GRID_2 = Wgs84(110.0025, 30.0025), Wgs84(110.0075, 30.0025), Wgs84(110.0025, 30.0125)
NEW_WEST, NEW_EAST = "990101001-g4", "990101001-g5"


@pytest.fixture
def play() -> Redrawing:
    """Three cases before the split of grid 1, one after it."""
    play = Redrawing()
    for place in (WEST_1, EAST_1, GRID_2):
        assert isinstance(play.sends(place=place), Done)
        play.time.later(hours=1)
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    play.sends(place=EAST_1)
    return play


def counted(play: Redrawing, key: str, division: Division = Division.THEN, line: str = "") -> dict[str, int]:
    metric = metric_of(key)
    other = division_of(metric.by, division, line, play.world)
    assert not isinstance(other, Refusal), other
    question = Question((metric,), elsewhere=other)
    (found,) = figures_of(question, Filter(), Scope(everything=True), play.time.now, CASE)
    return {figure.bucket: figure.numerator for figure in found.parts}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["cases-by-grid", "open-by-grid"])
def test_what_was_counted_then_is_found_again_in_todays_grids(play: Redrawing, key: str) -> None:
    assert counted(play, key) == {G1: 2, "990101001-g2": 1, NEW_EAST: 1}
    assert counted(play, key, Division.NOW) == {"990101001-g2": 1, NEW_WEST: 1, NEW_EAST: 2}


@pytest.mark.django_db
def test_void_cases_count_in_neither(play: Redrawing) -> None:
    play.number, play.kind = SubjectRow.objects.filter(kind="case").order_by("number")[0].number, "case"
    play.does(SHOU, "ask-void", reason="误报")
    play.does(ZHI, "grant-void")
    assert sum(counted(play, "cases-by-grid").values()) == 3
    assert sum(counted(play, "cases-by-grid", Division.NOW).values()) == 3


@pytest.mark.django_db
def test_a_police_figure_is_read_in_the_beats_it_was_always_read_in(play: Redrawing) -> None:
    play.sends(place=Wgs84(110.02, 30.02), class_key=COVER)
    assert counted(play, "cases-by-former-grid", line="policing") == {"JW-1": 4, "JW-2": 1}
    assert counted(play, "cases-by-former-grid", line="social-governance") == {"ZZ-1": 4, "ZZ-2": 1}


@pytest.mark.django_db
def test_what_lies_outside_every_former_grid_is_counted_in_none(play: Redrawing) -> None:
    SubjectRow.objects.filter(responsibility_grid=G1).update(longitude=None, latitude=None)
    assert counted(play, "cases-by-former-grid", line="policing")[""] == 2


def test_a_former_code_means_something_in_its_line_only() -> None:
    grids = [FormerGrid(line, "1", Words(name, name), (), date(2023, 1, 1))
             for line, name in ((Line.POLICING, "警务一"), (Line.CITY_MANAGEMENT, "城管一"))]  # fmt: skip
    assert [names_of(grids, line)["1"].zh for line in (Line.POLICING, Line.CITY_MANAGEMENT)] == ["警务一", "城管一"]


@pytest.mark.django_db
@pytest.mark.parametrize(("line", "code"), [("", "line-unknown"), ("fire", "line-unknown"), ("city-management", "line-empty")])
def test_a_line_without_grids_is_refused(play: Redrawing, line: str, code: str) -> None:
    answer = division_of(By.FORMER_GRID, Division.THEN, line, play.world)
    assert isinstance(answer, Refusal)
    assert answer.code == code


@pytest.mark.django_db
def test_a_case_without_a_place_stays_with_its_grid(play: Redrawing) -> None:
    SubjectRow.objects.filter(responsibility_grid=G1).update(longitude=None, latitude=None)
    assert counted(play, "cases-by-grid", Division.NOW)[G1] == 2


# the reference, for any cases

_CODES = st.sampled_from(["a", "b", "c", ""])
_CASES = st.lists(st.tuples(_CODES, st.booleans(), st.booleans()), max_size=40)


@settings(max_examples=200)
@given(_CASES, st.frozensets(_CODES))
def test_both_divisions_add_up_to_the_same(rows: list[tuple[str, bool, bool]], in_use: frozenset[str]) -> None:
    start, end = at("2023-03-06 00:00"), at("2023-03-07 00:00")
    elsewhere = Elsewhere(in_use, lambda points: ["located"] * len(points))
    places = [(110.0, 30.0) if placed else None for _, placed, _ in rows]
    codes = elsewhere.codes([grid for grid, _, _ in rows], places)
    cases = [
        CountedCase(
            number=str(n), channel=Channel.COLLECTOR, stage="reported", unit="", class_key="", street="",
            due_state=DueState.NO_CLOCK, opened_at=start, void=void, grid=grid, grid_now=there,
        )
        for n, ((grid, _, void), there) in enumerate(zip(rows, codes, strict=True))
    ]  # fmt: skip
    whole = count("opened", cases, Span(start, end))
    for division in Division:
        assert sum(tally("opened", By.GRID, cases, Span(start, end), division=division).values()) == whole


@pytest.mark.django_db
@settings(max_examples=15)
@given(st.lists(st.tuples(st.floats(110.0001, 110.0299), st.floats(30.0001, 30.0299)), max_size=25))
def test_the_database_counts_both_as_the_reference_does(places: list[tuple[float, float]]) -> None:
    play = Redrawing()
    SubjectRow.objects.all().delete()
    for lon, lat in places:
        located = play.world.locator.locate(Wgs84(lon, lat))
        grid = located.responsibility_grid  # type: ignore[union-attr]
        _row(play, grid, lon, lat)
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    play.time.to("2023-03-10 00:00")
    SubjectRow.objects.filter(kind="grid-change").delete()
    district, today = play.district, date(2023, 3, 10)
    in_use = {g.code for g in district.grids.active(today, Tier.RESPONSIBILITY)}
    now: Counter[str] = Counter()
    for lon, lat in places:
        now[play.world.locator.locate(Wgs84(lon, lat)).responsibility_grid] += 1  # type: ignore[union-attr]
    assert counted(play, "cases-by-grid", Division.NOW) == dict(now)
    assert sum(counted(play, "cases-by-grid").values()) == len(places)
    assert in_use >= set(now)


def _row(play: Redrawing, grid: str, lon: float, lat: float) -> None:
    SubjectRow.objects.create(
        kind="case", number=f"{SubjectRow.objects.count()}", version=1, stage="reported", is_open=True, body="{}", head="",
        responsibility_grid=grid, longitude=lon, latitude=lat, opened_at=play.time.now, reporter=CAI.person,
    )  # fmt: skip
