"""A border drawn along unit grids follows them: no cut leaves a scrap, and the ground is covered as before."""

import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from xiuhua.domain.words import Refusal
from xiuhua.space.dividing_line import split
from xiuhua.space.redraw import Outline, area_m2, cover_refusal, housed, outline_of, polygon_of, whole_pieces
from xiuhua.space.unit_borders import LEAST_M2, LEAST_WIDTH_M, Led, led_along

GROUND = outline_of(shapely.box(110.0, 30.0, 110.004, 30.004))
UNITS = {
    f"u{x}{y}": outline_of(shapely.box(110 + x / 1000, 30 + y / 1000, 110 + (x + 1) / 1000, 30 + (y + 1) / 1000))
    for x in range(4)
    for y in range(4)
}
BORDER = 110.002
METRE = 1 / 96_300  # of longitude, here


def drawn(*points: tuple[float, float]) -> tuple[Outline, ...]:
    pieces = split(GROUND, (points,))
    assert not isinstance(pieces, Refusal), pieces
    return pieces


def led(*points: tuple[float, float]) -> Led:
    found = led_along(drawn(*points), UNITS)
    assert isinstance(found, Led), found
    return found


@example([0.0, 0.0, 0.0, -1.0, -1.8351276724107883e-09, 0.0])  # leaves a face as thin as a rounding
@given(st.lists(st.floats(-2.4, 2.4), min_size=3, max_size=24))
def test_a_line_clicked_along_a_border_becomes_the_border(offs: list[float]) -> None:
    step = 0.0044 / (len(offs) - 1)
    line = [(BORDER + off * METRE, 29.9998 + n * step) for n, off in enumerate(offs)]
    found = led(*line)
    assert cover_refusal([GROUND], found.outlines) is None
    placed, cut = housed(UNITS, found.outlines)
    assert len(placed) == 16 and cut == ()
    west, east = map(polygon_of, found.outlines)
    assert west.hausdorff_distance(shapely.box(110.0, 30.0, BORDER, 30.004)) < 1e-8  # a millimetre
    assert shapely.relate(west, east)[4] == "1"  # what they share is a line


@given(st.lists(st.floats(-110, 110), min_size=2, max_size=12))
def test_any_line_leaves_pieces_that_are_large_enough(offs: list[float]) -> None:
    step = 0.0044 / (len(offs) - 1)
    pieces = split(GROUND, ([(BORDER + off * METRE, 29.9998 + n * step) for n, off in enumerate(offs)],))
    assert not isinstance(pieces, Refusal)
    found = led_along(pieces, UNITS)
    if isinstance(found, Refusal):
        return
    assert cover_refusal([GROUND], found.outlines) is None
    _, cut = housed(UNITS, found.outlines)
    for one in cut:
        if whole_pieces(UNITS, one):
            assert min(area_m2(piece) for piece in one.pieces.values()) > LEAST_M2 * 0.999


def test_what_is_drawn_well_apart_from_the_borders_stays_as_drawn() -> None:
    pieces = drawn((110.0015, 29.999), (110.0015, 30.005))
    assert led_along(pieces, UNITS) == Led(pieces)
    assert led_along(pieces, {}) == Led(pieces)


@pytest.mark.parametrize(("off", "kept"), [(LEAST_WIDTH_M - 0.5, False), (LEAST_WIDTH_M + 0.5, True)])
def test_a_strip_is_cut_off_where_it_is_wide_enough(off: float, kept: bool) -> None:
    line = BORDER + off * METRE
    found = led((line, 29.999), (line, 30.005))
    assert bool(housed(UNITS, found.outlines)[1]) is kept
    assert (found.m2 > 0) is not kept


def test_only_the_stretch_that_leaves_scraps_is_led_along() -> None:
    found = led((BORDER + METRE, 29.999), (BORDER + METRE, 30.002), (110.0025, 30.003), (110.0025, 30.005))
    placed, cut = housed(UNITS, found.outlines)
    assert sorted(one.code for one in cut) == ["u22", "u23"]
    assert placed["u20"] == placed["u21"] == 1
    assert found.m2 == pytest.approx(2 * 111, rel=0.02)


def test_a_corner_that_is_only_a_scrap_makes_no_grid() -> None:
    refusal = led_along(drawn((109.99999, 30.0001), (110.0001, 29.99999)), UNITS)
    assert isinstance(refusal, Refusal) and refusal.code == "grid-in-pieces"
    assert "m²" in refusal.words.en and "110.0000" in refusal.words.en
