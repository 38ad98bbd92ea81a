"""The catalogue: what is in force, what can be chosen, with which limit; faults of its files; the national pack."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.catalog import (
    COLUMNS,
    CaseClass,
    Catalog,
    CatalogRows,
    Confidence,
    catalog_from_rows,
    rows_of,
)
from xiuhua.domain.clock import Limit, Unit
from xiuhua.domain.codes import GBT30428, GBT47678, ClassKey
from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Refusal, Wrong

CHINA = Path(__file__).parents[2] / "districts" / "china"


def key(text: str) -> ClassKey:
    return ClassKey.parse(text)


def rows(file: str, header: str, *lines: str) -> list[Row]:
    """Lines as in a CSV file, without the columns that never matter here."""
    names = header.split(",")
    return [Row(file, i, dict(zip(names, line.split(","), strict=True))) for i, line in enumerate(lines, 2)]


BASIS = "confidence,source"
SOURCES = rows(
    "sources.csv", "source,zh,en", "city-table,某市标准,A city's table", "memory,一般知识,General knowledge"
)
EDITION_HEADER = f"edition,name_zh,name_en,valid_from,valid_to,{BASIS}"
EDITIONS = rows(
    "editions.csv",
    EDITION_HEADER,
    "gbt30428-2013,二〇一三版,The 2013 edition,2014-08-15,2026-06-30,recall,memory",
    "gbt47678-2026,二〇二六版,The 2026 edition,2026-07-01,,source,city-table",
    "harbour-town,港城,Harbour Town,2020-01-01,,source,city-table",
)
CLASS_HEADER = f"class,name_zh,name_en,major,major_zh,major_en,geometry,group,industries,component,{BASIS}"
CLASSES = rows(
    "classes.csv",
    CLASS_HEADER,
    "gbt30428-2013/component/0101,上水井盖,Water cover,01,设施,Utilities,point,cover,water,,source,city-table",
    "gbt30428-2013/event/0110,暴露垃圾,Exposed refuse,01,市容,Appearance,point,,sanitation,,source,city-table",
    "gbt47678-2026/component/01001,供水井盖,Water cover,01,设施,Utilities,point,cover,water,,source,city-table",
    "gbt47678-2026/event/01001,供水井盖异常,Water cover abnormal,01,设施,Utilities,point,cover,water,"
    "gbt47678-2026/component/01001,source,city-table",
    "gbt47678-2026/event/06010,暴露垃圾,Exposed refuse,06,市容,Appearance,point,,b;a,,source,city-table",
    "gbt47678-2026/event/06011,积存垃圾渣土,Accumulated refuse,06,市容,Appearance,linear,,,,source,city-table",
    "harbour-town/event/pot-hole,路面坑洞,Pot hole,roads,道路,Roads,point,,,,source,city-table",
)
CONDITION_HEADER = f"class,id,area_class,condition_zh,condition_en,count,unit,closing_zh,closing_en,{BASIS}"
CONDITIONS = rows(
    "conditions.csv",
    CONDITION_HEADER,
    "gbt30428-2013/component/0101,missing,,丢失,Missing,2,emergency-hour,已复原,back,source (city level),city-table",
    "gbt47678-2026/component/01001,missing,,丢失,Missing,2,emergency-hour,已复原,put back,inferred,city-table",
    "gbt47678-2026/component/01001,rattles,,作响,Rattles,2.5,working-day,已修好,repaired,inferred,city-table",
    "gbt47678-2026/event/06010,exposed,,暴露,Exposed,4,working-hour,已清走,cleared,inferred,city-table",
    "gbt47678-2026/event/06010,exposed,1,暴露,Exposed,2,working-hour,已清走,cleared,inferred,city-table",
    "gbt47678-2026/event/06010,at-station,1,车站垃圾,At a station,30,minute,已清走,cleared,inferred,city-table",
)
MAP_HEADER = f"old,new,{BASIS}"
CLASS_MAP = rows(
    "class_map.csv",
    MAP_HEADER,
    "gbt30428-2013/component/0101,gbt47678-2026/component/01001,inferred,city-table",
    "gbt30428-2013/event/0110,gbt47678-2026/event/06010,inferred,city-table",
    "gbt30428-2013/event/0110,gbt47678-2026/event/06011,inferred,city-table",
)


def build(
    editions: Sequence[Row] = EDITIONS,
    classes: Sequence[Row] = CLASSES,
    conditions: Sequence[Row] = CONDITIONS,
    class_map: Sequence[Row] = CLASS_MAP,
) -> tuple[Catalog, list[Fault]]:
    return catalog_from_rows(CatalogRows(SOURCES, editions, classes, conditions, class_map))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    built, faults = build()
    assert faults == []
    return built


# What is in force


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        pytest.param(date(2014, 8, 15), GBT30428, id="2013 版首日"),
        pytest.param(date(2026, 6, 30), GBT30428, id="2013 版末日"),
        pytest.param(date(2026, 7, 1), GBT47678, id="2026 版首日"),
        pytest.param(date(2040, 1, 1), GBT47678, id="以后"),
    ],
)
def test_the_national_edition_of_the_day_is_in_force(catalog: Catalog, day: date, edition: str) -> None:
    assert catalog.edition_on(day).id == edition


def test_before_the_first_edition_none_is_in_force(catalog: Catalog) -> None:
    with pytest.raises(Wrong, match="No edition"):
        catalog.edition_on(date(2014, 8, 14))


def test_a_local_edition_is_in_force_beside_the_national_one(catalog: Catalog) -> None:
    assert [e.id for e in catalog.editions_on(date(2023, 3, 1))] == [GBT30428, "harbour-town"]


def test_a_place_without_national_classes_uses_its_own_edition() -> None:
    built, faults = build(EDITIONS[2:], CLASSES[6:], (), ())
    assert faults == []
    assert built.edition_on(date(2023, 3, 1)).id == "harbour-town"


def test_a_class_of_a_past_edition_is_refused_but_still_known(catalog: Catalog) -> None:
    old = key("gbt30428-2013/component/0101")
    assert isinstance(catalog.usable(old, date(2026, 6, 30)), CaseClass)
    refusal = catalog.usable(old, date(2026, 7, 1))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "edition-not-in-force"
    assert "2026-07-01" in refusal.words.zh
    assert catalog.case_class(old).name.zh == "上水井盖"


def test_an_unknown_class_is_wrong(catalog: Catalog) -> None:
    with pytest.raises(Wrong) as caught:
        catalog.case_class(key("gbt47678-2026/event/09001"))
    assert caught.value.code == "class-unknown"


def test_an_unknown_edition_is_wrong(catalog: Catalog) -> None:
    with pytest.raises(Wrong) as caught:
        catalog.classes_of("cjt214-2007")
    assert caught.value.code == "edition-unknown"


def test_an_edition_has_only_its_own_classes(catalog: Catalog) -> None:
    assert {c.key.edition for c in catalog.classes_of(GBT30428)} == {GBT30428}
    assert len(catalog.classes_of(GBT30428)) == 2


# Conditions and limits

LIMITS = {
    "普通区域": ("gbt47678-2026/event/06010", "exposed", None, Limit(4, Unit.WORKING_HOUR)),
    "二类区域无专行，用普通行": ("gbt47678-2026/event/06010", "exposed", "2", Limit(4, Unit.WORKING_HOUR)),
    "一类区域有专行": ("gbt47678-2026/event/06010", "exposed", "1", Limit(2, Unit.WORKING_HOUR)),
    "只在一类区域有的条件": ("gbt47678-2026/event/06010", "at-station", "1", Limit(30, Unit.MINUTE)),
    "部件": ("gbt47678-2026/component/01001", "missing", None, Limit(2, Unit.EMERGENCY_HOUR)),
    "部件异常事项用部件的条件": ("gbt47678-2026/event/01001", "missing", "1", Limit(2, Unit.EMERGENCY_HOUR)),
    "两天半": ("gbt47678-2026/event/01001", "rattles", None, Limit(Fraction(5, 2), Unit.WORKING_DAY)),
}


@pytest.mark.parametrize(("name", "condition", "area", "limit"), LIMITS.values(), ids=LIMITS.keys())
def test_the_most_specific_row_gives_the_limit(
    catalog: Catalog, name: str, condition: str, area: str | None, limit: Limit
) -> None:
    assert catalog.condition(key(name), condition, area).limit == limit


@pytest.mark.parametrize(
    ("condition", "area"),
    [
        pytest.param("rusty", None, id="没有这个条件"),
        pytest.param("at-station", "2", id="此类区域没有这个条件"),
    ],
)
def test_an_unknown_condition_is_wrong(catalog: Catalog, condition: str, area: str | None) -> None:
    with pytest.raises(Wrong) as caught:
        catalog.condition(key("gbt47678-2026/event/06010"), condition, area)
    assert (caught.value.code, caught.value.field) == ("condition-unknown", "condition")


def test_what_can_be_chosen_is_one_row_a_condition(catalog: Catalog) -> None:
    refuse = key("gbt47678-2026/event/06010")
    assert [(c.id, c.area_class) for c in catalog.conditions_of(refuse, "1")] == [
        ("at-station", "1"),
        ("exposed", "1"),
    ]
    assert [(c.id, c.area_class) for c in catalog.conditions_of(refuse)] == [("exposed", None)]


def test_a_condition_of_its_own_goes_before_that_of_the_component() -> None:
    own = rows(
        "own.csv",
        CONDITION_HEADER,
        "gbt47678-2026/event/01001,missing,,丢失,Missing,1,emergency-hour,已复原,put back,source,city-table",
    )
    built, faults = build(conditions=[*CONDITIONS, *own])
    assert faults == []
    abnormal = key("gbt47678-2026/event/01001")
    assert built.condition(abnormal, "missing").limit == Limit(1, Unit.EMERGENCY_HOUR)
    assert [c.id for c in built.conditions_of(abnormal)] == ["missing", "rattles"]


def test_a_district_replaces_a_national_limit_with_its_own() -> None:
    own = rows(
        "harbour/conditions.csv",
        CONDITION_HEADER,
        "gbt47678-2026/event/06010,exposed,,暴露,Exposed,90,minute,已清走,cleared,source,city-table",
    )
    built, faults = build(conditions=[*CONDITIONS, *own])
    assert faults == []
    assert built.condition(key("gbt47678-2026/event/06010"), "exposed").limit == Limit(90, Unit.MINUTE)
    assert len(built.conditions) == len(CONDITIONS)


# Old and new, groups, marks


def test_an_old_class_may_have_become_two(catalog: Catalog) -> None:
    new = catalog.successors(key("gbt30428-2013/event/0110"))
    assert [str(n) for n in new] == ["gbt47678-2026/event/06010", "gbt47678-2026/event/06011"]
    assert catalog.successors(key("harbour-town/event/pot-hole")) == ()


def test_a_cover_and_its_abnormal_matter_may_be_the_same_thing(catalog: Catalog) -> None:
    names = ("gbt30428-2013/component/0101", "gbt47678-2026/component/01001", "gbt47678-2026/event/01001")
    assert {catalog.case_class(key(n)).duplicates for n in names} == {"cover"}
    assert catalog.case_class(key("gbt47678-2026/event/06010")).duplicates == "gbt47678-2026/event/06010"


@pytest.mark.parametrize(
    ("confidence", "marked"),
    [
        (Confidence.SOURCE, False),
        (Confidence.CITY, False),
        (Confidence.INFERRED, True),
        (Confidence.RECALL, True),
        (Confidence.WEAK, True),
    ],
)
def test_what_was_not_seen_in_a_source_is_marked(confidence: Confidence, marked: bool) -> None:
    assert confidence.marked is marked
    assert confidence.words.zh
    assert confidence.words.en


def test_nothing_of_a_catalogue_can_be_changed(catalog: Catalog) -> None:
    with pytest.raises(AttributeError):
        catalog.classes = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        catalog.sources["new"] = catalog.sources["memory"]  # type: ignore[index]


# Faults of the files

FAULTS = {
    "版本不明的类别": (
        "classes",
        "cjt214-2007/event/0101,名,Name,01,大类,Major,point,,,,source,city-table",
        "class",
    ),
    "类别代码位数不对": (
        "classes",
        "gbt30428-2013/event/01012,名,Name,01,大类,Major,point,,,,source,city-table",
        "class",
    ),
    "重复的类别": (
        "classes",
        "gbt30428-2013/event/0110,名,Name,01,大类,Major,point,,,,source,city-table",
        "class",
    ),
    "没有英文名": (
        "classes",
        "gbt30428-2013/event/0111,名,,01,大类,Major,point,,,,source,city-table",
        "name_en",
    ),
    "几何不明": (
        "classes",
        "gbt30428-2013/event/0111,名,Name,01,大类,Major,area,,,,source,city-table",
        "geometry",
    ),
    "大类带空格": (
        "classes",
        "gbt30428-2013/event/0111,名,Name,0 1,大类,Major,point,,,,source,city-table",
        "major",
    ),
    "部件不在目录中": (
        "classes",
        "gbt47678-2026/event/01002,名,Name,01,大类,Major,point,,,gbt47678-2026/component/01002,source,city-table",
        "component",
    ),
    "指向的不是部件": (
        "classes",
        "gbt47678-2026/event/01002,名,Name,01,大类,Major,point,,,gbt47678-2026/event/06010,source,city-table",
        "component",
    ),
    "部件指向部件": (
        "classes",
        "gbt47678-2026/component/01002,名,Name,01,大类,Major,point,,,gbt47678-2026/component/01001,source,city-table",
        "component",
    ),
    "可信度不明": (
        "classes",
        "gbt30428-2013/event/0111,名,Name,01,大类,Major,point,,,,sure,city-table",
        "confidence",
    ),
    "来源不明": (
        "classes",
        "gbt30428-2013/event/0111,名,Name,01,大类,Major,point,,,,source,hearsay",
        "source",
    ),
    "条件的类别不明": (
        "conditions",
        "gbt30428-2013/event/0199,x,,条件,Condition,4,minute,结案,Closed,source,city-table",
        "class",
    ),
    "时限为零": (
        "conditions",
        "gbt30428-2013/event/0110,x,,条件,Condition,0,minute,结案,Closed,source,city-table",
        "count",
    ),
    "时限不是数": (
        "conditions",
        "gbt30428-2013/event/0110,x,,条件,Condition,four,minute,结案,Closed,source,city-table",
        "count",
    ),
    "时限单位不明": (
        "conditions",
        "gbt30428-2013/event/0110,x,,条件,Condition,4,hour,结案,Closed,source,city-table",
        "unit",
    ),
    "重复的条件": (
        "conditions",
        "gbt30428-2013/component/0101,missing,,丢失,Missing,3,minute,结案,Closed,source,city-table",
        "class",
    ),
    "没有结案条件": (
        "conditions",
        "gbt30428-2013/event/0110,x,,条件,Condition,4,minute,,Closed,source,city-table",
        "closing_zh",
    ),
    "新类别不明": (
        "class_map",
        "gbt30428-2013/event/0110,gbt47678-2026/event/06099,inferred,city-table",
        "new",
    ),
    "新旧相同": ("class_map", "gbt30428-2013/event/0110,gbt30428-2013/event/0110,inferred,city-table", "new"),
    "版本止日早于起日": (
        "editions",
        "other-town,名,Name,2020-01-02,2020-01-01,source,city-table",
        "valid_to",
    ),
    "版本没有起日": ("editions", "other-town,名,Name,,,source,city-table", "valid_from"),
    "版本名称不规范": ("editions", "Other Town,名,Name,2020-01-02,,source,city-table", "edition"),
}
HEADERS = {
    "editions": EDITION_HEADER,
    "classes": CLASS_HEADER,
    "conditions": CONDITION_HEADER,
    "class_map": MAP_HEADER,
}
GOOD = {"editions": EDITIONS, "classes": CLASSES, "conditions": CONDITIONS, "class_map": CLASS_MAP}


@pytest.mark.parametrize(("table", "line", "field"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_line_and_field(table: str, line: str, field: str) -> None:
    cells = dict(zip(HEADERS[table].split(","), line.split(","), strict=True))
    at = len(GOOD[table]) + 2
    bad = {**GOOD, table: [*GOOD[table], Row(f"{table}.csv", at, cells)]}
    built, faults = catalog_from_rows(CatalogRows(SOURCES, **bad))
    assert [(f.file, f.line, f.field) for f in faults] == [(f"{table}.csv", at, field)]
    assert faults[0].words.zh
    assert faults[0].words.en
    assert len(built.classes) == len(CLASSES)


def test_every_fault_of_a_line_is_named() -> None:
    bad = rows("more.csv", CLASS_HEADER, "gbt30428-2013/event/0111,,Name,01,大类,,dot,,,,sure,hearsay")
    _, faults = build(classes=[*CLASSES, *bad])
    assert [f.field for f in faults] == ["name_zh", "major_en", "geometry", "source", "confidence"]


# The national pack


def read_china(table: str) -> list[Row]:
    with (CHINA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [Row(f"{table}.csv", i, cells) for i, cells in enumerate(csv.DictReader(file), 2)]


@pytest.fixture(scope="module")
def china() -> Catalog:
    built, faults = catalog_from_rows(CatalogRows(**{table: read_china(table) for table in COLUMNS}))
    assert faults == []
    return built


@pytest.mark.parametrize("table", COLUMNS)
def test_the_national_pack_is_written_again_as_it_was_read(china: Catalog, table: str) -> None:
    with (CHINA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS[table]
    assert rows_of(china)[table] == [dict(row.cells) for row in read_china(table)]


def test_the_national_pack_has_the_classes_of_both_editions(china: Catalog) -> None:
    counts = Counter((c.key.edition, c.key.kind.value) for c in china.classes)
    assert counts == {
        (GBT30428, "component"): 119,  # of 121: the names of 0116 and 0505 are not confirmed
        (GBT30428, "event"): 78,  # of 83: the names of 0510-0512, 0601 and 0603 are not confirmed
        (GBT47678, "component"): 153,
        (GBT47678, "event"): 250,
    }


@pytest.mark.parametrize(
    "placeholder",
    [
        "component/0116",
        "component/0505",
        "event/0510",
        "event/0511",
        "event/0512",
        "event/0601",
        "event/0603",
    ],
)
def test_classes_without_a_confirmed_name_are_not_seeded(china: Catalog, placeholder: str) -> None:
    with pytest.raises(Wrong):
        china.case_class(key(f"{GBT30428}/{placeholder}"))


def test_one_citys_extension_classes_are_not_national(china: Catalog) -> None:
    assert [c.key for c in china.classes if c.key.extension] == []


def test_every_class_can_be_filed_except_three_that_are_only_recalled(china: Catalog) -> None:
    without = {c.name.zh: c.basis.confidence.marked for c in china.classes if not china.conditions_of(c.key)}
    assert without == {"人防工事": True, "黑车拉客": True, "群发性事件": True}


def test_no_limit_of_the_2026_edition_claims_a_source(china: Catalog) -> None:
    new = [c for c in china.conditions if c.key.edition == GBT47678]
    assert {c.basis.confidence for c in new} == {Confidence.INFERRED}


def test_a_mapped_condition_has_the_limit_of_the_one_it_came_from(china: Catalog) -> None:
    for succession in china.successions:
        old = {c.id: c for c in china.conditions_of(succession.old)}
        for condition in china.conditions_of(succession.new):
            if condition.id in old and condition.words == old[condition.id].words:
                assert condition.limit == old[condition.id].limit


OFFICIAL = {
    "2013 上水井盖丢失": (
        "gbt30428-2013/component/0101",
        "丢失/错位/裂开且有危险",
        Limit(2, Unit.EMERGENCY_HOUR),
    ),
    "2026 供水井盖丢失": (
        "gbt47678-2026/component/01001",
        "丢失/错位/裂开且有危险",
        Limit(2, Unit.EMERGENCY_HOUR),
    ),
    "2026 供水井盖异常": (
        "gbt47678-2026/event/01001",
        "丢失/错位/裂开且有危险",
        Limit(2, Unit.EMERGENCY_HOUR),
    ),
    "2013 电力井盖（推定）": (
        "gbt30428-2013/component/0105",
        "丢失/错位/裂开且有危险",
        Limit(2, Unit.EMERGENCY_HOUR),
    ),
    "2026 路缘石（由扩展类）": ("gbt47678-2026/event/06050", None, Limit(7, Unit.WORKING_DAY)),
}


@pytest.mark.parametrize(("name", "condition", "limit"), OFFICIAL.values(), ids=OFFICIAL.keys())
def test_limits_an_official_can_compare(
    china: Catalog, name: str, condition: str | None, limit: Limit
) -> None:
    found = china.conditions_of(key(name))
    assert limit in {c.limit for c in found if condition in (None, c.words.zh)}


CLASS_KEYS = st.sampled_from([str(r.cells["class"]) for r in CLASSES])


@given(st.lists(CLASS_KEYS, unique=True))
def test_rows_in_any_order_give_the_same_catalogue(first: list[str]) -> None:
    shuffled = sorted(CLASSES, key=lambda row: row.cells["class"] in first)
    built, faults = build(classes=shuffled)
    assert faults == []
    assert built == build()[0]


def test_the_fourth_group_of_events_is_street_order_in_2013_and_the_fifth_emergencies() -> None:
    """In CJ/T 214-2007 it was the other way round: the same digits, another class."""
    with (CHINA / "classes.csv").open(encoding="utf-8", newline="") as file:
        majors = {(r["class"][: len("gbt30428-2013/event/04")], r["major_zh"]) for r in csv.DictReader(file)}
    assert {m for m in majors if m[0] in ("gbt30428-2013/event/04", "gbt30428-2013/event/05")} == {
        ("gbt30428-2013/event/04", "街面秩序"),
        ("gbt30428-2013/event/05", "突发事件"),
    }
