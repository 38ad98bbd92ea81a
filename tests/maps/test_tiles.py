"""What is in a tile, where it lies in it, and that no tile is too full."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from gzip import decompress
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import COVER, LAMP, tiny
from tests.maps import terrain
from tests.maps.reading import Read, read
from xiuhua.domain.former_grid import Line
from xiuhua.domain.place import Gcj02, Wgs84, distance_m, wgs84_to
from xiuhua.maps import density
from xiuhua.maps.components import FEW, FEW_CLOSE
from xiuhua.maps.kept import Kept, tiles
from xiuhua.maps.making import component_tile, former_tile, grid_tile, ground_tile
from xiuhua.maps.tile import CLOSE, EXTENT, Tile
from xiuhua.store.models import ComponentRow, FeatureRow
from xiuhua.store.queries.drawn import Chosen

DAY = date(2023, 3, 6)
ANY = Chosen()
CORNER = Wgs84(110.0045, 30.0025)  # where the two roads cross


@pytest.fixture
def ground(db: None) -> Iterator[None]:
    terrain.lay()
    yield
    terrain.forget()


def at(place: Wgs84 | Gcj02, z: int) -> Tile:
    side = 2**z
    y = (1 - math.asinh(math.tan(math.radians(place.lat))) / math.pi) / 2 * side
    return Tile(z, int((place.lon + 180) / 360 * side), int(y), shifted=isinstance(place, Gcj02))


def ground_at(z: int) -> dict[str, list[Read]]:
    return read(decompress(ground_tile(at(CORNER, z), tiny(), DAY).body))


def components_at(z: int, chosen: Chosen = ANY) -> dict[str, list[Read]]:
    return read(decompress(component_tile(at(CORNER, z), chosen).body))


@pytest.mark.usefixtures("ground")
def test_a_tile_has_the_roads_the_water_and_the_names_of_its_place() -> None:
    layers = ground_at(15)
    assert {one.tags["zh"] for one in layers["road"]} == {"绣云路", "东一路"}
    assert layers["building"][0].type == 3
    assert {"锦绣苑", "人民公园"} <= {one.tags["zh"] for one in ground_at(14)["name"]}
    market = read(decompress(ground_tile(at(Wgs84(110.0052, 30.0030), 15), tiny(), DAY).body))
    assert "东市场" in {one.tags["zh"] for one in market["name"]}


@pytest.mark.usefixtures("ground")
def test_at_a_small_scale_only_large_roads_are_drawn() -> None:
    layers = ground_at(9)
    assert [one.tags["zh"] for one in layers["road"]] == ["绣云路"]
    assert "building" not in layers


@pytest.mark.usefixtures("ground")
def test_nothing_is_drawn_far_beyond_the_rim() -> None:
    for layer in ground_at(16).values():
        for one in layer:
            assert all(-70 <= v <= EXTENT + 70 for path in one.paths for point in path for v in point)


@pytest.mark.usefixtures("ground")
def test_the_outer_ring_of_an_area_turns_as_the_specification_says() -> None:
    for one in ground_at(14)["green"]:
        ring = one.paths[0]
        twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert twice > 0


@pytest.mark.usefixtures("ground")
def test_grids_come_with_their_day() -> None:
    tile = at(CORNER, 14)
    layers = read(decompress(grid_tile(tile, tiny(), DAY).body))
    tiers = {one.tags["tier"] for one in layers["grid"]}
    assert {"street", "responsibility", "unit"} <= tiers
    assert "990101001001001" in {one.tags["code"] for one in layers["grid"]}
    before = date(2019, 1, 1)  # no grid was valid yet
    assert read(decompress(grid_tile(tile, tiny(), before).body)) == {}


@pytest.mark.usefixtures("ground")
def test_former_grids_are_drawn_line_by_line() -> None:
    found = [
        read(decompress(former_tile(at(CORNER, 13), tiny(), line, DAY).body)).get("former", []) for line in Line
    ]
    there = {grid.line for grid in tiny().former_grids}
    assert there
    assert [bool(one) for one in found] == [line in there for line in Line]
    codes = {grid.code for grid in tiny().former_grids}
    assert {one.tags["code"] for layer in found for one in layer} <= codes


@pytest.mark.usefixtures("ground")
def test_the_name_of_a_grid_stands_in_one_tile_only() -> None:
    middle = at(CORNER, 15)
    around = [Tile(15, middle.x + i, middle.y + j) for i in range(-4, 12) for j in range(-8, 5)]
    names = [one.tags["code"] for tile in around for one in read(decompress(grid_tile(tile, tiny(), DAY).body)).get("grid_name", [])]
    assert len(names) == len(set(names)) > 10


@pytest.mark.usefixtures("ground")
def test_components_are_points_with_their_code_and_can_be_chosen() -> None:
    layers = components_at(13)
    assert len(layers["component"]) == 46
    assert {one.tags["class"] for one in components_at(13, Chosen((COVER,)))["component"]} == {COVER}
    assert components_at(13, Chosen((), ("lost",))) == {}


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("z", [11, 12, 13, 15])
def test_what_is_many_is_counted_and_no_component_is_lost_or_counted_twice(z: int) -> None:
    rows = [(110.0 + (i % 100) * 0.0003, 30.0 + (i // 100) * 0.0003, LAMP, "") for i in range(2500)]
    terrain.components(rows, first=10_000)
    terrain.forget()
    assert components_at(12)["component_count"]
    here, reach = at(CORNER, z), 4 if z > 13 else 1
    around = range(-reach, reach + 1)
    tiles = [Tile(z, here.x + i, here.y + j) for i in around for j in around]
    counted = 0
    for tile in tiles:
        found = read(decompress(component_tile(tile, Chosen()).body))
        counted += sum(one.tags["count"] for one in found.get("component_count", []))
        seen = [p for one in found.get("component", []) for p in one.paths[0]]
        counted += sum(all(0 <= v < EXTENT for v in point) for point in seen)
    assert counted == ComponentRow.objects.count()


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(("z", "few"), [(14, FEW), (CLOSE, FEW_CLOSE)])
def test_a_square_is_counted_for_what_lies_in_it_alone(z: int, few: int) -> None:
    """Beside each other: one that is full, one that is not, though together they are many."""
    box = at(CORNER, z).seen
    middle = box.south + (box.north - box.south) * 0.5625
    squares = [box.west + (box.east - box.west) * part for part in (0.0625, 0.1875)]
    rows = [(squares[0], middle, COVER, "") for _ in range(few + 1)] + [(squares[1], middle, COVER, "") for _ in range(few)]
    terrain.components(rows, first=10_000)
    terrain.forget()
    layers = components_at(z, Chosen((COVER,)))
    assert [one.tags["count"] for one in layers["component_count"]] == [few + 1]
    assert len(layers["component"]) >= few
    assert {one.tags["code"] for one in layers["component"]} >= {f"9901010101{10_000 + n:06d}" for n in range(few + 1, 2 * few + 1)}


@pytest.mark.usefixtures("ground")
def test_where_nothing_is_counted_a_component_never_lags_behind() -> None:
    components_at(15)
    density._kept._again = math.inf  # as if reading had just taken long
    terrain.components([(110.0046, 30.0026, COVER, "")], first=9500)
    assert f"9901010101{9500:06d}" in {one.tags["code"] for one in components_at(15)["component"]}


@pytest.mark.usefixtures("ground")
def test_no_tile_has_more_than_five_thousand_features() -> None:
    import shapely

    line = shapely.to_wkb(shapely.LineString([(110.0, 30.0), (110.01, 30.01)]))
    FeatureRow.objects.bulk_create(
        FeatureRow(layer="road", code=f"x{i}", kind="path", zoom=9, west=110, south=30, east=110.01, north=30.01, shape=line)
        for i in range(6000)
    )
    layers = ground_at(15)
    assert sum(map(len, layers.values())) <= 5000
    assert {"绣云路"} <= {one.tags.get("zh") for one in layers["road"]}  # what is drawn first is kept first


@pytest.mark.usefixtures("ground")
def test_a_change_of_a_component_makes_another_tile() -> None:
    before = component_tile(at(CORNER, 15), Chosen())
    again = component_tile(at(CORNER, 15), Chosen())
    assert again == before
    terrain.components([(110.0046, 30.0026, COVER, "")], first=9500)
    terrain.forget()
    after = component_tile(at(CORNER, 15), Chosen())
    assert after.tag != before.tag
    assert after.body != before.body


@given(
    z=st.integers(11, 18), lon=st.floats(80, 130), lat=st.floats(20, 50), east=st.floats(0.01, 0.99), south=st.floats(0.01, 0.99)
)
def test_on_a_shifted_map_a_point_lies_where_that_map_has_it_within_a_metre(
    z: int, lon: float, lat: float, east: float, south: float
) -> None:
    tile = at(wgs84_to(Wgs84(lon, lat), Gcj02), z)
    box = tile.box
    place = Wgs84(box.west + (box.east - box.west) * east, box.north - (box.north - box.south) * south)
    there = wgs84_to(place, Gcj02)
    plain = Tile(tile.z, tile.x, tile.y)
    drawn = tile.units(np.array([[place.lon, place.lat]]))[0]
    wanted = plain.units(np.array([[there.lon, there.lat]]))[0]
    assert math.dist(drawn, wanted) * tile.metres_a_unit < 1
    assert distance_m(place, Wgs84(there.lon, there.lat)) > 1  # there is a shift at all: 26 m at 97°E 37°N, some hundred elsewhere


def test_what_was_kept_longest_goes_first_when_the_room_is_full() -> None:
    kept, made = Kept(most_bytes=850), []  # two tiles of ten bytes, with what an entry takes beside

    def make(name: str) -> bytes:
        made.append(name)
        return name.encode() * 10

    for name in "abacab":
        kept.get(name, lambda name=name: make(name))  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_what_is_asked_for_takes_room_even_where_nothing_is_drawn() -> None:
    kept = Kept(most_bytes=10_000)
    for number in range(1000):
        kept.get(str(number), lambda: b"")
    assert len(kept._tiles) <= 25


@pytest.mark.usefixtures("ground")
def test_a_long_filter_is_not_kept_as_it_was_asked() -> None:
    component_tile(at(CORNER, 15), Chosen(("x" * 2000,)))
    assert max(map(len, tiles._tiles)) <= 64


@pytest.mark.usefixtures("ground")
def test_counts_that_lag_behind_are_not_kept_for_the_components_of_now() -> None:
    """Counts are read anew at most now and then: a tile drawn before that has another tag than the one after."""
    rows = [(110.0 + (i % 100) * 0.0001, 30.0 + (i // 100) * 0.0001, LAMP, "") for i in range(2500)]
    terrain.components(rows, first=20_000)
    terrain.forget()
    before = component_tile(at(CORNER, 12), Chosen())
    density._kept._again = math.inf  # as if reading had just taken long
    terrain.components([(110.0046, 30.0026, COVER, "")], first=30_000)
    behind = component_tile(at(CORNER, 12), Chosen())
    assert behind.body == before.body
    density.forget()
    after = component_tile(at(CORNER, 12), Chosen())
    assert after.body != behind.body
    assert after.tag != behind.tag


def test_the_world_ends_at_its_last_tile() -> None:
    assert Tile(3, 7, 7).is_one
    assert not Tile(3, 8, 7).is_one
    assert not Tile(19, 0, 0).is_one


def test_a_day_is_kept_for_few_days_only(db: None) -> None:
    for days in range(8):
        grid_tile(at(CORNER, 14), tiny(), DAY + timedelta(days=days))
    from xiuhua.maps import grids

    assert len(grids._kept) <= grids._DAYS
