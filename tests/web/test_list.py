"""The list: what waits for a post, filters, pages by key, and counts that are registered figures."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.cast import CAI, GONG_DESK, MIDDLE, REFUSE, SHOU
from tests.stories.play import Play
from tests.web.conftest import SignIn
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.metric import METRICS
from xiuhua.domain.people import Holding, Post
from xiuhua.operations.deliver import deliver
from xiuhua.operations.people import give_post, take_post
from xiuhua.operations.world import World


@pytest.fixture
def play(district: World) -> Play:
    return Play()


def _numbers(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/case/{query}").content.decode()
    return re.findall(r'class="open" href="/case/([^"?]+)', page)


def test_the_first_page_after_signing_in_is_the_list(sign_in: SignIn) -> None:
    answer = sign_in("shou1").get("/", follow=True)
    assert answer.redirect_chain == [("/case/?view=for-me", 302)]
    assert sign_in("ling1").get("/").headers["Location"] == "/case/?view=open", (
        "nothing ever waits for a leader"
    )
    assert "还没有线索" in sign_in("shou1").get("/case/").content.decode()


def test_what_waits_for_a_post_is_for_it(play: Play, sign_in: SignIn) -> None:
    play.sends()
    play.does(SHOU, "accept")
    accepted = play.number
    play.sends(place=MIDDLE)
    assert set(_numbers(sign_in("shou1"), "?view=for-me")) == {accepted, play.number}
    assert _numbers(sign_in("zhi1"), "?view=for-me") == [accepted]
    assert _numbers(sign_in("pai1"), "?view=for-me") == []
    assert len(_numbers(sign_in("pai1"))) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?stage=dispatched", 1), ("?stage=closed", 0), ("?channel=collector", 2), ("?channel=hotline", 0),
        ("?unit=works", 1), ("?unit=cleaner", 0), (f"?class={REFUSE}", 1), ("?text=胜利", 1), ("?text=胜", 1),
        ("?text=桥上", 0), ("?grid=990101002", 0), ("?due=red", 1), ("?due=green", 1), ("?view=open", 2),
    ],
)  # fmt: skip
def test_filters_narrow_the_list(play: Play, sign_in: SignIn, query: str, found: int) -> None:
    play.until("dispatch")
    play.sends(place=MIDDLE, class_key=REFUSE, condition="exposed", place_text="胜利桥东")
    assert len(_numbers(sign_in("pai1"), query)) == found


def test_pages_follow_each_other_by_key(play: Play, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.web.listing.SIZE", 2)
    for _ in range(3):
        play.sends()
    client = sign_in("pai1")
    page = client.get("/case/").content.decode()
    following = re.search(r'href="(/case/\?after=[^"]+)" rel="next"', page)
    assert following
    first, second = _numbers(client), _numbers(client, following[1].removeprefix("/case/"))
    assert (len(first), len(second)) == (2, 1)
    assert not set(first) & set(second)
    assert _numbers(client, "?after=nonsense") == first


def test_counts_are_a_request_of_their_own_and_registered_figures(play: Play, sign_in: SignIn) -> None:
    play.sends()
    client = sign_in("shou1")
    assert "<data" not in client.get("/case/").content.decode()
    counts = client.get("/case/counts").content.decode()
    named = set(re.findall(r'<data value="\d+" title="([^"]+)">', counts))
    assert named <= {metric.names.zh for metric in METRICS.values()}
    assert "<html" not in counts
    without_scripts = client.get("/case/?counts=1").content.decode()
    assert '<data value="1"' in without_scripts


def test_a_unit_sees_its_own_cases_only(play: Play, sign_in: SignIn) -> None:
    play.until("dispatch")
    assert _numbers(sign_in("gong-desk")) == [play.number]
    assert _numbers(sign_in("jie-desk")) == []
    assert sign_in("jie-desk").get(f"/case/{play.number}").status_code == 404
    counts = sign_in("jie-desk").get("/case/counts").content.decode()
    assert '<data value="1"' not in counts


def test_a_post_that_was_taken_away_ends_at_the_next_page(
    play: Play, sign_in: SignIn, district: World
) -> None:
    client = sign_in("gong-desk")
    assert client.get("/case/").status_code == 200
    take_post(GONG_DESK.person, "unit-desk", "works", SYSTEM, district)
    assert client.get("/case/").status_code == 302


def test_a_notice_is_in_the_inbox_of_whom_it_was_sent_to(play: Play, sign_in: SignIn) -> None:
    play.until("dispatch")
    deliver(play.time.now)
    client = sign_in("gong-desk")
    page = client.get("/inbox/").content.decode()
    assert play.number in page
    assert "有未读消息" in client.get("/case/").content.decode()
    notice = re.search(r'href="(/inbox/\d+/)"', page)
    assert notice
    assert client.get(notice[1]).headers["Location"] == f"/case/{play.number}"
    assert "有未读消息" not in client.get("/case/").content.decode()
    assert sign_in("jie-desk").get(notice[1]).status_code == 404
    assert CAI.person not in page


def test_who_holds_two_posts_sits_at_one_of_them(play: Play, sign_in: SignIn, district: World) -> None:
    give_post("shou1", Holding(Post.DISPATCHER, "centre", frozenset(), date(2020, 1, 1)), SYSTEM, district)
    client = sign_in("shou1")
    assert "待我办理" in client.get("/case/").content.decode()
    assert client.post("/look/post/", {"post": "dispatcher@centre"}).status_code == 302
    assert 'value="dispatcher@centre" selected' in client.get("/case/").content.decode()
    client.post("/look/post/", {"post": "administrator@centre"})
    assert 'value="dispatcher@centre" selected' in client.get("/case/").content.decode(), (
        "a post that is not held"
    )


def test_the_bottom_line_names_what_falls_due_next(play: Play, sign_in: SignIn) -> None:
    play.until("dispatch")
    line = sign_in("gong-desk").get("/case/soon").content.decode()
    assert play.number in line
    assert play.number not in sign_in("jie-desk").get("/case/soon").content.decode()


def test_the_ground_is_sent_once(sign_in: SignIn) -> None:
    client = sign_in("pai1")
    tile = "/api/v1/tiles/grids/13/6599/3379.mvt"
    answer = client.get(tile)
    assert len(answer.content) > 200
    again = client.get(tile, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
