"""One subject's page and its moves without any script: refusals, lost races, repeats, rights, and other registers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import CAI, GONG_DESK, PAI, SHOU, ZHI
from tests.stories.play import Play
from tests.web.browsing import jpeg
from tests.web.conftest import SignIn
from xiuhua.operations.world import World
from xiuhua.store.loading import transitions

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def play(district: World) -> Play:
    return Play()


def _page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", jpeg(), "image/jpeg")


def test_the_page_shows_what_a_person_needs_to_decide(play: Play, sign_in: SignIn) -> None:
    play.sends(description="井盖破了", place_text="胜利桥东")
    play.does(SHOU, "accept")
    play.does(ZHI, "file", met=True)
    page = _page(sign_in("pai1"), f"/case/{play.number}")
    for said in (
        "井盖破了",
        "胜利桥东",
        "派遣时限",
        "为什么是这个时间",
        "为什么是这个单位",
        "井盖归市政所",
        "虚构地面",
        "采一",
    ):
        assert said in page, said
    assert f'action="/case/{play.number}/dispatch"' in page
    assert re.search(r'<option value="works" selected>', page), "the duty list's unit is chosen already"


def test_a_move_that_cannot_be_made_now_says_why(play: Play, sign_in: SignIn) -> None:
    play.until("dispatch")
    page = _page(sign_in("gong-desk"), f"/case/{play.number}")
    refused = re.search(r'aria-disabled="true"><b>答复督办</b><p>([^<]+)', page)
    assert refused
    assert "/answer-supervision" not in page


def test_a_move_is_made_by_a_plain_form(play: Play, sign_in: SignIn) -> None:
    play.sends()
    client = sign_in("shou1")
    answer = client.post(f"/case/{play.number}/accept", {"seen": 1, "key": "k1"}, follow=True)
    assert answer.redirect_chain == [(f"/case/{play.number}", 302)]
    assert "已受理，现处于“受理”" in answer.content.decode()


def test_pressing_twice_is_pressing_once(play: Play, sign_in: SignIn) -> None:
    play.sends()
    client = sign_in("shou1")
    for _ in range(2):
        assert client.post(f"/case/{play.number}/note", {"seen": 1, "f-note": "看过", "key": "k1"}).status_code == 302
    assert len(transitions("case", play.number)) == 2


def test_what_the_rules_refuse_comes_back_at_its_field_with_what_was_typed(
    play: Play, sign_in: SignIn
) -> None:
    play.sends()
    answer = sign_in("shou1").post(f"/case/{play.number}/reject", {"seen": 1, "f-note": "重复" + SCRIPT})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写不受理理由" in page
    assert "重复&lt;script&gt;" in page
    assert SCRIPT not in page
    assert re.search(r'id="move-reject" open', page)


def test_a_lost_race_keeps_what_was_typed_and_says_what_changed(play: Play, sign_in: SignIn) -> None:
    play.sends()
    play.does(SHOU, "accept")
    answer = sign_in("shou1").post(f"/case/{play.number}/note", {"seen": 1, "f-note": "我的话"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "此件已被他人办理" in page
    assert "受理 · 受理员 受一" in page
    assert re.search(r"<textarea[^>]+>我的话</textarea>", page)
    assert "note" not in [t.move for t in transitions("case", play.number)]


def test_a_lost_race_names_no_collector_to_the_unit_side(play: Play, sign_in: SignIn) -> None:
    play.until("dispatch")
    play.does(GONG_DESK, "sign")
    page = sign_in("gong-desk").post(f"/case/{play.number}/sign", {"seen": 1}).content.decode()
    assert "此件已被他人办理" in page
    assert "采一" not in page


def test_the_move_of_another_post_is_refused_even_if_it_is_posted(play: Play, sign_in: SignIn) -> None:
    play.sends()
    answer = sign_in("pai1").post(f"/case/{play.number}/accept", {"seen": 1})
    assert answer.status_code == 422
    assert "派遣员不能受理" in answer.content.decode()


@pytest.mark.parametrize("username", ["gong-desk", "gong-hand"])
def test_the_unit_side_sees_the_post_and_never_the_person(play: Play, sign_in: SignIn, username: str) -> None:
    play.sends(reporter_name="李某", reporter_phone="13800000000")
    for by, move, given in (
        (SHOU, "accept", {}),
        (ZHI, "file", {"met": True}),
        (PAI, "dispatch", {"unit": "works"}),
    ):
        play.does(by, move, **given)
    play.does(GONG_DESK, "assign", handler="gong-hand")
    page = _page(sign_in(username), f"/case/{play.number}")
    assert "监督员" in page
    for hidden in ("采一", CAI.person, "李某", "13800000000"):
        assert hidden not in page, hidden
    assert sign_in(username).post(f"/case/{play.number}/persons").status_code == 403


def test_a_look_at_who_reported_is_a_button_and_is_journaled(play: Play, sign_in: SignIn) -> None:
    play.sends(reporter_name="李某", reporter_phone="13800000000")
    client = sign_in("shou1")
    assert "李某" not in _page(client, f"/case/{play.number}")
    looked = client.post(f"/case/{play.number}/persons").content.decode()
    assert "李某" in looked
    assert "13800000000" in looked
    assert [t.by.person for t in transitions("look", play.number)] == ["shou1"]


def test_photos_are_seen_by_those_who_see_the_case(play: Play, sign_in: SignIn) -> None:
    play.until("assign")
    hand = sign_in("gong-hand")
    sent = {"seen": play.case.version, "f-photos-new": _photo()}
    answer = hand.post(f"/case/{play.number}/feed-back", sent)
    assert answer.status_code == 302
    photo = transitions("case", play.number)[-1].evidence[0]
    for username, status in (("gong-desk", 200), ("shou1", 200), ("jie-desk", 404)):
        answer = sign_in(username).get(f"/photo/{photo}/small")
        assert answer.status_code == status, username
        if status == 200:
            assert answer.getvalue().startswith(b"\xff\xd8"), "read to its end, or the file stays open"
    assert Client().get(f"/photo/{photo}").status_code == 404


def test_a_photo_that_cannot_be_taken_says_so_and_nothing_is_done(play: Play, sign_in: SignIn) -> None:
    play.until("assign")
    broken = SimpleUploadedFile("photo.jpg", b"not a photo", "image/jpeg")
    answer = sign_in("gong-hand").post(f"/case/{play.number}/feed-back", {"f-photos-new": broken})
    assert answer.status_code == 422
    assert "只接收 JPEG、PNG、WebP 照片" in answer.content.decode()
    assert play.case.stage == "handling"


def test_a_photo_is_kept_when_something_else_was_refused(play: Play, sign_in: SignIn) -> None:
    play.until("send-check")
    sent = {"seen": play.case.version, "f-photos-new": _photo(), "f-note": "没有理由"}
    page = sign_in("cai2").post(f"/case/{play.number}/check-fail", sent).content.decode()
    kept = re.search(r'name="f-photos" value="(\w+)" checked', page)
    assert kept
    again = {"seen": play.case.version, "f-photos": kept[1], "f-reason": "not-done"}
    assert sign_in("cai2").post(f"/case/{play.number}/check-fail", again).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_script_in_any_text_stays_text(play: Play, sign_in: SignIn, language: str) -> None:
    play.sends(description=SCRIPT, place_text=SCRIPT, external=SCRIPT, reporter_name=SCRIPT)
    client = sign_in("shou1", language)
    client.post(f"/case/{play.number}/note", {"seen": play.case.version, "f-note": SCRIPT})
    for path in (
        f"/case/{play.number}",
        "/case/",
        f"/case/?text={SCRIPT}",
        f"/case/{play.number}?text={SCRIPT}",
    ):
        assert SCRIPT not in _page(client, path), path


def test_the_next_of_the_queue_follows_a_move(play: Play, sign_in: SignIn) -> None:
    numbers = []
    for _ in range(2):
        play.sends()
        numbers.append(play.number)
    older, newer = numbers
    client = sign_in("shou1")
    page = _page(client, f"/case/{newer}?view=for-me")
    assert f'name="next" value="{older}"' in page
    answer = client.post(f"/case/{newer}/accept?view=for-me", {"seen": 1, "next": older})
    assert answer.headers["Location"] == f"/case/{older}?view=for-me"


def test_another_register_goes_through_the_same_pages(sign_in: SignIn) -> None:
    client = sign_in("shou1")
    form = _page(client, "/hoarding/new/discover")
    assert "业主电话" in form
    given = {
        "f-place-lon": "110.0025",
        "f-place-lat": "30.0025",
        "f-place_text": "胜利桥东",
        "f-owner_phone": "138",
    }
    there = client.post("/hoarding/new/discover", given).headers["Location"]
    assert there == "/hoarding/hoarding-20230306-00001"
    assert "胜利桥东" in _page(client, "/hoarding/?text=胜利")
    page = _page(client, there)
    for said in ("围挡台账", "查验手续时限", "待建地块", f'action="{there}/register"'):
        assert said in page, said
    answer = client.post(f"{there}/register", {"seen": 1, "f-unit": "works", "f-use": "vacant"}, follow=True)
    assert "在册" in answer.content.decode()
    assert "待建地块" in answer.content.decode()


def test_english_pages_hold_no_chinese_of_ours(play: Play, sign_in: SignIn) -> None:
    """Names of people stay as they are written; everything else has its English."""
    play.until("dispatch")
    for username, path in (
        ("pai1", "/case/?counts=1"),
        ("pai1", f"/case/{play.number}"),
        ("cai1", "/case/new/report"),
    ):
        page = _page(sign_in(username, "en"), path)
        chinese = set(re.findall(r"[\u4e00-\u9fff]+", page)) - {"中文", "采一", "派一", "受一", "值一"}
        assert chinese == set(), path


@pytest.mark.parametrize(
    ("username", "asked"),
    [
        pytest.param("cai1", True, id="a collector's notice needs a class and a photo, and the form says so"),
        pytest.param("shou1", False, id="an acceptor may relay a call that has neither"),
    ],
)
def test_a_form_asks_for_what_the_notice_would_be_refused_without(
    sign_in: SignIn, username: str, *, asked: bool
) -> None:
    page = _page(sign_in(username), "/case/new/report")
    for field in ("report-class", "report-photos"):
        control = re.search(rf'<(?:select|input)[^>]* id="{field}"[^>]*>', page)
        assert control, field
        assert (" required" in control[0]) is asked
