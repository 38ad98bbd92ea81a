"""Datums: known points, the way there and back, the edge of the shifted area, and lengths in metres."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.place import Bd09, Cgcs2000, Gcj02, Place, Wgs84, distance_m, to_wgs84, wgs84_to
from xiuhua.domain.words import Wrong

MICRODEGREE = 1e-6

in_china = st.builds(Wgs84, st.floats(73.5, 135.0), st.floats(3.5, 53.5))
anywhere = st.builds(Wgs84, st.floats(-180, 180), st.floats(-90, 90))
near = st.floats(-0.01, 0.01)


def near_to(one: Place, other: Place, degrees: float) -> bool:
    return abs(one.lon - other.lon) < degrees and abs(one.lat - other.lat) < degrees


@pytest.mark.parametrize(
    ("place", "shifted"),
    [
        # The test values of the public library eviltransform.
        pytest.param(Wgs84(121.5272106, 31.1774276), Gcj02(121.531541859215, 31.17530398364597), id="上海"),
        pytest.param(Wgs84(113.912316, 22.543847), Gcj02(113.9171764808363, 22.540796131694766), id="深圳"),
        pytest.param(Wgs84(116.377817, 39.911954), Gcj02(116.38404722455657, 39.91334545536069), id="北京"),
    ],
)
def test_gcj02_of_known_points(place: Wgs84, shifted: Gcj02) -> None:
    assert near_to(wgs84_to(place, Gcj02), shifted, 1e-9)


def test_bd09_of_a_known_point() -> None:
    # The example that circulates with the formula: GCJ-02 (116.404, 39.915).
    place = to_wgs84(Gcj02(116.404, 39.915))
    assert near_to(wgs84_to(place, Bd09), Bd09(116.41036949371029, 39.92133699351021), MICRODEGREE)


@given(in_china, st.sampled_from([Cgcs2000, Gcj02, Bd09]))
def test_there_and_back_is_the_same_point(
    place: Wgs84, datum: type[Cgcs2000] | type[Gcj02] | type[Bd09]
) -> None:
    assert near_to(to_wgs84(wgs84_to(place, datum)), place, MICRODEGREE)


@given(st.builds(Gcj02, st.floats(73.5, 135.0), st.floats(3.5, 53.5)))
def test_from_a_map_and_back_to_it_is_the_same_point(place: Gcj02) -> None:
    assert near_to(wgs84_to(to_wgs84(place), Gcj02), place, MICRODEGREE)


@given(in_china)
def test_the_shift_is_under_1500_metres(place: Wgs84) -> None:
    gcj, bd = wgs84_to(place, Gcj02), wgs84_to(place, Bd09)
    assert 0 < distance_m(place, Wgs84(gcj.lon, gcj.lat)) < 1500
    assert distance_m(place, Wgs84(bd.lon, bd.lat)) < 3000


@pytest.mark.parametrize(
    "place",
    [Wgs84(-71.06, 42.36), Wgs84(2.35, 48.86), Wgs84(151.21, -33.87), Wgs84(139.69, 35.69), Wgs84(180, 90)],
    ids=["Boston", "Paris", "Sydney", "Tokyo", "the corner of the world"],
)
@pytest.mark.parametrize("datum", [Gcj02, Bd09])
def test_points_outside_china_stay_where_they_are(place: Wgs84, datum: type[Gcj02] | type[Bd09]) -> None:
    there = wgs84_to(place, datum)
    assert (there.lon, there.lat) == (place.lon, place.lat)
    assert to_wgs84(there) == place


@given(anywhere)
def test_cgcs2000_has_the_numbers_of_wgs84(place: Wgs84) -> None:
    assert wgs84_to(place, Cgcs2000) == Cgcs2000(place.lon, place.lat)
    assert to_wgs84(Cgcs2000(place.lon, place.lat)) == place


@given(anywhere, st.sampled_from([Wgs84, Cgcs2000, Gcj02, Bd09]))
def test_every_point_of_the_world_can_be_converted(
    place: Wgs84, datum: type[Wgs84] | type[Cgcs2000] | type[Gcj02] | type[Bd09]
) -> None:
    assert isinstance(to_wgs84(datum(place.lon, place.lat)), Wgs84)
    if datum is Gcj02:
        assert isinstance(wgs84_to(place, Gcj02), Gcj02)


def test_points_of_two_datums_are_never_equal() -> None:
    same_numbers: set[Place] = {datum(116.5, 35.4) for datum in (Wgs84, Cgcs2000, Gcj02, Bd09)}
    assert len(same_numbers) == 4


@pytest.mark.parametrize(
    ("lon", "lat", "field"),
    [
        (180.1, 0, "lon"),
        (-181, 0, "lon"),
        (0, 90.5, "lat"),
        (0, -91, "lat"),
        (math.nan, 0, "lon"),
        (0, math.inf, "lat"),
    ],
)
def test_a_coordinate_out_of_range_is_wrong(lon: float, lat: float, field: str) -> None:
    with pytest.raises(Wrong) as caught:
        Wgs84(lon, lat)
    assert (caught.value.code, caught.value.field) == ("place-out-of-range", field)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        pytest.param(Wgs84(116.58, 35.41), Wgs84(116.58, 35.41), 0, id="同一点"),
        pytest.param(Wgs84(116.58, 35.41), Wgs84(116.58, 35.411), 110.95, id="向北千分之一度"),
        pytest.param(Wgs84(116.58, 35.41), Wgs84(116.581, 35.41), 90.85, id="向东千分之一度"),
        pytest.param(Wgs84(0, 0), Wgs84(180, 0), 20_003_931, id="地球另一边"),  # half a meridian, ellipsoid
    ],
)
def test_a_distance_agrees_with_the_ellipsoid_within_six_parts_in_a_thousand(
    a: Wgs84, b: Wgs84, metres: float
) -> None:
    assert distance_m(a, b) == pytest.approx(metres, rel=0.006, abs=0.001)


@given(in_china, near, near)
def test_a_distance_is_the_same_in_both_directions(place: Wgs84, east: float, north: float) -> None:
    other = Wgs84(place.lon + east, place.lat + north)
    assert distance_m(place, other) == pytest.approx(distance_m(other, place))
