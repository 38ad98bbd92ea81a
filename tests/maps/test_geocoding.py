"""Words to points and back on the little ground: how each was matched, and how sure that is."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import tiny
from tests.maps import terrain
from tests.maps.test_tiles import DAY
from xiuhua.domain.geocoding import Hit, Level, geocode, likeness, said_of
from xiuhua.domain.place import Wgs84, distance_m
from xiuhua.maps import gazetteer
from xiuhua.maps.gazetteer import Names, names
from xiuhua.store.models import FeatureRow

ROADS_MEET = Wgs84(110.0045, 30.0025)


@pytest.fixture
def known(db: None) -> Iterator[Names]:
    terrain.lay()
    yield names(tiny(), DAY)
    terrain.forget()


def first(known: Names, text: str) -> Hit:
    return geocode(text, known)[0]


@pytest.mark.parametrize(
    ("text", "name", "level", "confidence"),
    [
        ("东市场", "东市场", Level.EXACT, 1.0),
        ("东街道东市场", "东市场", Level.EXACT, 1.0),
        ("east market", "东市场", Level.EXACT, 1.0),
        ("菜市场", "东市场", Level.ALIAS, 0.95),
        ("绣云路", "绣云路", Level.EXACT, 1.0),
        ("绣云路18号", "绣云路18号", Level.EXACT, 1.0),
        ("绣云路１８号门前", "绣云路18号", Level.EXACT, 0.9),
        ("绣云路与东一路交叉口", "绣云路与东一路路口", Level.CROSSING, 0.9),
        ("东一路与绣云路口", "东一路与绣云路路口", Level.CROSSING, 0.9),
        ("第一小", "第一小学", Level.PREFIX, 0.7),
        ("绣云", "绣云路", Level.PREFIX, 0.53),
        ("绣云路16号", "绣云路18号", Level.NEAREST_PLATE, 0.69),
        ("绣云路7号", "绣云路5号", Level.NEAREST_PLATE, 0.69),  # the odd side
        ("第一实验小学", "第一小学", Level.ALIKE, 0.3),
    ],
)  # fmt: skip
def test_words_are_found(known: Names, text: str, name: str, level: Level, confidence: float) -> None:
    hit = first(known, text)
    assert (hit.name.zh, hit.level) == (name, level)
    assert hit.confidence == pytest.approx(confidence, abs=0.02)


def test_a_road_without_that_plate_is_better_than_nothing(known: Names) -> None:
    hits = geocode("东一路9号", known)
    assert (hits[0].name.zh, hits[0].level) == ("东一路", Level.ROAD)


def test_what_is_not_there_is_not_found(known: Names) -> None:
    assert geocode("紫禁城太和殿", known) == ()
    assert geocode("   ", known) == ()


def test_a_road_of_the_list_and_of_the_base_map_is_found_once(db: None) -> None:
    terrain.lay()
    terrain._place("p9", "road", "绣云路", "Xiuyun Road", 110.0052, 30.0025, road="R001")
    FeatureRow.objects.filter(code="r1").update(attributes='{"road": "R001"}')
    gazetteer.forget()
    found = geocode("绣云路", names(tiny(), DAY))
    assert [hit.code for hit in found if hit.level is Level.EXACT] == ["R001"]
    terrain.forget()


def test_two_roads_cross_where_they_cross(known: Names) -> None:
    assert distance_m(first(known, "绣云路与东一路交叉口").place, ROADS_MEET) < 5


def test_roads_that_do_not_meet_have_no_crossing(known: Names) -> None:
    import shapely

    terrain.feature("road", "r3", "secondary", "北二路", "", shapely.LineString([(110.0005, 30.025), (110.0295, 30.025)]))
    terrain.forget()
    there = names(tiny(), DAY)
    assert [hit.level for hit in geocode("绣云路与北二路交叉口", there) if hit.level is Level.CROSSING] == []
    assert there.crossings("绣云路", "绣云路") == ()


def test_paces_from_a_place_are_paced_out(known: Names) -> None:
    market = first(known, "东市场").place
    hit = first(known, "东市场东100米")
    assert distance_m(hit.place, market) == pytest.approx(100, abs=0.5)
    assert hit.place.lon > market.lon
    assert hit.confidence < 1


def test_of_equally_sure_ones_the_nearest_comes_first(known: Names) -> None:
    terrain._place("q1", "poi", "利民超市", "", 110.001, 30.001)
    terrain._place("q2", "poi", "利民超市", "", 110.025, 30.025)
    terrain.forget()
    there = names(tiny(), DAY)
    for near, code in ((Wgs84(110.0, 30.0), "q1"), (Wgs84(110.03, 30.03), "q2")):
        assert geocode("利民超市", there, near)[0].code == code


@pytest.mark.parametrize(
    ("lon", "lat", "zh", "en"),
    [
        (110.0077, 30.0024, "绣云路18号附近", "near 绣云路18号"),
        (110.0045, 30.0025, "东一路与绣云路路口", "East First Road / Xiuyun Road"),
        (110.0021, 30.0082, "第一小学附近", "near First Primary School"),
        (110.0150, 30.0030, "绣云路附近", "near Xiuyun Road"),
        (110.0250, 30.0250, "", ""),
    ],
)  # fmt: skip
def test_a_point_is_said_in_words(known: Names, lon: float, lat: float, zh: str, en: str) -> None:
    said = said_of(known.around(Wgs84(lon, lat)))
    assert (said.zh, said.en) == (zh, en)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_words_are_answered(known: Names, text: str) -> None:
    for hit in geocode(text, known):
        assert 0 < hit.confidence <= 1


@given(one=st.text(max_size=20), other=st.text(max_size=20))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
