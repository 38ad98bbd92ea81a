"""A grid change on the screen: before and after, opinions, holders, and the ground to draw on."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from playwright.sync_api import Page, expect

from tests.cast import PAI, ZHI, at
from tests.operations.ground_rows import block, components, road
from tests.stories.redrawing import DONG, G1, UPRIGHT
from tests.web.browsing import Desk
from tests.web.changing import WAY, moved, proposed
from tests.web.conftest import SignIn
from xiuhua.domain.grid_change_flow import KIND
from xiuhua.domain.people import Post
from xiuhua.operations import clock
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done
from xiuhua.operations.sweep import sweep
from xiuhua.operations.world import World, world
from xiuhua.store.models import SubjectRow


def test_a_change_shows_before_and_after(district: World, sign_in: SignIn) -> None:
    road("across", (110.0, 30.005), (110.01, 30.005))
    block("estate", 110.004, 30.002, 110.007, 30.004, households=100, people=301)
    components((110.001, 30.001), (110.008, 30.008))
    number = proposed(district)
    assert "还没有测算" in sign_in("pai1").get(f"/{KIND}/{number}").content.decode()
    moved(district, number, *WAY)
    page = sign_in("pai1").get(f"/{KIND}/{number}").content.decode()
    for said in ("调整前", "调整后", "990101001-g4", "道路长度", "100户", "有条件同意", "先公示", "监督员B岗待指定"):
        assert said in page, said
    street = sign_in("dong-desk").get(f"/{KIND}/{number}").content.decode()
    assert "调整后" in street and "待指定" not in street
    assert sign_in("gong-desk").get(f"/{KIND}/{number}").status_code == 404
    assert sign_in("min1").get(f"/{KIND}/{number}").status_code == 404


def test_every_opinion_stays_on_the_page_with_who_and_what(district: World, sign_in: SignIn) -> None:
    number = proposed(district)
    moved(district, number, (PAI, "reckon", {}), (PAI, "consult", {}))
    moved(district, number, (DONG, "answer-street", {"opinion": "object", "said": "商户会不知找谁"}))
    moved(district, number, (ZHI, "record-police", {"opinion": "object", "said": "公函5号"}))
    moved(district, number, (PAI, "record-police", {"opinion": "agree", "said": "公函6号"}))
    ling = sign_in("ling1").get(f"/{KIND}/{number}").content.decode()
    change, history = ling.split('id="line"')
    for part in (change, history):
        for said in ("不同意", "商户会不知找谁", "公函5号", "公函6号", "值一", "派一", "东街道办"):
            assert said in part, said
    assert change.count("此前") == 1
    pai = sign_in("pai1").get(f"/{KIND}/{number}").content.decode()
    assert "登记街道意见" in pai and "街道已在线答复，不能代为登记" in pai
    assert f'action="/{KIND}/{number}/record-street' not in pai


def units_shown(page: str) -> list[tuple[str, str]]:
    table = page.split("停用和新设的单元网格")[1].split("</table>")[0]
    return [(re.sub("<[^>]+>", "", row[0]).split()[0], row[1]) for row in re.findall(
        r'<tr><td>(.*?)<span class="number">([0-9]+)', table, re.DOTALL)]  # fmt: skip


def test_unit_grids_that_are_cut_are_listed_with_their_areas(district: World, sign_in: SignIn) -> None:
    line = {"type": "LineString", "coordinates": [[110.004, 29.99], [110.004, 30.02]]}
    number = proposed(district, drawing=line, cut_units=True)
    page = sign_in("dong-desk").get(f"/{KIND}/{number}").content.decode()
    codes = ["001", "005", "006", "003", "007", "008"]
    assert units_shown(page) == [
        ("停用" if code in ("001", "003") else "新设", f"990101001001{code}") for code in codes
    ]  # fmt: skip
    ended, west, east = (int(area) for area in re.findall(r'<td class="end">([0-9]+) m²', page)[:3])
    assert abs(ended - 556 * 481.5) < 500 and west + east == pytest.approx(ended, abs=1) and west > east > 0
    assert "单元001001-5" in page
    moved(district, number, *WAY)
    clock.set_demo_clock(at("2023-03-10 08:00"))
    sweep(world(district.now))
    undo = begin(Asked(KIND, "", "propose-undo", PAI, {"of": number, "reason": "恢复"}, new=True), world(district.now))
    assert isinstance(undo, Done)
    page = sign_in("pai1").get(f"/{KIND}/{undo.number}").content.decode()
    assert [code[-3:] for _, code in units_shown(page)] == ["005", "006", "001", "007", "008", "003"]
    assert "恢复原划分</dd>" in page and ">undo<" not in page


def test_a_new_grid_is_a_link_once_it_has_a_page(district: World, sign_in: SignIn) -> None:
    number = proposed(district)
    link = 'href="/grids/990101001-g4"'
    page = sign_in("pai1").get(f"/{KIND}/{number}").content.decode()
    assert link not in page and f'href="/grids/{G1}"' in page and "东街道第4网格" in page
    moved(district, number, *WAY)
    pai = sign_in("pai1")
    assert link in pai.get(f"/{KIND}/{number}").content.decode()
    assert pai.get("/grids/990101001-g4").status_code == 200


def test_the_register_of_changes_has_nothing_that_belongs_to_cases(district: World, sign_in: SignIn) -> None:
    pai = sign_in("pai1")
    empty = pai.get(f"/{KIND}/").content.decode()
    assert "还没有登记" in empty and "线索" not in empty
    number = proposed(district)
    for page in (pai.get(f"/{KIND}/").content.decode(), pai.get(f"/{KIND}/{number}").content.decode()):
        assert 'class="thumb' not in page and "案件信息" not in page
    assert re.findall('<select id="by-([a-z]+)"', empty) == ["unit", "grid"]
    assert re.findall('<select id="by-([a-z]+)"', pai.get("/case/").content.decode()) == ["channel", "class", "unit", "grid"]


def test_what_a_street_has_to_answer_waits_for_it(district: World, sign_in: SignIn) -> None:
    number = proposed(district)
    dong = sign_in("dong-desk")
    assert number not in dong.get(f"/{KIND}/?view=for-me").content.decode()
    moved(district, number, (PAI, "reckon", {}), (PAI, "consult", {}))
    assert number in dong.get(f"/{KIND}/?view=for-me").content.decode()
    assert number not in sign_in("zhong-desk").get(f"/{KIND}/?view=for-me").content.decode()


def test_a_change_in_force_is_undone_from_its_page(district: World, sign_in: SignIn) -> None:
    number = proposed(district)
    begins = f"/{KIND}/new/propose-undo?of={number}"
    moved(district, number, *WAY)
    assert begins not in sign_in("pai1").get(f"/{KIND}/{number}").content.decode()
    clock.set_demo_clock(at("2023-03-10 08:00"))
    sweep(world(district.now))
    pai = sign_in("pai1")
    assert begins in pai.get(f"/{KIND}/{number}").content.decode()
    assert f'value="{number}"' in pai.get(begins).content.decode()
    assert begins not in sign_in("ling1").get(f"/{KIND}/{number}").content.decode()


def test_long_facts_stand_beside_their_own_labels_and_the_difference_is_seen(
    district: World, served: str, page: Page
) -> None:
    number = proposed(district, reason="居民反映新网格不便联系，" * 4, names="东片/East; 西片/West")
    moved(district, number, (PAI, "reckon", {}), (PAI, "consult", {}))
    for party in ("street", "police", "community"):
        moved(district, number, (ZHI, f"record-{party}", {"opinion": "object", "said": "公函"}))
    moved(district, number, (PAI, "conclude", {"answer": "公示十日，并在新网格公示牌上注明；" * 4}))
    Desk(page, served).sign_in("pai1")
    page.goto(f"{served}/{KIND}/{number}")
    for label in page.locator("dl.facts > dt").all():
        value = label.locator("xpath=following-sibling::dd[1]")
        one, other = label.bounding_box(), value.bounding_box()
        assert one and other and abs(one["y"] - other["y"]) < 4 and one["x"] < other["x"]
    column, shown = page.get_by_role("columnheader", name="差", exact=True).bounding_box(), page.locator("#change .scroll").first.bounding_box()
    assert column and shown and column["x"] + column["width"] <= shown["x"] + shown["width"]


def test_a_change_that_cannot_take_effect_any_more_says_so(district: World, sign_in: SignIn) -> None:
    stale = proposed(district)
    moved(district, stale, (PAI, "reckon", {}))
    moved(district, proposed(district), *WAY)
    assert "已有定于 2023-03-10 生效的调整" in sign_in("pai1").get(f"/{KIND}/{stale}").content.decode()
    clock.set_demo_clock(at("2023-03-10 08:00"))
    page = sign_in("pai1").get(f"/{KIND}/{stale}").content.decode()
    assert page.count(f"网格“{G1}”在提出后已变，请撤回后重新提出") == 3  # above, and at reckoning and consulting
    assert f'action="/{KIND}/{stale}/consult' not in page


def test_a_grid_that_is_to_come_is_not_said_to_have_ended(district: World, sign_in: SignIn) -> None:
    moved(district, proposed(district), *WAY)
    page = sign_in("guan1").get("/grids/990101001-g4").content.decode()
    assert "尚未启用" in page and "已停用" not in page
    assert "面积" in page and 'name="day" value="2023-03-10"' in page
    ended = sign_in("guan1").get("/grids/990101001-g1?day=2023-03-10").content.decode()
    assert "已停用" in ended and "尚未启用" not in ended


def test_who_is_named_for_a_grid_that_is_to_end_is_shown_in_the_new_ones(district: World, sign_in: SignIn) -> None:
    number = proposed(district)
    moved(district, number, *WAY)
    guan = sign_in("guan1")
    given = {"role": "collector-b", "person": "cai1", "day": "2023-03-08", "do": "name"}
    assert guan.post(f"/grids/{G1}/name", given).status_code == 302
    assert "采一" in guan.get("/grids/990101001-g4").content.decode()
    change = guan.get(f"/{KIND}/{number}").content.decode()
    assert "责任人随之变更" in change and "监督员A岗待指定" in change and "监督员B岗待指定" not in change
    late = guan.post(f"/grids/{G1}/name", {**given, "day": "2023-03-10"})
    assert late.status_code == 422
    assert "止于 2023-03-09，此后为 990101001-g4、990101001-g5" in late.content.decode()


def another_is_always_first() -> None:
    """From now on no row of a subject is found at the version that was seen, as if somebody had just moved it."""
    here, event = "another_was_first", "BEFORE UPDATE ON subject"
    if connection.vendor == "sqlite":
        statements = [f"CREATE TRIGGER {here} {event} BEGIN SELECT RAISE(IGNORE); END"]
    else:
        nothing = f"CREATE FUNCTION {here}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
        statements = [nothing, f"CREATE TRIGGER {here} {event} FOR EACH ROW EXECUTE FUNCTION {here}()"]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("do", ["name", "end"])
def test_who_names_while_somebody_moves_the_change_keeps_what_was_typed(district: World, sign_in: SignIn, do: str) -> None:
    guan = sign_in("guan1")
    given = {"role": "collector-b", "person": "cai2", "day": "2023-03-08"}
    assert guan.post(f"/grids/{G1}/name", {**given, "do": "name", "day": "2023-03-07"}).status_code == 302
    moved(district, proposed(district), *WAY)
    before = world(district.now).district.grid_roles
    another_is_always_first()
    answer = guan.post(f"/grids/{G1}/name", {**given, "do": do, "person": "cai1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已被他人办理" in page and 'name="person" value="cai1"' in page and 'value="2023-03-08"' in page
    assert world(district.now).district.grid_roles == before


def test_the_ground_to_draw_on_is_that_of_the_grids_that_are_named(district: World, sign_in: SignIn) -> None:
    def width(grids: str) -> int:
        page = sign_in("pai1").get(f"/{KIND}/new/propose?grids={grids}").content.decode()
        return int(re.findall('data-metres="([0-9]+)"', page)[0])

    assert width(G1) < width("") / 2
    assert width("unheard-of") == width("")


def test_only_the_street_of_the_grids_is_offered_and_chosen(district: World, sign_in: SignIn) -> None:
    def offered(grids: str) -> list[tuple[str, str]]:
        page = sign_in("pai1").get(f"/{KIND}/new/propose?grids={grids}").content.decode()
        select = re.findall(r'<select id="propose-unit".*?</select>', page, re.DOTALL)[0]
        return re.findall(r'<option value="([^"]+)"( selected)?>', select)

    assert offered(G1) == [("street-1", " selected")]
    assert [code for code, _ in offered("")] == ["street-1", "street-2", "street-3"]


def test_a_drawing_is_pasted_or_sent_as_a_file(district: World, sign_in: SignIn) -> None:
    pai = sign_in("pai1")
    assert G1 in pai.get(f"/{KIND}/new/propose?grids={G1}").content.decode()
    form = {"f-change": "split", "f-grids": G1, "f-unit": "street-1", "f-reason": "负荷过重"}
    pasted = pai.post(f"/{KIND}/new/propose", {**form, "f-drawing": json.dumps(UPRIGHT)})
    assert pasted.status_code == 302, pasted.content.decode()
    file = SimpleUploadedFile("line.geojson", json.dumps(UPRIGHT).encode())
    sent = pai.post(f"/{KIND}/new/propose", {**form, "f-drawing-file": file})
    assert sent.status_code == 302, sent.content.decode()
    assert SubjectRow.objects.filter(kind=KIND).count() == 2


@pytest.mark.parametrize(
    ("drawing", "says"),
    [
        ("a line", "GeoJSON"), ("[1, 2]", "GeoJSON"), ("[" * 5000, "GeoJSON"), ('{"type": "Point"}', "LineString"),
        ('{"type": "LineString", "coordinates": [[110.004, 29.99], [110.004, 30.02]]}', "穿过单元网格"),
    ],
)
def test_a_wrong_drawing_comes_back_with_what_was_typed(
    district: World, sign_in: SignIn, drawing: str, says: str
) -> None:
    form = {"f-change": "split", "f-grids": G1, "f-reason": "负荷过重", "f-drawing": drawing}
    answer = sign_in("pai1").post(f"/{KIND}/new/propose", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page and "负荷过重" in page
    assert SubjectRow.objects.filter(kind=KIND).count() == 0


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{" + b" " * 4_000_001], ids=["no text", "large"])
def test_a_file_that_is_no_text_or_too_large_is_refused(district: World, sign_in: SignIn, content: bytes) -> None:
    form = {"f-change": "split", "f-grids": G1, "f-reason": "x", "f-drawing-file": SimpleUploadedFile("a.json", content)}
    assert sign_in("pai1").post(f"/{KIND}/new/propose", form).status_code == 422


@pytest.mark.parametrize("post", [p for p in Post if p not in (Post.SYSTEM, Post.HANDLER, Post.MACHINE_SOURCE)])
def test_only_the_office_has_the_form(district: World, sign_in: SignIn, post: Post) -> None:
    who = {
        Post.COLLECTOR: "cai1", Post.ACCEPTOR: "shou1", Post.SHIFT_LEADER: "zhi1", Post.DISPATCHER: "pai1",
        Post.UNIT_DESK: "dong-desk", Post.SUPERVISING_OFFICER: "du1", Post.EVALUATOR: "kao1", Post.LEADER: "ling1",
        Post.ADMINISTRATOR: "guan1", Post.CITIZEN: "min1",
    }[post]  # fmt: skip
    status = sign_in(who).get(f"/{KIND}/new/propose").status_code
    assert status == (200 if post in (Post.DISPATCHER, Post.SHIFT_LEADER) else 404)


def test_a_change_is_walked_through_in_a_browser(district: World, served: str, page: Page) -> None:
    desk = Desk(page, served)
    desk.sign_in("pai1")
    page.get_by_role("link", name="网格台账").click()
    page.get_by_role("link", name="东街道第1网格").click()
    expect(page.locator("h1")).to_have_text("东街道第1网格")
    page.get_by_role("link", name="提出调整").click()
    page.get_by_label("拆分").check()
    page.locator("[name=f-drawing]").fill(json.dumps(UPRIGHT))
    page.locator("[name=f-reason]").fill("负荷过重")
    page.get_by_role("button", name="提出网格调整").click()
    expect(page.locator(".title .stage")).to_have_text("提出")
    page.locator("aside.moves").get_by_role("button", name="测算").click()
    expect(page.locator(".title .stage")).to_have_text("已测算")
    expect(page.locator("#change table")).to_contain_text("单元网格数")
    expect(page.locator("#change svg path.here")).to_have_count(3)
    assert desk.troubles == []
