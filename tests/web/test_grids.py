"""The register of grids on the screen: each post sees and does what is its own, in both languages."""

import re

import pytest
from django.test import Client

from tests.cast import SHOU, ZHI, at
from tests.operations.ground_rows import road
from tests.stories.play import Play
from tests.stories.redrawing import G1
from tests.web.changing import WAY, moved, proposed
from tests.web.conftest import SignIn
from xiuhua.domain.people import RIGHTS, Right
from xiuhua.operations import clock
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.sweep import sweep
from xiuhua.operations.world import World, world
from xiuhua.store.models import SubjectRow

EVERYBODY = ("shou1", "zhi1", "pai1", "du1", "kao1", "ling1", "guan1", "cai1", "gong-desk", "gong-hand", "min1", "ji1")
OUTSIDE = ("min1", "ji1")


@pytest.mark.parametrize("username", EVERYBODY)
def test_the_register_is_seen_by_those_who_work_here(sign_in: SignIn, username: str) -> None:
    status = 404 if username in OUTSIDE else 200
    client = sign_in(username)
    assert client.get("/grids/").status_code == status
    assert client.get(f"/grids/{G1}").status_code == status
    shown = 'href="/grids/"' in client.get("/inbox/").content.decode()
    assert shown is (status == 200)


@pytest.mark.usefixtures("district")
def test_nobody_sees_it_who_is_not_signed_in() -> None:
    for path in ("/grids/", f"/grids/{G1}", f"/grids/{G1}/name"):
        assert Client().get(path).status_code in (302, 405)


def rows(client: Client, query: str = "") -> list[str]:
    return re.findall(r'class="open" href="/grids/([^"?]+)', client.get(f"/grids/{query}").content.decode())


def test_grids_without_a_b_come_first_and_can_be_shown_alone(sign_in: SignIn) -> None:
    guan = sign_in("guan1")
    assert len(rows(guan)) == 9
    given = {"role": "collector-b", "person": "cai1", "day": "2023-03-06", "do": "name"}
    assert guan.post(f"/grids/{G1}/name", given).status_code == 302
    assert rows(guan)[-1] == G1
    assert G1 not in rows(guan, "?without_b=yes")
    assert rows(guan, "?street=990101002") == [f"990101002-g{n}" for n in (1, 2, 3)]
    assert rows(guan, "?text=西街道第2") == ["990101003-g2"]
    assert rows(guan, "?text=nowhere") == []


def test_any_day_can_be_asked(district: World, sign_in: SignIn) -> None:
    moved(district, proposed(district), *WAY)
    pai = sign_in("pai1")
    assert G1 in rows(pai)
    coming = rows(pai, "?day=2023-03-10&street=990101001")
    assert coming == ["990101001-g2", "990101001-g3", "990101001-g4", "990101001-g5"]
    assert "不是日期" in pai.get("/grids/?day=someday").content.decode()


def totals(page: str) -> list[str]:
    foot = re.search(r"<tfoot>.*</tfoot>", page, re.DOTALL)
    return re.findall(r'<td class="end"[^>]*>([^<]+)', foot[0]) if foot else []


def dispatched() -> None:
    play = Play()
    play.until("dispatch")
    play.sends()


def test_figures_of_the_list_add_up_in_both_divisions_and_in_former_grids(district: World, sign_in: SignIn) -> None:
    dispatched()
    moved(district, proposed(district), *WAY)
    clock.set_demo_clock(at("2023-03-10 08:00"))
    sweep(world(district.now))
    pai = sign_in("pai1")
    pages = {
        division: pai.get(f"/grids/?street=990101001&division={division}&metric=filing-rate").content.decode()
        for division in ("then", "now", "policing")
    }
    assert {tuple(totals(page)) for page in pages.values()} == {("2件", "2件", "50.00%")}
    assert "其中期末已立案 1 / 期内登记案件 2" in pages["then"]
    assert f'href="/grids/{G1}"' in pages["then"] and "当日不在用" in pages["then"]
    assert f'href="/grids/{G1}"' not in pages["now"]
    assert "JW-1" in pages["policing"] and "监督员" not in pages["policing"].split("<table")[1]


def test_figures_of_days_leave_out_what_was_not_yet(district: World, sign_in: SignIn) -> None:
    dispatched()
    address = "/grids/?street=990101001&division=then&metric=handling-rate"
    assert totals(sign_in("pai1").get(f"{address}&from=2023-03-01&until=2023-03-05").content.decode()) == ["0件", "0件", "–"]
    assert totals(sign_in("pai1").get(f"{address}&from=2023-03-06").content.decode()) == ["2件", "2件", "–"]


def test_what_is_narrowed_adds_up_what_is_shown(district: World, sign_in: SignIn) -> None:
    dispatched()
    page = sign_in("pai1").get("/grids/?division=then&text=西街道").content.decode()
    assert totals(page) == ["0件", "0件"] and f'href="/grids/{G1}"' not in page


def listed(page: str) -> dict[str, str]:
    """Where the figures of the rows lead to, each with its number."""
    return dict(re.findall(r'<td class="end"[^>]*><a href="([^"]+)"[^>]*>([0-9]+)', page.split("<tfoot")[0].replace("&amp;", "&")))


def test_a_figure_leads_to_the_cases_it_counts_and_is_as_many(district: World, sign_in: SignIn) -> None:
    dispatched()
    pai = sign_in("pai1")
    found = listed(pai.get("/grids/?division=then&metric=filing-rate").content.decode())
    assert found == {f"/case/?grid={G1}": "2", f"/case/?view=open&grid={G1}": "2"}
    for address, number in found.items():
        assert len(re.findall("<tr data-row", pai.get(address).content.decode())) == int(number)
    moved(district, proposed(district), *WAY)
    clock.set_demo_clock(at("2023-03-10 08:00"))
    sweep(world(district.now))
    assert listed(pai.get("/grids/?division=then").content.decode()) == found  # though the grid has ended


@pytest.mark.parametrize("query", ["division=now", "division=policing", "division=then&from=2023-03-01", ""])
def test_a_figure_that_no_list_can_show_leads_nowhere(district: World, sign_in: SignIn, query: str) -> None:
    dispatched()
    assert "/case/?" not in sign_in("pai1").get(f"/grids/?{query}").content.decode()


def test_the_figures_of_a_street_are_of_its_cases_only(district: World, sign_in: SignIn) -> None:
    dispatched()
    for street, total in (("990101001", "2件"), ("990101002", "0件"), ("", "2件")):
        for more in ("", "&from=2023-03-01"):
            page = sign_in("pai1").get(f"/grids/?division=then&street={street}{more}").content.decode()
            assert totals(page)[0] == total


def test_past_days_are_had_with_what_was_found_since(district: World, sign_in: SignIn) -> None:
    dispatched()
    clock.set_demo_clock(at("2023-03-07 09:00"))
    number = SubjectRow.objects.filter(kind="case", stage="reported").latest("id").number
    for by, move, given in ((SHOU, "ask-void", {"reason": "误报"}), (ZHI, "grant-void", {})):
        done = make_move(Asked("case", number, move, by, given), world(district.now))
        assert isinstance(done, Done), done
    address = "/grids/?division=then&from=2023-03-06&until=2023-03-06"
    assert totals(sign_in("pai1").get(address).content.decode())[0] == "2件"
    assert totals(sign_in("pai1").get(f"{address}&corrected=yes").content.decode())[0] == "1件"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=someday", "不是日期"), ("from=2023-03-08", "晚于今天"), ("from=2023-03-05&until=2023-03-01", "晚于截止日"),
        ("until=9999-12-31", "2200"),
    ],
)  # fmt: skip
def test_wrong_days_come_back_with_their_sentence(sign_in: SignIn, query: str, says: str) -> None:
    answer = sign_in("pai1").get(f"/grids/?division=then&{query}")
    assert answer.status_code == 422
    assert says in answer.content.decode() and "<tfoot>" not in answer.content.decode()


@pytest.mark.parametrize("username", EVERYBODY)
def test_only_posts_that_see_figures_count(district: World, sign_in: SignIn, username: str) -> None:
    answer = sign_in(username).get("/grids/?division=then")
    holds = next(p for p in district.district.people if p.username == username).holdings[0].post
    may = Right.SEE_FIGURES in RIGHTS[holds]
    assert ("<tfoot>" in answer.content.decode()) is (may and username not in OUTSIDE)


def test_one_grid_shows_numbers_neighbours_and_former_grids(district: World, sign_in: SignIn) -> None:
    road("across", (110.0, 30.005), (110.01, 30.005))
    page = sign_in("pai1").get(f"/grids/{G1}").content.decode()
    for said in ("0.96 km", "东街道第2网格", "警务网格", "无监督员B岗", 'href="/case/?grid=990101001-g1"'):
        assert said in page, said
    assert 'action="/grids/990101001-g1/name"' not in page
    english = sign_in("pai1", "en").get(f"/grids/{G1}").content.decode()
    for said in ("Who answers for it", "no collector B", "Policing grids"):
        assert said in english, said


@pytest.mark.parametrize(
    ("username", "role", "status"),
    [("guan1", "chief", 302), ("zhi1", "collector-a", 302), ("zhi1", "chief", 422), ("pai1", "collector-a", 422),
     ("gong-desk", "chief", 422), ("min1", "chief", 404), ("guan1", "king", 403)],
)  # fmt: skip
def test_naming_a_holder_needs_its_right(sign_in: SignIn, username: str, role: str, status: int) -> None:
    given = {"role": role, "person": "cai1", "day": "2023-03-06"}
    assert sign_in(username).post(f"/grids/{G1}/name", given).status_code == status


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"person": ""}, "请填写人员或单位"), ({"person": "nobody"}, "没有人员账号"), ({"day": "someday"}, "不是日期"),
        ({"day": "2023-03-01"}, "不得早于今天"), ({"do": "end"}, "无人担任"),
    ],
)  # fmt: skip
def test_a_wrong_form_comes_back_with_its_sentence(sign_in: SignIn, given: dict[str, str], says: str) -> None:
    asked = {"role": "collector-b", "person": "cai1", "day": "2023-03-06", **given}
    answer = sign_in("guan1").post(f"/grids/{G1}/name", asked)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_collectors_are_not_named_to_the_handling_side(sign_in: SignIn) -> None:
    given = {"role": "collector-a", "person": "cai1", "day": "2023-03-06"}
    sign_in("guan1").post(f"/grids/{G1}/name", given)
    assert "采一" in sign_in("pai1").get(f"/grids/{G1}").content.decode()
    for path in (f"/grids/{G1}", "/grids/"):
        page = sign_in("gong-desk").get(path).content.decode()
        assert "采一" not in page and "cai1" not in page
        assert "已指定" in page
