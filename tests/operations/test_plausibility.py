"""What cannot well stand where it is said to: a doubt with place and distance, never a refusal."""

import json

import pytest
import shapely

from tests.cast import EAST
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND, M, line, surveyed
from xiuhua.domain.plausible import standing_of
from xiuhua.domain.words import Words
from xiuhua.store import sql

pytestmark = pytest.mark.django_db
COLUMNS = "layer, code, kind, name_zh, name_en, zoom, west, south, east, north, shape, attributes"


def feature(layer: str, shape: shapely.Polygon | shapely.LineString, **attributes: object) -> None:
    west, south, east, north = (float(edge) for edge in shape.bounds)
    number = sql.one("SELECT COUNT(*) FROM feature") or (0,)
    row = (
        layer, f"{layer}-{number[0]}", "x", "", "", 0, west, south, east, north, shapely.to_wkb(shape),
        json.dumps(attributes),
    )  # fmt: skip
    sql.insert("feature", COLUMNS, [row])


def metres(*points: tuple[float, float]) -> list[tuple[float, float]]:
    """East and north of the middle of the eastern unit grid, as degrees."""
    return [(EAST.lon + east * M / 0.866, EAST.lat + north * M) for east, north in points]


def square(half_m: float) -> shapely.Polygon:
    return shapely.Polygon(metres((-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)))


def doubts(*told: dict[str, object]) -> list[tuple[str, str, float]]:
    return [(one.code, one.doubt.value, round(one.distance_m)) for one in surveyed(*told).doubts]


def test_a_lamp_in_a_river_is_listed_with_its_distance_from_the_bank_and_taken() -> None:
    feature("water", square(20))
    done = surveyed(line(LAMP_ONE, 5, accuracy="A"))
    (doubt,) = done.doubts
    assert (doubt.code, doubt.doubt.value, doubt.line) == (LAMP_ONE, "in-water", 2)
    assert doubt.distance_m == pytest.approx(15, abs=0.2)
    assert "15.0 米" in doubt.words.zh
    assert done.new == 1


def test_beside_the_bank_and_on_a_bridge_there_is_no_doubt() -> None:
    feature("water", square(20))
    assert doubts(line(LAMP_ONE, 30), line(FIRST, 19.5, accuracy="A")) == []
    feature("road", shapely.LineString(metres((-100, 0), (100, 0))), width_m=12)
    assert doubts(line(LAMP_ONE, 8, accuracy="A")) == []
    assert doubts(line(LAMP_ONE, 15, accuracy="A")) == [(LAMP_ONE, "in-water", 5)]


def test_a_place_that_is_known_to_ten_metres_only_is_not_doubted_for_five() -> None:
    feature("water", square(20))
    assert doubts(line(LAMP_ONE, 15, accuracy="B")) == [(LAMP_ONE, "in-water", 5)]
    assert doubts(line(LAMP_ONE, 15, accuracy="C")) == []


def test_a_cover_inside_a_building_is_in_doubt() -> None:
    feature("building", square(10))
    assert doubts(line(FIRST, 4, accuracy="A")) == [(FIRST, "in-building", 6)]


def test_a_lamp_far_from_every_road_is_in_doubt_and_without_roads_nothing_is() -> None:
    assert doubts(line(LAMP_ONE)) == []
    feature("road", shapely.LineString(metres((-500, 100), (500, 100))), width_m=10)
    assert doubts(line(LAMP_ONE)) == [(LAMP_ONE, "far-from-road", 95)]


def test_two_of_a_class_on_top_of_each_other_are_in_doubt() -> None:
    assert [one.words.en for one in surveyed(line(FIRST), line(SECOND, 0.3)).doubts] == [
        f"only 0.3 m from {FIRST} of the same class"
    ]
    assert doubts(line(FIRST), line(SECOND, 0, 0.8)) == []


@pytest.mark.parametrize(
    ("zh", "water", "building"),
    [
        ("跨河桥", True, True), ("水域护栏", True, True), ("路灯", False, False), ("上水井盖", False, False),
        ("公共厕所", False, True), ("地下通道", False, True), ("绿地", True, True), ("街头座椅", False, False),
    ],
)  # fmt: skip
def test_what_may_stand_in_water_and_in_buildings(zh: str, water: bool, building: bool) -> None:
    rule = standing_of(Words(zh, ""))
    assert (rule.water, rule.building) == (water, building)
