"""A small CSV with every kind of bad line, brought in by a mapping that also builds the district."""

import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cast import EAST, GUAN, TINY, at
from xiuhua.domain.case import KIND
from xiuhua.domain.place import Gcj02, wgs84_to
from xiuhua.exchange.notices import CannotImport, Report, import_notices
from xiuhua.operations.check_pack import check_pack, refused
from xiuhua.operations.install import install
from xiuhua.operations.world import forget, world
from xiuhua.store.loading import load, texts, transitions
from xiuhua.store.models import OutboxRow, ReferenceRow, SubjectRow, TransitionRow
from xiuhua.store.pack import load as load_pack
from xiuhua.store.pack import written

HERE = Path(__file__).parent
CSV, MAPPING = HERE / "harbour.csv", HERE / "harbour.toml"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_district_in_memory() -> Iterator[None]:
    forget()
    yield
    forget()


def bring(file: Path, packs: Path, mapping: Path = MAPPING) -> Report:
    return import_notices(file, mapping, packs, "guan1")


def case(number: str) -> SubjectRow:
    return SubjectRow.objects.get(external=f"harbour:{number}")


def test_every_line_is_brought_in_or_listed_with_its_reason(tmp_path: Path) -> None:
    report = bring(CSV, tmp_path)
    assert (report.read, report.brought, report.closed, report.known, report.balanced) == (16, 8, 6, 0, True)
    assert [(x.line, x.external, x.code) for x in report.refused] == [
        (6, "H-5", "no-place"),
        (7, "H-6", "closed-first"),
        (8, "H-1", "number-twice"),
        (11, "H-10", "not-a-moment"),
        (12, "H-11", "not-a-place"),
        (13, "H-12", "channel-unknown"),
        (14, "H-13", "skipped"),
        (17, "", "cells"),
    ]


def test_what_was_used_with_a_doubt_is_listed_too(tmp_path: Path) -> None:
    remarks = bring(CSV, tmp_path).remarks
    assert [(x.line, x.external, x.code, x.field) for x in remarks] == [
        (9, "H-8", "flag-empty", "flag"),
        (10, "H-9", "flag-differs", "on_time"),
        (15, "H-14", "hour-twice", "opened"),
        (15, "H-14", "hour-twice", "closed"),
        (16, "H-15", "hour-never", "opened"),
    ]


def test_a_closed_case_has_two_transitions_at_the_published_moments(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    number = case("H-1").number
    adopt, close = transitions(KIND, number)
    assert number == "990111-20230502-00002"  # H-2 was opened earlier that day
    assert (adopt.move, adopt.at) == ("adopt", datetime(2023, 5, 2, 13, 0, tzinfo=UTC))
    assert (close.move, close.at) == ("close", datetime(2023, 5, 3, 14, 30, tzinfo=UTC))
    assert (close.due, close.in_time) == (datetime(2023, 5, 4, 21, 0, tzinfo=UTC), True)
    assert texts(KIND, number) == {(1, "description"): "Pot hole by the bank", (2, "note"): "Filled"}


def test_nothing_is_invented_and_nobody_is_told(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    moves = TransitionRow.objects.filter(kind=KIND).values_list("move", flat=True)
    assert sorted(moves) == ["adopt"] * 8 + ["close"] * 6
    assert not OutboxRow.objects.exists()
    assert not SubjectRow.objects.filter(closed_at__isnull=False, next_at__isnull=False).exists()


def test_an_open_case_keeps_its_published_due_moment(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    assert case("H-4").due_at == datetime(2023, 5, 9, 21, 0, tzinfo=UTC)
    assert case("H-4").stage == "adopted"


@pytest.mark.parametrize(("number", "in_time"), [("H-1", True), ("H-2", False), ("H-3", None)])
def test_a_case_without_a_target_is_not_late(tmp_path: Path, number: str, in_time: bool | None) -> None:
    bring(CSV, tmp_path)
    loaded = load(KIND, case(number).number)
    assert loaded is not None
    assert loaded.subject.facts.get("handled_in_time") is in_time


def test_an_hour_that_was_there_twice_never_ends_a_case_before_it_began(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    opened, closed = case("H-14").opened_at, case("H-14").closed_at
    assert opened == datetime(2023, 11, 5, 5, 40, tzinfo=UTC)  # still summer time
    assert closed == datetime(2023, 11, 5, 6, 20, tzinfo=UTC)  # winter time already


def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    again = bring(CSV, tmp_path)
    assert (again.brought, again.known, again.balanced) == (0, 8, True)
    assert TransitionRow.objects.filter(kind=KIND).count() == 14


def test_a_packed_file_is_the_same_file(tmp_path: Path) -> None:
    packed = tmp_path / "harbour.csv.gz"
    packed.write_bytes(gzip.compress(CSV.read_bytes()))
    assert bring(packed, tmp_path).brought == 8


def test_the_pack_that_is_built_is_an_ordinary_pack_in_canonical_form(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    folder = tmp_path / "harbour"
    assert not refused(check_pack(folder, date(2023, 6, 1)))
    assert written(load_pack(folder)) == {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir()}


def test_the_pack_has_the_types_departments_and_ground_of_the_data(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    district = world().district
    assert [str(c.key) for c in district.catalog.classes] == [
        "harbour/event/graffiti", "harbour/event/lamp-out", "harbour/event/pot-hole",
    ]  # fmt: skip
    assert [o.code for o in district.organisations] == ["centre", "lamp", "road"]
    assert all(c.basis.confidence.marked for c in district.catalog.conditions)  # a limit the data do not say
    assert case("H-4").responsibility_grid and case("H-4").street


BAD: dict[str, tuple[bytes, int, str, str]] = {
    "空文件": (b"", 1, "", "the file is empty"),
    "编码不对": (CSV.read_bytes() + b"H-20,\xff\xfe\n", 18, "", "is not in utf-8"),
    "少一列": (CSV.read_bytes().replace(b"target", b"due", 1), 1, "target", "the column is missing"),
    "不是CSV": (b"%PDF-1.7\n1 0 obj\n", 1, "", "it has none of its columns"),
    "引号有误": (CSV.read_bytes() + b'H-20,"2023"x,1\n', 18, "", "wrong use of quotes"),
    "压缩损坏": (gzip.compress(CSV.read_bytes())[:300], 0, "", "the gzip file is broken"),
    "没有可用的行": (CSV.read_bytes().split(b"\n")[0] + b"\n", 0, "", "no line can be used"),
}


@pytest.mark.parametrize(("content", "line", "field", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_leaves_nothing(
    tmp_path: Path, content: bytes, line: int, field: str, sentence: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(CannotImport) as caught:
        bring(file, tmp_path)
    first = caught.value.faults[0]
    assert sentence in first.words.en and sentence in caught.value.words.en
    assert (first.field, first.file) == (field, "bad.csv")
    assert first.line == line or "gzip" in sentence
    assert not TransitionRow.objects.exists()
    assert not (tmp_path / "harbour").exists()


MAPPINGS = {
    "缺少列名": ('opened = "opened"\n', "", "columns.opened", "must be filled in"),
    "没有时区": ("America/New_York", "America/Nowhere", "time_zone", "there is no time zone"),
    "没有渠道": ('"public"', '"pigeon"', "channels.App", "must be one of"),
    "多余的项": ('encoding = "utf-8"', 'encoding = "utf-8"\ncolour = "red"', "colour", "there is no such key"),
    "时限有误": ('limit = "5 working-day"', 'limit = "soon"', "build.limit", "is no limit"),
    "日历有误": ("09:00-17:00", "9-17", "build.calendar.office.hours.mon-fri", "is no shift"),
    "不是TOML": ("[columns]", "[columns", "", "wrong TOML"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "sentence"), MAPPINGS.values(), ids=MAPPINGS)
def test_a_bad_mapping_is_refused_with_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, sentence: str
) -> None:
    mapping = tmp_path / "bad.toml"
    mapping.write_text(MAPPING.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CannotImport) as caught:
        bring(CSV, tmp_path, mapping)
    first = caught.value.faults[0]
    assert first.field == field
    assert first.line > 0
    assert sentence in first.words.en


def test_a_store_with_another_district_takes_no_second_one(tmp_path: Path) -> None:
    bring(CSV, tmp_path)
    other = tmp_path / "other.toml"
    other.write_text(MAPPING.read_text(encoding="utf-8").replace('name = "harbour"', 'name = "other"'), encoding="utf-8")
    with pytest.raises(CannotImport, match="use another XIUHUA_HOME"):
        bring(CSV, tmp_path, other)


def test_an_import_that_breaks_off_leaves_neither_cases_nor_a_district(tmp_path: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_notices(CSV, MAPPING, tmp_path, "guan1", interrupted)
    assert not TransitionRow.objects.exists()
    assert not ReferenceRow.objects.exists()
    assert not (tmp_path / "harbour").exists()


INTO_TINY = """
source = "old-hotline"
encoding = "gb18030"
time_zone = "Asia/Shanghai"
other_channel = "hotline"
datum = "gcj02"
[columns]
external = "单号"
opened = "时间"
class = "类别"
department = "部门"
longitude = "经度"
latitude = "纬度"
[classes]
edition = "old-hotline"
codes = { "井盖" = "tiny/component/cover" }
[departments]
"市政" = "works"
"""
FROM_OLD_HOTLINE = """单号,时间,类别,部门,经度,纬度
1,2023-03-06T10:00:00,井盖,市政,{lon},{lat}
2,2023-03-06T11:00:00,路灯,市政,{lon},{lat}
3,2023-03-06T12:00:00,井盖,园林,{lon},{lat}
4,2023-03-06T13:00:00+08:00,井盖,市政,120.0,35.0
"""


def test_cases_come_into_a_district_that_is_there_by_its_own_classes_units_and_grids(tmp_path: Path) -> None:
    install(TINY, GUAN, at("2023-03-06 09:00"))
    shifted = wgs84_to(EAST, Gcj02)
    file, mapping = tmp_path / "old.csv", tmp_path / "old.toml"
    file.write_text(FROM_OLD_HOTLINE.format(lon=shifted.lon, lat=shifted.lat), encoding="gb18030")
    mapping.write_text(INTO_TINY, encoding="utf-8")
    report = bring(file, tmp_path, mapping)
    assert [(x.line, x.code) for x in report.refused] == [
        (3, "class-unknown"), (4, "department-unknown"), (5, "outside"),
    ]  # fmt: skip
    brought = SubjectRow.objects.get(external="old-hotline:1")
    assert (brought.class_key, brought.unit, brought.channel) == ("tiny/component/cover", "works", "hotline")
    assert (brought.grid, brought.opened_at) == ("990101001001001", at("2023-03-06 10:00"))
    assert report.balanced
