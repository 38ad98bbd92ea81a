"""`xiuhua grids divide` as it is typed, also wrongly: from files to files, without a database."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.shell.typing import Said, Terminal
from tests.space.divide import town_files
from tests.space.divide.town_files import layer, texts
from xiuhua.space.layers import LayerOut, read_layer, write_layers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    town_files.streets(tmp_path)
    town_files.roads(tmp_path)
    return tmp_path


def types(folder: Path, more: str = "", count: str = "12", **given: str) -> Said:
    """Options typed later win."""
    line = (
        f"grids divide --streets {folder}/streets.gpkg --roads {folder}/roads.gpkg --count {count} "
        f"--out {folder}/grids.gpkg --report {folder}/report.json {more}"
    )
    return Terminal(folder).types(line, **given)


def left_over(folder: Path) -> set[str]:
    """Whatever lies there that was not put there."""
    return {it.name for it in folder.iterdir()} - {"streets.gpkg", "roads.gpkg"}


def test_streets_are_divided_and_the_report_says_how(folder: Path) -> None:
    said = types(folder)
    assert (said.code, said.err) == (0, "")
    assert "2 个街道划分为 12 个网格" in said.out
    report = json.loads((folder / "report.json").read_text())
    assert report["totals"]["grids"] == 12
    assert report["totals"]["gap_m2"] + report["totals"]["overlap_m2"] < 1e-6 * 960_000
    assert report["totals"]["border_on_lines_share"] == 1
    assert report["cleaned"]["medians"]["count"] == 12
    assert [street["grids"] for street in report["streets"]] == [8, 4]
    assert all(street["ratio"] <= 1.5 for street in report["streets"])
    assert report["grids"][0].keys() >= {
        "code",
        "street",
        "place",
        "load",
        "area_m2",
        "compactness",
        "walk_minutes",
        "neighbours",
    }
    assert report["input"]["roads"]["features"] == 19


def test_the_layers_of_the_file_fit_together(folder: Path) -> None:
    types(folder)
    grid, border = (read_layer(folder / "grids.gpkg", name) for name in ("grid", "border"))
    assert grid.texts("code").tolist()[:2] == ["370811001Z001", "370811001Z002"]
    assert set(grid.texts("street_zh")) == {"甲街道", "乙街道"}
    assert shapely.coverage_is_valid(grid.shapes)
    streets = read_layer(folder / "streets.gpkg")
    off = shapely.symmetric_difference(shapely.union_all(grid.shapes), shapely.union_all(streets.shapes))
    assert off.area < 1e-6 * shapely.union_all(streets.shapes).area
    assert set(border.texts("kind")) <= {"secondary", "residential"}
    assert shapely.union_all(border.shapes).within(
        shapely.union_all(shapely.boundary(grid.shapes)).buffer(1e-9)
    )


def test_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    kept = []
    for _ in range(2):
        types(folder)
        kept.append([(folder / name).read_bytes() for name in ("grids.gpkg", "report.json")])
        (folder / "grids.gpkg").unlink()
        (folder / "report.json").unlink()
    assert kept[0] == kept[1]


def test_points_that_weigh_are_counted(folder: Path) -> None:
    town_files.points(folder)
    said = types(folder, f"--weights {folder}/points.gpkg --weight-column weight --format json")
    total = read_layer(folder / "points.gpkg").column("weight").sum()
    assert json.loads(said.out)["load"] == total


def test_counts_may_be_given_for_each_street_and_rules_by_file(folder: Path) -> None:
    (folder / "counts.csv").write_text("街道,网格数\n370811001,3\n370811002,5\n")
    (folder / "rules.toml").write_text(
        'code = "{area}-{number:02d}"\n[costs]\nservice = 1.2\nresidential = false\n'
    )
    said = types(
        folder, f"--per-street {folder}/counts.csv --rules {folder}/rules.toml --format json", count="8"
    )
    assert said.code == 1  # without lanes there are too few blocks
    assert "最多" in said.err
    (folder / "rules.toml").write_text('code = "{area}-{number:02d}"\n')
    types(folder, f"--per-street {folder}/counts.csv --rules {folder}/rules.toml", count="8")
    codes = [grid["code"] for grid in json.loads((folder / "report.json").read_text())["grids"]]
    assert codes[2:4] == ["370811001-03", "370811002-01"]


def test_own_kinds_of_road_are_mapped(folder: Path) -> None:
    lines = read_layer(folder / "roads.gpkg")
    names = np.array(
        [{"secondary": "主干道", "residential": "支路"}[kind] for kind in lines.texts("highway")],
        dtype=object,
    )
    write_layers(folder / "roads.gpkg", [LayerOut("道路", lines.shapes, {"等级": names})])
    (folder / "mapping.toml").write_text(
        'column = "等级"\n[kinds]\n"主干道" = "primary"\n"支路" = "residential"\n'
    )
    assert "等级" in types(folder).err
    said = types(folder, f"--mapping {folder}/mapping.toml")
    assert said.code == 0
    assert "primary" in json.loads((folder / "report.json").read_text())["borders_m"]


def bad_streets(folder: Path, *shapes: shapely.Geometry, **columns: tuple[str, ...]) -> None:
    named = columns or {"code": tuple(f"37081100{place}" for place in range(len(shapes)))}
    layer(folder / "streets.gpkg", shapes, {name: texts(*values) for name, values in named.items()})


def test_unknown_kinds_among_known_ones_are_noted(folder: Path) -> None:
    renamed(folder, {"residential": "lane"}, first=3)
    said = types(folder)
    assert said.code == 0
    assert "有 3 条线的道路等级不认识，不作边界：“lane” × 3；请用 --mapping" in said.out
    report = json.loads((folder / "report.json").read_text())
    assert report["unknown_kinds"] == {"lane": 3}
    assert "“lane” × 3" in report["notes"][0]["en"]


def test_where_no_kind_is_known_the_words_are_named(folder: Path) -> None:
    renamed(folder, {"secondary": "大路", "residential": "小路"})
    said = types(folder)
    assert (said.code, said.out) == (1, "")
    assert "没有一条线的道路等级是认识的：“小路” × 15, “大路” × 4；请用 --mapping" in said.err
    assert left_over(folder) == set()


def test_where_few_kinds_are_known_too_many_grids_names_the_others(folder: Path) -> None:
    renamed(folder, {"residential": "lane"})
    renamed(folder, {"secondary": "avenue"}, first=3)
    said = types(folder)
    assert (said.code, said.out) == (1, "")
    assert "最多" in said.err
    assert "“lane” × 15, “avenue” × 3；请用 --mapping" in said.err


def renamed(folder: Path, words: dict[str, str], first: int = 1000) -> None:
    """The first roads of these kinds get other words."""
    lines = read_layer(folder / "roads.gpkg")
    kinds = lines.texts("highway")
    which = np.flatnonzero(np.isin(kinds, list(words)))[:first]
    kinds[which] = [words[kind] for kind in kinds[which]]
    write_layers(folder / "roads.gpkg", [LayerOut("roads", lines.shapes, {"highway": kinds})])


def test_what_only_partly_lies_in_the_streets_is_counted(folder: Path) -> None:
    places = [shapely.Point(x, 300) for x in (*range(10, 1200, 10), 1500, 1600, 1700)]
    layer(folder / "points.gpkg", places, {"weight": np.full(len(places), 2)})
    said = types(folder, f"--weights {folder}/points.gpkg --weight-column weight", count="2")
    assert said.code == 0
    assert "3 个点（权重合计 6.0）不在任何街道内" in said.out
    (listed,) = (it for it in json.loads((folder / "report.json").read_text())["exceptions"] if not it["street"])
    assert "3 (a weight of 6.0 in all)" in listed["en"]


def test_a_grid_without_load_has_no_ratio(folder: Path) -> None:
    layer(folder / "points.gpkg", [shapely.Point(50, 50)], {})
    said = types(folder, f"--weights {folder}/points.gpkg", count="4")
    assert said.code == 0
    assert "有网格没有负荷" in said.out
    assert "None" not in said.out


def test_a_shifted_datum_is_said(folder: Path) -> None:
    said = types(folder, "--out-crs gcj02")
    assert (said.code, said.err) == (0, "")
    assert "图层“grid”按 GCJ02 写出。这是偏移坐标系" in said.out
    said = types(folder, "--out-crs gcj02 --replace --format json")
    assert [note["en"].split(" in ")[0] for note in json.loads(said.out)["notes"]] == [
        f"mind: the layer “{name}” is written" for name in ("grid", "border", "exception")
    ]


@pytest.mark.parametrize("name", ["grids.gpkg", "report.json"])
def test_a_file_that_is_there_is_replaced_only_when_asked(folder: Path, name: str) -> None:
    (folder / name).write_text("old")
    said = types(folder)
    assert (said.code, said.out) == (2, "")
    assert f"{folder}/{name} 已存在；要替换请加 --replace" in said.err
    assert (folder / name).read_text() == "old"
    assert left_over(folder) == {name}
    assert types(folder, "--replace").code == 0
    assert left_over(folder) == {"grids.gpkg", "report.json"}


BOX, NEXT = shapely.box(0, 0, 800, 800), shapely.box(700, 0, 1200, 800)
BOW = shapely.Polygon([(0, 0), (800, 800), (800, 0), (0, 800)])
HOLE = shapely.Polygon(BOX.exterior, [[(1000, 100), (1100, 100), (1100, 200)]])
FLAT = shapely.Polygon([(0, 0), (800, 0), (0, 0)])
CIRCLE = shapely.Point(400, 400)
WRONG_STREETS = [
    ("自相交", (BOW,), {}, "街道 370811000 的边界在 116.597131°E 35.394185°N 处自相交"),
    ("内环在外", (HOLE,), {}, "的内外环在 116.603"),
    ("内环在外的原因", (HOLE,), {}, "处不合（洞在外环之外），请先修正"),
    ("没有面积", (FLAT,), {}, "街道 370811000 没有面"),
    ("重叠", (BOX, NEXT), {}, "重叠 79999"),
    ("没有代码列", (BOX,), {"mark": ("1",)}, "--street-code"),
    ("代码重复", (BOX, shapely.box(800, 0, 900, 800)), {"code": ("1", "1")}, "1"),
    ("不是面", (CIRCLE,), {}, "面"),
    ("面和点混在一起", (BOX, CIRCLE), {}, "面"),
]


@pytest.mark.parametrize(
    ("shapes", "columns", "part"), [row[1:] for row in WRONG_STREETS], ids=[row[0] for row in WRONG_STREETS]
)
def test_streets_that_cannot_be_divided_are_refused(
    folder: Path, shapes: tuple[shapely.Geometry, ...], columns: dict[str, tuple[str, ...]], part: str
) -> None:
    bad_streets(folder, *shapes, **columns)
    said = types(folder)
    assert (said.code, said.out) == (1, "")
    assert part in said.err
    assert left_over(folder) == set()


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4548"])
def test_a_street_whose_loops_cancel_out_crosses_itself(folder: Path, crs: str) -> None:
    """The area of this ring is nothing to the last digit; the place is said in degrees whatever the file has."""
    corners = [(116.75, 35.25), (117.0, 35.5), (117.0, 35.25), (116.75, 35.5)]
    bow = np.array([shapely.Polygon(corners)], dtype=object)
    assert bow[0].area == 0
    write_layers(folder / "streets.gpkg", [LayerOut("streets", bow, {"code": texts("370811001")}, crs)])
    said = types(folder)
    assert (said.code, said.out) == (1, "")
    assert "街道 370811001 的边界在 116.875000°E 35.375" in said.err


WRONG = [
    ("--count 0", 1, "至少一个"),
    ("--count 1", 1, "至少一个"),
    ("--count 5000", 1, "最多"),
    ("--count many", 2, "--count"),
    ("--roads {folder}/nowhere.gpkg", 1, "nowhere.gpkg"),
    ("--roads {folder}/empty.geojson", 1, "empty.geojson"),
    ("--roads {folder}/streets.gpkg", 1, "线"),
    ("--roads {folder}/mixed.geojson", 1, "线"),
    ("--roads {folder}/far.gpkg", 1, "没有一条线落在街道内：街道在 116.5"),
    ("--roads {folder}/far.gpkg", 1, "线在 117.5"),
    ("--weights {folder}/far-points.gpkg", 1, "2 个有权重的点都不在街道内：点在 117.5"),
    ("--weights {folder}/far-points.gpkg", 1, "街道在 116.5"),
    ("--weights {folder}/null-island.geojson", 1, "点在 0.000000°E 0.000000°N"),
    ("--weights {folder}/nothing.gpkg --weight-column weight", 1, "2 个点的权重都是零"),
    ("--weights {folder}/points.gpkg --weight-column mass", 1, "mass"),
    ("--weights {folder}/minus.gpkg --weight-column weight", 1, "第 2 个点"),
    ("--streets {folder}/metres.geojson", 1, "--crs"),
    ("--rules {folder}/odd.toml", 1, "colour"),
    ("--rules {folder}/broken.toml", 1, "broken.toml"),
    ("--per-street {folder}/odd.csv", 1, "999"),
    ("--per-street {folder}/word.csv", 1, "word.csv 第 1 行应为 街道代码,网格数（从 1 起的整数），或标题"),
    ("--per-street {folder}/none.csv", 1, "none.csv 第 2 行应为"),
    ("--per-street {folder}/twice.csv", 1, "twice.csv 第 4 行：街道 370811001 在第 2 行已有网格数"),
    ("--layer road", 2, "roads"),
    ("--out {folder}/no/grids.gpkg", 3, "没有文件夹"),
    ("--out {folder}/grids.shp", 2, ".gpkg"),
    ("--report {folder}", 2, ".json"),
    ("--out-crs EPSG:1", 1, "EPSG:1"),
]


@pytest.mark.parametrize(("more", "code", "part"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_typed_wrongly_is_said_and_nothing_is_written(
    folder: Path, more: str, code: int, part: str
) -> None:
    there = folder / "given"
    there.mkdir()
    town_files.streets(there)
    town_files.points(there)
    (there / "empty.geojson").write_text("")
    line, point = shapely.LineString([(0, 0), (9, 9)]), shapely.Point(5, 5)
    layer(there / "mixed.geojson", [line, point], {"highway": texts("primary", "primary")})
    layer(there / "far.gpkg", [shapely.LineString([(90_000, 0), (99_000, 0)])], {"highway": texts("primary")})
    layer(there / "minus.gpkg", [point, point], {"weight": np.array([1.0, -1.0])})
    metres = {
        "type": "Polygon",
        "coordinates": [[[463e3, 39e5], [464e3, 39e5], [464e3, 391e4], [463e3, 39e5]]],
    }
    feature = {"type": "Feature", "properties": {"code": "1"}, "geometry": metres}
    (there / "metres.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (there / "odd.toml").write_text("colour = 3\n")
    (there / "broken.toml").write_text("costs = \n")
    (there / "odd.csv").write_text("999,3\n")
    (there / "word.csv").write_text("code,three\n370811002,5\n")
    (there / "none.csv").write_text("code,count\n370811002,0\n")
    (there / "twice.csv").write_text("街道代码,网格数\n370811001,3\n370811002,5\n370811001,4\n")
    layer(there / "far-points.gpkg", [shapely.Point(90_000, 0), shapely.Point(91_000, 0)], {})
    layer(there / "nothing.gpkg", [point, point], {"weight": np.array([0.0, 0.0])})
    (there / "null-island.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, '
        '"geometry": {"type": "Point", "coordinates": [0, 0]}}]}'
    )
    said = types(folder, more.format(folder=there))
    assert (said.code, said.out) == (code, "")
    assert part in said.err
    assert left_over(folder) == {"given"}


def test_a_file_that_says_a_wrong_system_is_read_as_told(folder: Path) -> None:
    shapes = read_layer(folder / "streets.gpkg").shapes
    features = [
        {
            "type": "Feature",
            "properties": {"code": str(place)},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for place, shape in enumerate(shapes)
    ]
    wrong = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4548"}}
    file = folder / "wrong.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "crs": wrong, "features": features}))
    assert "经纬度" in types(folder, f"--streets {file}").err
    said = types(folder, f"--streets {file} --crs streets=EPSG:4490")
    assert (said.code, said.err) == (0, "")


def test_sentences_are_english_where_english_is_spoken(folder: Path) -> None:
    said = types(folder, "--count 5000", LANG="en_GB.UTF-8")
    assert "at most" in said.err
    layer(folder / "points.gpkg", [shapely.Point(90_000, 0)], {})
    said = types(folder, f"--weights {folder}/points.gpkg", LANG="en_GB.UTF-8")
    assert "no point that weighs lies in a street: 1 at 117.5" in said.err
    bad_streets(folder, BOW)
    said = types(folder, LANG="en_GB.UTF-8")
    assert "street 370811000 crosses itself at 116.597131°E 35.394185°N; put it right first" in said.err


def test_what_was_there_stays_when_the_new_one_fails(folder: Path) -> None:
    (folder / "grids.gpkg").write_text("old")
    assert "最多" in types(folder, "--count 5000 --replace").err
    assert (folder / "grids.gpkg").read_text() == "old"
