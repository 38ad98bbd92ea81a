"""Grids and grid changes over the interface: any day's division, who answers, a change from proposal to effect."""

from typing import Any

import pytest

from tests.api.conftest import Program, Programs
from tests.stories.redrawing import G1, UPRIGHT
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.operations.sweep import sweep
from xiuhua.operations.world import World


@pytest.fixture
def shou(program: Programs) -> Program:
    return program("shou1")


PROPOSED: dict[str, Any] = {
    "move": "propose",
    "given": {"change": "split", "grids": G1, "drawing": UPRIGHT, "unit": "street-1", "reason": "负荷过重"},
}


def proposed(program: Programs, **given: Any) -> Any:
    return program("pai1").post_json("/subjects/grid-change", {**PROPOSED, "given": {**PROPOSED["given"], **given}})


def moved(program: Programs, number: str, *moves: tuple[str, str, dict[str, Any]]) -> None:
    for username, move, given in moves:
        who = program(username)
        version = who.get(f"/subjects/grid-change/{number}").body["version"]
        answer = who.post_json(f"/subjects/grid-change/{number}/moves/{move}", {"given": given, "version": version})
        assert answer.status == 200, answer.body


WAY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("pai1", "reckon", {}), ("pai1", "consult", {}), ("dong-desk", "answer-street", {"opinion": "agree"}),
    ("zhi1", "record-police", {"opinion": "agree", "said": "公函5号"}),
    ("zhi1", "record-community", {"opinion": "agree", "said": "纪要3号"}), ("pai1", "conclude", {}),
    ("ling1", "approve", {}), ("guan1", "schedule", {"day": "2023-03-10"}),
)  # fmt: skip


def test_a_grid_is_asked_for_with_those_right_in_it(program: Programs) -> None:
    pai = program("pai1")
    found = [f["id"] for f in pai.get(f"/grids?within={G1}").body["features"]]
    units = pai.get("/grids?tier=unit").body["features"]
    assert found[0] != found[1] and set(found) == {G1, *(f["id"] for f in units if f["properties"]["parent"] == G1)}
    assert pai.get("/grids?within=unheard-of").body["features"] == []


def test_a_change_goes_its_whole_way_over_the_interface(program: Programs, district: World) -> None:
    answer = proposed(program)
    assert answer.status == 201, answer.body
    number = answer.body["number"]
    moved(program, number, *WAY)
    pai = program("pai1")
    before = pai.get("/grids?tier=responsibility&street=990101001").body
    coming = pai.get("/grids?tier=responsibility&street=990101001&day=2023-03-10").body
    assert [f["id"][-2:] for f in before["features"]] == ["g1", "g2", "g3"]
    assert [f["id"][-2:] for f in coming["features"]] == ["g2", "g3", "g4", "g5"]
    assert pai.get("/grids?tier=responsibility&street=990101001&day=2023-03-09").body == before
    whole = pai.get("/grids/990101001-g4?day=2023-03-10").body
    assert (whole["follows"][0]["code"], whole["changes"][0]["number"]) == (G1, number)
    assert pai.get(f"/grids/{G1}?day=2023-03-10").body["followed_by"][0]["code"] == "990101001-g4"
    assert sweep(district).moved == 0


def test_a_day_that_was_asked_before_is_answered_with_the_same_bytes_after_two_changes(program: Programs) -> None:
    first = program("pai1").client.get("/api/v1/grids?day=2023-03-06", headers=program("pai1").headers({})).content
    for grids in (G1, "990101001-g2"):
        line = {"type": "LineString", "coordinates": [[110.005, 29.99], [110.005, 30.04]]}
        number = proposed(program, grids=grids, drawing=line).body["number"]
        moved(program, number, *WAY)
    again = program("pai1").client.get("/api/v1/grids?day=2023-03-06", headers=program("pai1").headers({})).content
    assert again == first


@pytest.mark.parametrize(
    ("username", "status"),
    [("pai1", 201), ("zhi1", 201), ("shou1", 403), ("ling1", 403), ("guan1", 403), ("gong-desk", 403), ("cai1", 403),
     ("min1", 403), ("kao1", 403), ("du1", 403)],
)  # fmt: skip
def test_only_the_office_proposes(program: Programs, username: str, status: int) -> None:
    answer = program(username).post_json("/subjects/grid-change", PROPOSED)
    assert answer.status == status
    if status == 403:
        assert answer.code == "post-may-not"


def test_a_change_is_seen_by_the_street_it_is_about_and_by_no_other_unit(program: Programs) -> None:
    number = proposed(program).body["number"]
    assert program("dong-desk").get(f"/subjects/grid-change/{number}").status == 200
    assert program("gong-desk").get(f"/subjects/grid-change/{number}").status == 404
    assert program("min1").get(f"/subjects/grid-change/{number}").status == 404


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"drawing": "a line"}, "field-kind", "drawing"),
        ({"drawing": []}, "nothing-drawn", "drawing"),
        ({"drawing": {"type": "FeatureCollection", "features": 7}}, "drawing-wrong", "drawing"),
        ({"drawing": {"type": "LineString", "coordinates": None}}, "drawing-degrees", "drawing"),
        ({"drawing": {"type": "LineString", "coordinates": [[1e308, 1], [2, 2]]}}, "drawing-degrees", "drawing"),
        ({"drawing": {"type": "Polygon", "coordinates": [[[110, 30], [110.01, 30], [110, 30]]]}}, "drawing-short", "drawing"),
        ({"drawing": {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2]]]}}, "drawing-open", "drawing"),
        ({"drawing": {"type": "Polygon", "coordinates": [[], []]}}, "drawing-holes", "drawing"),
        ({"drawing": {"type": "GeometryCollection"}}, "drawing-wrong", "drawing"),
        ({"grids": 7}, "field-kind", "grids"),
        ({"grids": "x" * 5000}, "field-long", "grids"),
        ({"cut_units": "no"}, "field-kind", "cut_units"),
    ],
)
def test_bad_input_is_named_with_its_field(program: Programs, given: dict[str, Any], code: str, field: str) -> None:
    answer = proposed(program, **given)
    assert (answer.status, answer.code, answer.body["field"]) == (422, code, field)


def test_too_many_points_are_refused(program: Programs) -> None:
    line = {"type": "LineString", "coordinates": [[110 + n / 1e7, 30.0] for n in range(50_001)]}
    assert proposed(program, drawing=line).code == "drawing-large"


# who answers


HOLDER = {"role": "collector-b", "day": "2023-03-06", "person": "cai1"}


def test_a_holder_is_named_and_seen(program: Programs) -> None:
    guan = program("guan1")
    assert guan.get(f"/grids/{G1}").body["without_b"] is True
    assert guan.post_json(f"/grids/{G1}/holders", HOLDER).body == {"grid": G1, "role": "collector-b", "day": "2023-03-06"}
    whole = guan.get(f"/grids/{G1}").body
    assert (whole["without_b"], whole["holders"][0]["name"]) == (False, "采一")
    ended = guan.post_json(f"/grids/{G1}/holders/end", {"role": "collector-b", "day": "2023-03-13"})
    assert ended.status == 200
    assert guan.get(f"/grids/{G1}").body["holders"][0]["valid_to"] == "2023-03-12"


def test_the_handling_side_reads_no_collectors_name(program: Programs) -> None:
    program("guan1").post_json(f"/grids/{G1}/holders", HOLDER)
    program("guan1").post_json(f"/grids/{G1}/holders", {**HOLDER, "role": "chief", "person": "dong-desk"})
    seen = {h["role"]["code"]: h["name"] for h in program("gong-desk").get(f"/grids/{G1}").body["holders"]}
    assert seen == {"chief": "dong席", "collector-b": ""}
    assert program("pai1").get(f"/grids/{G1}").body["holders"][1]["name"] == "采一"


@pytest.mark.parametrize(
    ("username", "role", "status"),
    [("guan1", "chief", 200), ("zhi1", "collector-b", 200), ("zhi1", "chief", 403), ("pai1", "collector-b", 403),
     ("gong-desk", "contact", 403), ("min1", "collector-b", 403), ("cai1", "collector-b", 403)],
)  # fmt: skip
def test_naming_needs_its_right(program: Programs, username: str, role: str, status: int) -> None:
    answer = program(username).post_json(f"/grids/{G1}/holders", {**HOLDER, "role": role})
    assert answer.status == status, answer.body


@pytest.mark.parametrize("path", [f"/grids/{G1}", "/former-grids/ties?line=policing"])
@pytest.mark.parametrize(("username", "status"), [("cai1", 200), ("gong-desk", 200), ("min1", 403), ("ji1", 403)])
def test_the_register_of_grids_is_not_for_outsiders(program: Programs, username: str, path: str, status: int) -> None:
    assert program(username).get(path).status == status


def test_a_grid_in_numbers_neighbours_and_former_grids(shou: Program) -> None:
    whole = shou.get("/grids/990101002-g1").body
    assert {n["metric"] for n in whole["numbers"]} <= set(GROUND_METRICS)
    assert [n["code"] for n in whole["neighbours"]] == [G1, "990101002-g2", "990101003-g1"]
    assert [(f["code"], round(f["share"], 2)) for f in whole["former"] if f["line"]["code"] == "policing"] == [
        ("JW-1", 0.5), ("JW-2", 0.5),
    ]  # fmt: skip


# figures and former grids


def test_a_figure_by_grid_says_in_whose_grids_it_is(shou: Program) -> None:
    then = shou.get("/cases/counts?metric=cases-by-grid").body
    now = shou.get("/cases/counts?metric=cases-by-grid&division=now").body
    assert (then["division"], now["division"]) == ("then", "now")
    assert then["total"] == now["total"]


def test_the_former_grids_of_a_line_are_geojson(shou: Program) -> None:
    body = shou.get("/former-grids?line=policing").body
    assert [f["properties"]["code"] for f in body["features"]] == ["JW-1", "JW-2"]
    assert [f["properties"]["code"] for f in shou.get("/former-grids?line=social-governance").body["features"]] == [
        "ZZ-1", "ZZ-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/grids?day=tomorrow", 422, "day-wrong"),
        ("/grids/990101001-g9", 404, "not-found"),
        ("/grids/990101001001001", 404, "not-found"),
        ("/grids/990101001-g1?day=2023-02-30", 422, "day-wrong"),
        ("/former-grids?line=fire", 422, "line-unknown"),
        ("/former-grids/ties?line=", 422, "line-unknown"),
        ("/cases/counts?metric=cases-by-former-grid", 422, "line-unknown"),
        ("/cases/counts?metric=cases-by-former-grid&line=city-management", 422, "line-empty"),
        ("/cases/counts?metric=cases-by-grid&division=tomorrow", 422, "body-wrong"),
    ],
)
def test_what_is_not_there_is_said(shou: Program, path: str, status: int, code: str) -> None:
    answer = shou.get(path)
    assert answer.status == status, answer.body
    if code != "body-wrong":
        assert answer.code == code


def test_the_metrics_of_the_ground_are_registered_openly(shou: Program) -> None:
    assert [m["key"] for m in shou.get("/metrics").body["ground"]] == list(GROUND_METRICS)
