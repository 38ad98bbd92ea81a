"""`xiuhua layers` as a newcomer types it, also wrongly: one clear sentence, a code that means something, nothing lost."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.shell.typing import TINY, Terminal
from xiuhua.space.layers import LayerOut, read_layer, write_layers

LEFT, RIGHT = shapely.box(110, 30, 110.01, 30.01), shapely.box(110.01, 30, 110.02, 30.01)
CODES = np.array(["a", "b"], dtype=object)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    terminal = Terminal(tmp_path_factory.mktemp("tiny"))
    assert terminal.types(f"init --pack {TINY} --people").code == 0
    return terminal


@pytest.fixture
def bare(tmp_path: Path) -> Terminal:
    """Nothing was ever loaded here."""
    return Terminal(tmp_path / "home")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    write_layers(tmp_path / "good.gpkg", [LayerOut("grid", np.array([LEFT, RIGHT]), {"code": CODES})])
    return tmp_path / "good.gpkg"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    shapes = np.array([LEFT, shapely.box(110.009, 30, 110.02, 30.01)])
    write_layers(tmp_path / "bad.gpkg", [LayerOut("grid", shapes, {"code": CODES})])
    return tmp_path / "bad.gpkg"


def test_a_file_is_shown_without_any_district(bare: Terminal, good: Path) -> None:
    said = bare.types(f"layers show {good}")
    assert (said.code, said.err) == (0, "")
    assert said.out == "grid：2 个要素（polygon 2），坐标系 EPSG:4326，范围 110.000000, 30.000000, 110.020000, 30.010000；列：code\n"
    (row,) = json.loads(bare.types(f"layers show {good} --format json").out)
    assert (row["features"], row["crs"], row["columns"]) == (2, "EPSG:4326", ["code"])


def test_a_check_writes_over_no_file_by_a_slip(bare: Terminal, good: Path, bad: Path) -> None:
    layer, whole = good.with_suffix(".json"), good.read_bytes()
    layer.write_bytes(whole)
    assert bare.types(f"layers check {bad} --report {layer}").code == 2
    assert bare.types(f"layers check {bad} --faults {good}").code == 2
    assert (layer.read_bytes(), good.read_bytes()) == (whole, whole)
    assert bare.types(f"layers check {bad} --report {layer} --replace").code == 1
    assert json.loads(layer.read_bytes())["areas"] == 2


@pytest.mark.parametrize(
    ("out", "code", "sentence"),
    [
        ("--report {}/none/r.json", 3, "there is no folder {}/none; make it first"),
        ("--faults {}/none/f.gpkg", 3, "there is no folder {}/none; make it first"),
        ("--report {}/r.txt", 2, "{}/r.txt has to end in .json"),
        ("--faults {}/f.shp", 2, "{}/f.shp has to end in .gpkg or .zip"),
    ],
)
def test_where_a_check_cannot_write_is_said_first(
    bare: Terminal, bad: Path, out: str, code: int, sentence: str
) -> None:
    said = bare.types(f"--lang en layers check {bad} {out.format(bad.parent)}")
    assert said.code == code
    assert sentence.format(bad.parent) in said.err
    assert "overlaps" not in said.out


def test_advice_that_cannot_help_is_not_passed_on(bare: Terminal, tmp_path: Path) -> None:
    (tmp_path / "odd.geojson").write_text("{not json", encoding="utf-8")
    said = bare.types(f"layers show {tmp_path / 'odd.geojson'}")
    assert said.code == 1
    assert "odd.geojson 读不出来" in said.err
    assert "DRIVER" not in said.err


def test_a_layer_that_fits_together_ends_well(bare: Terminal, good: Path) -> None:
    said = bare.types(f"--lang en layers check {good} --code code")
    assert said.code == 0
    assert "2 areas" in said.out
    assert "faults: 0" in said.out


def test_faults_are_said_written_and_give_a_code(bare: Terminal, bad: Path) -> None:
    folder = bad.parent
    said = bare.types(f"layers check {bad} --code code --report {folder}/r.json --faults {folder}/f.gpkg")
    assert said.code == 1
    assert said.out.startswith("a：与“b”重叠")
    row = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert row["counts"] == {"overlap": 1}
    assert read_layer(folder / "f.gpkg", "fault_area").texts("codes").tolist() == ["a;b"]
    assert json.loads(bare.types(f"layers check {bad} --code code --format json").out) == row


def test_many_faults_are_cut_for_the_eye_and_counted(bare: Terminal, tmp_path: Path) -> None:
    squares = np.array([shapely.box(110 + x / 1e4, 30, 110 + (x + 1.2) / 1e4, 30.0001) for x in range(300)])
    write_layers(tmp_path / "many.gpkg", [LayerOut("grid", squares)])
    lines = bare.types(f"layers check {tmp_path / 'many.gpkg'}").out.splitlines()
    assert len(lines) < 210
    assert "另有 99 处" in lines[-3]
    assert "299 处错误" in lines[-1]


def test_a_file_is_converted_and_comes_back(bare: Terminal, good: Path) -> None:
    folder = good.parent
    said = bare.types(f"layers convert {good} {folder}/m.shp --to-crs EPSG:4546")
    assert (said.code, said.err) == (0, "")
    assert read_layer(folder / "m.shp").crs.name == "EPSG:4546"
    assert bare.types(f"layers convert {folder}/m.shp {folder}/back.geojson").code == 0
    assert shapely.hausdorff_distance(read_layer(folder / "back.geojson").wgs84(), [LEFT, RIGHT]).max() < 1e-8


def test_a_shifted_datum_is_written_with_a_loud_sentence(bare: Terminal, good: Path) -> None:
    said = bare.types(f"layers convert {good} {good.parent}/g.geojson --to-crs gcj02")
    assert "注意" in said.out
    assert "不可当作 WGS 84" in said.out


def test_nobody_loses_a_file_by_a_slip(bare: Terminal, good: Path, bad: Path) -> None:
    before = bad.read_bytes()
    said = bare.types(f"layers convert {good} {bad}")
    assert said.code == 2
    assert "--replace" in said.err
    assert bad.read_bytes() == before
    assert bare.types(f"layers convert {good} {bad} --replace").code == 0
    assert bad.read_bytes() != before


def test_the_base_map_is_loaded_by_an_administrator_and_written_out_again(tiny: Terminal, tmp_path: Path) -> None:
    road = LayerOut("路网", np.array([shapely.LineString([(110.001, 30.001), (110.009, 30.001)])]),
                    {"code": np.array(["r1"]), "kind": np.array(["primary"]), "name_zh": np.array(["胜利路"])})  # fmt: skip
    write_layers(tmp_path / "road.gpkg", [road])
    assert tiny.types(f"layers import {tmp_path}/road.gpkg --as shou1").code == 1
    none = tiny.types(f"layers import {tmp_path}/road.gpkg --as guan1")
    assert (none.code, "可载入" in none.err) == (1, True)
    said = tiny.types(f"layers import {tmp_path}/road.gpkg --as guan1 --layer 路网=road")
    assert (said.code, said.out) == (0, "道路：新增 1，更改 0，移除 0，未变 0\n")
    out = tiny.types(f"layers export {tmp_path}/out.gpkg --as guan1 --layer road --layer grid-unit --to-crs EPSG:4490")
    assert out.code == 0
    assert read_layer(tmp_path / "out.gpkg", "road").texts("name_zh").tolist() == ["胜利路"]
    assert "全部相符" in tiny.types("verify").out


def test_grids_drawn_elsewhere_go_into_a_pack(bare: Terminal, tmp_path: Path) -> None:
    pack = tmp_path / "tiny"
    shutil.copytree(TINY, pack)
    rows = np.array([shapely.box(110, 30 + n / 100, 110.01, 30.01 + n / 100) for n in range(3)])
    codes = np.array([f"99010100100{n}" for n in (1, 2, 3)], dtype=object)
    write_layers(tmp_path / "c.zip", [LayerOut("c", rows, {"code": codes}, "EPSG:4546")])
    said = bare.types(f"layers to-pack {tmp_path}/c.zip {pack} --tier community --code code --from 2023-01-01")
    assert (said.code, said.out) == (0, f"已写入 {pack}：3 个网格\n")
    assert bare.types(f"check-pack {pack}").code == 0
    again = bare.types(f"layers to-pack {tmp_path}/c.zip {pack} --tier community --code code")
    assert again.code == 1
    assert "包中已有" in again.err


WRONG = {
    "no such file": ("show nothing.gpkg", 1, "没有此文件"),
    "an address": ("show https://example.org/a.gpkg", 1, "不是本机文件"),
    "a path of GDAL": ("show /vsicurl/http://127.0.0.1/a.geojson", 1, "不是本机文件"),
    "no file at all": ("show", 2, "FILE"),
    "a layer that is not there": ("show {good} --layer road", 1, "文件中有：grid"),
    "an unknown system": ("convert {good} {folder}/x.gpkg --to-crs EPSG:1", 1, "不认识坐标系"),
    "a system far away": ("convert {good} {folder}/x.gpkg --to-crs EPSG:4554", 1, "EPSG:4546"),
    "an unknown format": ("convert {good} {folder}/x.kml", 1, ".gpkg"),
    "a folder that is not there": ("convert {good} {folder}/none/x.gpkg", 1, "没有文件夹"),
    "a column that is not there": ("check {good} --code bianma", 1, "各列为：code"),
    "an encoding that is not there": ("show {shp} --encoding klingon", 1, "没有编码"),
    "a size that is a word": ("check {good} --smallest much", 2, "much"),
    "a report where nobody may write": ("check {good} --report /proc/x/r.json", 3, "/proc"),
    "no district": ("export {folder}/x.gpkg --as guan1", 3, "xiuhua init"),
    "nobody named": ("import {good}", 2, "--as"),
    "no pack": ("to-pack {good} {folder}/none --tier street --code code", 2, "none"),
    "a folder that is no pack": ("to-pack {good} {folder} --tier street --code code", 1, "没有配置包的文件"),
    "no such tier": ("to-pack {good} {pack} --tier town --code code", 2, "town"),
    "grids that have no place in the pack": ("to-pack {good} {pack} --tier street --code code", 1, "找不到上级网格"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_typed_wrongly_is_said_in_a_sentence(case: str, bare: Terminal, good: Path) -> None:
    line, code, says = WRONG[case]
    folder, pack = good.parent, good.parent / "tiny"
    shutil.copytree(TINY, pack)
    write_layers(folder / "a.shp", [LayerOut("a", np.array([LEFT]))])
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    said = bare.types(f"layers {line.format(good=good, folder=folder, pack=pack, shp=folder / 'a.shp')}")
    assert says in said.out + said.err
    assert said.code == code
    after = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and "home" not in file.parts}
    assert after == before


@pytest.mark.parametrize("command", ["show", "check", "convert", "import", "export", "to-pack"])
def test_each_has_a_help_page_in_both_languages(command: str, bare: Terminal) -> None:
    chinese, english = bare.types(f"layers {command} --help"), bare.types(f"--lang en layers {command} --help")
    assert (chinese.code, english.code) == (0, 0)
    assert "用法" in chinese.out
    assert "Usage" in english.out
