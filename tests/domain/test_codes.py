"""Coded numbers: the worked examples of their docstrings, and every way in which one can be wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.codes import (
    GBT30428,
    GBT47678,
    CaseNumber,
    ClassKey,
    CodeWrong,
    ComponentCode,
    Kind,
    OrganisationCode,
    UnitGridCode,
)

Coded = type[UnitGridCode] | type[ComponentCode] | type[ClassKey] | type[CaseNumber] | type[OrganisationCode]

READ = {
    "单元网格 15 位": (UnitGridCode, "990101001002003", "990101001002003"),
    "单元网格 14 位补为 15 位": (UnitGridCode, "99010100100203", "990101001002003"),
    "单元网格 全角与空格": (UnitGridCode, "９９０１０１ 001 002 003", "990101001002003"),
    "部件 16 位": (ComponentCode, "9901010101000001", "9901010101000001"),
    "部件 17 位": (ComponentCode, "99010101001000001", "99010101001000001"),
    "2013 部件类别": (ClassKey, "gbt30428-2013/component/0101", "gbt30428-2013/component/0101"),
    "2026 事项类别": (ClassKey, "gbt47678-2026/event/06010", "gbt47678-2026/event/06010"),
    "本地类别": (ClassKey, "harbour-town/event/pot-hole", "harbour-town/event/pot-hole"),
    "案卷号": (CaseNumber, "990101-20230301-00017", "990101-20230301-00017"),
    "案卷号 全角连字符": (CaseNumber, "990101－20230301－00017", "990101-20230301-00017"),
    "统一社会信用代码": (OrganisationCode, "91110000600037341L", "91110000600037341L"),
    "统一社会信用代码 小写带连字符": (OrganisationCode, "91-110000-600037341-l", "91110000600037341L"),
}

WRONG = {
    "单元网格 空": (UnitGridCode, "", "code-length", ""),
    "单元网格 16 位": (UnitGridCode, "9901010010020031", "code-length", ""),
    "单元网格 含字母": (UnitGridCode, "99010100100200x", "code-format", ""),
    "单元网格 区划以 0 开头": (UnitGridCode, "090101001002003", "code-part", "division"),
    "单元网格 街道为零": (UnitGridCode, "990101000002003", "code-part", "street"),
    "单元网格 社区为零": (UnitGridCode, "990101001000003", "code-part", "community"),
    "单元网格 序号为零": (UnitGridCode, "99010100100200", "code-part", "sequence"),
    "部件 15 位": (ComponentCode, "990101010100001", "code-length", ""),
    "部件 18 位": (ComponentCode, "990101010010000001", "code-length", ""),
    "部件 大类为零": (ComponentCode, "9901010001000001", "code-part", "major"),
    "部件 小类为零": (ComponentCode, "99010101000000001", "code-part", "minor"),
    "部件 序号为零": (ComponentCode, "9901010101000000", "code-part", "sequence"),
    "部件 其他文字的数字": (ComponentCode, "99010101010000᠑᠑", "code-format", ""),
    "类别 缺段": (ClassKey, "gbt30428-2013/0101", "code-format", ""),
    "类别 种类不明": (ClassKey, "gbt30428-2013/matter/0101", "code-part", "kind"),
    "类别 2013 版 5 位": (ClassKey, "gbt30428-2013/component/01001", "code-length", "code"),
    "类别 2026 版 4 位": (ClassKey, "gbt47678-2026/component/0101", "code-length", "code"),
    "类别 2013 版字母": (ClassKey, "gbt30428-2013/component/01a1", "code-format", "code"),
    "类别 大类为零": (ClassKey, "gbt30428-2013/component/0001", "code-part", "major"),
    "类别 小类为零": (ClassKey, "gbt47678-2026/event/06000", "code-part", "minor"),
    "类别 本地代码大写": (ClassKey, "harbour-town/event/Pot-Hole", "code-format", "code"),
    "类别 本地代码 61 位": (ClassKey, "harbour-town/event/" + "a" * 61, "code-format", "code"),
    "类别 版本大写": (ClassKey, "Harbour/event/x", "code-format", "edition"),
    "案卷号 短": (CaseNumber, "990101-20230301-0017", "code-length", ""),
    "案卷号 无连字符": (CaseNumber, "990101 20230301 00017 00", "code-format", ""),
    "案卷号 不存在的日期": (CaseNumber, "990101-20230229-00017", "code-part", "day"),
    "案卷号 序号为零": (CaseNumber, "990101-20230301-00000", "code-part", "sequence"),
    "案卷号 区划以 0 开头": (CaseNumber, "090101-20230301-00001", "code-part", "division"),
    "信用代码 17 位": (OrganisationCode, "91110000600037341", "code-length", ""),
    "信用代码 字母 I": (OrganisationCode, "9111000060003734IL", "code-format", ""),
    "信用代码 区划含字母": (OrganisationCode, "9111A000600037341L", "code-format", "division"),
    "信用代码 校验位不符": (OrganisationCode, "91110000600037341A", "code-checksum", ""),
}


@pytest.mark.parametrize(("kind", "text", "written"), READ.values(), ids=READ.keys())
def test_a_number_is_read_and_written_in_one_form(kind: Coded, text: str, written: str) -> None:
    assert str(kind.parse(text)) == written
    assert kind.check(text) is None


@pytest.mark.parametrize(("kind", "text", "code", "field"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_number_says_what_is_wrong_with_it(kind: Coded, text: str, code: str, field: str) -> None:
    wrong = kind.check(text)
    assert wrong is not None
    assert (wrong.code, wrong.field) == (code, field)
    assert wrong.words.zh
    assert wrong.words.en


def test_the_pieces_of_a_unit_grid() -> None:
    assert UnitGridCode.parse("990101001002003") == UnitGridCode("990101", "001", "002", "003")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("9901010101000001", ClassKey(GBT30428, Kind.COMPONENT, "0101")),
        ("99010101001000001", ClassKey(GBT47678, Kind.COMPONENT, "01001")),
    ],
)
def test_the_length_of_a_component_code_tells_the_edition_of_its_class(text: str, key: ClassKey) -> None:
    assert ComponentCode.parse(text).class_key == key


def test_the_pieces_of_a_case_number() -> None:
    assert CaseNumber.parse("990101-20230301-00017") == CaseNumber("990101", date(2023, 3, 1), 17)


def test_a_case_number_cannot_count_past_five_digits() -> None:
    with pytest.raises(CodeWrong, match="99999"):
        CaseNumber("990101", date(2023, 3, 1), 100_000)


def test_the_same_digits_are_two_classes_when_the_kind_differs() -> None:
    assert ClassKey.parse("gbt47678-2026/event/01001") != ClassKey.parse("gbt47678-2026/component/01001")


@pytest.mark.parametrize(
    ("key", "extension"),
    [
        ("gbt30428-2013/event/0157", False),
        ("gbt30428-2013/event/0178", True),
        ("gbt47678-2026/event/06079", False),
        ("gbt47678-2026/event/06080", True),
        ("harbour-town/event/pot-hole", True),
    ],
)
def test_extension_classes_have_numbers_of_their_own(key: str, extension: bool) -> None:
    assert ClassKey.parse(key).extension is extension


def test_a_bad_text_is_never_repeated_in_full() -> None:
    wrong = ClassKey.check("x" * 1_000_000)
    assert wrong is not None
    assert len(wrong.words.en) < 200


piece = st.integers(1, 999).map(lambda n: f"{n:03d}")
division = st.integers(100_000, 999_999).map(str)


@given(division, piece, piece, piece)
def test_every_unit_grid_code_comes_back_as_it_was(
    district: str, street: str, community: str, sequence: str
) -> None:
    code = UnitGridCode(district, street, community, sequence)
    assert UnitGridCode.parse(code.format()) == code


@given(division, st.dates(), st.integers(1, 99_999))
def test_every_case_number_comes_back_as_it_was(district: str, day: date, sequence: int) -> None:
    number = CaseNumber(district, day, sequence)
    assert CaseNumber.parse(number.format()) == number


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_but_breaks_nothing(text: str) -> None:
    for kind in (UnitGridCode, ComponentCode, ClassKey, CaseNumber, OrganisationCode):
        wrong = kind.check(text)
        assert wrong is None or wrong.code.startswith("code-")


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 16), st.data())
def test_one_mistyped_character_of_an_organisation_code_is_noticed(
    body: str, at: int, data: st.DataObject
) -> None:
    start = "91990101" + body
    code = start + OrganisationCode.check_character(start)
    other = data.draw(st.sampled_from("0123456789").filter(lambda c: c != code[at]))
    mistyped = code[:at] + other + code[at + 1 :]
    assert OrganisationCode.check(code) is None
    wrong = OrganisationCode.check(mistyped)
    assert wrong is not None
    assert wrong.code == "code-checksum"
