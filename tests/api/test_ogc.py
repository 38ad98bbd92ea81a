"""OGC API Features, asked the way QGIS asks: landing page, conformance, collections, items, page after page."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from django.db import transaction
from django.test import Client

from tests.api.conftest import Answer, Program, Programs
from tests.cast import GUAN, LAMP, at
from tests.maps import terrain
from xiuhua.domain.words import Refusal
from xiuhua.maps.asked import CGCS2000, CRS84, WGS84
from xiuhua.operations import clock
from xiuhua.operations.amend import amend
from xiuhua.operations.world import World
from xiuhua.store.models import TransitionRow
from xiuhua.store.pack import Nouns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground(district: World):  # type: ignore[no-untyped-def]
    terrain.lay()
    yield
    terrain.forget()


class Gis:
    """A program that asks /ogc/."""

    def __init__(self, who: Program) -> None:
        self._who = who

    def get(self, path: str, **parameters: str) -> Answer:
        client: Client = self._who.client
        query = {name.replace("_", "-"): value for name, value in parameters.items()}
        response: Any = client.get(f"/ogc/{path}", query, headers=self._who.headers({}))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        is_json = "json" in response.headers.get("Content-Type", "")
        return Answer(response.status_code, json.loads(content) if is_json else content, response.headers)

    def follow(self, path: str, **parameters: str) -> list[dict[str, Any]]:
        """All pages, by their own links."""
        answer, found = self.get(path, **parameters), []
        while True:
            assert answer.status == 200, answer.body
            assert answer.body["numberReturned"] == len(answer.body["features"])
            found += answer.body["features"]
            links = [link["href"] for link in answer.body["links"] if link["rel"] == "next"]
            if not links:
                return found
            response = self._who.client.get(links[0].removeprefix("http://testserver"), headers=self._who.headers({}))
            answer = Answer(response.status_code, response.json(), response.headers)


@pytest.fixture
def gis(program: Programs) -> Gis:
    return Gis(program("pai1"))


def test_it_is_found_from_the_landing_page(gis: Gis) -> None:
    links = {link["rel"]: link for link in gis.get("").body["links"]}
    assert links["data"]["href"] == "http://testserver/ogc/collections"
    assert links["service-desc"]["type"].startswith("application/vnd.oai.openapi+json")
    assert any("core" in it for it in gis.get("conformance").body["conformsTo"])
    items = gis.get("api").body["paths"]["/ogc/collections/{id_}/items"]["get"]
    limit = next(p["schema"] for p in items["parameters"] if p["name"] == "limit")
    assert (limit["type"], limit["maximum"]) == ("integer", 10000)


def test_a_forgotten_slash_is_forgiven(program: Programs) -> None:
    who = program("pai1")
    answer = who.client.get("/ogc?f=json", headers=who.headers({}))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ogc/?f=json")


def test_every_collection_that_is_listed_can_be_read_and_exported(gis: Gis, tmp_path: Path) -> None:
    listed = gis.get("collections").body["collections"]
    ids = {one["id"] for one in listed}
    assert {"grid-unit", "grid-responsibility", "grid-street", "road", "water", "building", "place", "component", "case"} <= ids
    for one in listed:
        links = {link["rel"]: link["href"].removeprefix("http://testserver/ogc/") for link in one["links"]}
        assert gis.get(links["self"]).body["id"] == one["id"]
        answer = gis.get(links["items"], limit="3")
        assert answer.status == 200, answer.body
        assert answer.headers["Content-Crs"] == f"<{CRS84}>"
        packed = gis.get(links["enclosure"])
        assert packed.status == 200, packed.body
        file = tmp_path / f"{one['id']}.gpkg"
        file.write_bytes(packed.body)
        assert pyogrio.read_info(file)["features"] == answer.body["numberMatched"]


@pytest.mark.parametrize("collection", ["component", "place", "grid-unit", "road"])
def test_going_from_page_to_page_gives_everything_once(gis: Gis, collection: str) -> None:
    found = [one["id"] for one in gis.follow(f"collections/{collection}/items", limit="2" if collection == "road" else "7")]
    matched = gis.get(f"collections/{collection}/items").body["numberMatched"]
    assert len(found) == len(set(found)) == matched > 1


def test_items_are_asked_for_by_box_and_by_property(gis: Gis) -> None:
    box = gis.get("collections/component/items", bbox="110.0009,30.002,110.0019,30.003").body
    assert box["numberMatched"] == 3
    lamps = gis.get("collections/component/items", **{"class": LAMP, "label": "D-0042"}).body
    assert [one["properties"]["label"] for one in lamps["features"]] == ["D-0042"]
    rivers = gis.get("collections/water/items", kind="river").body["features"]
    assert rivers[0]["properties"]["name_zh"] == "小清河"
    assert gis.get("collections/water/items", kind="lake").body["numberMatched"] == 0


def test_grids_are_asked_for_by_day(gis: Gis) -> None:
    today = gis.get("collections/grid-unit/items", street="990101001").body["numberMatched"]
    assert today > 1
    assert gis.get("collections/grid-unit/items", datetime="2019-05-01").body["numberMatched"] == 0
    assert gis.get("collections/grid-unit/items", datetime="2019-05-01/..").body["numberMatched"] >= today


UNITS, STREET = "collections/grid-unit/items", "990101001"


def regridded(district: World) -> None:
    """From tomorrow on the first unit grid lies in another responsibility grid, and the second is no more."""
    def amendment(nouns: Nouns) -> Nouns:
        kept = [g for g in nouns.grids if g.code not in (UNIT_1, UNIT_2)]
        first, second = (next(g for g in nouns.grids if g.code == code) for code in (UNIT_1, UNIT_2))
        ended = [replace(g, valid_to=date(2023, 3, 6)) for g in (first, second)]
        return replace(nouns, grids=(*kept, *ended, replace(first, parent=f"{STREET}-g2", valid_from=date(2023, 3, 7))))

    with transaction.atomic():
        assert not isinstance(amend("load-pack", amendment, GUAN, district.now(), {}), Refusal)


UNIT_1, UNIT_2 = "990101001001001", "990101001001002"


def test_a_grid_comes_once_for_each_version_with_an_id_of_its_own(gis: Gis, district: World) -> None:
    regridded(district)
    found = gis.follow(UNITS, datetime="2023-03-01/2023-03-31", street=STREET, limit="5")
    ids = [one["id"] for one in found]
    assert len(ids) == len(set(ids)) == gis.get(UNITS, street=STREET).body["numberMatched"] + 1
    parents = {one["id"]: one["properties"]["parent"] for one in found if one["properties"]["code"] == UNIT_1}
    assert parents == {UNIT_1: f"{STREET}-g1", f"{UNIT_1}@2023-03-07": f"{STREET}-g2"}
    for id_ in ids:
        assert gis.get(f"{UNITS}/{id_}").body["properties"] == next(one["properties"] for one in found if one["id"] == id_)
    assert {one["id"] for one in gis.follow(UNITS, datetime="2023-03-07", street=STREET)} == set(ids) - {UNIT_1, UNIT_2}


def test_a_grid_that_has_ended_is_named_by_its_first_day(gis: Gis, district: World) -> None:
    regridded(district)
    clock.set_demo_clock(at("2023-03-07 09:00"))
    now, then = gis.follow(UNITS, street=STREET), gis.follow(UNITS, datetime="2023-03-06", street=STREET)
    assert UNIT_1 in {one["id"] for one in now} and UNIT_2 not in {one["id"] for one in now}
    assert {one["id"] for one in then} >= {f"{UNIT_1}@2020-01-01", f"{UNIT_2}@2020-01-01"}
    assert gis.get(f"{UNITS}/{UNIT_2}").code == gis.get(f"{UNITS}/{UNIT_1}@2023-03-07").code == "item-unknown"


@pytest.mark.parametrize(
    ("moments", "there"),
    [
        ("2023-03-06", True), ("2023-03-07/..", False), ("2023-03-06T15:59:59Z/..", True), ("2023-03-06T16:00:00Z/..", False),
        ("../2019-12-31T15:59:59Z", False), ("../2019-12-31T16:00:00Z", True),
    ],
)  # fmt: skip
def test_the_days_of_grids_are_the_districts(gis: Gis, district: World, moments: str, there: bool) -> None:
    """In use from 2020-01-01 to 2023-03-06, eight hours before the same days in UTC."""
    regridded(district)
    assert (gis.get(UNITS, datetime=moments, code=UNIT_2).body["numberMatched"] == 1) is there


def test_an_item_has_its_address(gis: Gis) -> None:
    one = gis.get("collections/component/items/9901010101000043").body
    assert one["properties"]["label"] == terrain.POLE
    assert {link["rel"] for link in one["links"]} == {"self", "collection"}
    assert gis.get("collections/component/items/nothing").code == "item-unknown"


@pytest.mark.parametrize("crs", [CGCS2000, WGS84])
def test_systems_of_the_epsg_have_latitude_first(gis: Gis, crs: str) -> None:
    path = "collections/component/items/9901010101000043"
    lon, lat = gis.get(path).body["geometry"]["coordinates"]
    turned = gis.get(path, crs=crs)
    assert turned.body["geometry"]["coordinates"] == [lat, lon]
    assert turned.headers["Content-Crs"] == f"<{crs}>"
    box = f"{lat - 0.0001},{lon - 0.0001},{lat + 0.0001},{lon + 0.0001}"
    found = gis.get("collections/component/items", bbox=box, bbox_crs=crs, crs=crs).body["features"]
    assert [one["geometry"]["coordinates"] for one in found] == [[lat, lon]]
    ring = gis.get("collections/grid-unit/items", crs=crs, limit="1").body["features"][0]["geometry"]["coordinates"][0]
    assert all(29 < first < 31 and 109 < second < 111 for first, second in ring)


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"bbox": "1,2,3"}, "bbox"), ({"bbox": "a,b,c,d"}, "bbox"), ({"bbox": "5,5,1,1"}, "bbox"),
        ({"bbox": "nan,0,1,1"}, "bbox"), ({"limit": "0"}, "limit"), ({"limit": "-1"}, "limit"), ({"limit": "x"}, "limit"),
        ({"crs": "EPSG:3857"}, "crs"), ({"bbox-crs": "http://x"}, "bbox-crs"), ({"datetime": "gestern"}, "datetime"),
        ({"datetime": "2023-05-01/2022-01-01"}, "datetime"), ({"colour": "red"}, "colour"), ({"f": "html"}, "f"),
        ({"bbox": "1" * 400}, "bbox"), ({"datetime": "0001-01-01T00:00:00+14:00/.."}, "datetime"),
        ({"datetime": "0001-01-01/.."}, "datetime"), ({"datetime": "../.."}, "datetime"), ({"datetime": "2023-05-01T10:00:00"}, "datetime"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_problem_that_names_the_parameter(gis: Gis, parameters: dict[str, str], field: str) -> None:
    answer = gis.get("collections/grid-unit/items", **parameters)
    assert answer.status == 400, answer.body
    assert answer.code.startswith("ogc-")
    assert answer.body["field"] == field
    assert answer.body["detail"]


def test_more_than_the_most_is_the_most(gis: Gis) -> None:
    assert gis.get("collections/component/items", limit="999999").status == 200


def test_what_is_not_there_is_said_as_a_problem(gis: Gis, program: Programs) -> None:
    assert gis.get("collections/nothing").code == "collection-unknown"
    assert gis.get("nowhere").code == "not-found"
    assert Gis(Program()).get("collections").code == "not-signed-in"


# who sees what


def seen(program: Programs, username: str) -> set[str]:
    return {one["id"] for one in Gis(program(username)).follow("collections/case/items")}


def test_cases_are_those_of_a_list_for_every_role(program: Programs) -> None:
    number = program("cai1").notice().body["number"]
    everybody = ("cai1", "shou1", "zhi1", "pai1", "du1", "kao1", "ling1", "guan1")
    nobody = ("gong-desk", "gong-hand", "jie-desk", "min1", "ji1")
    assert {name: seen(program, name) for name in everybody} == {name: {number} for name in everybody}
    assert {name: seen(program, name) for name in nobody} == {name: set() for name in nobody}
    assert Gis(program("gong-desk")).get(f"collections/case/items/{number}").code == "item-unknown"
    item = Gis(program("pai1")).get(f"collections/case/items/{number}").body
    assert "cai1" not in json.dumps(item)
    assert item["properties"]["due"] in ("in-time", "no-clock")


def test_cases_are_filtered_as_a_list_is(program: Programs) -> None:
    program("cai1").notice()
    gis = Gis(program("pai1"))
    for given, count in (({"stage": "reported"}, 1), ({"stage": "closed"}, 0), ({"datetime": "2023-03-06"}, 1),
                         ({"datetime": "2023-03-07/.."}, 0), ({"bbox": "110,30,110.01,30.01"}, 1), ({"bbox": "1,1,2,2"}, 0)):  # fmt: skip
        assert gis.get("collections/case/items", **given).body["numberMatched"] == count, given
    clock.set_demo_clock(at("2023-03-07 00:30"))  # still the day before in UTC
    program("cai1").notice()
    for day, count in (("2023-03-06", 1), ("2023-03-07", 1), ("2023-03-06/2023-03-07", 2)):
        assert gis.get("collections/case/items", datetime=day).body["numberMatched"] == count, day
    assert gis.get("collections/case/items", due="soon").status == 400


def test_exporting_cases_needs_the_right_and_is_written_down(program: Programs) -> None:
    program("cai1").notice()
    assert Gis(program("shou1")).get("collections/case/export.gpkg").code == "right-missing"
    assert Gis(program("gong-hand")).get("collections/case/export.gpkg").code == "right-missing"
    assert Gis(program("pai1")).get("collections/case/export.gpkg").body[:6] == b"SQLite"
    assert TransitionRow.objects.filter(move="export-layer").count() == 1


def test_components_are_for_those_inside(program: Programs) -> None:
    for outside in ("min1", "ji1"):
        gis = Gis(program(outside))
        assert "component" not in {one["id"] for one in gis.get("collections").body["collections"]}
        assert gis.get("collections/component/items").code == "collection-unknown"
        assert gis.get("collections/component/export.gpkg").code == "collection-unknown"
