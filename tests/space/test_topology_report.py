"""A topology report of any layer of polygons: each kind of fault with its place and size; nothing is repaired."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from xiuhua.space.layers import LayerFile, LayerOut, LayerWrong, Projection, crs_of, read_layer, write_layers
from xiuhua.space.topology import Checking, GroundFault, Report, check_layer
from xiuhua.space.topology.fault import FAULTS
from xiuhua.space.topology.report import KINDS

EAST, NORTH = 500_000.0, 3_920_000.0  # metres in the zone of 117°E: a corner near 35.4 N
CORNER = np.array([EAST, NORTH])


def at(*shapes: Any) -> Any:
    """Drawn in metres from the corner."""
    return shapely.transform(np.array(shapes, dtype=object), lambda xy: xy + CORNER)


def layer(*shapes: Any, name: str = "a", crs: str = "EPSG:4548", **columns: Any) -> LayerFile:
    drawn = at(*shapes)
    if crs != "EPSG:4548":
        drawn = shapely.transform(Projection(crs_of("EPSG:4548")).degrees(drawn), crs_of(crs).from_wgs84)
    given = {"code": [f"g{number}" for number in range(len(shapes))], **columns}
    arrays = {key: np.array(values, dtype=object) for key, values in given.items()}
    return LayerFile(f"{name}.gpkg", name, crs_of(crs), drawn, arrays, np.arange(len(shapes), dtype=np.int64))


def faults(*shapes: Any, **more: Any) -> tuple[GroundFault, ...]:
    return check_layer(Checking(layer(*shapes), "code", **more)).faults


def only(*shapes: Any, **more: Any) -> GroundFault:
    (fault,) = faults(*shapes, **more)
    return fault


def metres(fault: GroundFault) -> tuple[float, float]:
    """Where it lies from the corner."""
    ((x, y),) = crs_of("EPSG:4548").from_wgs84(np.array([[fault.place.lon, fault.place.lat]]))
    return x - EAST, y - NORTH


LEFT, RIGHT = box(0, 0, 100, 100), box(100, 0, 200, 100)


def test_two_that_fit_have_no_fault() -> None:
    assert faults(LEFT, RIGHT) == ()


def test_a_point_in_the_middle_of_a_neighbours_edge_is_no_fault() -> None:
    assert faults(LEFT, box(100, 0, 200, 50), box(100, 50, 200, 100)) == ()


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4527", "gcj02"])
def test_a_long_straight_border_in_degrees_is_no_gap(crs: str) -> None:
    """In a projection it is not straight: over 10 km the middle is metres off."""
    wide = Polygon([(116.9, 35.4), (117.0, 35.4), (117.0, 35.5), (116.9, 35.5)])
    below = [Polygon([(116.9 + i / 40, 35.3), (116.925 + i / 40, 35.3), (116.925 + i / 40, 35.4), (116.9 + i / 40, 35.4)]) for i in range(4)]
    shapes = np.array([wide, *below], dtype=object)
    if crs == "EPSG:4527":
        shapes = shapely.transform(shapes, lambda xy: xy * (1e4, 1e4) + (39_000_000 - 669_000, 3_566_000))
    found = LayerFile("a", "a", crs_of(crs), shapes, {"code": np.arange(5)}, np.arange(5))
    assert check_layer(Checking(found, "code")).faults == ()


def test_an_overlap_is_named_with_both_codes_place_area_and_width() -> None:
    fault = only(LEFT, box(97, 0, 200, 100))
    assert (fault.code, fault.codes) == ("overlap", ("g0", "g1"))
    assert fault.area_m2 == pytest.approx(300, abs=0.1)
    assert fault.width_m == pytest.approx(3, abs=0.05)
    x, y = metres(fault)
    assert 97 < x < 100
    assert 0 < y < 100
    assert "“g1”" in fault.words.zh


def test_one_inside_another_overlaps_it() -> None:
    fault = only(LEFT, box(40, 40, 60, 60))
    assert (fault.code, round(fault.area_m2)) == ("overlap", 400)


def test_one_that_lies_wholly_in_another_is_never_too_small() -> None:
    assert {fault.code for fault in faults(LEFT, box(50, 50, 50.5, 50.5))} == {"overlap"}


def test_the_same_shape_twice_is_said_once_whatever_its_first_point() -> None:
    turned = Polygon([(100, 100), (0, 100), (0, 0), (100, 0)])
    fault = only(LEFT, turned)
    assert (fault.code, fault.codes) == ("shape-twice", ("g1", "g0"))


def test_a_gap_between_neighbours_is_named_with_those_around_it() -> None:
    fault = only(box(0, 0, 100, 40), box(0, 60, 100, 100), box(0, 40, 40, 60), box(42, 40, 100, 60))
    assert (fault.code, set(fault.codes)) == ("between", {"g0", "g1", "g2", "g3"})
    assert fault.area_m2 == pytest.approx(40, abs=0.1)
    assert fault.width_m == pytest.approx(2, abs=0.05)


def test_a_hole_that_nothing_fills_is_a_hole_and_one_that_is_filled_is_not() -> None:
    pierced = LEFT.difference(box(40, 40, 60, 60))
    assert (only(pierced).code, only(pierced).grid) == ("hole", "g0")
    assert faults(pierced, box(40, 40, 60, 60)) == ()


def test_a_sliver_is_named_with_its_width() -> None:
    fault = only(LEFT, box(100, 0, 101.5, 100))
    assert (fault.code, fault.grid) == ("sliver", "g1")
    assert round(fault.area_m2) == 150
    assert fault.width_m == pytest.approx(1.5, abs=0.05)


def test_a_sliver_among_the_parts_of_one_is_found() -> None:
    assert only(MultiPolygon([LEFT, box(300, 0, 301, 80)])).code == "sliver"


@pytest.mark.parametrize("shape", [box(0, 0, 1.5, 1.5), box(0, 0, 3, 100), box(0, 0, 20, 400)])
def test_small_or_long_alone_is_no_sliver(shape: Polygon) -> None:
    assert faults(shape) == ()


def test_a_ring_that_crosses_itself_is_named_where_it_does() -> None:
    bow = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    report = check_layer(Checking(layer(bow, RIGHT), "code"))
    (fault,) = report.faults
    assert (fault.code, fault.grid) == ("crossing", "g0")
    assert metres(fault) == pytest.approx((50, 50), abs=0.2)
    assert "1" in report.notes[-1].en


def test_a_hole_outside_its_ring_is_a_wrong_ring_with_the_reason() -> None:
    fault = only(Polygon(LEFT.exterior, [box(120, 120, 130, 130).exterior]))
    assert fault.code == "ring"
    place = f"{fault.place.lon}, {fault.place.lat}"
    assert fault.words.zh == f"环有误：洞在外环之外（{place} 附近）"
    assert fault.words.en == f"a ring is wrong: a hole lies outside its ring, near {place}"


def test_what_has_no_shape_or_no_code_is_named_by_its_feature() -> None:
    found = check_layer(Checking(layer(LEFT, None, RIGHT, code=["a", "b", None]), "code")).faults
    assert [(fault.code, fault.grid) for fault in found] == [("no-shape", "b"), ("no-code", "#2")]


def test_a_code_twice_is_said_once_with_how_often() -> None:
    found = check_layer(Checking(layer(LEFT, RIGHT, box(200, 0, 300, 100), code=["a", "b", "a"]), "code")).faults
    assert [(fault.code, fault.grid, "2" in fault.words.en) for fault in found] == [("code-twice", "a", True)]


def test_codes_of_unit_grids_are_looked_at_digit_by_digit() -> None:
    codes = ["370811001001001", "3708110010010"]
    found = check_layer(Checking(layer(LEFT, RIGHT, code=codes), "code", unit_codes=True)).faults
    assert [(fault.code, fault.grid) for fault in found] == [("not-a-code", codes[1])]


STREETS = layer(box(0, 0, 200, 100), box(200, 0, 400, 100), code=["370811001", "370811002"], name="streets")
UNITS = [box(0, 0, 100, 100), box(100, 0, 200, 100), box(200, 0, 300, 100), box(300, 0, 400, 100)]
CODES = ["370811001001001", "370811001001002", "370811002001001", "370811002001002"]


def nested(*shapes: Any, codes: list[str] = CODES, parent: str = "", **columns: Any) -> tuple[GroundFault, ...]:
    found = layer(*shapes, code=codes, **columns)
    return check_layer(Checking(found, "code", STREETS, "code", parent)).faults


def test_what_nests_has_no_fault() -> None:
    assert nested(*UNITS) == ()


def test_a_code_that_says_another_street_is_named_with_both() -> None:
    (fault,) = nested(*UNITS, codes=[*CODES[:2], "370811001001003", CODES[3]])
    assert (fault.code, fault.codes) == ("elsewhere", ("370811001001003", "370811001", "370811002"))


def test_what_crosses_the_border_of_its_street_is_named_with_what_lies_outside() -> None:
    found = nested(UNITS[0], box(100, 0, 205, 100), box(205, 0, 300, 100), UNITS[3])
    assert [(fault.code, fault.codes[:2], round(fault.area_m2)) for fault in found] == [
        ("beyond", (CODES[1], "370811001"), 500),
        ("gap", ("370811002",), 500),
    ]


def test_a_street_that_is_not_filled_is_named_with_what_is_free() -> None:
    (fault,) = nested(UNITS[0], box(100, 0, 190, 100), *UNITS[2:])
    assert (fault.code, fault.grid, round(fault.area_m2)) == ("gap", "370811001", 1000)


def test_the_street_may_be_said_by_a_column() -> None:
    says = ["370811001", "370811002", "370811002", "370811009"]
    found = nested(*UNITS, parent="street", street=says)
    assert [(fault.code, fault.grid) for fault in found][:2] == [("elsewhere", CODES[1]), ("no-parent", CODES[3])]


def test_what_lies_in_no_street_is_named() -> None:
    (fault,) = nested(*UNITS, box(900, 0, 950, 50), codes=[*CODES, "370811002001003"])
    assert (fault.code, fault.grid) == ("nowhere", "370811002001003")


def test_where_no_code_begins_with_a_streets_that_is_said_and_not_guessed() -> None:
    report = check_layer(Checking(layer(*UNITS), "code", STREETS, "code"))
    assert report.faults == ()
    assert "nesting by code was not checked" in report.notes[-1].en


def test_streets_in_another_system_are_compared_and_that_is_said() -> None:
    found = layer(*UNITS, code=CODES, crs="EPSG:4490")
    report = check_layer(Checking(found, "code", STREETS, "code"))
    assert report.faults == ()
    assert "different coordinate systems" in report.notes[-1].en


def test_a_layer_of_lines_is_refused() -> None:
    with pytest.raises(LayerWrong, match="polygons only"):
        check_layer(Checking(layer(LEFT.exterior), "code"))


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(LayerWrong, match="no column “编码”"):
        check_layer(Checking(layer(LEFT), "编码"))


def test_a_layer_without_any_shape_is_refused() -> None:
    with pytest.raises(LayerWrong, match="no coordinates"):
        check_layer(Checking(layer(None, None), "code"))


@given(dx=st.floats(-30, 30), dy=st.floats(-30, 30))
def test_sizes_of_overlaps_and_gaps_add_up(dx: float, dy: float) -> None:
    """One of nine squares moved: what it leaves and what it covers are as large as geometry says."""
    squares = [box(x, y, x + 100, y + 100) for x in (0, 100, 200) for y in (0, 100, 200)]
    moved = shapely.affinity.translate(squares[4], dx, dy)
    found = faults(*squares[:4], moved, *squares[5:], smallest_m2=0.0)
    others = shapely.union_all(squares[:4] + squares[5:])
    overlapping = sum(fault.area_m2 for fault in found if fault.code == "overlap")
    free = sum(fault.area_m2 for fault in found if fault.code == "between")
    assert overlapping == pytest.approx(moved.intersection(others).area, abs=0.5)
    assert free == pytest.approx(squares[4].difference(moved).area, abs=0.5)


@pytest.fixture
def report() -> Report:
    return check_layer(Checking(layer(LEFT, box(97, 0, 200, 100), None, code=["甲", "乙", "丙"]), "code"))


def test_the_report_for_people_ends_with_the_sum(report: Report) -> None:
    lines = report.lines("zh")
    assert lines[0].startswith("丙：没有图形")
    assert lines[-1] == "a.gpkg a：3 个面，20300 平方米；2 处错误（没有图形 1，重叠 1）（不足 1 平方米的不计）"
    assert "faults: 2 (no shape 1, overlap 1)" in report.lines("en")[-1]


def test_the_report_for_programs_is_json_with_numbers(report: Report) -> None:
    row = json.loads(json.dumps(report.row()))
    assert row["counts"] == {"no-shape": 1, "overlap": 1}
    shapeless, overlap = row["faults"]
    assert (shapeless["lon"], overlap["codes"]) == (None, ["甲", "乙"])
    assert overlap["area_m2"] == pytest.approx(300, abs=0.1)


def test_the_faults_are_layers_that_a_gis_opens(report: Report, tmp_path: Path) -> None:
    write_layers(tmp_path / "faults.gpkg", report.layers("EPSG:4490"))
    areas = read_layer(tmp_path / "faults.gpkg", "fault_area")
    flat, _ = areas.metres()
    assert shapely.area(flat)[0] == pytest.approx(300, abs=0.1)
    assert areas.texts("codes").tolist() == ["甲;乙"]
    assert len(read_layer(tmp_path / "faults.gpkg", "fault_point")) == 1


def test_faults_without_an_area_are_points_only(tmp_path: Path) -> None:
    bow = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    write_layers(tmp_path / "faults.gpkg", check_layer(Checking(layer(bow), "code")).layers("EPSG:4326"))
    assert len(read_layer(tmp_path / "faults.gpkg", "fault_point")) == 1


def test_every_kind_of_fault_has_a_name() -> None:
    assert KINDS.keys() == FAULTS.keys()


def test_layers_that_were_written_are_read_and_checked(tmp_path: Path) -> None:
    degrees = Projection(crs_of("EPSG:4548")).degrees(at(LEFT, RIGHT))
    write_layers(tmp_path / "a.shp", [LayerOut("a", degrees, {"code": np.array(["a", "b"], dtype=object)}, "EPSG:4548")])
    assert check_layer(Checking(read_layer(tmp_path / "a.shp"), "code")).faults == ()
