"""Grids drawn anew: what comes out covers exactly what went in, and neighbours keep their corners."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.space.dividing_line import REACH_M, shift, split
from xiuhua.space.metres import Metres
from xiuhua.space.redraw import (
    area_m2,
    cover_refusal,
    follows,
    housed,
    in_reading_order,
    merge,
    outline_of,
    polygon_of,
)

SQUARE = tuple(Wgs84(lon, lat) for lon, lat in ((110.0, 30.0), (110.01, 30.0), (110.01, 30.01), (110.0, 30.01)))
EAST = tuple(Wgs84(lon, lat) for lon, lat in ((110.01, 30.0), (110.02, 30.0), (110.02, 30.01), (110.01, 30.01)))
FAR = tuple(Wgs84(lon, lat) for lon, lat in ((110.03, 30.0), (110.04, 30.0), (110.04, 30.01), (110.03, 30.01)))
UPRIGHT = (((110.005, 29.99), (110.005, 30.02)),)


def blob(radii: list[float]) -> tuple[Wgs84, ...]:
    """A grid of any simple shape, seen from its middle."""
    turn = 2 * math.pi / len(radii)
    return tuple(Wgs84(110 + r * math.cos(i * turn), 30 + r * math.sin(i * turn)) for i, r in enumerate(radii))


def test_a_line_that_misses_the_grid_is_told_how_far_away_it_is() -> None:
    answer = split(SQUARE, (((110.02, 29.99), (110.02, 30.02)),))
    assert isinstance(answer, Refusal) and answer.code == "line-no-cut"
    assert "963" in answer.words.zh and "963" in answer.words.en


BLOBS = st.lists(st.floats(0.002, 0.01), min_size=5, max_size=14).map(blob)


@given(BLOBS, st.floats(0, math.pi), st.floats(-0.0015, 0.0015))
def test_any_line_across_a_grid_divides_it_exactly(ground: tuple[Wgs84, ...], turn: float, off: float) -> None:
    across, beside = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    middle = (110 + off * beside[0], 30 + off * beside[1])
    line = [(middle[0] + s * 0.05 * across[0], middle[1] + s * 0.05 * across[1]) for s in (-1, 1)]
    pieces = split(ground, (tuple(line),))
    if isinstance(pieces, Refusal):  # a line that leaves a bay and comes back makes more than two
        assert len(shapely.get_parts(shapely.LineString(line).intersection(polygon_of(ground)))) > 1
        return
    assert cover_refusal([ground], pieces) is None
    corners = {(p.lon, p.lat) for piece in pieces for p in piece}
    assert {(p.lon, p.lat) for p in ground} <= corners
    both = set(map(tuple, shapely.get_coordinates(polygon_of(pieces[0])).tolist())) & set(
        map(tuple, shapely.get_coordinates(polygon_of(pieces[1])).tolist())
    )
    assert len(both) >= 2
    back = merge(pieces)
    assert not isinstance(back, Refusal)
    assert cover_refusal([ground], [back]) is None


@given(BLOBS, st.floats(0, math.pi))
def test_a_line_through_the_middle_always_makes_two(ground: tuple[Wgs84, ...], turn: float) -> None:
    ends = [(110 + s * 0.05 * math.cos(turn), 30 + s * 0.05 * math.sin(turn)) for s in (-1, 1)]
    assert len(split(ground, (tuple(ends),))) == 2  # type: ignore[arg-type]


def test_the_west_comes_first_and_then_the_north() -> None:
    west, east = split(SQUARE, UPRIGHT)  # type: ignore[misc]
    assert max(p.lon for p in west) <= min(p.lon for p in east) + 1e-12
    north, south = split(SQUARE, (((109.99, 30.005), (110.02, 30.005)),))  # type: ignore[misc]
    assert min(p.lat for p in north) >= max(p.lat for p in south) - 1e-12
    assert in_reading_order([EAST, SQUARE]) == [1, 0]


def test_a_line_of_several_pieces_of_road_divides_as_one() -> None:
    road = (((110.005, 29.99), (110.005, 30.004)), ((110.005, 30.004), (110.006, 30.02)))
    assert len(split(SQUARE, road)) == 2  # type: ignore[arg-type]


def test_a_line_that_ends_inside_is_refused_with_the_way_that_is_missing() -> None:
    refusal = split(SQUARE, (((110.005, 29.99), (110.005, 30.009)),))
    assert isinstance(refusal, Refusal)
    assert "111 m" in refusal.words.en


@given(BLOBS, st.integers(0, 13), st.floats(0, 1), st.floats(0, 0.9 * REACH_M))
def test_an_end_a_step_short_of_the_border_reaches_it(
    ground: tuple[Wgs84, ...], side: int, along: float, short: float
) -> None:
    """From the middle outwards: to a place on any side, up to a step before it; and out on the other side."""
    a, b = ground[side % len(ground)], ground[(side + 1) % len(ground)]
    foot = (a.lon + along * (b.lon - a.lon), a.lat + along * (b.lat - a.lat))
    scale = Metres(30).scale
    way = math.hypot((foot[0] - 110) * scale[0], (foot[1] - 30) * scale[1])
    end = tuple(m + (f - m) * (1 - short / way) for m, f in zip((110, 30), foot, strict=True))
    beyond = (110 - 9 * (foot[0] - 110), 30 - 9 * (foot[1] - 30))
    pieces = split(ground, ((beyond, (110.0, 30.0), end),))  # type: ignore[arg-type]
    assert not isinstance(pieces, Refusal), pieces
    assert cover_refusal([ground], pieces) is None


@pytest.mark.parametrize(("lat", "says"), [(30.00998, "2.2 m"), (30.009, "111 m")])
def test_a_way_that_is_missing_is_said_so_that_it_can_be_seen(lat: float, says: str) -> None:
    refusal = split(SQUARE, (((110.005, 29.99), (110.005, lat)),))
    assert isinstance(refusal, Refusal)
    assert f"its end is {says} from the border" in refusal.words.en


def test_a_line_that_crosses_twice_is_told_so_and_not_that_it_ends_short() -> None:
    refusal = split(SQUARE, (((110.002, 29.99), (110.002, 30.02), (110.008, 30.02), (110.008, 29.99)),))
    assert isinstance(refusal, Refusal) and "makes 3 pieces" in refusal.words.en and " m from" not in refusal.words.en


@pytest.mark.parametrize("others", [[FAR], [tuple(Wgs84(p.lon + 0.01, p.lat + 0.01) for p in SQUARE)]])
def test_grids_that_share_no_border_do_not_become_one(others: list[tuple[Wgs84, ...]]) -> None:
    refusal = merge([SQUARE, *others])
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not-neighbours"


def test_a_ring_of_grids_with_a_hole_is_not_one_grid() -> None:
    outer, hole = shapely.box(110, 30, 110.03, 30.03), shapely.box(110.01, 30.01, 110.02, 30.02)
    half = shapely.box(110, 30, 110.015, 30.03)
    ring = outer.difference(hole)
    west, east = ring.intersection(half), ring.difference(half)
    assert isinstance(west, shapely.Polygon) and isinstance(east, shapely.Polygon)
    parts = [outline_of(west), outline_of(east)]
    assert isinstance(merge(parts), Refusal)


def test_a_shift_keeps_the_ground_of_both() -> None:
    pieces = shift([SQUARE, EAST], (((110.012, 29.99), (110.012, 30.02)),))
    assert not isinstance(pieces, Refusal)
    assert sum(map(area_m2, pieces)) == pytest.approx(area_m2(SQUARE) + area_m2(EAST), rel=1e-9)
    old = {"a": SQUARE, "b": EAST}
    assert [follows(piece, old) for piece in pieces] == [("a", "b"), ("b",)]


def test_what_a_border_only_touches_is_not_cut() -> None:
    west, east = split(SQUARE, UPRIGHT)  # type: ignore[misc]
    unit = outline_of(shapely.box(110.0, 30.0, 110.005, 30.005))
    across = outline_of(shapely.box(110.004, 30.006, 110.006, 30.008))
    placed, cut = housed({"u1": unit, "u2": across}, [west, east])
    assert placed == {"u1": 0}
    assert [(one.code, sorted(one.pieces)) for one in cut] == [("u2", [0, 1])]


def test_a_gap_says_where_and_how_large() -> None:
    west = outline_of(shapely.box(110.0, 30.0, 110.005, 30.01))
    east = outline_of(shapely.box(110.0051, 30.0, 110.01, 30.01))
    refusal = cover_refusal([SQUARE], [west, east])
    assert isinstance(refusal, Refusal)
    assert refusal.code == "ground-gap"
    assert "110.00505" in refusal.words.en
