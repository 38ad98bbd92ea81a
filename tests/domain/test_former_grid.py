"""The four divisions that were fused into one: read, written, and asked by line and day."""

from datetime import date

import pytest

from tests.cast import TINY, tiny
from xiuhua.domain.former_grid import Line, former_grids_from, last_day, of_line, rows_of_former_grids
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import Row
from xiuhua.store.pack import PackFiles, load_files, read_pack

RING = (Wgs84(110.0, 30.0), Wgs84(110.01, 30.0), Wgs84(110.01, 30.01))
LINE = {
    "line": "policing", "code": "P1", "name_zh": "一警区", "name_en": "Beat 1", "valid_from": "2018-01-01", "valid_to": "",
}  # fmt: skip


def rows(*lines: dict[str, str]) -> list[Row]:
    return [Row("former_grids.csv", number, line) for number, line in enumerate(lines, 2)]


def test_what_is_written_reads_back_the_same() -> None:
    outlines = {("policing", "P1"): RING}
    read, faults = former_grids_from(rows(LINE), outlines)
    assert (faults, read[0].outline, read[0].line.words.zh) == ((), RING, "警务网格")
    assert former_grids_from(rows(*rows_of_former_grids(read)), outlines) == (read, ())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"line": "fire"}, "line"),
        ({"code": ""}, "code"),
        ({"name_en": ""}, "name_en"),
        ({"valid_from": "2018"}, "valid_from"),
        ({"valid_to": "2017-12-31"}, "valid_to"),
    ],
)
def test_a_line_with_a_slip_is_named_with_its_field(changed: dict[str, str], field: str) -> None:
    read, faults = former_grids_from(rows({**LINE, **changed}), {})
    assert (read, [(f.line, f.field) for f in faults]) == ((), [(2, field)])


def test_a_code_is_there_twice_only_in_two_lines_or_at_two_times() -> None:
    twice = rows(LINE, LINE, {**LINE, "line": "city-management"})
    assert [f.line for f in former_grids_from(twice, {})[1]] == [3]
    apart = rows({**LINE, "valid_to": "2019-12-31"}, {**LINE, "valid_from": "2020-01-01"})
    assert former_grids_from(apart, {})[1] == ()


def test_a_line_that_has_ended_is_read_on_its_last_day() -> None:
    grids, day = tiny().former_grids, date(2023, 3, 6)
    assert [g.code for g in of_line(grids, Line.POLICING, day)] == ["JW-1", "JW-2"]
    assert of_line(grids, Line.SOCIAL_GOVERNANCE, day) == ()
    assert last_day(grids, Line.SOCIAL_GOVERNANCE, day) == date(2019, 12, 31)
    assert last_day(grids, Line.POLICING, day) == day


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("former_grids.geojson", '"code":"JW-2"', '"code":"JW-9"', "former_grids.csv"),
        ("former_grids.geojson", '"line":"policing","code":"JW-2"', '"line":"policing","code":"JW-1"', "twice"),
        ("former_grids.geojson", '"code":"JW-2"', '"kode":"JW-2"', "Polygon"),
        ("former_grids.geojson", "{", "", "JSON"),
        ("former_grids.csv", "JW-2,", "JW-3,", "former_grids.geojson"),
    ],
)
def test_outlines_and_lines_have_to_fit(file: str, old: str, new: str, says: str) -> None:
    files = read_pack(TINY)
    texts = {**files.texts, file: files.texts[file].replace(old, new, 1)}
    loaded = load_files(PackFiles(files.name, texts))
    if says == "twice":
        assert any("there twice" in f.words.en for f in loaded.faults)
    else:
        assert any(says in f.words.en or says in f.file for f in loaded.faults), loaded.faults
    assert loaded.district is None
