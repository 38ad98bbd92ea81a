"""`xiuhua components` as it is typed, also wrongly."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.cast import COVER, EAST
from tests.operations.surveys import FIRST, SECOND
from tests.shell.typing import TINY, Terminal
from xiuhua.space.layers import LayerOut, write_layers

HEAD = "code,class,longitude,latitude,state,recorded,label\n"
DAY = np.array(["20220301"])
GOOD = f"{FIRST},{COVER},{EAST.lon},{EAST.lat},完好,20220301,A1\n"
OTHER = f"{SECOND},{COVER},{EAST.lon},{EAST.lat + 0.0002},完好,20220301,\n"


@pytest.fixture
def tiny(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    assert terminal.types(f"init --pack {TINY} --people").code == 0
    return terminal


def file(terminal: Terminal, name: str, *lines: str) -> Path:
    path = terminal.home / name
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def test_a_survey_comes_in_and_is_proved(tiny: Terminal) -> None:
    both = file(tiny, "spring.csv", GOOD, OTHER)
    said = tiny.types(f"components import {both} --dry-run")
    assert "新增 2" in said.out
    assert "仅检查" in said.out
    said = tiny.types(f"components import {both} --format json")
    assert said.code == 0
    assert {k: json.loads(said.out)[k] for k in ("survey", "read", "new", "taken")} == {
        "survey": "spring/1", "read": 2, "new": 2, "taken": True,
    }  # fmt: skip
    one = file(tiny, "summer.csv", GOOD.replace("完好", "破损"))
    said = tiny.types(f"--lang en components import {one} --full --missing lost")
    assert "1 lines: 0 new, 2 changed, 0 the same, 0 faults, 1 missing" in said.out
    assert f"missing: {SECOND}" in said.out
    said = tiny.types("components verify")
    assert (said.code, said.out) == (0, "版本 4 个，日志 2 条，0 处不符\n")
    assert tiny.types("verify").code == 0


def test_the_journal_tells_two_shapefiles_apart_whose_shapes_are_the_same(tiny: Terminal) -> None:
    for state in ("完好", "破损"):
        columns = {"code": np.array([FIRST]), "class": np.array([COVER]), "state": np.array([state]), "recorded": DAY}
        write_layers(tiny.home / "a.shp", [LayerOut("a", np.array([shapely.Point(EAST.lon, EAST.lat)]), columns)])
        assert tiny.types(f"components import {tiny.home}/a.shp").code == 0
    with closing(sqlite3.connect(tiny.home / "xiuhua.sqlite3")) as database:
        entries = database.execute("SELECT body FROM transition WHERE kind = 'component'").fetchall()
    assert len({json.loads(body)["patch"]["facts"]["digest"] for (body,) in entries}) == 2


def test_a_wrong_line_is_named_and_nothing_is_taken(tiny: Terminal) -> None:
    wrong = file(tiny, "wrong.csv", OTHER.replace("完好", "很好"))
    said = tiny.types(f"components import {wrong}")
    assert said.code == 1
    assert "wrong.csv:2 state：“很好”只能是：完好、破损" in said.out
    assert "未导入" in said.out


def test_one_is_changed_by_somebody_who_may(tiny: Terminal) -> None:
    tiny.types(f"components import {file(tiny, 'spring.csv', GOOD)} --survey again")
    assert tiny.types(f"components change {FIRST} --as zhi1 --label b2").code == 0
    said = tiny.types(f"components change {FIRST} --as cai1 --label b2")
    assert (said.code, said.err) == (1, "监督员没有此项权限\n")
    said = tiny.types("components change 17 --as zhi1 --label b2")
    assert (said.code, said.err) == (1, "没有部件“17”\n")


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("import nowhere.csv", 1, "没有这个文件"),
        (f"import {TINY}/classes.csv", 1, "--mapping"),
        (f"import {TINY}/grids.geojson", 1, ""),
        ("import README.md", 1, "图层"),
        ("import x.csv --missing lost", 2, "--full"),
        ("import x.csv --survey a/b", 1, ""),
        ("change 1", 2, "--as"),
    ],
)
def test_what_is_typed_wrongly_is_answered_with_a_sentence(tiny: Terminal, typed: str, code: int, said: str) -> None:
    answer = tiny.types(f"components {typed}")
    assert answer.code == code
    assert said in answer.err + answer.out
