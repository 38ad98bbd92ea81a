"""A register that a pack wrote as TOML goes over the same interface as the cases."""

import pytest

from tests.api.conftest import Program, Programs
from tests.cast import EAST
from xiuhua.store.loading import transitions

pytestmark = pytest.mark.django_db
PHONE = "13800000000"


@pytest.fixture
def begun(program: Programs) -> str:
    given = {"place": [EAST.lon, EAST.lat], "place_text": "胜利桥东", "owner_phone": PHONE}
    answer = program("cai1").post_json("/subjects/hoarding", {"move": "discover", "given": given})
    assert answer.status == 201, answer.body
    assert answer.headers["Location"] == f"/api/v1/subjects/hoarding/{answer.body['number']}"
    number: str = answer.body["number"]
    return number


def made(who: Program, number: str, version: int, move: str, **given: object) -> int:
    answer = who.post_json(f"/subjects/hoarding/{number}/moves/{move}", {"version": version, "given": given})
    assert answer.status == 200, answer.body
    found: int = answer.body["version"]
    return found


def test_it_is_begun_listed_opened_and_moved(program: Programs, begun: str) -> None:
    shou, zhi, desk = program("shou1"), program("zhi1"), program("gong-desk")
    assert [i["number"] for i in shou.get("/subjects/hoarding").body["items"]] == [begun]
    assert shou.get("/cases").body["items"] == []
    made(shou, begun, 1, "register", unit="works", use="works")
    made(desk, begun, 2, "ask-renewal")
    made(zhi, begun, 3, "grant-renewal")
    made(zhi, begun, 4, "write-off", photos=[zhi.photo()])
    whole = shou.get(f"/subjects/hoarding/{begun}").body
    assert (whole["stage"]["zh"], whole["version"], whole["names"]["unit"]["zh"]) == ("销号", 5, "市政所")
    assert shou.get("/subjects/hoarding/counts?metric=cases-by-stage").body["figures"][0]["bucket"] == "written-off"


def test_its_moves_come_with_the_fields_of_their_forms(program: Programs, begun: str) -> None:
    (register,) = program("shou1").get(f"/subjects/hoarding/{begun}/moves").body["moves"]
    fields = {f["name"]: f for f in register["fields"]}
    assert (register["name"], fields["unit"]["source"]) == ("register", "/api/v1/organisations")
    assert [c["value"] for c in fields["use"]["choices"]] == ["works", "vacant"]


def test_its_guards_hold(program: Programs, begun: str) -> None:
    shou = program("shou1")
    made(shou, begun, 1, "register", unit="works", use="works")
    body = {"version": 2, "given": {"photos": [shou.photo()]}}
    answer = shou.post_json(f"/subjects/hoarding/{begun}/moves/write-off", body)
    assert (answer.status, answer.code) == (422, "same-person")


@pytest.mark.parametrize("username", ["shou1", "pai1", "cai1"])
def test_words_about_persons_are_in_nobodys_view(program: Programs, begun: str, username: str) -> None:
    assert PHONE not in str(program(username).get(f"/subjects/hoarding/{begun}").body)


def test_they_are_looked_at_by_right_and_the_look_is_written_down(program: Programs, begun: str) -> None:
    assert program("pai1").get(f"/subjects/hoarding/{begun}/persons").code == "right-missing"
    answer = program("shou1").get(f"/subjects/hoarding/{begun}/persons")
    assert answer.body["items"] == [{"sequence": 1, "field": "owner_phone", "text": PHONE}]
    assert [t.by.person for t in transitions("look", begun)] == ["shou1"]


@pytest.mark.parametrize("username", ["gong-desk", "jie-desk", "min1", "ji1"])
def test_who_has_nothing_to_do_with_it_finds_nothing(program: Programs, begun: str, username: str) -> None:
    who = program(username)
    assert who.get(f"/subjects/hoarding/{begun}").code == "not-found"
    assert who.get("/subjects/hoarding").body["items"] == []
