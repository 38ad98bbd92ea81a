"""What a district answers to the rules: calendars, limits, classes, units and names."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import COVER, LAMP, REFUSE, SPILL, STALL, at, tiny
from xiuhua.domain.catalog import Edition
from xiuhua.domain.clock import Limit, Unit
from xiuhua.domain.dispatch import Assigned, Unclear
from xiuhua.domain.district import District
from xiuhua.domain.duty import Basis, DutyList, DutyRow
from xiuhua.domain.words import Refusal, Words, Wrong

MONDAY = at("2023-03-06 09:00")
EAST = {"grid": "990101001001001"}
WEST = {"grid": "990101003003004"}


def ruling(number: str, classes: str, area: str, organisation: str) -> DutyRow:
    ground = Words("裁决", "ruled")
    return DutyRow(number, classes, area, "", "", organisation, Basis.RULING, ground, "", date(2023, 3, 1))


def changed(**settings: object) -> District:
    return replace(tiny(), settings=replace(tiny().settings, **settings))  # type: ignore[arg-type]


# calendars


@pytest.mark.parametrize(
    ("organisation", "calendar"),
    [("", "centre"), ("centre", "centre"), ("works", "office"), ("nobody", "office")],
    ids=["the centre's", "the centre by name", "the default", "unknown: the default"],
)
def test_an_organisation_has_a_calendar(organisation: str, calendar: str) -> None:
    assert tiny().calendar_of(organisation).name == calendar


def test_a_part_has_the_calendar_of_the_whole() -> None:
    parts = tuple(replace(o, parent="works") if o.code == "lighting" else o for o in tiny().organisations)
    district = replace(changed(calendar_of={"works": "centre"}), organisations=parts)
    assert district.calendar_of("lighting").name == "centre"
    assert district.calendar_of("cleaner").name == "office"


# limits and classes


@pytest.mark.parametrize(
    ("class_key", "condition", "area_class", "limit"),
    [
        (COVER, "missing", "", Limit(2, Unit.EMERGENCY_HOUR)),
        (REFUSE, "exposed", "", Limit(4, Unit.WORKING_HOUR)),
        (REFUSE, "exposed", "1", Limit(2, Unit.WORKING_HOUR)),
        (REFUSE, "exposed", "3", Limit(4, Unit.WORKING_HOUR)),
    ],
    ids=["of its condition", "where no area class is set", "of the area class", "area class without a row"],
)
def test_a_limit_belongs_to_class_condition_and_area(
    class_key: str, condition: str, area_class: str, limit: Limit
) -> None:
    assert tiny().limit(class_key, condition, area_class) == limit
    assert tiny().limit(class_key, condition, area_class) == limit  # remembered


@pytest.mark.parametrize(
    ("class_key", "condition", "code"),
    [
        ("", "missing", "class-missing"),
        ("tiny/component/cow", "missing", "class-unknown"),
        (COVER, "", "condition-missing"),
        (COVER, "dark", "condition-unknown"),
    ],
    ids=["no class", "unknown class", "no condition", "condition of another class"],
)
def test_class_and_condition_belong_together(class_key: str, condition: str, code: str) -> None:
    for answer in (
        tiny().classified(class_key, condition, MONDAY),
        tiny().limit(class_key, condition, ""),
    ):
        assert isinstance(answer, Refusal)
        assert answer.code == code
    assert tiny().classified(COVER, "missing", MONDAY) is None


def test_a_class_of_an_edition_that_is_not_in_force_is_refused() -> None:
    before = tiny().classified(COVER, "missing", at("2019-12-31 23:59"))
    assert before is not None
    assert before.code == "edition-not-in-force"
    assert tiny().classified(COVER, "missing", at("2020-01-01 00:00")) is None


def test_the_chosen_edition_holds_while_it_is_in_force() -> None:
    (old,) = tiny().catalog.editions
    newer: Edition = replace(old, id="newer", valid_from=date(2023, 1, 1))
    catalog = replace(tiny().catalog, editions=(newer, old))
    district = replace(tiny(), catalog=catalog)
    assert district.edition_on(MONDAY) == "newer"
    assert district.edition_on(at("2022-06-01 09:00")) == "tiny"
    assert replace(changed(edition="tiny"), catalog=catalog).edition_on(MONDAY) == "tiny"


def test_a_stage_has_a_limit_or_says_that_it_has_none() -> None:
    assert tiny().stage_limit("filing") == Limit(30, Unit.MINUTE)
    with pytest.raises(Wrong, match="no limit “sleeping”"):
        tiny().stage_limit("sleeping")


# units


@pytest.mark.parametrize(
    ("organisation", "handles"),
    [("works", True), ("street-1", True), ("cleaner", True), ("centre", False), ("nobody", False)],
)
def test_a_case_is_sent_to_units_only(organisation: str, handles: bool) -> None:
    assert tiny().handles(organisation) is handles


def test_a_unit_that_is_not_on_the_platform_is_sent_nothing() -> None:
    away = tuple(replace(o, attributes=frozenset({"off-platform"})) for o in tiny().organisations)
    assert not replace(tiny(), organisations=away).handles("works")


@pytest.mark.parametrize(
    ("facts", "organisation"),
    [
        ({"class": LAMP, **EAST}, "lighting"),
        ({"class": STALL, **EAST}, "street-1"),
        ({"class": STALL, **WEST}, "street-3"),
        ({"class": STALL, "responsibility_grid": "990101002-g1"}, "street-2"),
        ({"class": STALL, "street": "990101002"}, "street-2"),
    ],
    ids=["by class", "by street", "by another street", "responsibility grid only", "street only"],
)
def test_the_duty_list_proposes_a_unit(facts: dict[str, str], organisation: str) -> None:
    assigned = tiny().proposal(facts, MONDAY)
    assert assigned is not None
    assert assigned.organisation == organisation


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"class": SPILL, **EAST}, "several-units"),
        ({"class": STALL}, "no-row"),
        ({**EAST}, "no-row"),
        ({"class": "tiny/event/unheard-of", **EAST}, "no-row"),
    ],
    ids=["two equal rows", "no place", "no class", "unknown class"],
)
def test_what_is_unclear_is_not_guessed(facts: dict[str, str], code: str) -> None:
    answer = tiny().dispatch_of(facts, MONDAY)
    assert isinstance(answer, Unclear)
    assert answer.code == code
    assert tiny().proposal(facts, MONDAY) is None


def test_a_ruling_becomes_a_precedent_for_its_grid_from_its_day_on() -> None:
    district = tiny().with_precedents([ruling("ruling-1", SPILL, "990101001001001", "works")])
    here = district.dispatch_of({"class": SPILL, **EAST}, MONDAY)
    assert isinstance(here, Assigned)
    assert (here.organisation, here.row.id) == ("works", "ruling-1")
    assert isinstance(district.dispatch_of({"class": SPILL, **WEST}, MONDAY), Unclear)
    assert isinstance(district.dispatch_of({"class": SPILL, **EAST}, at("2023-02-28 23:59")), Unclear)
    again = district.with_precedents([ruling("ruling-1", SPILL, "990101001001001", "cleaner")])
    assert len(again.duty.rows) == len(district.duty.rows)


def test_a_duty_that_ends_is_forgotten_on_the_next_day() -> None:
    ends = DutyList(tuple(replace(r, valid_to=date(2023, 3, 6)) for r in tiny().duty.rows))
    district = replace(tiny(), duty=ends)
    assert district.proposal({"class": LAMP, **EAST}, at("2023-03-06 23:59")) is not None
    assert district.proposal({"class": LAMP, **EAST}, at("2023-03-07 00:00")) is None


# names


@pytest.mark.parametrize(
    ("kind", "code", "language", "name"),
    [
        ("organisation", "works", "zh-hans", "市政所"),
        ("organisation", "works", "en", "works office"),
        ("grid", "990101001", "en", "East Street"),
        ("class", COVER, "zh-hans", "井盖"),
        ("edition", "tiny", "en", "test catalogue"),
        ("calendar", "office", "en", "Office hours"),
        ("organisation", "nobody", "en", "nobody"),
    ],
)
def test_everything_with_a_code_has_a_name(kind: str, code: str, language: str, name: str) -> None:
    assert tiny().name(kind, code, language) == name


def test_a_condition_has_words_within_its_class() -> None:
    assert tiny().condition_words(COVER, "missing") == Words("丢失", "missing")
    assert tiny().condition_words(LAMP, "missing") is None


def test_the_day_is_that_of_the_wall_clock() -> None:
    assert tiny().day_of(at("2023-03-06 00:00")) == date(2023, 3, 6)
