"""One case over the interface, from a notice to its closing, as a program would do it."""

import pytest

from tests.api.conftest import Programs

pytestmark = pytest.mark.django_db


def test_a_case_is_walked_from_notice_to_closed(program: Programs) -> None:
    cai, cai_er, shou, zhi, pai = map(program, ("cai1", "cai2", "shou1", "zhi1", "pai1"))
    desk, hand = program("gong-desk"), program("gong-hand")
    begun = cai.notice()
    assert begun.status == 201, begun.body
    number = begun.body["number"]
    assert begun.headers["Location"] == f"/api/v1/subjects/case/{number}"
    for who, move, given in (
        (shou, "accept", {}),
        (zhi, "file", {"met": True}),
        (pai, "dispatch", {"unit": "works"}),
        (desk, "sign", {}),
        (desk, "assign", {"handler": "gong-hand"}),
        (hand, "feed-back", {"photos": [hand.photo()]}),
        (desk, "confirm", {}),
        (shou, "send-check", {"collector": "cai2"}),
        (cai_er, "check-pass", {"photos": [cai_er.photo()]}),
        (zhi, "close", {"met": True}),
    ):
        made = who.move(number, move, **given)
        assert made.status == 200, (move, made.body)
    case = shou.get(f"/cases/{number}")
    assert case.body["stage"]["code"] == "closed"
    assert case.headers["ETag"] == f'"{case.body["version"]}"'
    assert [t["move"]["code"] for t in case.body["transitions"]][:3] == ["report", "accept", "file"]
