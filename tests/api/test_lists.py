"""Lists, their filters and pages, counts as registered figures, and the district's data."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.conftest import Program, Programs, notice
from tests.cast import COVER, EAST, LAMP, MIDDLE, REFUSE, STALL, at
from xiuhua.api.declared import ANY, WRITES
from xiuhua.api.problems import STATUS, TITLES
from xiuhua.domain.counting import By
from xiuhua.domain.division import Division
from xiuhua.domain.metric import METRICS
from xiuhua.domain.place import Bd09, Cgcs2000, Gcj02, wgs84_to
from xiuhua.operations import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def shou(program: Programs) -> Program:
    return program("shou1")


@pytest.fixture
def five(program: Programs) -> list[str]:
    """Five cases in two streets, a minute apart; the second was accepted, the last came by the hotline."""
    cai, shou = program("cai1"), program("shou1")
    numbers: list[str] = []
    middle = {"lon": MIDDLE.lon, "lat": MIDDLE.lat}
    sent: tuple[dict[str, Any], ...] = (
        {"description": "井盖破损"},
        {"class": REFUSE, "condition": "exposed", "place": middle, "description": "垃圾成堆"},
        {"class": LAMP, "condition": "dark", "description": "路灯不亮", "place_text": "幸福路12号"},
        {"class": STALL, "condition": "occupying", "description": "Fruit stall"},
        {"class": COVER, "place": middle, "channel": "hotline", "description": "井盖丢失"},
    )  # fmt: skip
    for minute, more in enumerate(sent):
        clock.set_demo_clock(at(f"2023-03-06 09:0{minute}"))
        who = shou if more.get("channel") else cai
        answer = who.notice(**more)
        assert answer.status == 201, answer.body
        numbers.append(answer.body["number"])
    assert shou.move(numbers[1], "accept").status == 200
    return numbers


FILTERS = [
    pytest.param("", [4, 3, 2, 1, 0], id="all, newest first"),
    pytest.param("stage=accepted", [1], id="stage"),
    pytest.param("stage=accepted&stage=reported", [4, 3, 2, 1, 0], id="two stages"),
    pytest.param("channel=hotline", [4], id="channel"),
    pytest.param(f"class={quote(COVER)}", [4, 0], id="class"),
    pytest.param("street=990101002", [4, 1], id="street"),
    pytest.param("grid=990101001-g1", [3, 2, 0], id="responsibility grid"),
    pytest.param("grid=990101001001001", [3, 2, 0], id="unit grid"),
    pytest.param("unit=works", [], id="unit"),
    pytest.param("open=true", [4, 3, 2, 1, 0], id="open"),
    pytest.param("open=false", [], id="closed"),
    pytest.param("due=in-time", [4, 3, 2, 1, 0], id="in time"),
    pytest.param("due=overdue", [], id="overdue"),
    pytest.param("mine=reported", [4], id="reported by oneself"),
    pytest.param("mine=tasks", [], id="one's tasks"),
    pytest.param(f"text={quote('井盖')}", [4, 0], id="two characters"),
    pytest.param(f"text={quote('堆')}", [1], id="one character"),
    pytest.param(f"text={quote('幸福路12')}", [2], id="a place"),
    pytest.param("text=FRUIT", [3], id="letters of any case"),
    pytest.param("text=990101-20230306-0000", [4, 3, 2, 1, 0], id="a number's beginning"),
    pytest.param("box=110.01,30.01,110.02,30.02", [4, 1], id="a box"),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_a_filter_finds(shou: Program, five: list[str], query: str, expected: list[int]) -> None:
    answer = shou.get(f"/cases?{query}")
    assert answer.status == 200, answer.body
    assert [line["number"] for line in answer.body["items"]] == [five[i] for i in expected]


def test_overdue_is_said_when_it_is(shou: Program, five: list[str]) -> None:
    clock.set_demo_clock(at("2023-03-06 09:31"))
    assert [i["number"] for i in shou.get("/cases?due=overdue").body["items"]] == [five[0]]
    lines = {i["number"]: i["due_state"] for i in shou.get("/cases").body["items"]}
    assert (lines[five[0]], lines[five[2]]) == ("overdue", "warning")


@pytest.mark.parametrize("limit", [1, 2, 4, 5])
def test_pages_follow_one_another_without_gap_or_repeat(shou: Program, five: list[str], limit: int) -> None:
    found, cursor = [], ""
    for _ in range(9):
        page = shou.get(f"/cases?limit={limit}&cursor={cursor}").body
        assert len(page["items"]) <= limit
        found += [line["number"] for line in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == five[::-1]


def test_a_new_case_does_not_shift_the_pages(program: Programs, shou: Program, five: list[str]) -> None:
    first = shou.get("/cases?limit=2").body
    clock.set_demo_clock(at("2023-03-06 09:10"))
    program("cai1").notice(**{"class": REFUSE, "condition": "exposed"})
    second = shou.get(f"/cases?limit=2&cursor={first['next']}").body
    assert [line["number"] for line in second["items"]] == [five[2], five[1]]


def test_a_line_says_codes_with_their_names(shou: Program, five: list[str]) -> None:
    line = shou.get("/cases?channel=hotline").body["items"][0]
    assert line["class"] == {"code": COVER, "zh": "井盖", "en": "manhole cover"}
    assert line["stage"] == {"code": "reported", "zh": "上报", "en": "reported"}
    assert line["street"]["zh"] == "中街道" and line["place"] == [MIDDLE.lon, MIDDLE.lat]


COUNTS = [
    ("open-cases", {"": 5}),
    ("open-by-stage", {"reported": 4, "accepted": 1}),
    ("cases-by-channel", {"collector": 4, "hotline": 1}),
    ("cases-by-class", {COVER: 2, LAMP: 1, REFUSE: 1, STALL: 1}),
    ("cases-by-street", {"990101001": 3, "990101002": 2}),
    ("open-by-unit", {"": 5}),
    ("open-by-due-state", {"in-time": 5}),
]


@pytest.mark.parametrize(("metric", "expected"), COUNTS)
def test_counts_are_registered_figures(shou: Program, five: list[str], metric: str, expected: dict[str, int]) -> None:
    answer = shou.get(f"/cases/counts?metric={metric}")
    assert answer.status == 200, answer.body
    assert {f["bucket"]: f["numerator"] for f in answer.body["figures"]} == expected
    assert answer.body["names"]["zh"] == METRICS[metric].names.zh
    assert answer.body["total"] == 5


def figures(who: Program, query: str) -> dict[str, Any]:
    answer = who.get(f"/cases/counts?{query}")
    assert answer.status == 200, answer.body
    return dict(answer.body)


@pytest.mark.parametrize("metric", [key for key, metric in METRICS.items() if metric.by is None])
def test_any_figure_can_be_had_by_anything(shou: Program, five: list[str], metric: str) -> None:
    whole = figures(shou, f"metric={metric}")
    assert len(whole["figures"]) == 1 and whole["by"] is None
    for by in By:
        for division in Division:
            found = figures(shou, f"metric={metric}&by={by}&division={division}&line=policing")
            assert (found["by"], found["whole"]) == (by, whole["whole"])
            assert sum(it["numerator"] for it in found["figures"]) == whole["total"]


def test_a_rate_by_grid_says_its_parts(shou: Program, five: list[str]) -> None:
    found = figures(shou, "metric=filing-rate&by=grid&from=2023-03-06&until=2023-03-06")
    assert {it["bucket"]: (it["numerator"], it["denominator"]) for it in found["figures"]} == {
        "990101001-g1": (0, 3), "990101002-g2": (0, 2),
    }  # fmt: skip
    assert found["whole"]["parts"]["zh"] == "其中期末已立案 0 / 期内登记案件 5"
    assert found["figures"][0]["names"]["zh"] == "东街道第1网格"
    assert (found["start"], found["end"]) == ("2023-03-05T16:00:00Z", "2023-03-06T16:00:00Z")


def test_days_before_anything_was_reported_count_nothing(shou: Program, five: list[str]) -> None:
    found = figures(shou, "metric=cases&by=street&from=2023-03-01&until=2023-03-05")
    assert (found["total"], found["figures"], found["whole"]["text"]["zh"]) == (0, [], "0件")


@pytest.mark.parametrize(
    ("query", "status", "code", "says"),
    [
        ("metric=cases&from=2023-02-30", 422, "day-wrong", "is not a day"),
        ("metric=cases&from=2023-03-07", 422, "days-to-come", "is after today"),
        ("metric=cases&from=2023-03-05&until=2023-03-04", 422, "days-backwards", "is after the last day"),
        ("metric=cases&until=1800-01-01", 422, "day-wrong", "1970"),
        ("metric=cases-by-stage&by=grid", 422, "metric-has-parts", "has parts of its own"),
        ("metric=closing-rate&by=former-grid", 422, "line-unknown", "say which former grids"),
        ("metric=happiness", 404, "metric-unknown", "is registered"),
        ("metric=cases&by=colour", 422, "enum", "must be one of"),
    ],
)
def test_a_figure_that_cannot_be_had_is_refused(
    shou: Program, five: list[str], query: str, status: int, code: str, says: str
) -> None:
    answer = shou.get(f"/cases/counts?{query}")
    assert answer.status == status
    assert says in json.dumps(answer.body, ensure_ascii=False)
    assert code in json.dumps(answer.body)


def test_a_unit_counts_its_own_cases_only(program: Programs, five: list[str]) -> None:
    assert figures(program("gong-desk"), "metric=filing-rate&by=grid")["whole"]["denominator"] == 0
    assert figures(program("shou1"), "metric=filing-rate&by=grid")["whole"]["denominator"] == 5
    assert program("cai1").get("/cases/counts?metric=filing-rate&by=grid").status == 403


def test_counts_and_list_count_the_same(shou: Program, five: list[str]) -> None:
    for query in ("street=990101002", f"text={quote('井盖')}", "channel=collector"):
        listed = shou.get(f"/cases?{query}").body["items"]
        assert shou.get(f"/cases/counts?metric=cases&{query}").body["total"] == len(listed), query


# one case


def test_a_case_explains_its_deadline_and_its_unit(shou: Program, five: list[str]) -> None:
    case = shou.get(f"/cases/{five[0]}").body
    (acceptance,) = case["clocks"]
    assert acceptance["name"]["code"] == "acceptance" and acceptance["due_state"] == "in-time"
    assert acceptance["due"].startswith("2023-03-06T01:30:0")
    assert len(acceptance["why"]) >= 2 and "09:30" in acceptance["why"][-1]["en"]
    assert (case["unit_why"]["clear"], case["unit_why"]["unit"]["code"], case["unit_why"]["code"]) == (True, "works", "d01")


def test_an_unclear_unit_names_its_candidates(program: Programs, shou: Program) -> None:
    number = program("cai1").notice(**{"class": "tiny/event/spill", "condition": "spilled"}).body["number"]
    why = shou.get(f"/cases/{number}").body["unit_why"]
    assert (why["clear"], why["code"], why["unit"]) == (False, "several-units", None)
    assert {c["organisation"]["code"] for c in why["candidates"]} == {"cleaner", "works"}


def test_what_no_source_confirms_is_marked(shou: Program, five: list[str]) -> None:
    assert shou.get(f"/cases/{five[2]}").body["marks"]["class"]["confidence"] == "recall"
    assert shou.get(f"/cases/{five[0]}").body["marks"] == {}


def test_a_likely_duplicate_is_registered_and_names_the_first(program: Programs, shou: Program) -> None:
    first, second = program("cai1").notice(), program("cai2").notice()
    assert second.status == 201
    case = shou.get(f"/cases/{second.body['number']}").body
    assert case["facts"]["duplicate_of"] == first.body["number"]


@pytest.mark.parametrize(("datum", "kind"), [("cgcs2000", Cgcs2000), ("gcj02", Gcj02), ("bd09", Bd09)])
def test_a_place_comes_in_any_datum_and_is_kept_in_one(shou: Program, datum: str, kind: type[Any]) -> None:
    said = wgs84_to(EAST, kind)
    place = {"lon": said.lon, "lat": said.lat, "datum": datum}
    answer = shou.post_json("/notices", notice(channel="hotline", place=place))
    assert answer.status == 201, answer.body
    kept = shou.get(f"/cases/{answer.body['number']}").body["facts"]["place"]
    assert kept == pytest.approx([EAST.lon, EAST.lat], abs=1e-6)


# the district's data


def test_the_catalogue_marks_what_is_recalled(shou: Program) -> None:
    catalogue = shou.get("/catalogue").body
    classes = {c["key"]: c for c in catalogue["classes"]}
    assert catalogue["current"] == "tiny" and len(classes) == 6
    assert classes[LAMP]["basis"] | {"source": ""} == {
        "confidence": "recall", "confirmed": False, "source": "", "zh": "凭记忆", "en": "recalled, not confirmed",
    }  # fmt: skip
    assert classes[COVER]["basis"]["confirmed"]
    assert [(c["id"], c["area_class"]) for c in classes[REFUSE]["conditions"]] == [("exposed", None), ("exposed", "1")]


@pytest.mark.parametrize(("query", "count"), [("", 49), ("?tier=street", 3), ("?tier=unit", 36), ("?tier=responsibility", 9)])
def test_grids_are_geojson(shou: Program, query: str, count: int) -> None:
    answer = shou.get(f"/grids{query}")
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert (answer.body["type"], len(answer.body["features"])) == ("FeatureCollection", count)
    for feature in answer.body["features"]:
        ring: Any = (feature["geometry"] or {"coordinates": [[0]]})["coordinates"][0]
        assert ring[0] == ring[-1]


def test_organisations_say_whether_a_case_can_be_sent_there(shou: Program) -> None:
    handles = {o["code"]: o["handles"] for o in shou.get("/organisations").body["items"]}
    assert (handles["works"], handles["centre"]) == (True, False)


def test_the_registry_of_metrics_is_open(shou: Program) -> None:
    items = shou.get("/metrics").body["items"]
    assert [i["key"] for i in items] == list(METRICS)
    rate = next(i for i in items if i["key"] == "handling-rate")
    assert (rate["numerator"]["code"], rate["denominator"]["code"]) == ("handled", "due-to-handle")


# the description


@pytest.mark.usefixtures("district")
def test_the_openapi_document_is_open_and_declares_every_status() -> None:
    document = Program().get("/openapi.json").body
    assert document["openapi"] == "3.1.0"
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            declared = set(operation["responses"])
            assert {"400", "401", "403", "405", "422", "429", "500", "503"} <= declared, (method, path)
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (method, path, status)
    moved = document["paths"]["/api/v1/cases/{number}/moves/{move}"]["post"]["responses"]
    assert {"200", "404", "409", "413", "415", "428", "507"} <= set(moved)


@pytest.mark.usefixtures("district")
def test_every_reference_in_the_document_leads_somewhere() -> None:
    document = Program().get("/openapi.json").body
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(document["components"]["schemas"])


def test_every_status_of_the_table_of_problems_is_one_that_some_address_declares() -> None:
    declared = {*ANY, *WRITES, 404, 428}
    assert set(STATUS.values()) <= declared <= set(TITLES)
