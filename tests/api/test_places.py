"""The search of the map and geocoding over the interface, for every role."""

import json

import pytest
import shapely

from tests.api.conftest import Programs
from tests.maps import terrain
from xiuhua.operations.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(district: World):  # type: ignore[no-untyped-def]
    terrain.lay()
    yield
    terrain.forget()


@pytest.mark.parametrize(
    ("q", "sort", "code"),
    [
        (terrain.POLE, "component", "9901010101000043"),
        ("9901010101000043", "component", "9901010101000043"),
        ("990101001001001", "grid", "990101001001001"),
        ("东街道第1网格", "grid", "990101001-g1"),
        ("east street grid 1", "grid", "990101001-g1"),
        ("东市场", "poi", "p1"),
        ("绣云路", "road", ""),
        ("绣云路4号", "plate", "n4"),
    ],
)
def test_everything_with_a_name_or_a_code_is_found(programs_pai: object, q: str, sort: str, code: str) -> None:
    found = programs_pai.get(f"/places?q={q}").body["items"][0]  # type: ignore[attr-defined]
    assert (found["sort"], found["code"]) == (sort, code)
    assert found["level"] == "exact"
    assert found["confidence"] == 1


def test_a_road_is_found_with_the_code_that_a_grid_change_asks_for(program: Programs) -> None:
    found = program("pai1").get("/places?q=东一路").body["items"][0]
    assert (found["code"], found["what"]["zh"], found["what"]["en"]) == ("R2", "街巷，R2，名称一致", "Road or lane, R2, exact name")
    assert program("pai1").get("/places?q=绣云路").body["items"][0]["what"]["zh"] == "街巷，名称一致"


def test_of_a_road_that_leads_on_the_middle_lies_in_the_district(program: Programs) -> None:
    far = shapely.LineString([(110.03, 30.0025), (110.9, 30.0025)])
    for code, line in (("r7", shapely.LineString([(110.001, 30.004), (110.009, 30.004)])), ("r8", far), ("r9", far)):
        terrain.feature("road", code, "primary", "远路", "Far Road", line)
    terrain.forget()
    lon, lat = program("pai1").get("/places?q=远路").body["items"][0]["place"]
    assert (lon, lat) == (110.005, 30.004)


@pytest.fixture
def programs_pai(program: Programs) -> object:
    return program("pai1")


def test_cases_are_found_by_those_who_see_them(program: Programs) -> None:
    number = program("cai1").notice().body["number"]
    for username in ("pai1", "zhi1", "gong-desk", "jie-desk", "min1"):
        who = program(username)
        listed = who.get("/cases").body["items"]
        found = [one["code"] for one in who.get(f"/places?q={number}").body["items"] if one["sort"] == "case"]
        assert found == [line["number"] for line in listed], username


@pytest.mark.parametrize("username", ["min1", "ji1"])
def test_outside_no_component_is_found(program: Programs, username: str) -> None:
    found = program(username).get(f"/places?q={terrain.POLE}").body["items"]
    assert "component" not in {one["sort"] for one in found}


def test_a_point_is_said_in_words_with_its_grids(program: Programs) -> None:
    said = program("pai1").get("/places/at?lon=110.0077&lat=30.0024").body
    assert said["words"]["zh"] == "绣云路18号附近"
    assert said["street"]["code"] == "990101001"
    assert said["roads"][0]["name"]["zh"] == "绣云路"
    assert program("pai1").get("/places/at?lon=0&lat=0").body["grid"] is None


@pytest.mark.parametrize("wrong", ["?q=", "", f"?q={'x' * 201}", "?q=a&near=1", "?q=a&near=x,y", "?q=a&near=500,2", "?q=a&limit=0"])
def test_bad_input_is_refused(program: Programs, wrong: str) -> None:
    answer = program("pai1").get(f"/places{wrong}")
    assert answer.status == 422
    assert json.dumps(answer.body)
    assert answer.code


def test_nobody_searches_without_signing_in(program: Programs) -> None:
    who = program("pai1")
    who.token = ""
    assert who.get("/places?q=a").code == "not-signed-in"
