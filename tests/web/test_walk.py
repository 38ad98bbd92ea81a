"""A case walked from notice to closed by hand in a real browser, each move by the post whose it is."""

import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import CAI, COVER, EAST
from tests.web.browsing import Desk, jpeg
from xiuhua.domain.notice import Channel
from xiuhua.operations.attach import Attached, attach
from xiuhua.operations.move import Done
from xiuhua.operations.report import Sent, report
from xiuhua.operations.world import World


@pytest.fixture
def desk(page: Page, served: str) -> Desk:
    return Desk(page, served)


def _reported(world: World) -> str:
    """A broken cover that a collector reported; the number of its case."""
    photo = attach(io.BytesIO(jpeg(80)), CAI, world)
    assert isinstance(photo, Attached)
    sent = Sent(Channel.COLLECTOR, EAST, world.now(), COVER, "broken", photos=(photo.id,))
    done = report(sent, CAI, world)
    assert isinstance(done, Done)
    return done.number


def _reported_by_hand(desk: Desk) -> str:
    page = desk.page
    desk.sign_in("cai1")
    page.get_by_role("search").get_by_role("link", name="上报", exact=True).click()
    expect(page).to_have_url(f"{desk.address}/case/new/report")
    desk.listening()
    page.locator("input[type=file]").set_input_files(
        {"name": "before.jpg", "mimeType": "image/jpeg", "buffer": jpeg(80)}
    )
    page.get_by_label("经度").fill(str(EAST.lon))
    page.get_by_label("纬度").fill(str(EAST.lat))
    page.get_by_label("地点描述").fill("东一路 12 号门前")
    page.get_by_label("类别").select_option(COVER)
    condition = page.get_by_label("立案条件")
    expect(condition.locator("option")).to_have_count(3)  # brought for the class that was chosen
    condition.select_option("broken")
    page.get_by_label("问题描述").fill("井盖破损 <script>alert(1)</script>")
    page.locator("form.sheet button.main").click()
    expect(page).to_have_url(re.compile(r"/case/990101-20230306-\d{5}$"))
    return page.url.rsplit("/", 1)[1]


def test_a_case_is_walked_from_notice_to_closed_by_hand(desk: Desk) -> None:
    number = _reported_by_hand(desk)
    assert desk.stage() == "上报"
    expect(desk.page.locator(".story").last).to_have_text("井盖破损 <script>alert(1)</script>")
    for username, move, given, stage in (
        ("shou1", "受理", {}, "受理"),
        ("zhi1", "立案", {"tick": "条件符合"}, "立案"),
        ("pai1", "派遣", {}, "派遣"),  # the duty list's unit is chosen already
        ("gong-desk", "签收", {}, "签收"),
        ("gong-desk", "分派处置人", {"handler": "gong-hand"}, "处置"),
        ("gong-hand", "处置反馈", {"photo": True}, "待确认"),
        ("gong-desk", "确认反馈", {}, "处置反馈"),
        ("shou1", "派发核查", {"collector": "cai2"}, "核查"),
        ("cai2", "核查通过", {"photo": True}, "待结案"),
        ("zhi1", "结案", {"tick": "条件符合"}, "结案"),
    ):
        desk.sign_in(username)
        desk.open(number)
        desk.move(move, **given)
        assert desk.stage() == stage, (username, move)
    expect(desk.page.locator(".line > li")).to_have_count(11)
    expect(desk.page.locator(".photos img")).to_have_count(3)
    assert desk.troubles == []


def test_the_map_is_drawn_over_its_picture_and_asks_nobody_else(desk: Desk, district: World) -> None:
    number = _reported(district)
    desk.sign_in("pai1")
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.open(number)
    expect(desk.page.locator(".map.drawn canvas")).to_be_visible()
    expect(desk.page.locator(".map .invented")).to_have_text("虚构地面")
    assert [url for url in asked if not url.startswith((desk.address, "blob:", "data:"))] == []
    assert desk.troubles == []


def test_the_keyboard_goes_through_the_list_opens_and_moves(desk: Desk, district: World) -> None:
    number = _reported(district)
    desk.sign_in("shou1")
    page = desk.page
    desk.listening()
    page.keyboard.press("j")
    expect(page.locator(f"a.open[href^='/case/{number}']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(number))
    desk.listening()
    page.keyboard.press(".")
    expect(page.locator("[data-move]").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#move-accept")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog#help")).to_be_visible()
    page.keyboard.press("?")
    page.keyboard.press("u")
    expect(page).to_have_url(f"{desk.address}/case/?view=for-me")
    desk.listening()
    page.keyboard.press("/")
    expect(page.locator("#text")).to_be_focused()


def test_counts_come_after_the_list(desk: Desk, district: World) -> None:
    _reported(district)
    desk.sign_in("shou1")
    reported = desk.page.locator("#tallies a", has_text="上报").first.locator("data")
    expect(reported).to_have_text("1")
    expect(reported).to_have_attribute("title", "各阶段登记数")


def test_without_a_graphics_card_the_drawn_ground_stays(desk: Desk, district: World) -> None:
    number = _reported(district)
    desk.sign_in("pai1")
    desk.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    desk.open(number)
    expect(desk.page.locator(".map svg.ground .ring")).to_be_visible()
    expect(desk.page.locator(".map canvas")).to_have_count(0)
    assert desk.page.locator(".map svg.ground path").count() > 0


def test_a_case_can_be_moved_without_any_script(
    chromium: Browser, desk: Desk, served: str, district: World
) -> None:
    number = _reported(district)
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    plain = Desk(context.new_page(), served)
    plain.sign_in("shou1")
    plain.open(number)
    plain.page.locator("#move-accept summary").click()
    plain.page.locator("#move-accept button.main").click()
    assert plain.stage() == "受理"
    context.close()
