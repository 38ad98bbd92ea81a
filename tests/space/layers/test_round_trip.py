"""What is written is read again the same: every format, every coordinate system, Chinese columns, GBK tables."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.space.layers.files import CODES, SQUARES, geojson, named, point
from xiuhua.space.layers import POLYGONS, LayerOut, layer_names, read_layer, write_layers
from xiuhua.space.layers.gdal import DRIVERS, raw
from xiuhua.space.layers.reading import HEIGHTS

FORMATS = ["a.gpkg", "a.geojson", "a.shp", "a.zip"]
SYSTEMS = ["EPSG:4326", "EPSG:4490", "EPSG:4527", "EPSG:4548", "EPSG:32650", "EPSG:3857", "gcj02", "bd09"]
COLUMNS = {
    "code": CODES,
    "名称": np.array(["古槐路以东", None], dtype=object),
    "people": np.array([12, 0]),
    "area_m2": np.array([0.5, np.nan]),
}


@pytest.mark.parametrize("crs", SYSTEMS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_back_what_it_was_given(name: str, crs: str, tmp_path: Path) -> None:
    write_layers(tmp_path / name, [LayerOut("a", SQUARES, COLUMNS, crs)])
    layer = read_layer(tmp_path / name)
    assert (layer.name, layer.crs.name, layer.notes) == ("a", crs, ())
    assert list(layer.of(POLYGONS).columns) == list(COLUMNS)
    assert layer.codes("code").tolist() == CODES.tolist()
    assert layer.texts("名称").tolist() == ["古槐路以东", ""]
    assert layer.texts("people").tolist() == ["12", "0"]
    assert layer.texts("area_m2").tolist() == ["0.5", ""]
    assert shapely.hausdorff_distance(layer.wgs84(), SQUARES).max() < 2e-9  # a fifth of a millimetre


@given(
    lon=st.floats(116.0, 117.0), lat=st.floats(35.0, 36.0), crs=st.sampled_from(SYSTEMS), name=st.sampled_from(FORMATS[:2])
)
def test_a_point_comes_back_within_a_millimetre(lon: float, lat: float, crs: str, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("trip") / name
    write_layers(path, [LayerOut("a", np.array([shapely.Point(lon, lat)]), {}, crs)])
    back = read_layer(path).wgs84()[0]
    assert (back.x, back.y) == pytest.approx((lon, lat), abs=1e-8)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4548", "gcj02"])
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_layers_give_the_same_bytes(name: str, crs: str, tmp_path: Path) -> None:
    """From two processes, so that nothing hangs on the moment or on the order of a set."""
    code = (
        "import sys; from pathlib import Path; from tests.space.layers.test_round_trip import *\n"
        f"write_layers(Path(sys.argv[1]) / {name!r}, [LayerOut('a', SQUARES, COLUMNS, {crs!r})])"
    )
    digests = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        subprocess.run([sys.executable, "-c", code, folder], check=True, env=environment, cwd=Path(__file__).parents[3])
        digests.append({file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()})
    assert digests[0] == digests[1]


def test_a_geopackage_holds_several_layers(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_layers(path, [LayerOut("grid", SQUARES, COLUMNS), LayerOut("middle", shapely.centroid(SQUARES))])
    assert layer_names(path) == ("grid", "middle")
    assert len(read_layer(path, "middle")) == 2


def test_single_and_multi_go_together(tmp_path: Path) -> None:
    shapes = np.array([SQUARES[0], shapely.MultiPolygon([SQUARES[1]])], dtype=object)
    write_layers(tmp_path / "a.gpkg", [LayerOut("a", shapes)])
    assert len(read_layer(tmp_path / "a.gpkg").of(POLYGONS)) == 2


def test_a_shifted_file_says_so_to_those_who_write_it(tmp_path: Path) -> None:
    (note,) = write_layers(tmp_path / "a.gpkg", [LayerOut("a", SQUARES, {}, "gcj02")])
    assert "shifted datum" in note.en
    assert "不可当作 WGS 84" in note.zh
    meta, _, _, _ = raw.read(tmp_path / "a.gpkg")
    assert "not WGS 84" in meta["crs"]


def test_columns_of_a_shapefile_that_get_cut_are_named(tmp_path: Path) -> None:
    columns = {"responsibility_a": CODES, "responsibility_b": CODES, "网格名称全称": CODES, "note": np.array(["字" * 100, ""])}
    notes = write_layers(tmp_path / "a.shp", [LayerOut("a", SQUARES, columns)])
    assert list(read_layer(tmp_path / "a.shp").columns) == ["responsibi", "responsi_1", "网格名", "note"]
    assert [("responsi_1" in n.en, "网格名" in n.en, "1 cells" in n.en) for n in notes] == [
        (False, False, False), (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip


def _gbk(folder: Path, *, cpg: bool) -> Path:
    path = folder / "gbk.shp"
    raw.write(
        path, shapely.to_wkb(SQUARES), [np.array(["古槐路", "阜桥"], dtype=object)], ["街道名称"], layer="gbk",
        geometry_type="Polygon", crs="EPSG:4490", driver="ESRI Shapefile", encoding="GBK",
    )  # fmt: skip
    if not cpg:
        path.with_suffix(".cpg").unlink(missing_ok=True)
        table = bytearray(path.with_suffix(".dbf").read_bytes())
        table[29] = 0
        path.with_suffix(".dbf").write_bytes(table)
    return path


@pytest.mark.parametrize(("cpg", "encoding", "notes"), [(True, None, 0), (False, None, 1), (False, "GBK", 0), (False, "cp936", 0)])
def test_a_table_in_gbk_is_read(cpg: bool, encoding: str | None, notes: int, tmp_path: Path) -> None:
    layer = read_layer(_gbk(tmp_path, cpg=cpg), encoding=encoding)
    assert layer.texts("街道名称").tolist() == ["古槐路", "阜桥"]
    assert len(layer.notes) == notes


def test_heights_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    layer = read_layer(geojson(tmp_path / "a.geojson", {"type": "Point", "coordinates": [116.5, 35.4, 41.0]}))
    assert layer.notes == (HEIGHTS,)
    assert not shapely.has_z(layer.shapes).any()


def test_what_is_asked_for_wins_over_what_the_file_says_and_that_is_said(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", point(116.5, 35.4))
    layer = read_layer(path, crs="gcj02")
    assert "EPSG:4326" in layer.notes[0].en
    assert layer.wgs84()[0].x == pytest.approx(116.494, abs=0.001)
    assert read_layer(path, crs="EPSG:4326").notes == ()


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490", "urn:ogc:def:crs:EPSG::4490"])
def test_crs_members_of_2008_are_understood(crs: str, tmp_path: Path) -> None:
    layer = read_layer(geojson(tmp_path / "a.geojson", point(116.5, 35.4), crs=named(crs)))
    assert (layer.wgs84()[0].x, layer.wgs84()[0].y) == (116.5, 35.4)


def test_a_property_called_crs_is_only_a_property(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", point(116.5, 35.4), properties={"crs": "EPSG:2437"})
    assert read_layer(path).crs.name == "EPSG:4326"


@pytest.mark.parametrize("header", ["lon,lat", "经度,纬度", "x,y", "Longitude,Latitude"])
def test_a_csv_is_a_layer_of_points(header: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"code,{header}\n007,116.5,35.4\n", encoding="utf-8-sig")
    layer = read_layer(path)
    assert layer.codes("code").tolist() == ["007"]
    assert (layer.shapes[0].x, layer.shapes[0].y) == (116.5, 35.4)
    assert layer.features.tolist() == [2], "a feature of a CSV is its line"


def test_gdal_has_three_formats_and_no_others() -> None:
    """A newer GDAL brings new formats: they are to be left out in `gdal.py` before this passes again."""
    code = "from xiuhua.space.layers.gdal import pyogrio; print(*sorted(pyogrio.list_drivers()), sep='|')"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert set(said.strip().split("|")) == DRIVERS


def test_only_one_module_may_open_gdal() -> None:
    source = Path(__file__).parents[3] / "src"
    importing = [path.name for path in source.rglob("*.py") if "import pyogrio" in path.read_text(encoding="utf-8")]
    assert importing == ["gdal.py"]
