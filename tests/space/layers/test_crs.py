"""There and back in every coordinate system of China, and the shifted datums the same as the domain's."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.place import Bd09, Gcj02, Wgs84, to_wgs84, wgs84_to
from xiuhua.space.layers import LayerWrong, Projection, crs_of
from xiuhua.space.layers.crs import ZONE_PLAIN, ZONE_PREFIXED, ZONES, metres_at

lons = st.floats(73.5, 134.9)
lats = st.floats(18.0, 53.0)
MILLIMETRE_DEGREES = 1e-8


@given(zone=st.sampled_from(ZONES), east=st.floats(-1.5, 1.5), lat=lats, prefixed=st.booleans())
def test_a_gauss_kruger_zone_leads_back_within_a_millimetre(zone: int, east: float, lat: float, prefixed: bool) -> None:
    crs = crs_of(f"EPSG:{(ZONE_PREFIXED if prefixed else ZONE_PLAIN) + zone - ZONES.start}")
    here = np.array([[zone * 3 + east, lat]])
    metres = crs.from_wgs84(here)
    assert bool(metres[0, 0] > 1_000_000) is prefixed
    assert np.abs(crs.to_wgs84(metres) - here).max() < MILLIMETRE_DEGREES


@pytest.mark.parametrize(("datum", "name"), [(Gcj02, "gcj02"), (Bd09, "bd09")])
@given(lon=st.floats(-179, 179), lat=st.floats(-85, 85))
def test_the_shifted_datums_are_those_of_the_domain(datum: type[Gcj02 | Bd09], name: str, lon: float, lat: float) -> None:
    ours = crs_of(name).from_wgs84(np.array([[lon, lat]]))[0]
    domain = wgs84_to(Wgs84(lon, lat), datum)
    assert ours == pytest.approx((domain.lon, domain.lat), abs=1e-11)
    back = crs_of(name).to_wgs84(ours[None])[0]
    home = to_wgs84(datum(*ours))
    assert back == pytest.approx((home.lon, home.lat), abs=1e-9)


@given(lon=lons, lat=lats, name=st.sampled_from(["gcj02", "bd09"]))
def test_a_shifted_datum_leads_back_within_ten_centimetres(lon: float, lat: float, name: str) -> None:
    here = np.array([[lon, lat]])
    assert np.abs(crs_of(name).to_wgs84(crs_of(name).from_wgs84(here)) - here).max() < 1e-6


@given(lon=lons, lat=lats)
def test_cgcs2000_takes_the_numbers_of_wgs84_unchanged(lon: float, lat: float) -> None:
    here = np.array([[lon, lat]])
    assert (crs_of("EPSG:4490").from_wgs84(here) == here).all()


def test_on_the_central_meridian_the_northing_is_the_length_of_the_meridian() -> None:
    """By adding up the radius of curvature of the CGCS2000 ellipsoid from the equator to 35 degrees."""
    a_m, flattening = 6_378_137.0, 1 / 298.257222101
    e2 = flattening * (2 - flattening)
    lats_r = np.linspace(0, np.radians(35), 100_001)
    curvature = a_m * (1 - e2) / (1 - e2 * np.sin(lats_r) ** 2) ** 1.5
    metres = crs_of("EPSG:4548").from_wgs84(np.array([[117.0, 35.0]]))[0]
    assert metres == pytest.approx((500_000, np.trapezoid(curvature, lats_r)), abs=0.001)


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (116.6, 35.4, "EPSG:4548"),  # 117°E
        (118.6, 35.4, "EPSG:4549"),  # 120°E: the nearest central meridian
        (75.0, 39.0, "EPSG:4534"),
        (135.0, 48.0, "EPSG:4554"),
        (-71.06, 42.36, "EPSG:32619"),  # Boston
        (151.2, -33.9, "EPSG:32756"),  # Sydney
    ],
)
def test_a_place_is_measured_in_its_own_zone(lon: float, lat: float, name: str) -> None:
    assert metres_at(lon, lat).name == name


def test_a_square_kilometre_is_one_in_the_plane() -> None:
    square = Projection.at(shapely.Point(117, 35.4)).degrees(shapely.box(500_000, 3_900_000, 501_000, 3_901_000))
    assert Projection.at(square).flat(square).area == pytest.approx(1e6, abs=0.01)


@pytest.mark.parametrize("name", ["4548", "EPSG:4548", "epsg:4548", "urn:ogc:def:crs:EPSG::4548"])
def test_a_system_goes_by_several_names(name: str) -> None:
    assert crs_of(name).name == "EPSG:4548"


@pytest.mark.parametrize("name", ["GCJ-02", "gcj02", "GCJ02"])
def test_the_datum_of_gaode_goes_by_several_names(name: str) -> None:
    assert crs_of(name).name == "gcj02"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("EPSG:99999", "layer-unknown-crs"),
        ("济宁城建坐标系", "layer-unknown-crs"),
        ("", "layer-unknown-crs"),
        ("99999999999999999999", "layer-unknown-crs"),
        ("EPSG:5737", "layer-unknown-crs"),  # heights of 1985: no places
        ("EPSG:4978", "layer-unknown-crs"),  # geocentric
        ("EPSG:4610", "layer-other-datum"),  # Xi'an 1980
        ("EPSG:4214", "layer-other-datum"),  # Beijing 1954
        ("EPSG:2437", "layer-other-datum"),  # Beijing 1954 in a 3-degree zone
    ],
)
def test_a_system_that_cannot_be_used_is_refused(name: str, code: str) -> None:
    with pytest.raises(LayerWrong) as refused:
        crs_of(name)
    assert refused.value.code == code
