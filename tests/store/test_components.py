"""Components by place and by what is written on them: true metres, and whatever a person types."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import COVER, EAST, LAMP
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND, line, surveyed
from xiuhua.domain.component import State
from xiuhua.domain.place import Wgs84, distance_m
from xiuhua.store import sql
from xiuhua.store.queries.component_list import MOST_LINES, After, Wanted, Way, after_of, labelled, listed
from xiuhua.store.queries.components import box_around, count_by_class, near, whole_component

pytestmark = pytest.mark.django_db

LAMP_TWO, LAMP_THREE = "9901010137000002", "9901010137000003"


@pytest.fixture
def lamps() -> None:
    surveyed(
        line(FIRST), line(SECOND, 0, 30), line(LAMP_ONE, 33, 0, label="ｓｌ 012"), line(LAMP_TWO, 0, 60, label="SL0121"),
        line(LAMP_THREE, 100, 0, label="滨河路_7", state="破损", owner="lighting"),
    )  # fmt: skip


def codes(found: object) -> list[str]:
    return [getattr(one, "component", one).code for one in found]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("lamps")
def test_nearest_first_by_metres_and_not_by_degrees() -> None:
    """30 m east are more degrees than 33 m north."""
    assert codes(near(EAST, 50)) == [FIRST, SECOND, LAMP_ONE]
    assert [round(one.distance_m) for one in near(EAST, 50)] == [0, 30, 33]


@pytest.mark.usefixtures("lamps")
def test_only_of_the_classes_and_within_the_radius() -> None:
    assert codes(near(EAST, 200, [LAMP])) == [LAMP_ONE, LAMP_TWO, LAMP_THREE]
    assert codes(near(EAST, 59, [LAMP])) == [LAMP_ONE]
    assert codes(near(EAST, 200, [LAMP], most=1)) == [LAMP_ONE]


@pytest.mark.usefixtures("lamps")
def test_what_is_gone_is_not_near() -> None:
    surveyed(line(FIRST, state="丢失"), line(SECOND, 0, 30, state="移除"))
    assert codes(near(EAST, 50)) == [LAMP_ONE]


@pytest.mark.usefixtures("lamps")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("SL012", [LAMP_ONE], id="as it is written"),
        pytest.param("sl 012", [LAMP_ONE], id="small letters and a blank"),
        pytest.param("ＳＬ０１２", [LAMP_ONE], id="full width"),
        pytest.param("SL01", [LAMP_ONE, LAMP_TWO], id="its beginning"),
        pytest.param("012", [LAMP_ONE, LAMP_TWO], id="a part of it"),
        pytest.param("滨河", [LAMP_THREE], id="a road's name on it"),
        pytest.param("9901010137000002", [LAMP_TWO], id="a code"),
        pytest.param("９９０１０１０１３７００００02", [LAMP_TWO], id="a code in full width"),
        pytest.param("990101 0101", [FIRST, SECOND], id="the beginning of a code"),
        pytest.param("%", [], id="a sign that means any in SQL"),
        pytest.param("_7", [LAMP_THREE], id="a sign that means one in SQL, as it is"),
        pytest.param("x_x", [], id="and where it is not"),
        pytest.param("  ", [], id="nothing"),
        pytest.param("SL9", [], id="what is not there"),
    ],
)
def test_a_component_is_found_by_what_a_person_types(typed: str, found: list[str]) -> None:
    assert codes(labelled(typed)) == found


@pytest.mark.usefixtures("lamps")
def test_a_list_is_paged_by_code_and_narrowed() -> None:
    first = listed(Wanted(), size=3)
    assert (codes(first.lines), first.following) == ([FIRST, SECOND, LAMP_ONE], After(Way.ALL, LAMP_ONE, "SL012"))
    rest = listed(Wanted(), first.following, 3)
    assert (codes(rest.lines), rest.following) == ([LAMP_TWO, LAMP_THREE], None)
    assert codes(listed(Wanted(state=State.DAMAGED)).lines) == [LAMP_THREE]
    assert codes(listed(Wanted(classes=(COVER,), street="990101001")).lines) == [FIRST, SECOND]
    assert codes(listed(Wanted(text="sl", owner="lighting")).lines) == []
    assert codes(listed(Wanted(grids=("990101001001001",))).lines) == [FIRST, SECOND, LAMP_ONE, LAMP_TWO, LAMP_THREE]


def test_what_is_asked_for_is_found_however_many_others_bear_the_same_text() -> None:
    every = [line(f"9901010137{i:06d}", i, label=f"SL{i:04d}") for i in range(1, MOST_LINES + 1)]
    last = line(f"9901010137{MOST_LINES + 1:06d}", -1, label="SL9999", state="破损")
    surveyed(*every, last)
    assert codes(listed(Wanted(text="sl", state=State.DAMAGED)).lines) == [last["code"]]


def pages(wanted: Wanted, size: int) -> list[list[str]]:
    """Page after page, each asked for by what stands in the address of the one before."""
    found, beyond = [], None
    while True:
        page = listed(wanted, beyond, size)
        found.append(codes(page.lines))
        if page.following is None:
            return found
        beyond = after_of(page.following.text(), wanted)
        assert beyond is not None


@pytest.mark.parametrize(
    "typed", ["A7", "99010101", "BR", "RIDGE"], ids=["a label of many", "a code's beginning", "a beginning", "a part"]
)
def test_a_search_goes_on_page_after_page_until_nothing_is_left(typed: str) -> None:
    """Labels run against the codes, and some are there twice."""
    told = [line(f"9901010137{i:06d}", i, label=f"A7 bridge {30 - i // 2:02d}") for i in range(1, 24)]
    every = [one["code"] for one in told]
    if typed == "A7":
        told = [{**one, "label": "a7"} for one in told]
    if typed == "BR":
        told = [{**one, "label": one["label"][3:]} for one in told]
    surveyed(*told)
    found = pages(Wanted(text=typed), 5)
    assert [len(page) for page in found] == [5, 5, 5, 5, 3]
    in_order = list(chain.from_iterable(found))
    assert sorted(in_order) == every
    assert [in_order] == pages(Wanted(text=typed), 50)


def test_a_search_goes_on_in_the_way_it_began_in() -> None:
    surveyed(*(line(f"9901010137{i:06d}", i, label=f"SL{i:02d}") for i in range(1, 6)))
    first = listed(Wanted(text="sl"), size=3)
    surveyed(line(FIRST, 9, label="SL"), name="later")  # what is written on it exactly would be found first
    assert codes(listed(Wanted(text="sl"), first.following, 3).lines) == ["9901010137000004", "9901010137000005"]


@pytest.mark.parametrize("text", ["", "x", "9901010137000001", "é", "YQ", "AAAA", "bGFiZWwgMSAAeA"])
def test_what_no_page_gave_leads_nowhere(text: str) -> None:
    assert after_of(text, Wanted(text="sl")) is None


def test_a_list_does_not_go_on_in_a_search() -> None:
    told = After(Way.ALL, FIRST, "").text()
    assert after_of(told, Wanted()) == After(Way.ALL, FIRST, "")
    assert after_of(told, Wanted(text="sl")) is None


@pytest.mark.usefixtures("lamps")
def test_how_many_of_each_class_are_there() -> None:
    surveyed(line(FIRST, state="移除"))
    assert count_by_class() == {COVER: 1, LAMP: 3}


def test_a_component_that_is_not_there_is_none() -> None:
    assert whole_component("9901010101000001") is None


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(5, 200), st.floats(0, 360))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_box_has_the_whole_circle(lat: float, lon: float, radius_m: float, degrees: float) -> None:
    import math

    north = math.cos(math.radians(degrees)) * radius_m / 111_195 * 0.999
    east = math.sin(math.radians(degrees)) * radius_m / 111_195 / math.cos(math.radians(lat)) * 0.999
    rim, box = Wgs84(lon + east, lat + north), box_around(Wgs84(lon, lat), radius_m)
    if distance_m(Wgs84(lon, lat), rim) <= radius_m:
        assert box.west <= rim.lon <= box.east
        assert box.south <= rim.lat <= box.north


@pytest.mark.usefixtures("lamps")
@pytest.mark.parametrize("typed", ["SL012", "SL01"])
def test_a_label_is_found_by_its_index(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not sql.on_sqlite():
        pytest.skip("PostgreSQL plans by what it has counted")
    asked: list[tuple[str, Sequence[Any]]] = []
    plain = sql.rows

    def noting(statement: str, values: Sequence[Any] = ()) -> list[sql.Row]:
        asked.append((statement, values))
        return plain(statement, values)

    monkeypatch.setattr(sql, "rows", noting)
    assert labelled(typed)
    monkeypatch.undo()
    plans = [str(sql.rows(f"EXPLAIN QUERY PLAN {statement}", values)) for statement, values in asked]
    assert "USING INDEX component_label" in plans[-1]


@pytest.mark.usefixtures("lamps")
def test_the_index_of_places_is_used_and_not_that_of_classes() -> None:
    if not sql.on_sqlite():
        pytest.skip("PostgreSQL plans by what it has counted")
    plan = sql.rows(
        "EXPLAIN QUERY PLAN SELECT code FROM component WHERE component.id IN (SELECT id FROM component_box "
        "WHERE west <= 1 AND east >= 0 AND south <= 1 AND north >= 0)"
    )
    assert any("VIRTUAL TABLE" in str(row) for row in plan)
