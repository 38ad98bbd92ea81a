"""One fault put into the tiny pack gives exactly the sentence that names file, line and field."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.cast import TINY
from xiuhua.operations.check_pack import Finding, Level, check_loaded, check_pack, lines, refused
from xiuhua.store.pack import PackFiles, load_files, read_pack

DAY = date(2023, 3, 6)
OPEN = Level.WARNING  # what the tiny pack declares open


@dataclass(frozen=True)
class Slip:
    """In `file`, the first `old` becomes `new`; then one fault begins with `says`. No `old`: `new` is a line added."""

    id: str
    file: str
    old: str
    new: str
    says: str


SLIPS = (
    # lines and fields of one file
    Slip("not a day", "duty.csv", "tests,2020-01-01", "tests,2020-1-1", "tiny/duty.csv:2 valid_from: “2020-1-1” is not a day"),
    Slip("kind unknown", "organisations.csv", "district-department", "department", "tiny/organisations.csv:2 kind: “department” must be one of"),
    Slip("name missing", "organisations.csv", "市容科,", ",", "tiny/organisations.csv:2 name_zh: this field must be filled in"),
    Slip("code twice", "organisations.csv", "", "works,市政所,works office,district-department,,,2020-01-01,", "tiny/organisations.csv:10 code: “works” is already on line 9"),
    Slip("no such tier", "grids.csv", "responsibility,990101001,", "duty,990101001,", "tiny/grids.csv:4 tier: “duty” must be one of"),
    Slip("unit code too short", "grids.csv", "990101001001001,unit", "9901010010010,unit", "tiny/grids.csv:7 code: A unit grid code has 14 or 15 characters, this has 13"),
    Slip("last day before first", "duty.csv", "tests,2020-01-01,", "tests,2020-01-01,2019-12-31", "tiny/duty.csv:2 valid_to: the last day is before the first day"),
    Slip("no such post", "people.csv", "collector", "watcher", "tiny/people.csv:2 post: “watcher” must be one of"),
    Slip("limit without unit", "stage_limits.csv", "30 minute", "30", "tiny/stage_limits.csv:2 limit: “30” is no limit"),
    Slip("condition without limit", "conditions.csv", "broken,2,", "broken,,", "tiny/conditions.csv:2 count: this field must be filled in"),
    Slip("confidence unknown", "stage_limits.csv", "inferred", "sure", "tiny/stage_limits.csv:2 confidence: “sure” must be one of"),
    Slip("radius in words", "dedupe.csv", "80", "eighty", "tiny/dedupe.csv:2 radius_m: “eighty” is not a whole number"),
    # names of other files
    Slip("unknown unit in the duty list", "duty.csv", ",works,", ",workz,", "tiny/duty.csv:2 organisation: there is no “workz”"),
    Slip("a duty of the centre", "duty.csv", ",works,", ",centre,", "tiny/duty.csv:2 organisation: no case can be sent to “centre”"),
    Slip("unknown class in the duty list", "duty.csv", "component/cover", "component/cow", "tiny/duty.csv:2 classes: there is no “tiny/component/cow”"),
    Slip("unknown street in the duty list", "duty.csv", "990101001", "990101009", "tiny/duty.csv:6 area: there is no “990101009”"),
    Slip("unknown road in the duty list", "duty.csv", "cover,*,,", "cover,*,r1,", "tiny/duty.csv:2 road: there is no “r1”"),
    Slip("condition of no class", "conditions.csv", "component/cover", "component/cow", "tiny/conditions.csv:2 class: there is no “tiny/component/cow”"),
    Slip("class of no edition", "classes.csv", "tiny/component/lamp", "other/component/lamp", "tiny/classes.csv:3 class: there is no “other”"),
    Slip("grid in no street", "grids.csv", "grid 1,990101001,", "grid 1,990101009,", "tiny/grids.csv:4 street: there is no street “990101009”"),
    Slip("grid in another street", "grids.csv", "grid 1,990101001,", "grid 1,990101002,", "tiny/grids.csv:4 street: the grid that it lies in is in the street “990101001”"),
    Slip("grid under nothing", "grids.csv", "responsibility,990101001,", "responsibility,990101009,", "tiny/grids.csv:4 parent: there is no grid “990101009” to lie in"),
    Slip("post at no organisation", "people.csv", "collector,centre", "collector,center", "tiny/people.csv:2 organisation: there is no “center”"),
    Slip("collector of no grid", "people.csv", "990101001;990101002", "990101001;990101009", "tiny/people.csv:2 grids: there is no “990101009”"),
    Slip("quick class unknown", "quick.csv", "tiny/event/stall", "tiny/event/stal", "tiny/quick.csv:3 classes: there is no “tiny/event/stal”"),
    Slip("calendar of no organisation", "district.toml", "[calendar_of]\n", '[calendar_of]\nparks = "office"\n', "tiny/district.toml:12 calendar_of.parks: there is no “parks”"),
    Slip("no such calendar", "district.toml", 'calendar = "office"', 'calendar = "ofice"', "tiny/district.toml:9 calendar: there is no “ofice”"),
    Slip("stage limit missing", "stage_limits.csv", "acceptance,30 minute,inferred,tests\n", "", "tiny/stage_limits.csv clock: the limit “acceptance” is missing"),
    Slip("stage limit of no stage", "stage_limits.csv", "", "sleeping,1 minute,inferred,tests", "tiny/stage_limits.csv:15 clock: there is no “sleeping”"),
    Slip("outline of no grid", "grids.csv", "990101003003004,unit", "990101003003005,unit", "tiny/grids.geojson:50 code: there is no “990101003003004” in grids.csv"),
    # the text of a file
    Slip("column missing", "quick.csv", "classes\n", "class\n", "tiny/quick.csv:1 class: there is no such column; the columns are: classes"),
    Slip("column unknown", "dedupe.csv", "window_hours", "window", "tiny/dedupe.csv:1 window: there is no such column"),
    Slip("a cell too many", "duty.csv", "d01,", "d01,,", "tiny/duty.csv:2: 12 cells are expected, there are 13"),
    Slip("quote not closed", "duty.csv", "d03,", 'd03,"', "tiny/duty.csv:4: wrong use of quotes"),
    Slip("text after a closing quote", "duty.csv", "d03,tiny", 'd03,"tiny"', "tiny/duty.csv:4: wrong use of quotes"),
    Slip("wrong TOML", "district.toml", "centre = ", "centre ", "tiny/district.toml:8: wrong TOML"),
    Slip("unknown key", "district.toml", "language", "langage", "tiny/district.toml:6 langage: there is no such key"),
    Slip("no such time zone", "district.toml", "Asia/Shanghai", "Asia/Shanhai", "tiny/district.toml:5 time_zone: there is no time zone “Asia/Shanhai”"),
    Slip("no such shift", "calendars.toml", "14:00-18:00", "14-18", "tiny/calendars.toml:16 office.hours.mon-fri: \"14-18\" is no shift"),
    Slip("year not entered", "calendars.toml", "2022-2024", "2021-2024", "tiny/calendars.toml:13 office.years: 2021 has no statutory day"),
    Slip("wrong JSON", "grids.geojson", '{"type":"Feature"', '{"type""Feature"', "tiny/grids.geojson:2: wrong JSON"),
    Slip("ring not closed", "grids.geojson", ",[110.0,30.0]]]", "]]", "tiny/grids.geojson:2 geometry: the ring is not closed"),
    Slip("a point off the globe", "grids.geojson", "[110.03,30.0]", "[210.03,30.0]", "tiny/grids.geojson:2 geometry: Coordinate out of range: lon = 210.03"),
    # duty list and ground
    Slip("a class of nobody", "duty.csv", "d02,tiny/component/lamp,*", "d02,tiny/component/lamp,990101001", "tiny/duty.csv classes: nobody answers for 1 classes in 24 areas (such as tiny/component/lamp)"),
    Slip("two units for a class", "duty.csv", "", "d99,tiny/component/lamp,*,,,works,list,路灯,lamps,tests,2020-01-01,", "tiny/duty.csv:11 classes: for 1 classes in 36 areas the rows d02、d99 are equally strong"),
    Slip("declared open, but settled", "open_duties.csv", "tiny/event/spill", "tiny/event/stall", "tiny/open_duties.csv:2 classes: “tiny/event/stall” is declared open, but the duty list settles it"),
)  # fmt: skip


def tiny_with(slip: Slip) -> PackFiles:
    files = read_pack(TINY)
    text = files.texts[slip.file]
    assert slip.old in text
    changed = text.replace(slip.old, slip.new, 1) if slip.old else f"{text}{slip.new}\n"
    return PackFiles(files.name, {**files.texts, slip.file: changed})


def sentences(files: PackFiles) -> list[str]:
    return [f.sentence("en") for f in check_loaded(load_files(files), DAY) if f.level is Level.FAULT]


def test_the_tiny_pack_has_no_fault_and_warns_of_what_it_declares_open() -> None:
    findings = check_pack(TINY, DAY)
    assert not refused(findings)
    assert [f.level for f in findings] == [OPEN]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.id)
def test_a_fault_is_named_by_file_line_and_field(slip: Slip) -> None:
    found = sentences(tiny_with(slip))
    assert any(sentence.startswith(slip.says) for sentence in found), found


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.id)
def test_every_fault_is_said_in_both_languages(slip: Slip) -> None:
    for finding in check_loaded(load_files(tiny_with(slip)), DAY):
        assert "{" not in finding.words.zh + finding.words.en
        assert any(ord(character) > 0x4E00 for character in finding.words.zh)


def test_a_second_fault_is_not_hidden_by_the_first() -> None:
    files = read_pack(TINY)
    text = files.texts["duty.csv"].replace(",works,", ",workz,").replace(",lighting,", ",lightning,")
    found = sentences(PackFiles(files.name, {**files.texts, "duty.csv": text}))
    assert found == [
        "tiny/duty.csv:2 organisation: there is no “workz”",
        "tiny/duty.csv:3 organisation: there is no “lightning”",
        "tiny/duty.csv:10 organisation: there is no “workz”",
    ]


def test_a_gap_and_an_overlap_of_grids_are_named_with_place_and_size() -> None:
    files = read_pack(TINY)
    text = files.texts["grids.geojson"]
    place = text.index('"990101001001001"')
    gap = text[:place] + text[place:].replace("[110.005,30.0]", "[110.004,30.0]", 1)
    overlap = text[:place] + text[place:].replace("[110.005,30.0]", "[110.006,30.0]", 1)
    (missing,) = sentences(PackFiles(files.name, {**files.texts, "grids.geojson": gap}))
    assert missing.startswith("tiny/grids.geojson:")
    assert "geometry: 990101001-g1: its grids (Unit grid) leave a gap of " in missing
    (twice,) = sentences(PackFiles(files.name, {**files.texts, "grids.geojson": overlap}))
    assert "geometry: 990101001001001: overlaps “990101001001002” by " in twice


def test_a_byte_order_mark_and_a_wrong_encoding_are_named(tmp_path: Path) -> None:
    pack = tmp_path / "tiny"
    pack.mkdir()
    for name, text in read_pack(TINY).texts.items():
        (pack / name).write_text(text, encoding="utf-8")
    (pack / "quick.csv").write_bytes(b"\xef\xbb\xbf" + (TINY / "quick.csv").read_bytes())
    (pack / "duty.csv").write_bytes((TINY / "duty.csv").read_text(encoding="utf-8").encode("gb18030"))
    found = sentences(read_pack(pack))
    assert "tiny/quick.csv:1: the file begins with a byte order mark; save it as UTF-8 without one" in found
    assert "tiny/duty.csv:2: not in UTF-8; save the file as UTF-8" in found


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (finding, *_) = check_pack(tmp_path / "nowhere", DAY)
    assert finding.sentence("en") == "nowhere: there is no pack folder “nowhere”"


def test_a_finding_as_a_row_and_as_a_sentence_says_the_same() -> None:
    finding = Finding(Level.FAULT, "tiny/duty.csv", 2, "road", check_pack(TINY, DAY)[0].words)
    assert finding.row()["line"] == 2
    assert finding.row()["zh"] in finding.sentence("zh-hans")
    assert finding.sentence("zh-hans").startswith("tiny/duty.csv:2 road：")


def test_the_report_has_a_line_for_every_finding_and_counts_them() -> None:
    report = lines(check_pack(TINY, DAY), "en")
    assert report[0].startswith("warning tiny/duty.csv:10 classes: ")
    assert report[-1] == "faults: 0, warnings: 1"
    assert lines((), "zh-hans") == ["0 处错误，0 处提醒"]
