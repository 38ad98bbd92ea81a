"""The pages of the register of components: found, looked at, changed by those who keep it, closed to others."""

import html
import re

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.cast import COVER, EAST, SHOU
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND, line, surveyed
from tests.stories.play import Play
from tests.web.browsing import Desk
from tests.web.conftest import SignIn
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.operations.world import World
from xiuhua.store.components import standing

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def register(district: World) -> World:
    surveyed(
        line(FIRST, owner="works", note=SCRIPT), line(SECOND, 0, 20), line(LAMP_ONE, 5, label="SL012", state="破损"),
        world=district,
    )  # fmt: skip
    return district


def _page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.usefixtures("register")
def test_the_list_is_searched_and_narrowed(sign_in: SignIn) -> None:
    client = sign_in("cai1")
    assert all(code in _page(client, "/components/") for code in (FIRST, SECOND, LAMP_ONE))
    lamps = _page(client, "/components/?text=sl 012")
    assert LAMP_ONE in lamps
    assert FIRST not in lamps
    assert FIRST not in _page(client, "/components/?state=damaged")
    assert LAMP_ONE not in _page(client, f"/components/?class={COVER}")
    assert "data-row" not in _page(client, "/components/?text=nothing")


def test_a_search_says_how_many_are_shown_and_offers_the_next_page(district: World, sign_in: SignIn) -> None:
    told = [line(f"9901010137{i:06d}", i, label=f"SL{i:03d}&") for i in range(1, 53)]
    surveyed(*told, world=district)
    client = sign_in("cai1")
    first = _page(client, "/components/?text=sl")
    assert first.count("data-row") == 50
    assert "本页 50 个，后面还有" in first
    assert "To the first page" not in _page(sign_in("cai1", "en"), "/components/?text=sl")
    (following,) = re.findall(r'href="([^"]+)" rel="next"', first)
    second = _page(sign_in("cai1", "en"), html.unescape(following))
    assert second.count("data-row") == 2
    assert "2 on this page</span>" in second
    assert 'rel="next"' not in second
    assert "To the first page" in second
    assert "回到第一页" in _page(client, html.unescape(following))
    assert _page(client, "/components/?text=sl&after=nonsense").count("data-row") == 50


@pytest.mark.usefixtures("register")
def test_how_many_there_are_of_each_class(sign_in: SignIn) -> None:
    part = _page(sign_in("cai1"), "/components/classes")
    assert '<data value="2" title="2个">2</data>' in part
    assert GROUND_METRICS["components-there"].how.zh in part


@pytest.mark.usefixtures("register")
def test_a_component_is_shown_with_its_place_its_past_and_what_is_near(sign_in: SignIn) -> None:
    play = Play()
    play.sends(description="井盖破了")
    surveyed(line(FIRST, owner="lighting", note=SCRIPT), name="summer")
    page = _page(sign_in("zhi1"), f"/components/{FIRST}")
    for said in ("井盖", "路灯所", "市政所 → 路灯所", "第 1 版被替换", "spring/1", play.number, LAMP_ONE, "±10.0 m"):
        assert said in page, said
    assert SCRIPT not in page


@pytest.mark.usefixtures("register")
def test_it_is_shown_in_english_too_and_what_is_not_there_is_not_found(sign_in: SignIn) -> None:
    assert "manhole cover" in _page(sign_in("zhi1", "en"), f"/components/{FIRST}")
    assert _page(sign_in("zhi1"), "/components/9901010101000099", 404)
    assert _page(sign_in("zhi1"), "/components/%F0%9F%98%80", 404)


def test_where_nothing_was_surveyed_the_list_says_so(district: World, sign_in: SignIn) -> None:
    assert "xiuhua components import" in _page(sign_in("zhi1"), "/components/")


@pytest.mark.usefixtures("register")
def test_who_keeps_the_register_changes_one(sign_in: SignIn) -> None:
    client = sign_in("zhi1")
    answer = client.post(f"/components/{FIRST}/change", {"state": "lost", "label": "ａ1"}, follow=True)
    assert "已修改，现为第 2 版" in answer.content.decode()
    changed = standing([FIRST])[FIRST].component
    assert (changed.state.value, changed.label, changed.owner) == ("lost", "A1", "works")


@pytest.mark.usefixtures("register")
def test_what_cannot_be_changed_comes_back_with_what_was_typed(sign_in: SignIn) -> None:
    answer = sign_in("zhi1").post(f"/components/{FIRST}/change", {"label": "长" * 41})
    assert answer.status_code == 422
    assert "超过 40 字" in answer.content.decode()
    assert "长" * 41 in answer.content.decode()
    assert standing([FIRST])[FIRST].version == 1


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("username", "sees", "keeps"),
    [
        ("cai1", True, False), ("shou1", True, False), ("zhi1", True, True), ("pai1", True, False),
        ("gong-desk", True, False), ("gong-hand", True, False), ("du1", True, False), ("kao1", True, False),
        ("ling1", True, False), ("guan1", True, True), ("min1", False, False),
    ],
)  # fmt: skip
def test_who_sees_and_who_keeps(sign_in: SignIn, username: str, sees: bool, keeps: bool) -> None:
    client = sign_in(username)
    for path in ("/components/", "/components/classes", f"/components/{FIRST}"):
        assert client.get(path).status_code == (200 if sees else 403), path
    assert ('href="/components/"' in client.get("/inbox/").content.decode()) is sees
    answer = client.post(f"/components/{FIRST}/change", {"state": "lost"})
    assert answer.status_code == (302 if keeps else 403)
    assert standing([FIRST])[FIRST].version == (2 if keeps else 1)


@pytest.mark.usefixtures("register")
def test_accepting_offers_the_nearest_of_the_class(sign_in: SignIn) -> None:
    play = Play()
    play.sends()
    page = _page(sign_in("shou1"), f"/case/{play.number}")
    assert f'<option value="{FIRST}">0 m · 市政所' in page
    assert LAMP_ONE not in page
    answer = sign_in("shou1").post(
        f"/case/{play.number}/accept",
        {"seen": "1", "key": "k1", "f-class": COVER, "f-condition": "broken", "f-component": FIRST},
    )
    assert answer.status_code == 302
    assert play.case.fact("owner") == "works"
    assert f'<a href="/components/{FIRST}">{FIRST}</a>' in _page(sign_in("shou1"), f"/case/{play.number}")
    assert play.case.did["accept"] == (SHOU.person,)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("query", ["", "lon=x&lat=1", "lon=999&lat=1", f"lon={EAST.lon}&lat={EAST.lat}&class=nothing"])
def test_a_part_that_is_asked_wrongly_offers_nothing(sign_in: SignIn, query: str) -> None:
    assert "<option" not in _page(sign_in("cai1"), f"/part/components?{query}")


@pytest.mark.usefixtures("register")
def test_a_browser_offers_the_nearest_in_a_new_notice(served: str, page: Page) -> None:
    desk = Desk(page, served)
    desk.sign_in("cai1")
    page.goto(f"{served}/case/new/report")
    page.locator("input[data-lon]").fill(str(EAST.lon))
    page.locator("input[data-lat]").fill(str(EAST.lat))
    page.locator("[data-class]").select_option(COVER)
    with page.expect_response("**/part/components**"):
        page.locator("[data-near]").focus()
    page.wait_for_selector(f"datalist option[value='{FIRST}']", state="attached")
    assert not desk.troubles
