"""What is wrong with a layer file is said in a sentence: what was found, where, and the option to give."""

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests.space.layers.files import CODES, SQUARES, geojson, named, point, square
from xiuhua.space.layers import LINES, POINTS, POLYGONS, LayerOut, LayerWrong, read_layer, write_layers


def _gpkg(folder: Path, *names: str) -> Path:
    path = folder / "a.gpkg"
    write_layers(path, [LayerOut(name, SQUARES, {"code": CODES}) for name in names or ("grid",)])
    return path


def _bytes(name: str, content: bytes) -> Callable[[Path], Path]:
    def made(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return made


def _json(*geometries: Any, crs: Any = None) -> Callable[[Path], Path]:
    return lambda folder: geojson(folder / "a.geojson", *geometries, crs=crs)


def _shapefile(folder: Path, without: str) -> Path:
    path = folder / "a.shp"
    write_layers(path, [LayerOut("a", SQUARES, {"code": CODES})])
    path.with_suffix(without).unlink()
    return path


def _zip(folder: Path, *members: str) -> Path:
    with zipfile.ZipFile(folder / "a.zip", "w") as packed:
        for member in members:
            packed.writestr(member, b"x")
    return folder / "a.zip"


def _virtual(folder: Path) -> Path:
    path = _gpkg(folder)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', 'far', 'far', 0, "
            "'CREATE VIRTUAL TABLE far USING VirtualOGR(''/vsicurl/http://127.0.0.1/x'')')"
        )
    return path


def _view(folder: Path) -> Path:
    path = _gpkg(folder)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("ALTER TABLE grid RENAME TO other")
        database.execute("CREATE VIEW grid AS SELECT * FROM other")
        database.execute("UPDATE gpkg_contents SET table_name = 'grid' WHERE table_name = 'other'")
    return path


FILES: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "no such file": (lambda folder: folder / "none.gpkg", "no-file", "none.gpkg"),
    "a folder": (lambda folder: folder, "no-file", ""),
    "an address": (lambda _: Path("/vsicurl/http://127.0.0.1/a.geojson"), "not-local", "vsicurl"),
    "a zip inside GDAL": (lambda _: Path("/vsizip//tmp/a.zip"), "not-local", "vsizip"),
    "another address": (lambda _: Path("https:/example.org/a.geojson"), "not-local", "https"),
    "a database": (lambda _: Path("PG:dbname=x"), "not-local", "PG:"),
    "a virtual format": (_bytes("a.vrt", b"<OGRVRTDataSource/>"), "not-a-layer", "GeoPackage"),
    "a table of Excel": (_bytes("a.xlsx", b"PK\x03\x04"), "not-a-layer", "GeoPackage"),
    "an empty file": (_bytes("a.geojson", b""), "empty-file", "a.geojson"),
    "only blanks": (_bytes("a.geojson", b" \n\n"), "empty-file", "a.geojson"),
    "a virtual format called GeoJSON": (_bytes("a.geojson", b"<OGRVRTDataSource/>"), "not-that-format", "GeoJSON"),
    "a pipeline called GeoJSON": (
        _bytes("a.geojson", b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read x"}'),
        "broken", "a.geojson",
    ),
    "JSON, but no features": (_bytes("a.geojson", b'{"type": "Topology"}'), "broken", "a.geojson"),
    "half a file": (_bytes("a.geojson", b'{"type": "FeatureCollection", "features": [{"type"'), "broken", "a.geojson"),
    "a text called GeoPackage": (_bytes("a.gpkg", b"hello"), "not-that-format", "GeoPackage"),
    "a database that is no GeoPackage": (_bytes("a.gpkg", b"SQLite format 3\0" + b"\0" * 100), "broken", "a.gpkg"),
    "a GeoPackage that reaches out": (_virtual, "not-plain", "far"),
    "a GeoPackage whose layer is a view": (_view, "not-plain", "grid"),
    "several layers": (lambda folder: _gpkg(folder, "grid", "road"), "which-layer", "grid, road"),
    "no features": (_json(), "no-feature", "a"),
    "a Shapefile without .prj": (lambda folder: _shapefile(folder, ".prj"), "no-crs", "--crs EPSG:4548"),
    "a Shapefile without .dbf": (lambda folder: _shapefile(folder, ".dbf"), "part-missing", "a.dbf"),
    "a Shapefile without .shx": (lambda folder: _shapefile(folder, ".shx"), "part-missing", "a.shx"),
    "a zip without a Shapefile": (lambda folder: _zip(folder, "a.txt"), "zip-shapes", "0"),
    "a zip with two": (lambda folder: _zip(folder, "a.shp", "b.shp"), "zip-shapes", "2"),
    "a broken zip": (_bytes("a.zip", b"PK\x03\x04 and no more"), "broken", "a.zip"),
    "a zip of rubbish": (lambda folder: _zip(folder, "a.shp", "a.shx", "a.dbf"), "broken", "a.zip"),
    "an odd crs": (_json(point(116.5, 35.4), crs=named("济宁城建坐标系")), "odd-crs", "济宁城建坐标系"),
    "a crs that is a link": (
        _json(point(116.5, 35.4), crs={"type": "link", "properties": {"href": "http://127.0.0.1/"}}), "odd-crs", "link",
    ),
    "a crs that is nothing": (
        _bytes("a.geojson", b'{"type": "FeatureCollection", "crs": null, "features": [{"type": "Feature", "properties": {}, '
               b'"geometry": {"type": "Point", "coordinates": [116.5, 35.4]}}]}'), "odd-crs", "“null”",
    ),
    "an old datum": (_json(point(116.5, 35.4), crs=named("EPSG:4610")), "other-datum", "Xian 1980"),
    "metres called degrees": (_json(point(39_500_000, 3_920_000)), "metres-not-degrees", "--crs EPSG:4527"),
    "metres called degrees, without a zone": (_json(point(500_000, 3_920_000)), "metres-not-degrees", "EPSG:4534"),
    "latitude before longitude": (_json(point(35.4, 116.5)), "turned", "35.4, 116.5"),
    "degrees called metres": (_json(point(116.5, 35.4), crs=named("EPSG:4548")), "degrees-not-metres", "EPSG:4490"),
    "a zone without its prefix": (
        _json(point(500_000, 3_920_000), crs=named("EPSG:4527")), "outside-crs", "--crs EPSG:4548",
    ),
    "a prefix too many": (
        _json(point(39_500_000, 3_920_000), crs=named("EPSG:4548")), "outside-crs", "--crs EPSG:4527",
    ),
    "a CSV without degrees": (_bytes("a.csv", b"code,name\n1,x\n"), "no-lon-lat", "lon/lat"),
    "a CSV with a word for a number": (
        _bytes("a.csv", b"lon,lat\n116.5,35.4\n116.5,here\n"), "not-a-number", "line 3",
    ),
    "a CSV with too few cells": (_bytes("a.csv", b"lon,lat,code\n116.5,35.4\n"), "cells", "line 2"),
    "a CSV with a header only": (_bytes("a.csv", b"lon,lat\n"), "no-feature", "a"),
    "a CSV of nothing but its mark": (_bytes("a.csv", b"\xef\xbb\xbf\n\n"), "no-lon-lat", "lon/lat"),
    "a CSV in GBK": (_bytes("a.csv", "经度,纬度\n116.5,35.4\n".encode("gbk")), "encoding", "--encoding"),
    "a CSV with infinity": (_bytes("a.csv", b"lon,lat\ninf,35.4\n"), "not-numbers", "2"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_bad_file_is_refused_with_a_sentence(case: str, tmp_path: Path) -> None:
    made, code, says = FILES[case]
    path = made(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(LayerWrong) as refused:
        read_layer(path)
    assert refused.value.code == f"layer-{code}"
    assert says in refused.value.words.en
    assert refused.value.words.zh != refused.value.words.en
    assert sorted(tmp_path.iterdir()) == before, "reading leaves nothing behind"


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(LayerWrong, match="grid, road"):
        read_layer(_gpkg(tmp_path, "grid", "road"), layer="street")


def test_what_an_option_says_may_be_wrong_too(tmp_path: Path) -> None:
    path = _shapefile(tmp_path, ".prj")
    with pytest.raises(LayerWrong, match="EPSG:1"):
        read_layer(path, crs="EPSG:1")
    with pytest.raises(LayerWrong, match="no encoding"):
        read_layer(path, crs="EPSG:4326", encoding="klingon")
    with pytest.raises(LayerWrong, match="projected"):
        read_layer(path, crs="EPSG:4548")


def test_more_features_than_fit_into_memory_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiuhua.space.layers.reading.MOST_FEATURES", 1)
    with pytest.raises(LayerWrong, match="2 features, more than 1"):
        read_layer(_gpkg(tmp_path))


def test_a_zip_that_would_fill_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_layers(tmp_path / "a.zip", [LayerOut("a", SQUARES)])
    monkeypatch.setattr("xiuhua.space.layers.source.MOST_UNPACKED", 100)
    with pytest.raises(LayerWrong, match="unpack to more than"):
        read_layer(tmp_path / "a.zip")


def test_what_a_zip_calls_its_members_never_becomes_a_path(tmp_path: Path) -> None:
    write_layers(tmp_path / "a.zip", [LayerOut("a", SQUARES)])
    with zipfile.ZipFile(tmp_path / "a.zip") as good, zipfile.ZipFile(tmp_path / "evil.zip", "w") as evil:
        for member in good.namelist():
            evil.writestr(f"../../../{tmp_path.name}-out/{member}", good.read(member))
    assert len(read_layer(tmp_path / "evil.zip")) == 2
    assert not (tmp_path.parent / f"{tmp_path.name}-out").exists()


def test_a_shape_that_cannot_be_read_is_named_by_its_feature_in_both_languages(tmp_path: Path) -> None:
    open_ring = {"type": "Polygon", "coordinates": [[[110, 30], [110.1, 30], [110.1, 30.1]]]}
    with pytest.raises(LayerWrong) as refused:
        read_layer(geojson(tmp_path / "a.geojson", open_ring))
    assert (refused.value.code, refused.value.field) == ("layer-shape-unreadable", "geometry")
    assert refused.value.words.zh == "a.geojson 中要素 0 的图形读不出来；请在原软件中修正后重新导出"
    assert "the shape of feature 0 cannot be read" in refused.value.words.en


def test_mixed_geometry_is_named_where_one_kind_is_wanted(tmp_path: Path) -> None:
    layer = read_layer(geojson(tmp_path / "a.geojson", square(116.5, 35.4, 0.01), point(116.5, 35.4)))
    with pytest.raises(LayerWrong, match=r"points only, but 1 features are something else: 0"):
        layer.of(POINTS)
    with pytest.raises(LayerWrong, match=r"lines only, but 2 features"):
        layer.of(LINES)


def test_a_feature_without_a_shape_is_named(tmp_path: Path) -> None:
    empty = {"type": "Polygon", "coordinates": []}
    layer = read_layer(geojson(tmp_path / "a.geojson", square(116.5, 35.4, 0.01), None, empty))
    with pytest.raises(LayerWrong, match=r"without a shape: 2 \(1, 2\)"):
        layer.of(POLYGONS)


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (["a", "b", "a", "c", "c"], "a, c"),
        (["a", "", "b", None, "c"], "empty: 2 (2, 4)"),
    ],
)
def test_codes_are_there_and_there_once(codes: list[str | None], says: str, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    shapes = np.array([shapely.Point(116.5, 35.4)] * len(codes), dtype=object)
    write_layers(path, [LayerOut("a", shapes, {"code": np.array(codes, dtype=object)})])
    with pytest.raises(LayerWrong) as refused:
        read_layer(path).codes("code")
    assert says in refused.value.words.en


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(LayerWrong, match="it has: code"):
        read_layer(_gpkg(tmp_path)).codes("编码")


@pytest.mark.parametrize(
    ("name", "layers", "code"),
    [
        ("a.kml", 1, "out-format"),
        ("a", 1, "out-format"),
        ("a.geojson", 2, "one-layer"),
        ("a.shp", 2, "one-layer"),
        ("none/a.gpkg", 1, "no-folder"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(name: str, layers: int, code: str, tmp_path: Path) -> None:
    with pytest.raises(LayerWrong) as refused:
        write_layers(tmp_path / name, [LayerOut(f"a{number}", SQUARES) for number in range(layers)])
    assert refused.value.code == f"layer-{code}"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp", "a.zip"])
def test_a_file_that_was_there_stays_whole_when_writing_breaks(name: str, tmp_path: Path) -> None:
    write_layers(tmp_path / name, [LayerOut("a", SQUARES, {"code": CODES})])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    far = np.array([SQUARES[0], shapely.Point(-71, 42)], dtype=object)
    with pytest.raises(LayerWrong, match="EPSG:4548"):
        write_layers(tmp_path / name, [LayerOut("a", far, {"code": CODES}, crs="EPSG:4548")])
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
