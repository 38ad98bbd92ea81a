"""What is proposed for the grids: drawn, named, and refused with a sentence where it cannot be."""

from datetime import date

import pytest

from tests.cast import GONG_DESK, GUAN, KAO, LING, SHOU
from tests.stories.redrawing import DONG, G1, G2, G3, UPRIGHT, Redrawing
from xiuhua.domain.grid import Tier
from xiuhua.domain.words import Refusal
from xiuhua.operations.move import Done

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Redrawing:
    return Redrawing()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"grids": ""}, "field-missing"),
        ({"grids": "990101001-g9"}, "grid-unknown"),
        ({"grids": "990101001001001"}, "grid-unknown"),
        ({"grids": f"{G1};{G2}"}, "grids-count"),
        ({"drawing": None}, "nothing-drawn"),
        ({"drawing": "not a drawing"}, "field-kind"),
        ({"drawing": {"type": "Point", "coordinates": [110, 30]}}, "drawing-wrong"),
        ({"drawing": {"type": "LineString", "coordinates": [[110.005, "x"]]}}, "drawing-degrees"),
        ({"drawing": {"type": "LineString", "coordinates": [[10**400, 30], [110.005, 30.02]]}}, "drawing-degrees"),
        ({"drawing": {"type": "LineString", "coordinates": [[39500000.0, 3300000.0], [1, 2]]}}, "drawing-degrees"),
        ({"drawing": {"type": "LineString", "coordinates": [[110.005, 29.99], [110.005, 30.004]]}}, "line-no-cut"),
        ({"drawing": {"type": "LineString", "coordinates": [[110.004, 29.99], [110.004, 30.02]]}}, "units-cut"),
        ({"drawing": None, "along": "r-99"}, "road-unknown"),
        ({"unit": "moon"}, "office-other"),
        ({"unit": "street-2"}, "office-other"),
        ({"unit": "cleaner"}, "office-other"),
        ({"change": "fold"}, "choice-unknown"),
        ({"colour": "red"}, "field-unknown"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(play: Redrawing, given: dict[str, object], code: str) -> None:
    asked = {"change": "split", "grids": G1, "drawing": UPRIGHT, **given}
    asked = {name: value for name, value in asked.items() if value is not None}
    answer = play.proposes(**asked)  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert answer.words.zh and answer.words.en


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("东片/East", "names-count"), ("东片;西片;中片", "names-count"), ("东片/East;东片/West", "name-twice"),
        ("东片/East;西片/East", "name-twice"), ("东街道第2网格;西片", "name-taken"), ("x/East Street grid 2;西片", "name-taken"),
        (f"{'长' * 121};西片", "name-long"), ("东街道第1网格;西片", None), ("中街道第2网格;西片", None), ("东片/East；西片", None),
    ],
)  # fmt: skip
def test_each_new_grid_has_a_name_of_its_own_in_its_street(play: Redrawing, names: str, code: str | None) -> None:
    answer = play.proposes("split", G1, drawing=UPRIGHT, names=names)
    assert (answer.code if isinstance(answer, Refusal) else None) == code


def test_two_changes_that_are_scheduled_do_not_give_the_same_name(play: Redrawing) -> None:
    play.proposes("split", G1, drawing=UPRIGHT, names="东片;西片")
    first = play.number
    play.proposes("merge", f"{G2};{G3}", names="东片")
    play.approved()
    second, play.number = play.number, first
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    play.number = second
    assert play.refused(GUAN, "schedule", day="2023-03-12") == "name-taken"


def areas(*rings: list[list[float]]) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}} for ring in rings
        ],
    }  # fmt: skip


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


@pytest.mark.parametrize(
    ("rings", "code"),
    [
        ([box(110.0, 30.0, 110.005, 30.01), box(110.0051, 30.0, 110.01, 30.01)], "ground-gap"),
        ([box(110.0, 30.0, 110.006, 30.01), box(110.005, 30.0, 110.01, 30.01)], "ground-overlap"),
        ([box(110.0, 30.0, 110.005, 30.01), box(110.005, 30.0, 110.012, 30.01)], "ground-beyond"),
        ([box(110.0, 30.0, 110.005, 30.01), box(110.005, 30.0, 110.01, 30.012)], "ground-beyond"),
        ([[[110, 30], [110.01, 30.01], [110.01, 30], [110, 30.01], [110, 30]], box(110, 30, 110.01, 30.01)],
         "outline-crossing"),
        ([box(110.0, 30.0, 110.01, 30.01)], "new-count"),
        ([box(110.0, 30.0, 110.01, 30.01)] * 1000, "new-count"),
    ],
)  # fmt: skip
def test_the_new_ground_is_exactly_the_old(play: Redrawing, rings: list[list[list[float]]], code: str) -> None:
    answer = play.proposes("split", G1, drawing=areas(*rings))
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_an_outline_that_crosses_itself_is_refused_where_it_does(play: Redrawing) -> None:
    bow: list[list[float]] = [[110, 30], [110.01, 30.01], [110.01, 30], [110, 30.01], [110, 30]]
    answer = play.proposes("split", G1, drawing=areas(bow, box(110, 30, 110.01, 30.01)))
    assert isinstance(answer, Refusal)
    assert answer.words.zh == "边界有误：边界自相交（110.005, 30.005 附近）"


def test_grids_drawn_elsewhere_keep_their_codes_and_names(play: Redrawing) -> None:
    drawing = areas(box(110.0, 30.0, 110.005, 30.01), box(110.005, 30.0, 110.01, 30.01))
    for feature, code in zip(drawing["features"], ("A1", "A2"), strict=True):  # type: ignore[call-overload]
        feature["properties"] = {"code": code, "name_zh": f"片{code}", "name_en": f"patch {code}"}
    assert isinstance(play.proposes("split", G1, drawing=drawing), Done)
    assert [(b.code, b.name.en) for b in play.plan.new] == [("A1", "patch A1"), ("A2", "patch A2")]
    for taken, refused in ((G2, "code-used"), ("A;1", "code-unfit"), ("A/1", "code-unfit")):
        drawing["features"][0]["properties"]["code"] = taken  # type: ignore[index]
        answer = play.proposes("split", G1, drawing=drawing)
        assert isinstance(answer, Refusal) and answer.code == refused


def test_a_border_may_cut_unit_grids_where_that_is_asked_for(play: Redrawing) -> None:
    line = {"type": "LineString", "coordinates": [[110.004, 29.99], [110.004, 30.02]]}
    assert isinstance(play.proposes("split", G1, drawing=line, cut_units=True), Done)
    pieces = [b.code for b in play.plan.begins if b.tier is Tier.UNIT]
    assert pieces == [f"99010100100100{n}" for n in (5, 6, 7, 8)]
    split = play.number
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    assert play.does(KAO, "verify").stage == "verified"
    play.proposes_undo(split)
    play.scheduled("2023-03-20")
    play.swept("2023-03-20 00:00")
    units = play.district.grids.children(G1, date(2023, 3, 20))
    assert [u.code[-3:] for u in units] == ["001", "002", "003", "004"]
    assert play.does(KAO, "verify").stage == "verified"


def test_a_line_drawn_by_hand_along_unit_grids_cuts_none(play: Redrawing) -> None:
    line = {"type": "LineString", "coordinates": [[110.00502, 30.000003], [110.00498, 30.004], [110.00503, 30.009997]]}
    assert isinstance(play.proposes("split", G1, drawing=line), Done)
    assert [b.tier for b in play.plan.begins] == [Tier.RESPONSIBILITY] * 2
    assert sorted(play.plan.moved) == [f"99010100100100{n}" for n in (1, 2, 3, 4)]
    assert 500 < int(play.case.fact("led_m2")) < 2000
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    assert play.does(KAO, "verify").stage == "verified"


def test_where_a_line_leaves_the_borders_only_real_pieces_are_cut_off(play: Redrawing) -> None:
    line = {"type": "LineString", "coordinates": [[110.00502, 29.99], [110.00502, 30.006], [110.004, 30.007], [110.004, 30.02]]}
    answer = play.proposes("split", G1, drawing=line)
    assert isinstance(answer, Refusal) and answer.words.zh.count("99010100100100") == 1
    assert isinstance(play.proposes("split", G1, drawing=line, cut_units=True), Done)
    assert [u for u in play.plan.ends if u != G1] == ["990101001001003"]


def test_a_border_between_two_grids_is_shifted(play: Redrawing) -> None:
    line = {"type": "LineString", "coordinates": [[109.99, 30.015], [110.02, 30.015]]}
    assert isinstance(play.proposes("shift", f"{G1} {G2}", drawing=line), Done)
    assert [(b.code, b.follows) for b in play.plan.new] == [
        ("990101001-g4", (G2,)), ("990101001-g5", (G1, G2)),
    ]  # fmt: skip
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")
    assert play.does(KAO, "verify").stage == "verified"


def test_a_change_does_not_cross_a_street(play: Redrawing) -> None:
    answer = play.proposes("merge", f"{G1};990101002-g1")
    assert isinstance(answer, Refusal) and answer.code == "two-streets"


def test_grids_that_are_no_neighbours_do_not_merge(play: Redrawing) -> None:
    answer = play.proposes("merge", f"{G1};{G3}")
    assert isinstance(answer, Refusal) and answer.code == "not-neighbours"


@pytest.mark.parametrize("day", ["2023-03-06", "2023-03-05", "2025-03-06"])
def test_the_day_lies_in_the_near_future(play: Redrawing, day: str) -> None:
    play.proposes("split", G1, drawing=UPRIGHT)
    play.approved()
    assert play.refused(GUAN, "schedule", day=day) in ("day-past", "day-far")


@pytest.mark.parametrize("by", [SHOU, GONG_DESK, DONG, LING, GUAN, KAO])
def test_only_the_office_proposes(play: Redrawing, by: object) -> None:
    answer = play.proposes("split", G1, by=by, drawing=UPRIGHT)  # type: ignore[arg-type]
    assert isinstance(answer, Refusal) and answer.code == "post-may-not"
