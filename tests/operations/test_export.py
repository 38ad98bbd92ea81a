"""What leaves the house as a file: harmless to open, no person in it, and sure only of what is sure."""

import csv
import io
import json

import pytest

from tests.cast import COVER, EAST, LAMP, MIDDLE, POSTER, SHOU, Time, tiny_world
from xiuhua.domain.notice import Channel
from xiuhua.domain.people import Holding, Post
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting
from xiuhua.operations.batch import Batch
from xiuhua.operations.export import Exported, Form, export, harmless
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.report import Sent, report, report_in
from xiuhua.operations.world import World
from xiuhua.store.queries import Filter
from xiuhua.store.queries.lists import MOST_LINES

pytestmark = pytest.mark.django_db


def viewer(post: Post, organisation: str = "centre") -> Acting:
    held = Holding(post, organisation, frozenset(), Time().now.date())
    return Acting(1, "somebody", "某人", "zh-hans", (held,), held)


def sent(world: World, place: Wgs84, class_key: str, description: str, place_text: str = "胜利桥东") -> str:
    notice = Sent(
        Channel.HOTLINE, place, world.now(), class_key, place_text=place_text, description=description,
        reporter_name="王小明", reporter_phone="13800000000",
    )  # fmt: skip
    done = report(notice, SHOU, world)
    assert isinstance(done, Done), done
    return done.number


def exported(world: World, acting: Acting, form: Form = Form.CSV, *, excel: bool = False) -> str:
    out = io.StringIO()
    done = export(Filter(), acting, world, out, form, bom=excel, trailer=excel)
    assert isinstance(done, Exported), done
    return out.getvalue()


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")', "＝1+1", " =1+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_can_be_taken_for_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [("井盖", "井盖"), ("", ""), (None, ""), (-71.05, "-71.05"), ("a=b", "a=b")])
def test_other_cells_stay_as_they_are(value: object, cell: str) -> None:
    assert harmless(value) == cell


def test_a_description_that_is_a_formula_arrives_disarmed() -> None:
    world = tiny_world(Time())
    sent(world, EAST, COVER, '=cmd|"/c calc"!A1', "@here")
    header, row = csv.reader(io.StringIO(exported(world, viewer(Post.SHIFT_LEADER))))
    cells = dict(zip(header, row, strict=True))
    assert (cells["问题描述"], cells["地点"]) == ('\'=cmd|"/c calc"!A1', "'@here")


def test_the_basis_of_each_class_is_marked() -> None:
    world = tiny_world(Time())
    for place, class_key in ((EAST, COVER), (MIDDLE, LAMP), (EAST, POSTER)):
        sent(world, place, class_key, "坏了")
    lines = [json.loads(line) for line in exported(world, viewer(Post.LEADER), Form.JSON_LINES).splitlines()]
    assert {line["class"]: line["class_confidence"] for line in lines} == {
        COVER: "source", LAMP: "recall", POSTER: "inferred",
    }  # fmt: skip


def test_no_export_names_a_person() -> None:
    world = tiny_world(Time())
    sent(world, EAST, COVER, "坏了")
    for form in Form:
        text = exported(world, viewer(Post.ADMINISTRATOR), form)
        assert not any(secret in text for secret in ("王小明", "13800000000", "shou1"))


def test_a_unit_exports_only_what_is_its_own() -> None:
    world = tiny_world(Time())
    number = sent(world, EAST, COVER, "坏了")
    assert number in exported(world, viewer(Post.LEADER))
    assert number not in exported(world, viewer(Post.UNIT_DESK, "works"))


def test_a_post_without_the_right_exports_nothing() -> None:
    refused = export(Filter(), viewer(Post.COLLECTOR), tiny_world(Time()), io.StringIO(), Form.CSV)
    assert not isinstance(refused, Exported)
    assert refused.code == "right-missing"


def test_the_last_line_is_a_registered_figure_and_merged_cases_are_not_in_it() -> None:
    world = tiny_world(Time())
    first, second = sent(world, EAST, COVER, "坏了"), sent(world, MIDDLE, LAMP, "不亮")
    merged = make_move(Asked("case", second, "merge", SHOU, {"into": first}), world)
    assert isinstance(merged, Done), merged
    *rows, last = csv.reader(io.StringIO(exported(world, viewer(Post.LEADER), excel=True)))
    assert rows[0][0] == "\ufeff编号"
    assert len(rows) == 3
    assert last == ["案件总数", "1件"]


def test_an_export_goes_on_over_pages() -> None:
    time = Time()
    world = tiny_world(time)
    numbers = []
    with Batch(world) as batch:
        for _ in range(MOST_LINES + 1):
            time.later(minutes=1)
            done = report_in(batch, Sent(Channel.HOTLINE, EAST, time.now, COVER, description="坏了"), SHOU)
            assert isinstance(done, Done), done
            numbers.append(done.number)
    lines = exported(world, viewer(Post.LEADER), Form.JSON_LINES).splitlines()
    assert [json.loads(line)["number"] for line in lines] == numbers[::-1]


MISTYPED = {
    "kind-unknown": Filter(kind="cases"),
    "stage-unknown": Filter(stages=("closed", "close")),
    "organisation-unknown": Filter(unit="nobody"),
}


@pytest.mark.parametrize(("code", "wanted"), MISTYPED.items())
def test_a_name_that_is_not_there_is_refused_and_nothing_is_written(code: str, wanted: Filter) -> None:
    out = io.StringIO()
    refused = export(wanted, viewer(Post.SHIFT_LEADER), tiny_world(Time()), out, Form.CSV)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert out.getvalue() == ""
