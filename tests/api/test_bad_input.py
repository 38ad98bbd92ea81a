"""Bad input: each gets its status, its code and a sentence in both languages, and nothing is written.

As a program would send them.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.conftest import MORNING, Answer, Program, Programs, jpeg, notice
from tests.cast import COVER, GUAN, OUTSIDE, at
from tests.operations.test_attach import BAD as BAD_PHOTOS
from xiuhua.operations import clock
from xiuhua.operations.people import take_post
from xiuhua.operations.world import World
from xiuhua.store.models import (
    CounterRow,
    KeyRow,
    OutboxRow,
    PhotoRow,
    SubjectRow,
    TermRow,
    TextRow,
    TransitionRow,
)  # fmt: skip

pytestmark = pytest.mark.django_db
EVERY = (CounterRow, KeyRow, OutboxRow, PhotoRow, SubjectRow, TermRow, TextRow, TransitionRow)


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in EVERY)


@dataclass
class Nothing:
    """Asks in both languages and looks that nothing was written."""

    program: Program
    seen: list[Answer] = field(default_factory=list)

    def __call__(self, ask: Callable[[Program], Answer]) -> Answer:
        sentences = {}
        for language in ("zh-CN", "en"):
            self.program.language = language
            before = written()
            answer = ask(self.program)
            assert written() == before
            assert answer.code
            sentences[language] = answer.body["detail"]
        assert sentences["zh-CN"] != sentences["en"]
        assert not sentences["zh-CN"].isascii() and sentences["en"]
        return answer


@pytest.fixture
def cai(program: Programs) -> Program:
    return program("cai1")


@pytest.fixture
def nothing(cai: Program) -> Nothing:
    return Nothing(cai)


NOTICES = [
    pytest.param({"class": "tiny/event/nothing"}, 422, "class-unknown", "class", id="类别不存在 unknown class"),
    pytest.param({"class": "'; DROP TABLE subject; --"}, 422, "class-unknown", "class", id="SQL as a class"),
    pytest.param({"class": COVER, "condition": "nothing"}, 422, "condition-unknown", "condition", id="unknown condition"),
    pytest.param({"place": {"lon": OUTSIDE.lon, "lat": OUTSIDE.lat}}, 422, "place-outside-district", "place",
                 id="位置在区外 outside the district"),
    pytest.param({"place": None}, 422, "place-missing", "place", id="缺位置 no place"),
    pytest.param({"place": {"lon": 200, "lat": 30}}, 422, "input-wrong", "place.lon", id="经度200 no such longitude"),
    pytest.param({"place": {"lon": "east", "lat": 30}}, 422, "input-wrong", "place.lon", id="a word as longitude"),
    pytest.param({"place": {"lon": 110, "lat": 30, "datum": "mars"}}, 422, "input-wrong", "place.datum", id="unknown datum"),
    pytest.param({"place": [110.0, 30.0]}, 422, "input-wrong", "place", id="a pair of floats without datum"),
    pytest.param({"noticed_at": (MORNING + timedelta(minutes=6)).isoformat()}, 422, "moment-in-the-future", "noticed_at",
                 id="未来时间 in the future"),
    pytest.param({"noticed_at": (MORNING - timedelta(days=4)).isoformat()}, 422, "too-old", "noticed_at",
                 id="过早 too long ago"),
    pytest.param({"noticed_at": "2023-03-06T09:00:00"}, 422, "input-wrong", "noticed_at", id="没有时区 no time zone"),
    pytest.param({"noticed_at": "9999-12-31T23:59:59-12:00"}, 422, "input-wrong", "noticed_at", id="the end of time"),
    pytest.param({"noticed_at": "0001-01-01T00:00:00+14:00"}, 422, "input-wrong", "noticed_at", id="before all time"),
    pytest.param({"noticed_at": "昨天"}, 422, "input-wrong", "noticed_at", id="a word as a moment"),
    pytest.param({"channel": "pigeon"}, 422, "input-wrong", "channel", id="渠道不存在 unknown channel"),
    pytest.param({"channel": "hotline"}, 403, "channel-not-yours", "channel", id="不是本岗位渠道 another post's channel"),
    pytest.param({"photos": []}, 422, "photo-missing", "photos", id="缺照片 no photo"),
    pytest.param({"photos": ["nothing"]}, 422, "photo-unusable", "photos", id="照片不存在 unknown photo"),
    pytest.param({"photos": ["x"] * 21}, 422, "input-wrong", "photos", id="too many photos"),
    pytest.param({"photos": "p1"}, 422, "input-wrong", "photos", id="a word where a list belongs"),
    pytest.param({"description": "长" * 4001}, 422, "input-wrong", "description", id="描述过长 too long a text"),
    pytest.param({"description": 7}, 422, "input-wrong", "description", id="a number as text"),
    pytest.param({"clas": COVER}, 422, "input-wrong", "clas", id="拼错的字段 a misspelt field"),
    pytest.param({"confidence": 1.5}, 422, "input-wrong", "confidence", id="置信度1.5"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "status", "code", "named"), NOTICES)
def test_a_notice_that_cannot_be_taken(nothing: Nothing, more: dict[str, Any], status: int, code: str, named: str) -> None:
    photo = nothing.program.photo()
    body = notice(**({"photos": [photo]} | more))
    answer = nothing(lambda program: program.post_json("/notices", body))
    assert (answer.status, answer.code, answer.body["field"]) == (status, code, named)


def test_a_clock_that_is_five_minutes_ahead_is_forgiven(cai: Program) -> None:
    assert cai.notice(noticed_at=(MORNING + timedelta(minutes=5)).isoformat()).status == 201


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param({"frames": ["f"]}, "confidence-missing", id="缺置信度 no confidence"),
        pytest.param({"confidence": 0.9}, "frames-missing", id="缺证据帧 no evidence frames"),
        pytest.param({"confidence": 0.9, "frames": ["f"]}, "photo-unusable", id="frames that are not there"),
    ],
)
def test_a_machines_notice_that_proves_nothing(program: Programs, more: dict[str, Any], code: str) -> None:
    body = notice(channel="vehicle-analysis", **more)
    answer = Nothing(program("ji1"))(lambda machine: machine.post_json("/notices", body))
    assert (answer.status, answer.code) == (422, code)


BODIES = [
    pytest.param(b"{", "application/json", 400, "json-broken", id="半个JSON broken JSON"),
    pytest.param(json.dumps(notice(description="井盖"), ensure_ascii=False).encode("gbk"), "application/json", 400,
                 "json-broken", id="GBK编码 wrong encoding"),
    pytest.param(b'{"channel": NaN}', "application/json", 400, "json-broken", id="NaN"),
    pytest.param(b'{"place": {"lon": 1e999}}', "application/json", 400, "json-broken", id="an infinite number"),
    pytest.param(b"[" * 100_000, "application/json", 400, "json-broken", id="100,000 brackets"),
    pytest.param(b'{"description": "' + b"a" * 10_000_000 + b'"}', "application/json", 413, "body-large", id="10 MB JSON"),
    pytest.param(b"channel=collector", "application/x-www-form-urlencoded", 415, "body-kind", id="a form"),
    pytest.param(b"<notice/>", "text/xml", 415, "body-kind", id="XML"),
    pytest.param(b"[]", "application/json", 422, "input-wrong", id="a list"),
    pytest.param(b"null", "application/json", 422, "input-wrong", id="null"),
    pytest.param(b"", "application/json", 422, "input-wrong", id="空 nothing"),
    pytest.param(json.dumps(notice(description="a\0b")).encode(), "application/json", 400, "text-unusable", id="NUL"),
    pytest.param(json.dumps(notice(description="\ud800")).encode(), "application/json", 400, "text-unusable",
                 id="half a surrogate pair"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "status", "code"), BODIES)
def test_a_body_that_cannot_be_read(nothing: Nothing, body: bytes, kind: str, status: int, code: str) -> None:
    answer = nothing(lambda program: program.post_json("/notices", body, content_type=kind))
    assert (answer.status, answer.code) == (status, code)


def test_a_backslash_and_u0000_as_text_is_text(cai: Program) -> None:
    assert cai.notice(description=r"路径 C:\u0000").status == 201


@pytest.mark.parametrize(("content", "code"), BAD_PHOTOS)
def test_a_photo_that_cannot_be_taken(nothing: Nothing, content: bytes, code: str) -> None:
    answer = nothing(lambda program: program.send_photo(content))
    if code == "photo-large" and answer.code == "body-large":  # refused before it is read
        code = "body-large"
    expected = {"photo-large": 413, "body-large": 413, "photo-kind": 415}.get(code, 422)
    assert (answer.status, answer.code) == (expected, code)


def test_a_photo_that_is_missing(nothing: Nothing) -> None:
    answer = nothing(lambda program: program.post_json("/photos", {}))
    assert (answer.status, answer.code, answer.body["field"]) == (422, "input-wrong", "file")


HOSTILE = ["'; DROP TABLE subject; --", "<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "{{7*7}}", "%s%n", "\u202e倒"]
TEXTS = ["description", "place_text", "road", "component", "owner", "external", "reporter_name", "reporter_phone", "model"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_every_field_is_only_text(program: Programs, hostile: str) -> None:
    shou = program("shou1")
    begun = shou.post_json("/notices", notice(channel="hotline", **dict.fromkeys(TEXTS, hostile)))
    assert begun.status == 201, begun.body
    case = shou.get(f"/cases/{begun.body['number']}").body
    assert case["facts"]["place_text"] == case["facts"]["external"] == hostile
    assert case["transitions"][0]["texts"]["description"] == hostile
    assert shou.get("/cases").status == 200


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["unit", "grid", "street", "class", "text"])
def test_hostile_text_in_every_filter_finds_nothing(cai: Program, name: str, hostile: str) -> None:
    assert cai.notice().status == 201
    answer = cai.get(f"/cases?{name}={quote(hostile)}")
    assert (answer.status, answer.body["items"]) == (200, [])


def cursor(at: str, number: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([at, number]).encode()).decode().rstrip("=")


FILTERS = [
    pytest.param("/cases?stage=nowhere", 422, "stage-unknown", id="unknown stage"),
    pytest.param("/cases?channel=pigeon", 422, "input-wrong", id="unknown channel"),
    pytest.param("/cases?due=soon", 422, "input-wrong", id="unknown due state"),
    pytest.param("/cases?box=1,2,3", 422, "box-wrong", id="half a box"),
    pytest.param("/cases?box=nan,nan,nan,nan", 422, "box-wrong", id="a box of nothing"),
    pytest.param("/cases?limit=201", 422, "input-wrong", id="too long a page"),
    pytest.param("/cases?limit=all", 422, "input-wrong", id="no number"),
    pytest.param("/cases?cursor=abc", 422, "cursor-wrong", id="a broken cursor"),
    pytest.param("/cases?cursor=WzEsMl0", 422, "cursor-wrong", id="a forged cursor"),
    pytest.param(f"/cases?cursor={cursor('0001-01-01T00:00:00+14:00', 'a')}", 422, "cursor-wrong", id="before all time"),
    pytest.param(f"/cases?cursor={cursor('9999-12-31T23:59:59-14:00', 'a')}", 422, "cursor-wrong", id="after all time"),
    pytest.param(f"/cases?cursor={cursor('2023-03-06T00:00:00Z', chr(0xD800))}", 422, "cursor-wrong", id="half a letter"),
    pytest.param("/cases?text=%00", 400, "text-unusable", id="NUL in an address"),
    pytest.param("/cases/990101-20230306-99999", 404, "not-found", id="no such number"),
    pytest.param("/cases/..%2f..%2fetc%2fpasswd", 404, "not-found", id="a path"),
    pytest.param("/cases/counts?metric=my-own", 404, "metric-unknown", id="a number nobody registered"),
    pytest.param("/subjects/grid-change/counts?metric=handling-rate", 422, "metric-of-cases", id="a rate of no cases"),
    pytest.param("/subjects/nothing", 404, "kind-unknown", id="no such register"),
    pytest.param("/photos/nothing", 404, "photo-unknown", id="no such photo"),
    pytest.param("/catalogue?edition=nothing", 422, "edition-unknown", id="no such edition"),
    pytest.param("/grids?tier=nothing", 422, "tier-unknown", id="no such tier"),
    pytest.param("/nothing", 404, "not-found", id="no such address"),
]


@pytest.mark.parametrize(("path", "status", "code"), FILTERS)
def test_an_address_that_asks_for_nothing(program: Programs, path: str, status: int, code: str) -> None:
    answer = Nothing(program("shou1"))(lambda program: program.get(path))
    assert (answer.status, answer.code) == (status, code)


def test_a_method_that_an_address_does_not_know(nothing: Nothing) -> None:
    answer = nothing(lambda program: program.get("/notices"))
    assert (answer.status, answer.code) == (405, "method-unknown")
    assert "POST" in answer.headers["Allow"]


# moves


@pytest.fixture
def number(cai: Program) -> str:
    begun = cai.notice()
    assert begun.status == 201, begun.body
    found: str = begun.body["number"]
    return found


MOVES = [
    pytest.param("shou1", "file", {"met": True}, 403, "post-may-not", id="不是本岗位动作 another post's move"),
    pytest.param("zhi1", "close", {"met": True}, 409, "move-not-possible", id="阶段不对 not from this stage"),
    pytest.param("shou1", "fly", {}, 404, "move-unknown", id="没有这个动作 no such move"),
    pytest.param("shou1", "reject", {}, 422, "field-missing", id="缺必填 a field is missing"),
    pytest.param("shou1", "reject", {"reason": "because"}, 422, "choice-unknown", id="no such choice"),
    pytest.param("shou1", "reject", {"reason": ["evidence"]}, 422, "field-kind", id="a list as a choice"),
    pytest.param("shou1", "reject", {"reason": "evidence", "x": 1}, 422, "field-unknown", id="a field too many"),
    pytest.param("shou1", "accept", {"class": "none"}, 422, "class-unknown", id="unknown class"),
    pytest.param("shou1", "merge", {"into": "990101-20230306-77777"}, 422, "subject-unknown", id="merge into nothing"),
    pytest.param("shou1", "ask-more", {"reason": "长" * 4001}, 422, "field-long", id="too long"),
    pytest.param("jie-desk", "sign", {}, 404, "not-found", id="别的单位 another unit's case"),
]  # fmt: skip


@pytest.mark.parametrize(("username", "move", "given", "status", "code"), MOVES)
def test_a_move_that_cannot_be_made(
    program: Programs, number: str, username: str, move: str, given: dict[str, Any], status: int, code: str
) -> None:
    path, body = f"/cases/{number}/moves/{move}", {"version": 1, "given": given}
    answer = Nothing(program(username))(lambda who: who.post_json(path, body))
    assert (answer.status, answer.code) == (status, code)


def test_two_people_at_once_the_second_is_told_and_looks_again(program: Programs, number: str) -> None:
    one, other = program("shou1"), program("shou1")
    assert one.post_json(f"/cases/{number}/moves/accept", {"version": 1}).status == 200
    answer = Nothing(other)(lambda who: who.post_json(f"/cases/{number}/moves/accept", {"version": 1}))
    assert (answer.status, answer.code, answer.body["version"]) == (409, "lost-race", 2)


VERSIONS = [
    pytest.param({}, "", 428, "version-missing", id="没有版本 no version"),
    pytest.param({"version": 1}, '"2"', 422, "version-wrong", id="two versions"),
    pytest.param({}, "W/1", 422, "input-wrong", id="a tag of another kind"),
    pytest.param({"version": 0}, "", 422, "input-wrong", id="version 0"),
]


@pytest.mark.parametrize(("body", "tag", "status", "code"), VERSIONS)
def test_a_write_names_the_version_it_saw(
    program: Programs, number: str, body: dict[str, Any], tag: str, status: int, code: str
) -> None:
    headers = {"if_match": tag} if tag else {}
    answer = Nothing(program("shou1"))(lambda who: who.post_json(f"/cases/{number}/moves/accept", body, **headers))
    assert (answer.status, answer.code) == (status, code)


def test_the_tag_of_a_case_is_a_version_too(program: Programs, number: str) -> None:
    shou = program("shou1")
    tag = shou.get(f"/cases/{number}").headers["ETag"]
    assert shou.post_json(f"/cases/{number}/moves/accept", {}, if_match=tag).status == 200


def test_a_repeat_gets_the_first_answer(cai: Program) -> None:
    body = notice(photos=[cai.photo()])
    first = cai.post_json("/notices", body, idempotency_key="k1")
    before = written()
    again = cai.post_json("/notices", body, idempotency_key="k1")
    assert (first.status, first.body) == (again.status, again.body)
    assert written() == before


def test_a_repeated_move_gets_the_first_answer(program: Programs, number: str) -> None:
    shou = program("shou1")
    path = f"/cases/{number}/moves/accept"
    first, again = (shou.post_json(path, {"version": 1}, idempotency_key="m1") for _ in range(2))
    assert (first.status, first.body) == (again.status, again.body) and first.status == 200


def test_the_same_key_with_another_body_is_refused(nothing: Nothing) -> None:
    photo = nothing.program.photo()
    assert nothing.program.post_json("/notices", notice(photos=[photo]), idempotency_key="k1").status == 201
    other = notice(photos=[photo], description="另一内容")
    answer = nothing(lambda who: who.post_json("/notices", other, idempotency_key="k1"))
    assert (answer.status, answer.code) == (422, "key-used")


@pytest.mark.parametrize("key", ["x" * 81, "a b"])
def test_a_key_is_short_and_plain(nothing: Nothing, key: str) -> None:
    answer = nothing(lambda who: who.post_json("/notices", notice(), idempotency_key=key))
    assert (answer.status, answer.code, answer.body["field"]) == (422, "input-wrong", "Idempotency-Key")


def test_a_case_is_not_begun_behind_the_back_of_the_intake(program: Programs) -> None:
    answer = Nothing(program("guan1"))(lambda who: who.post_json("/subjects/case", {"move": "adopt"}))
    assert (answer.status, answer.code) == (422, "begin-by-notice")


# people and time


def test_a_post_taken_away_ends_at_the_next_request(program: Programs, number: str, district: World) -> None:
    shou = program("shou1")
    assert shou.get(f"/cases/{number}").status == 200
    take_post("shou1", "acceptor", "centre", GUAN, district)
    answer = Nothing(shou)(lambda who: who.post_json(f"/cases/{number}/moves/accept", {"version": 1}))
    assert (answer.status, answer.code) == (403, "no-post")


def test_a_calendar_year_that_nobody_entered_is_refused(program: Programs) -> None:
    cai, shou, zhi, pai = (program(name) for name in ("cai1", "shou1", "zhi1", "pai1"))
    clock.set_demo_clock(at("2026-03-02 09:00"))
    number = cai.notice(noticed_at=at("2026-03-02 09:00").isoformat()).body["number"]
    assert shou.move(number, "accept").status == 200
    assert zhi.move(number, "file", met=True).status == 200
    body = {"version": 3, "given": {"unit": "works"}}
    answer = Nothing(pai)(lambda who: who.post_json(f"/cases/{number}/moves/dispatch", body))
    assert (answer.status, answer.code) == (422, "calendar-year-unknown")
    assert "2026" in answer.body["detail"]


def test_every_problem_has_what_rfc_9457_asks_for(nothing: Nothing) -> None:
    answer = nothing(lambda who: who.get("/cases/none"))
    assert set(answer.body) >= {"type", "title", "status", "detail", "code"}
    assert answer.body["type"] == "urn:xiuhua:problem:not-found"


def test_a_broken_upload_of_a_form_is_a_problem(nothing: Nothing) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + jpeg()[:40]
    answer = nothing(lambda who: who.post_json("/photos", body, content_type="multipart/form-data; boundary=x"))
    assert answer.status in (400, 415, 422)
