"""The map in a real browser: panned, zoomed, clicked, searched; and who sees what on it."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.cast import EAST, LAMP
from tests.maps import terrain
from tests.operations.test_be_at import on_shift
from tests.web.browsing import Desk
from tests.web.conftest import SignIn
from tests.web.test_walk import _reported
from xiuhua.domain.ground_metric import GROUND_METRICS
from xiuhua.domain.place import Gcj02, Wgs84, distance_m, wgs84_to
from xiuhua.operations.world import World

LOOK = "it => { const look = getComputedStyle(it); return [look.color, look.backgroundColor, look.cursor]; }"


@pytest.fixture
def ground(district: World) -> Iterator[None]:
    terrain.lay()
    yield
    terrain.forget()


class Map:
    """Somebody in front of the map. Points of the ground are clicked by where the screen shows them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page
        self.canvas = self.page.locator(".map-page canvas")
        self.chosen = self.page.locator("#chosen")

    def open(self, username: str, at: Wgs84 = EAST, zoom: float = 17) -> None:
        self.desk.sign_in(username)
        self.page.goto(f"{self.desk.address}/map/#map={zoom}/{at.lat}/{at.lon}")
        expect(self.page.locator(".map-page.drawn")).to_be_attached()
        self.still()

    def still(self) -> None:
        """Everything that was asked for has been drawn: nothing is under way, and the count of rests grows no more."""
        page = self.page.locator(".map-page")
        expect(page).to_have_attribute("data-idle", re.compile(r"\d+"))
        before = ""
        while (now := page.get_attribute("data-idle") or "") != before:
            before = now
            self.page.wait_for_timeout(600)
            expect(page.locator(".canvas")).not_to_have_attribute("aria-busy", "true")

    def click(self, east: float = 0, south: float = 0) -> None:
        """Pixels from the middle of the map."""
        box = self.canvas.bounding_box()
        assert box
        self.page.mouse.click(box["x"] + box["width"] / 2 + east, box["y"] + box["height"] / 2 + south)

    def drag(self, east: float, south: float) -> None:
        box = self.canvas.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + east, y + south, steps=8)
        self.page.mouse.up()
        self.still()

    def place(self) -> tuple[float, float]:
        """Longitude and latitude of the middle, as the address says it."""
        found = re.search(r"map=[\d.]+/([\d.]+)/([\d.]+)", self.page.url)
        assert found, self.page.url
        return float(found[2]), float(found[1])


@pytest.fixture
def shown(page: Page, served: str) -> Map:
    return Map(Desk(page, served))


@pytest.mark.usefixtures("ground")
def test_the_map_is_panned_and_a_grid_a_component_and_a_case_are_clicked(shown: Map, district: World) -> None:
    number = _reported(district)
    shown.open("pai1")
    shown.click()  # the case lies in the middle
    expect(shown.chosen).to_contain_text(number)
    expect(shown.chosen.get_by_role("link", name="打开案件")).to_have_attribute("href", f"/case/{number}")
    before = shown.place()
    shown.drag(-300, 220)
    after = shown.place()
    assert after[0] > before[0]
    assert after[1] > before[1]
    shown.click()  # nothing but ground there
    expect(shown.chosen).to_contain_text("单元网格")
    expect(shown.chosen).to_contain_text("990101001001001")
    expect(shown.chosen.get_by_role("link", name="本网格案件")).to_be_visible()
    shown.page.get_by_label("部件", exact=True).check()
    shown.page.goto(f"{shown.desk.address}/map/#map=18/30.0027/110.0046")  # the tenth lamp
    shown.still()
    shown.click()
    expect(shown.chosen).to_contain_text("D-0009")
    expect(shown.chosen).to_contain_text("完好")
    assert shown.desk.troubles == []


@pytest.mark.usefixtures("ground")
def test_the_number_of_components_steps_beside_a_case_and_both_can_be_clicked(shown: Map, district: World) -> None:
    number = _reported(district)
    terrain.components([(EAST.lon, EAST.lat, LAMP, "") for _ in range(500)], first=20_000)
    terrain.forget()
    shown.open("pai1", zoom=14)
    shown.page.get_by_label("部件", exact=True).check()
    shown.still()
    shown.click()
    expect(shown.chosen).to_contain_text(number)
    shown.click(south=26)  # a step below
    expect(shown.page).to_have_url(re.compile("map=16/"))
    assert shown.desk.troubles == []


@pytest.mark.usefixtures("ground")
def test_a_pole_number_is_searched_and_flown_to(shown: Map) -> None:
    shown.open("pai1", zoom=14)
    box = shown.page.get_by_role("combobox", name="搜索地图")
    box.fill(terrain.POLE.lower())
    expect(shown.page.locator("#hits [role=option]")).to_contain_text(terrain.POLE)
    box.press("Enter")
    expect(shown.chosen).to_contain_text(terrain.POLE)
    shown.still()
    lon, lat = shown.place()
    assert distance_m(Wgs84(lon, lat), Wgs84(110.001 + 42 * 0.0004, 30.0027)) < 2
    assert shown.desk.troubles == []


@pytest.mark.usefixtures("ground")
def test_the_search_says_when_there_is_nothing_and_takes_words(shown: Map) -> None:
    shown.open("pai1", zoom=14)
    box = shown.page.get_by_role("combobox", name="搜索地图")
    box.fill("没有这样的地方啊")
    expect(shown.page.locator("#find [aria-live]")).to_have_text("没有这个名称")
    expect(shown.page.locator("#find [aria-live]")).not_to_have_class(re.compile("away"))  # seen, not only heard
    box.fill("绣云路与东一路交叉口")
    expect(shown.page.locator("#hits [role=option]").first).to_contain_text("绣云路与东一路路口")
    box.press("Enter")
    shown.still()
    assert distance_m(Wgs84(*shown.place()), Wgs84(110.0045, 30.0025)) < 5


@pytest.mark.usefixtures("ground")
def test_the_keyboard_reaches_the_map_moves_it_and_opens_what_lies_in_its_middle(shown: Map, district: World) -> None:
    number = _reported(district)
    shown.open("pai1")
    shown.canvas.focus()
    shown.page.keyboard.press("Enter")
    expect(shown.chosen).to_contain_text(number)
    shown.page.keyboard.press("Escape")
    expect(shown.chosen).to_be_hidden()
    before = shown.place()
    shown.page.keyboard.press("ArrowRight")
    shown.still()
    assert shown.place()[0] > before[0]


@pytest.mark.usefixtures("ground")
def test_a_shown_layer_can_be_hidden(shown: Map, district: World) -> None:
    number = _reported(district)
    shown.open("pai1")
    shown.page.get_by_label("案件", exact=True).uncheck()
    shown.still()
    shown.click()
    expect(shown.chosen).not_to_contain_text(number)
    expect(shown.chosen).to_contain_text("单元网格")


@pytest.mark.usefixtures("ground")
def test_the_former_grids_of_a_line_can_be_laid_over(shown: Map) -> None:
    asked: list[str] = []
    shown.page.on("request", lambda request: asked.append(request.url))
    shown.open("pai1", zoom=13)
    shown.page.get_by_label("原网格", exact=True).select_option("policing")
    shown.still()
    assert any("/tiles/former/" in url and "line=policing" in url for url in asked)
    shown.page.get_by_label("原网格", exact=True).select_option("")
    shown.still()
    assert shown.desk.troubles == []


@pytest.mark.usefixtures("ground")
def test_the_map_says_that_it_is_coming_and_why_it_does_not(shown: Map) -> None:
    shown.open("pai1", zoom=15)
    coming, told = shown.page.locator(".map-page .coming"), shown.page.locator("#told")
    expect(coming).to_be_hidden()
    expect(told).to_be_hidden()
    shown.page.locator(".map-page .canvas").evaluate("canvas => canvas.setAttribute('aria-busy', 'true')")
    expect(coming).to_be_visible()
    shown.page.context.clear_cookies()
    shown.page.get_by_label("部件", exact=True).check()
    expect(told).to_have_text("登录已失效，请重新载入本页。")


@pytest.mark.usefixtures("ground")
def test_each_layer_is_asked_for_once_and_what_was_chosen_can_be_closed(shown: Map) -> None:
    asked: list[str] = []
    shown.page.on("request", lambda request: asked.append(request.url))
    shown.open("pai1", zoom=15)
    cases = [url for url in asked if "/tiles/cases/" in url]
    assert cases
    assert len(cases) == len(set(cases))
    assert all("open=true" in url for url in cases)
    shown.click()
    expect(shown.chosen).to_contain_text("单元网格")
    shown.chosen.get_by_role("button", name="关闭").click()
    expect(shown.chosen).to_be_hidden()


def test_what_is_counted_on_the_map_is_a_registered_figure(sign_in: SignIn) -> None:
    page = sign_in("pai1").get("/map/").content.decode()
    assert '<div class="canvas" aria-busy="true">' in page  # from the first moment on
    for key in ("map-cases", "map-components"):
        assert GROUND_METRICS[key].names.zh in page
        assert GROUND_METRICS[key].how.zh in page
    assert GROUND_METRICS["map-components"].how.zh not in sign_in("min1").get("/map/").content.decode()


@pytest.mark.usefixtures("ground")
def test_the_map_asks_nobody_but_this_server(shown: Map) -> None:
    asked: list[str] = []
    shown.page.on("request", lambda request: asked.append(request.url))
    shown.open("ling1", zoom=15)
    assert [url for url in asked if not url.startswith((shown.desk.address, "blob:", "data:"))] == []
    assert any("/tiles/ground/" in url for url in asked)
    expect(shown.page.locator(".map-page .invented")).to_have_text("虚构地面")


@pytest.mark.usefixtures("ground")
def test_collectors_on_shift_are_shown_to_those_who_need_them_only(shown: Map, district: World) -> None:
    on_shift("cai1", EAST, district)
    shown.open("zhi1")
    shown.page.get_by_label("在岗").check()
    shown.still()
    shown.click()
    expect(shown.chosen).to_contain_text("采一")
    shown.desk.sign_in("gong-desk")
    shown.page.goto(f"{shown.desk.address}/map/")
    expect(shown.page.locator("[name=positions]")).to_have_count(0)


@pytest.mark.usefixtures("ground")
def test_what_is_drawn_over_a_shifted_map_is_shifted_by_the_same_formula(shown: Map) -> None:
    shown.open("pai1")
    for place in (Wgs84(116.6, 35.4), Wgs84(110.0, 30.0), Wgs84(121.47, 31.23), Wgs84(2.35, 48.85)):
        there = shown.page.evaluate(
            "async ([lon, lat]) => { const m = await import('/static/look/map/gcj.js'); "
            "const to = m.toGcj([lon, lat]); return [to, m.fromGcj(to)]; }",
            [place.lon, place.lat],
        )  # fmt: skip
        wanted = wgs84_to(place, Gcj02)
        assert there[0] == pytest.approx([wanted.lon, wanted.lat], abs=1e-9)
        assert there[1] == pytest.approx([place.lon, place.lat], abs=1e-8)


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("username", "sees"), [("zhi1", True), ("gong-desk", False), ("jie-desk", False), ("cai2", True), ("min1", False)]
)
def test_what_a_click_tells_is_what_a_list_would_show(
    sign_in: SignIn, district: World, username: str, sees: bool
) -> None:
    number = _reported(district)  # nobody's case yet
    client = sign_in(username)
    assert client.get(f"/map/case/{number}").status_code == (200 if sees else 404)
    assert client.get("/map/case/no-such").status_code == 404


@pytest.mark.usefixtures("ground")
def test_components_are_told_to_those_inside_only(sign_in: SignIn) -> None:
    code = "9901010101000042"
    assert "D-0041" in sign_in("gong-hand").get(f"/map/component/{code}").content.decode()
    assert sign_in("min1").get(f"/map/component/{code}").status_code == 404
    assert LAMP not in sign_in("min1").get("/map/").content.decode()


@pytest.mark.usefixtures("ground")
def test_a_point_is_said_in_words(sign_in: SignIn) -> None:
    client = sign_in("pai1")
    assert "绣云路18号附近" in client.get("/map/at?lon=110.0077&lat=30.0024").content.decode()
    for wrong in ("?lon=x&lat=1", "?lon=200&lat=1", ""):
        assert client.get(f"/map/at{wrong}").status_code == 404


@pytest.mark.usefixtures("ground")
def test_a_border_is_drawn_on_the_map_point_by_point(shown: Map) -> None:
    shown.desk.sign_in("pai1")
    shown.page.goto(f"{shown.desk.address}/grid-change/new/propose")
    small = shown.page.locator(".map.drawn canvas")
    small.scroll_into_view_if_needed()
    box = small.bounding_box()
    assert box
    text = shown.page.locator(".field:has([data-undo]) textarea")
    undo = shown.page.get_by_role("button", name="撤回上一点")
    expect(undo).to_be_disabled()
    expect(undo).to_have_css("cursor", "not-allowed")
    dull = undo.evaluate(LOOK)
    for clicked, east in enumerate((0.2, 0.5, 0.8), 1):
        shown.page.mouse.click(box["x"] + box["width"] * east, box["y"] + box["height"] / 2)
        expect(text).to_have_value(re.compile(rf'"coordinates":\[(\[[^\]]*\],?){{{clicked}}}\]'))
    undo.hover()
    assert all(one != other for one, other in zip(undo.evaluate(LOOK), dull, strict=True))
    undo.click()
    drawn = json.loads(text.input_value())
    assert drawn["type"] == "LineString"
    (west, _), (east, _) = drawn["coordinates"]
    assert 109 < west < east < 111
    assert shown.desk.troubles == []


@pytest.mark.usefixtures("ground")
def test_a_click_near_a_corner_of_a_unit_grid_is_on_it(shown: Map) -> None:
    shown.desk.sign_in("pai1")
    with shown.page.expect_response(re.compile(r"/api/v1/grids\?within=990101001-g1")):
        shown.page.goto(f"{shown.desk.address}/grid-change/new/propose?grids=990101001-g1")
    small = shown.page.locator(".map.drawn canvas")
    small.scroll_into_view_if_needed()
    box = small.bounding_box()
    assert box
    shown.page.wait_for_timeout(300)
    shown.page.mouse.click(box["x"] + box["width"] / 2 + 4, box["y"] + box["height"] / 2 - 4)
    drawn = json.loads(shown.page.locator(".field:has([data-undo]) textarea").input_value())
    assert drawn["coordinates"] == [[110.005, 30.005]]


SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("point", "meets"),
    [((6, 3), [0, 0]), ((103, 40), [10, 4]), ((97, 97), [10, 10]), ((45, 7), [4.5, 0]), ((50, 50), None)],
)  # fmt: skip
def test_a_corner_goes_before_an_edge_and_what_is_far_from_both_is_left(
    shown: Map, point: tuple[float, float], meets: list[float] | None
) -> None:
    shown.open("pai1")
    found = shown.page.evaluate(
        "async ([[x, y], ring]) => { const m = await import('/static/look/map/snap.js'); "
        "return m.snapped({ x, y }, [ring], ([lon, lat]) => ({ x: lon * 10, y: lat * 10 })); }",
        [list(point), SQUARE],
    )
    assert found == meets


@pytest.mark.usefixtures("ground")
def test_between_two_corners_of_one_grid_the_line_follows_its_border(shown: Map) -> None:
    shown.open("pai1")
    ways = shown.page.evaluate(
        "async (rings) => { const m = await import('/static/look/map/snap.js'); "
        "return [m.along([0, 0], [10, 10], rings), m.along([20, 0], [0, 0], rings), m.along([0, 0], [10, 0], rings)]; }",
        [[[0, 0], [10, 0], [12, 5], [10, 10], [0, 10], [0, 0]]],
    )
    assert ways == [[[0, 10]], [], []]


@pytest.mark.usefixtures("ground")
def test_an_open_map_asks_again_for_what_moves(shown: Map, district: World) -> None:
    shown.open("zhi1")
    shown.page.get_by_label("在岗").check()
    shown.still()
    on_shift("cai1", EAST, district)
    shown.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # what the interval does, at once
    shown.still()
    shown.click()
    expect(shown.chosen).to_contain_text("采一")


@pytest.mark.usefixtures("ground")
def test_what_was_chosen_of_another_day_is_closed(shown: Map) -> None:
    shown.open("pai1")
    shown.click()
    expect(shown.chosen).to_be_visible()
    shown.page.locator("[name=day]").fill("2023-03-07")
    expect(shown.chosen).to_be_hidden()


@pytest.mark.usefixtures("ground")
def test_the_whole_district_is_seen_beside_what_lies_over_the_map(shown: Map) -> None:
    shown.desk.sign_in("pai1")
    shown.page.goto(f"{shown.desk.address}/map/")
    expect(shown.page.locator(".map-page.drawn")).to_be_attached()
    lon, _ = shown.place()
    middle = 110.015  # of the tiny district
    assert lon < middle  # so that it stands to the right of the middle
