"""Tiles over the interface: what may be kept by whom, and who sees cases, components and people on them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.conftest import Program, Programs
from tests.cast import EAST
from tests.maps import terrain
from tests.maps.reading import read
from tests.maps.test_tiles import at
from xiuhua.domain.place import Gcj02, wgs84_to
from xiuhua.maps.cases import FEW, FEW_CLOSE
from xiuhua.maps.tile import CLOSE
from xiuhua.operations.world import World
from xiuhua.store.models import SubjectRow

pytestmark = pytest.mark.django_db
HERE = at(EAST, 14)
ALL = ("cai1", "shou1", "zhi1", "pai1", "du1", "kao1", "ling1", "guan1", "gong-desk", "gong-hand", "jie-desk", "min1", "ji1")


@pytest.fixture(autouse=True)
def _ground(district: World):  # type: ignore[no-untyped-def]
    terrain.lay()
    yield
    terrain.forget()


def path(layer: str, query: str = "", tile: Any = HERE) -> str:
    return f"/tiles/{layer}/{tile.z}/{tile.x}/{tile.y}.mvt{query}"


def cases(who: Program, query: str = "") -> list[dict[str, Any]]:
    answer = who.get(path("cases", query))
    assert answer.status == 200, answer.body
    assert answer.headers["Cache-Control"] == "private, no-store"
    return [one.tags for one in read(answer.body).get("case", [])]


def test_cases_of_a_tile_are_those_of_a_list_for_every_role(program: Programs) -> None:
    number = program("cai1").notice().body["number"]
    for username in ALL:
        who = program(username)
        listed = [line["number"] for line in who.get("/cases").body["items"]]
        assert [tags["number"] for tags in cases(who)] == listed, username
    assert [tags["number"] for tags in cases(program("pai1"))] == [number]
    assert cases(program("gong-desk")) == cases(program("min1")) == []


def test_a_citizen_sees_what_he_reported_himself_and_nothing_else(program: Programs) -> None:
    mine = program("min1").notice(channel="public").body["number"]
    program("cai1").notice()
    assert [tags["number"] for tags in cases(program("min1"))] == [mine]


def test_filters_are_those_of_a_list(program: Programs) -> None:
    program("cai1").notice()
    who = program("pai1")
    assert len(cases(who, "?open=true")) == 1
    assert cases(who, "?due=overdue") == []
    assert cases(who, "?stage=closed") == []
    assert who.get(path("cases", "?stage=nowhere")).code == "stage-unknown"


def placed(district: World, *degrees: tuple[float, float]) -> None:
    """Open cases there; the seventh is overdue."""
    now = district.now()
    SubjectRow.objects.bulk_create(
        SubjectRow(
            kind="case", number=f"990101-20230306-9{n:04d}", version=1, stage="handling", is_open=True, body="{}", head="",
            longitude=lon, latitude=lat, opened_at=now,
            due_at=now + timedelta(hours=-1 if n == 7 else 5), warn_at=now + timedelta(hours=4),
        )
        for n, (lon, lat) in enumerate(degrees)
    )  # fmt: skip


def test_many_cases_are_counted_and_the_worst_light_is_told(program: Programs, district: World) -> None:
    placed(district, *((EAST.lon + (n % 20) * 1e-6, EAST.lat) for n in range(FEW_CLOSE + 20)))
    found = read(program("pai1").get(path("cases")).body)
    assert "case" not in found
    assert [one.tags for one in found["case_count"]] == [{"count": FEW_CLOSE + 20, "light": "overdue"}]
    assert read(program("gong-desk").get(path("cases")).body) == {}


def test_cases_are_counted_where_they_are_many_and_shown_where_they_are_few(program: Programs, district: World) -> None:
    """Square by square, whatever else lies in the tile."""
    tile = at(EAST, 14)
    box = tile.seen
    middles = [(box.west + (box.east - box.west) * (i + 0.5) / 8, box.south + (box.north - box.south) * 0.5625) for i in range(8)]
    placed(district, *(middles[i] for i in range(8) for _ in range(i + 1)))  # one in the first, eight in the last
    found = read(program("pai1").get(path("cases", tile=tile)).body)
    assert sorted(one.tags["count"] for one in found["case_count"]) == list(range(FEW + 1, 9))
    assert len(found["case"]) == sum(range(FEW + 1))


def test_what_cannot_be_drawn_apart_any_nearer_is_shown_one_by_one(program: Programs, district: World) -> None:
    placed(district, *[(EAST.lon, EAST.lat)] * FEW_CLOSE)
    who = program("pai1")
    assert list(read(who.get(path("cases", tile=at(EAST, CLOSE - 1))).body)) == ["case_count"]
    assert len(read(who.get(path("cases", tile=at(EAST, CLOSE))).body)["case"]) == FEW_CLOSE


@pytest.mark.parametrize("username", ALL)
def test_components_are_for_those_inside(program: Programs, username: str) -> None:
    answer = program(username).get(path("components"))
    if username in ("min1", "ji1"):
        assert answer.code == "right-missing"
    else:
        assert len(read(answer.body)["component"]) > 40


@pytest.mark.parametrize("username", ALL)
def test_positions_are_for_those_who_send_people_out(program: Programs, username: str) -> None:
    cai = program("cai1")
    assert cai.post_json("/positions", {"place": {"lon": EAST.lon, "lat": EAST.lat}, "accuracy_m": 5}).code == "not-on-shift"
    assert cai.post_json("/positions/begin", {}).body["on_shift"]
    assert cai.post_json("/positions", {"place": {"lon": EAST.lon, "lat": EAST.lat}, "accuracy_m": 5}).status == 200
    answer = program(username).get(path("positions"))
    if username in ("zhi1", "pai1", "du1"):
        assert [one.tags["name"] for one in read(answer.body)["position"]] == ["采一"]
        assert answer.headers["Cache-Control"] == "private, no-store"
    else:
        assert answer.code == "right-missing"
    assert not cai.post_json("/positions/end", {}).body["on_shift"]


@pytest.mark.parametrize("layer", ["ground", "grids", "components"])
def test_what_all_may_see_is_kept_until_it_changes(program: Programs, layer: str) -> None:
    who = program("pai1")
    first = who.get(path(layer), accept_encoding="gzip")
    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Cache-Control"].startswith("private")
    tag = first.headers["ETag"]
    assert who.get(path(layer), **{"if-none-match": tag}).status == 304
    plain = who.get(path(layer))
    assert "Content-Encoding" not in plain.headers
    assert read(plain.body)


def test_a_tile_of_a_shifted_map_is_another_tile(program: Programs) -> None:
    who = program("pai1")
    shifted = at(wgs84_to(EAST, Gcj02), 16)
    there = read(who.get(path("components", "?datum=gcj02", shifted)).body)["component"]
    assert {one.tags["code"] for one in there} & {"9901010101000004", "9901010101000005"}
    assert who.get(path("ground", "?datum=mars")).code == "input-wrong"


@pytest.mark.parametrize("wrong", ["/tiles/ground/3/9/1.mvt", "/tiles/grids/0/0/1.mvt"])
def test_a_tile_beyond_the_world_is_not_there(program: Programs, wrong: str) -> None:
    assert program("pai1").get(wrong).code == "tile-unknown"


@pytest.mark.parametrize(
    "wrong", ["/tiles/ground/99/0/0.mvt", "/tiles/ground/x/0/0.mvt", "/tiles/grids/1/0/0.mvt?day=never", "/tiles/cases/1/0/0.mvt?due=x"]
)
def test_bad_numbers_are_refused(program: Programs, wrong: str) -> None:
    assert program("pai1").get(wrong).status in (404, 422)


def test_nobody_sees_a_tile_without_signing_in() -> None:
    for layer in ("ground", "grids", "components", "cases", "positions"):
        assert Program().get(path(layer)).code == "not-signed-in"




def test_a_kept_tile_is_kept_for_one_sign_in_and_one_post(program: Programs) -> None:
    varies = {name.strip() for name in program("pai1").get(path("components")).headers["Vary"].split(",")}
    assert varies >= {"Cookie", "Authorization", "Xiuhua-Post"}
