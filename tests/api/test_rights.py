"""What each role sees and may do over the interface: one test for each role and face."""

import json
from typing import Any

import pytest

from tests.api.conftest import Program, Programs, notice
from tests.cast import POSTER, REFUSE
from xiuhua.store.loading import transitions
from xiuhua.store.models import SubjectRow

pytestmark = pytest.mark.django_db

NAMES = ("cai1", "cai2", "采一", "采二", "王五", "13900001111")


@pytest.fixture
def checked(program: Programs) -> str:
    """A case of the works office that cai1 reported and cai2 checked."""
    cai, cai_er, shou, zhi, pai = map(program, ("cai1", "cai2", "shou1", "zhi1", "pai1"))
    desk, hand = program("gong-desk"), program("gong-hand")
    number: str = cai.notice().body["number"]
    for who, move, given in (
        (shou, "accept", {}), (zhi, "file", {"met": True}), (pai, "dispatch", {"unit": "works"}),
        (desk, "assign", {"handler": "gong-hand"}), (hand, "feed-back", {"photos": [hand.photo()]}),
        (desk, "confirm", {}), (shou, "send-check", {"collector": "cai2"}),
        (cai_er, "check-fail", {"reason": "not-done", "photos": [cai_er.photo()], "note": "井盖仍破损"}),
    ):  # fmt: skip
        answer = who.move(number, move, **given)
        assert answer.status == 200, (move, answer.body)
    return number


def everything(who: Program, number: str) -> str:
    """All that this program can read of a case."""
    paths = (f"/cases/{number}", f"/cases/{number}/moves", "/cases", f"/cases?text={number}", "/subjects/case")
    return json.dumps([who.get(path).body for path in paths], ensure_ascii=False)


@pytest.mark.parametrize("username", ["gong-desk", "gong-hand"])
def test_the_unit_side_reads_no_name_of_who_reported_or_checked(program: Programs, checked: str, username: str) -> None:
    who = program(username)
    text = everything(who, checked)
    assert who.get(f"/cases/{checked}").status == 200
    assert not any(name in text for name in NAMES)
    steps = {s["move"]["code"]: s for s in who.get(f"/cases/{checked}").body["transitions"]}
    assert (steps["report"]["post"]["code"], steps["report"]["person"], steps["report"]["name"]) == ("collector", "", "")
    assert (steps["check-fail"]["person"], steps["check-fail"]["texts"]) == ("", {"note": "井盖仍破损"})


@pytest.mark.parametrize("username", ["jie-desk", "jie-hand", "rong-desk", "min1", "min2", "ji1"])
def test_others_find_nothing_of_it_anywhere(program: Programs, checked: str, username: str) -> None:
    who = program(username)
    photo = SubjectRow.objects.get(number=checked).photo
    for path in (f"/cases/{checked}", f"/cases/{checked}/moves", f"/subjects/case/{checked}", f"/photos/{photo}",
                 f"/photos/{photo}/thumbnail"):  # fmt: skip
        assert who.get(path).status == 404, path
    assert who.get("/cases").body["items"] == []
    assert who.post_json(f"/cases/{checked}/moves/note", {"version": 1, "given": {"note": "x"}}).status == 404


@pytest.mark.parametrize("username", ["shou1", "zhi1", "pai1", "du1", "kao1", "ling1", "guan1", "cai1", "cai2"])
def test_the_centre_reads_the_whole_case(program: Programs, checked: str, username: str) -> None:
    who = program(username)
    case = who.get(f"/cases/{checked}").body
    assert {s["move"]["code"]: s["name"] for s in case["transitions"]}["report"] == "采一"
    assert [line["number"] for line in who.get("/cases").body["items"]] == [checked]


FIGURES = {
    "shou1": 200, "zhi1": 200, "pai1": 200, "du1": 200, "kao1": 200, "ling1": 200, "guan1": 200, "gong-desk": 200,
    "gong-hand": 403, "cai1": 403, "min1": 403, "ji1": 403,
}  # fmt: skip


@pytest.mark.parametrize(("username", "status"), FIGURES.items())
def test_figures_need_their_right(program: Programs, checked: str, username: str, status: int) -> None:
    assert program(username).get("/cases/counts?metric=open-by-unit").status == status


def test_a_unit_counts_only_its_own(program: Programs, checked: str) -> None:
    assert program("cai1").notice(**{"class": REFUSE, "condition": "exposed"}).status == 201
    assert program("zhi1").get("/cases/counts?metric=open-cases").body["total"] == 2
    assert program("gong-desk").get("/cases/counts?metric=open-cases").body["total"] == 1
    assert program("jie-desk").get("/cases/counts?metric=open-cases").body["total"] == 0


PERSONS = {
    "shou1": 200, "zhi1": 200, "du1": 200, "pai1": 403, "kao1": 403, "ling1": 403, "guan1": 403, "cai1": 403,
    "gong-desk": 403, "gong-hand": 403, "min1": 403, "ji1": 403,
}  # fmt: skip


@pytest.mark.parametrize(("username", "status"), PERSONS.items())
def test_looking_at_persons_needs_its_right_and_is_written_down(program: Programs, username: str, status: int) -> None:
    shou = program("shou1")
    sent = notice(channel="hotline", reporter_name="王五", reporter_phone="13900001111")
    number = shou.post_json("/notices", sent).body["number"]
    answer = program(username).get(f"/cases/{number}/persons")
    assert answer.status == status
    assert [t.by.person for t in transitions("look", number)] == ([username] if status == 200 else [])
    if status == 200:
        assert [item["text"] for item in answer.body["items"]] == ["王五", "13900001111"]


@pytest.mark.parametrize("username", ["shou1", "pai1", "gong-desk"])
def test_names_and_phones_come_with_nothing_else(program: Programs, username: str) -> None:
    sent = notice(channel="hotline", reporter_name="王五", reporter_phone="13900001111")
    number = program("shou1").post_json("/notices", sent).body["number"]
    SubjectRow.objects.update(unit="works")
    assert not any(name in everything(program(username), number) for name in ("王五", "13900001111"))


def test_a_citizen_sees_his_own_and_nobody_elses(program: Programs) -> None:
    own = program("min1").post_json("/notices", notice(channel="public", **{"class": POSTER, "condition": "posted"}))
    assert own.status == 201
    number = own.body["number"]
    assert program("min1").get(f"/cases/{number}").status == 200
    assert program("min2").get(f"/cases/{number}").status == 404


def test_the_moves_offered_are_those_of_the_post(program: Programs, checked: str) -> None:
    offered: dict[str, Any] = program("gong-desk").get(f"/cases/{checked}/moves").body
    by_name = {move["name"]: move for move in offered["moves"]}
    assert offered["stage"] == "received" and by_name["start"]["possible"]
    assert "check-pass" not in by_name
    assert by_name["answer-supervision"]["refusal"]["code"] == "not-flagged"
    fields = {f["name"]: f for f in by_name["ask-suspension"]["fields"]}
    assert [c["value"] for c in fields["reason"]["choices"]] == ["engineering", "season"]


@pytest.mark.parametrize(("username", "status"), [("zhi1", 200), ("shou1", 403), ("gong-desk", 403), ("guan1", 403)])
def test_a_photo_is_made_public_by_right_only(program: Programs, checked: str, username: str, status: int) -> None:
    photo = SubjectRow.objects.get(number=checked).photo
    nobody = Program()
    assert nobody.get(f"/photos/{photo}").code == "photo-unknown"
    assert program(username).post_json(f"/photos/{photo}/release", {}).status == status
    assert nobody.get(f"/photos/{photo}").status == (200 if status == 200 else 404)
