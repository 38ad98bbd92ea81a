"""Surveys from files: the field names of both editions, mappings, every format, and files that are none."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.cast import EAST
from tests.operations.surveys import FIRST, LAMP_ONE, SECOND
from xiuhua.exchange.components import read_survey
from xiuhua.exchange.components.mapping import Mapping, read_mapping
from xiuhua.exchange.fault import CannotImport
from xiuhua.operations.check_survey import Lines
from xiuhua.space.layers import LayerOut, LayerWrong, read_layer, write_layers

OURS = f"code,class,longitude,latitude,state,recorded\n{FIRST},,{EAST.lon},{EAST.lat},完好,2022-03-01\n"
EDITION_2026 = (
    "GLBJBSM,GLBJMC,ZGBMDM,QSDWDM,YHDWDM,GLBJZT,CSRQ,SJLY,BZ,经度,纬度\n"
    f"{FIRST},井盖,works,lighting,,破损,20220301,实测,备注,{EAST.lon},{EAST.lat}\n"
)
EDITION_2013 = (
    "OBJID,ObjName,DeptCode1,DeptCode2,ObjState,ORDate,X,Y\n"
    f"{FIRST},井盖,works,lighting,完好,20220301,{EAST.lon},{EAST.lat}\n"
)
THEIRS = f"编号,好坏,lon,lat\n{FIRST},好,{EAST.lon},{EAST.lat}\n"
MAPPING = '[columns]\ncode = "编号"\nstate = "好坏"\n[states]\n"好" = "intact"\n[organisations]\n"91" = "works"\n'


def read(folder: Path, text: str, mapping: str = "", name: str = "survey.csv", encoding: str = "utf-8") -> Lines:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    if not mapping:
        return read_survey(file, Mapping())
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    return read_survey(file, read_mapping(folder / "m.toml"))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (OURS, {"state": "完好", "recorded": "2022-03-01", "class": ""}),
        (EDITION_2026, {"state": "破损", "owner": "lighting", "competent": "works", "note": "备注", "origin": "实测"}),
        (EDITION_2013, {"state": "完好", "owner": "lighting", "recorded": "20220301"}),
    ],
    ids=["ours", "2026", "2013, another case"],
)
def test_fields_are_known_by_their_names(tmp_path: Path, text: str, cells: dict[str, str]) -> None:
    found = read(tmp_path, text)
    (row,) = found.rows
    assert row.cells.items() >= ({"code": FIRST} | cells).items()
    assert (row.line, found.lon[0], found.lat[0]) == (2, EAST.lon, EAST.lat)


def test_a_mapping_gives_columns_and_words(tmp_path: Path) -> None:
    found = read(tmp_path, THEIRS, MAPPING)
    assert found.rows[0].cells == {"code": FIRST, "state": "好"}
    assert found.words["states"] == {"好": "intact"}
    assert found.words["organisations"] == {"91": "works"}


def test_an_encoding_and_a_shifted_map_are_told_by_the_mapping(tmp_path: Path) -> None:
    mapping = f'crs = "gcj02"\nencoding = "gbk"\n{MAPPING}'
    shifted = THEIRS.replace(f"{EAST.lon}", "116.5882").replace(f"{EAST.lat}", "35.4230")
    found = read(tmp_path, shifted, mapping, encoding="gbk")
    assert 116.57 < found.lon[0] < 116.5882


@pytest.mark.parametrize("name", ["survey.gpkg", "survey.geojson"])
def test_layers_are_read_with_a_point_on_what_is_an_area(tmp_path: Path, name: str) -> None:
    shapes = np.array([shapely.Point(EAST.lon, EAST.lat), shapely.Point(EAST.lon, EAST.lat).buffer(0.001)])
    columns = {"code": np.array([FIRST, SECOND]), "state": np.array(["完好", "破损"])}
    layers = [LayerOut("component", shapes, columns)]
    write_layers(tmp_path / name, layers)
    found = read_survey(tmp_path / name, Mapping())
    assert [row.cells["code"] for row in found.rows] == [FIRST, SECOND]
    assert found.lon == pytest.approx([EAST.lon, EAST.lon], abs=1e-4)


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (OURS + f"{SECOND},,x,30,完好,2022-03-01\n", 3, "longitude"),
        (OURS + f"{SECOND},,nan,30,完好,2022-03-01\n", 3, "longitude"),
        (OURS + f"{SECOND},,110\n", 3, ""),
    ],
    ids=["no number", "not a number", "too few cells"],
)
def test_a_line_without_a_place_is_a_fault_of_that_line(tmp_path: Path, text: str, line: int, field: str) -> None:
    found = read(tmp_path, text)
    assert [(fault.line, fault.field) for fault in found.faults] == [(line, field)]
    assert found.rows[0].cells["code"] == FIRST


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("", "utf-8", "空"),
        ("code,longitude,latitude\n", "utf-8", "空"),
        (OURS, "gbk", "编码"),
        ('code,lon,lat\n"a,1,2\n', "utf-8", "引号"),
        ("id,lon,lat\n1,2,3\n", "utf-8", "GLBJBSM"),
        (f"code,east,north\n{FIRST},1,2\n", "utf-8", "longitude/latitude"),
    ],
    ids=["nothing", "only a header", "another encoding", "an open quote", "no code", "no place"],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    with pytest.raises(CannotImport) as refused:
        read(tmp_path, text, encoding=encoding)
    assert said in refused.value.words.zh


def test_a_record_of_several_lines_is_named_by_its_first(tmp_path: Path) -> None:
    """In a layer file as in a survey, where a note may go over several lines."""
    text = f'code,longitude,latitude,note\n{FIRST},110,30,"a\nb"\n\n{SECOND},110,30,"c\nd"\n{LAMP_ONE},110,30,"e\n'
    with pytest.raises(CannotImport) as refused:
        read(tmp_path, text)
    assert [fault.line for fault in refused.value.faults] == [7]
    assert [row.line for row in read(tmp_path, text + '"\n').rows] == [2, 5, 7]
    assert read_layer(tmp_path / "survey.csv").features.tolist() == [2, 5, 7]


def test_degrees_are_not_taken_for_metres(tmp_path: Path) -> None:
    (tmp_path / "survey.csv").write_text(OURS, encoding="utf-8")
    with pytest.raises(LayerWrong) as told:
        read_survey(tmp_path / "survey.csv", Mapping(), crs="EPSG:4548")
    assert told.value.code == "layer-degrees-not-metres"


def test_a_file_that_is_no_layer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayerWrong):
        read(tmp_path, "nothing", name="survey.gpkg")
    with pytest.raises(CannotImport):
        read_survey(tmp_path / "nowhere.csv", Mapping())


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ("[columns]\nstate = 3\n", "columns.state"),
        ('[columns]\ncolour = "x"\n', "columns.colour"),
        ('[states]\n"好" = "good"\n', "states.好"),
        ('planet = "mars"\n', "planet"),
        ('[columns]\ncode = "不在"\n', "不在"),
        ("[columns\n", ""),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(tmp_path: Path, mapping: str, field: str) -> None:
    with pytest.raises(CannotImport) as refused:
        read(tmp_path, THEIRS, mapping)
    assert field in {fault.field for fault in refused.value.faults}
