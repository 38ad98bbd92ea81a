"""Components over the interface: near a place, by what is typed, one with its past; who may; bad input."""

from typing import Any

import pytest

from tests.api.conftest import Program, Programs
from tests.cast import COVER, EAST, LAMP
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND, line, surveyed
from xiuhua.domain.journal import SYSTEM
from xiuhua.operations.components import change_component
from xiuhua.operations.world import World

pytestmark = pytest.mark.django_db
NEAR = f"/components/near?lon={EAST.lon}&lat={EAST.lat}"


@pytest.fixture
def cai(program: Programs, district: World) -> Program:
    surveyed(line(FIRST, owner="works"), line(LAMP_ONE, 40, label="SL012"), line(SECOND, 0, 20), world=district)
    return program("cai1")


def codes(body: Any) -> list[str]:
    return [one["code"] for one in body["items"]]


def test_the_nearest_come_first_with_their_metres(cai: Program) -> None:
    body = cai.get(f"{NEAR}&radius_m=50").body
    assert codes(body) == [FIRST, SECOND, LAMP_ONE]
    assert [one["distance_m"] for one in body["items"]] == pytest.approx([0, 20, 40], abs=0.1)
    first = body["items"][0]
    assert first["class"] == {"code": COVER, "zh": "井盖", "en": "manhole cover"}
    assert (first["owner"]["en"], first["state"]["zh"], first["error_m"]) == ("works office", "完好", 10.0)


def test_a_class_narrows_and_may_be_said_twice(cai: Program) -> None:
    assert codes(cai.get(f"{NEAR}&class={LAMP}").body) == [LAMP_ONE]
    assert codes(cai.get(f"{NEAR}&class={LAMP}&class={COVER}&limit=2").body) == [FIRST, SECOND]


def test_a_place_of_a_shifted_map_is_where_it_is_meant(cai: Program) -> None:
    there = cai.get("/components/near?lon=110.00594&lat=29.99893&datum=gcj02&radius_m=200")
    assert there.status == 200


def test_a_pole_is_found_as_a_person_types_its_number(cai: Program) -> None:
    assert codes(cai.get("/components?label=sl%20012").body) == [LAMP_ONE]
    assert codes(cai.get(f"/components?code={FIRST}").body) == [FIRST]
    assert codes(cai.get("/components?label=nothing").body) == []


def test_a_list_goes_on_where_the_page_before_ended(cai: Program) -> None:
    page = cai.get("/components?limit=2").body
    assert codes(page) == [FIRST, SECOND]
    rest = cai.get(f"/components?limit=2&cursor={page['next']}").body
    assert (codes(rest), rest["next"]) == ([LAMP_ONE], None)


def test_a_search_is_never_cut_short_without_a_word(cai: Program, district: World) -> None:
    surveyed(*(line(f"9901010137{i:06d}", -i * 0.5, label=f"桥灯{i:03d}") for i in range(2, 208)), world=district)
    found: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = cai.get(f"/components?label=%E6%A1%A5%E7%81%AF&limit=100&cursor={cursor}").body
        found.append(codes(page))
        cursor = page["next"]
    assert [len(one) for one in found] == [100, 100, 6]
    assert len({code for one in found for code in one}) == 206


@pytest.mark.parametrize("query", ["cursor=x", f"cursor={FIRST}", "label=sl&cursor=YWxsIDEg"])
def test_a_cursor_that_no_page_gave_is_refused(cai: Program, query: str) -> None:
    answer = cai.get(f"/components?{query}")
    assert (answer.status, answer.code) == (422, "cursor-wrong")


def test_one_is_shown_with_its_past_and_units_see_no_names_of_the_centre(
    cai: Program, program: Programs, district: World
) -> None:
    change_component(FIRST, {"state": "破损"}, SYSTEM, district)
    body = cai.get(f"/components/{FIRST}").body
    assert (body["version"], body["state"]["code"], body["entry"]) == (2, "damaged", f"{FIRST}/1")
    (past,) = body["past"]
    assert (past["version"], past["state"]["code"], past["ended_by"]) == (1, "intact", "system")
    assert program("gong-desk").get(f"/components/{FIRST}").body["past"][0]["ended_by"] == ""


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("lat=30", "lon"),
        ("lon=x&lat=30", "lon"),
        ("lon=181&lat=30", "lon"),
        ("lon=nan&lat=30", "lon"),
        ("lon=110&lat=30&radius_m=4", "radius_m"),
        ("lon=110&lat=30&radius_m=201", "radius_m"),
        ("lon=110&lat=30&datum=mars", "datum"),
        ("lon=110&lat=30&class=tiny/component/rocket", "class"),
        ("lon=110&lat=30&class=tiny/event/refuse", "class"),
        ("lon=110&lat=30&limit=0", "limit"),
    ],
)
def test_a_wrong_question_is_answered_with_the_field_and_a_sentence(cai: Program, query: str, field: str) -> None:
    answer = cai.get(f"/components/near?{query}")
    assert answer.status == 422
    named = [answer.body["field"], *(error["field"] for error in answer.body.get("errors", []))]
    assert any(field in one for one in named)
    assert answer.body["detail"]


def test_a_component_that_is_not_there_is_not_found(cai: Program) -> None:
    assert (cai.get("/components/123").status, cai.get("/components/123").code) == (404, "component-unknown")


@pytest.mark.parametrize(
    ("username", "may"),
    [
        ("cai1", True), ("shou1", True), ("zhi1", True), ("pai1", True), ("gong-desk", True), ("gong-hand", True),
        ("du1", True), ("kao1", True), ("ling1", True), ("guan1", True), ("ji1", False), ("min1", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [NEAR, "/components?label=1", f"/components/{FIRST}"])
def test_who_sees_components(cai: Program, program: Programs, username: str, path: str, may: bool) -> None:
    answer = program(username).get(path)
    assert answer.status == (200 if may else 403)
    assert may or answer.code == "right-missing"


def test_nobody_who_is_not_signed_in(district: World) -> None:
    assert Program().get(NEAR).status == 401
