"""What stands before filing: a class and a condition that hold at this place and on this day."""

from dataclasses import replace
from datetime import date

import pytest

from tests.cast import CAI, COVER, GONG_DESK, LAMP, PAI, REFUSE, SHOU, ZHI, at, tiny
from xiuhua.domain.deciding import decide
from xiuhua.domain.district import District
from xiuhua.domain.flow import CASE
from xiuhua.domain.subject import By, Json, Subject, Transition, apply
from xiuhua.domain.words import Refusal

REPORT: dict[str, Json] = {"channel": "collector", "place": [110.0025, 30.0025], "grid": "990101001001001"}
Told = tuple[str, By, str, dict[str, Json]]


def told(book: District, *lines: Told) -> Subject | str:
    """The case after these moves, or the code of the first refusal."""
    case = Subject(CASE.kind, "990101-20230306-00001")
    for moment, by, move, given in lines:
        answer = decide(CASE, case, move, by, at(moment), given, book)
        if isinstance(answer, Refusal):
            return answer.code
        case = apply(case, answer)
    return case


def _reported(day: str, class_key: str, condition: str, area_class: str = "") -> Told:
    return (f"{day} 09:00", CAI, "report", {**REPORT, "class": class_key, "condition": condition, "area_class": area_class})


def _old_edition_ends(day: date) -> District:
    """The tiny edition ends, and another begins on the next day with a lamp of its own."""
    book = tiny()
    old = book.catalog.editions[0]
    after = replace(old, id="next", valid_from=date(2023, 3, 7))
    lamp = next(c for c in book.catalog.classes if str(c.key) == LAMP)
    key = replace(lamp.key, edition="next")
    dark = next(c for c in book.catalog.conditions if c.key == lamp.key)
    catalog = replace(
        book.catalog,
        editions=(replace(old, valid_to=day), after),
        classes=(*book.catalog.classes, replace(lamp, key=key)),
        conditions=(*book.catalog.conditions, replace(dark, key=key)),
    )
    return replace(book, catalog=catalog)


NEW_LAMP = "next/component/lamp"


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        pytest.param(
            [_reported("2023-03-06", LAMP, "dark"), ("2023-03-07 09:00", SHOU, "accept", {}),
             ("2023-03-07 09:05", ZHI, "file", {"met": True})],
            "filed", id="opened on the last day, accepted and filed on the next: it keeps its class"),
        pytest.param(
            [_reported("2023-03-06", LAMP, "dark"), ("2023-03-07 09:00", SHOU, "accept", {"class": COVER, "condition": "broken"})],
            "edition-not-in-force", id="a class chosen anew is not one of the old edition"),
        pytest.param(
            [_reported("2023-03-06", LAMP, "dark"), ("2023-03-07 09:00", SHOU, "accept", {"class": NEW_LAMP, "condition": "dark"})],
            "accepted", id="but one of the new edition"),
        pytest.param(
            [_reported("2023-03-07", LAMP, "dark"), ("2023-03-07 09:10", SHOU, "accept", {})],
            "edition-not-in-force", id="opened a day after its edition ended"),
    ],
)  # fmt: skip
def test_a_class_belongs_to_the_edition_of_the_day(lines: list[Told], answer: str) -> None:
    case = told(_old_edition_ends(date(2023, 3, 6)), *lines)
    assert (case.stage if isinstance(case, Subject) else case) == answer


def test_the_limit_of_a_class_of_the_old_edition_holds_on_in_rework() -> None:
    book = _old_edition_ends(date(2023, 3, 6))
    case = told(
        book,
        _reported("2023-03-06", COVER, "broken"),
        ("2023-03-06 09:05", SHOU, "accept", {}),
        ("2023-03-06 09:10", ZHI, "file", {"met": True}),
        ("2023-03-06 09:15", PAI, "dispatch", {"unit": "works"}),
        ("2023-03-07 08:00", GONG_DESK, "sign", {}),
        ("2023-03-07 08:00", GONG_DESK, "start", {}),
        ("2023-03-07 08:00", GONG_DESK, "feed-back", {"photos": ["after"]}),
        ("2023-03-07 08:00", GONG_DESK, "confirm", {}),
        ("2023-03-07 08:00", SHOU, "send-check", {}),
        ("2023-03-07 08:00", CAI, "check-fail", {"reason": "not-done", "photos": ["as it is"]}),
    )
    assert isinstance(case, Subject)
    assert case.clocks["handling"].due == at("2023-03-07 18:00")


def test_a_condition_that_holds_in_other_areas_only_is_refused_before_filing() -> None:
    """Else the case would be filed and could never be dispatched: it has no limit there."""
    book = tiny()
    kept = tuple(c for c in book.catalog.conditions if str(c.key) != REFUSE or c.area_class == "1")
    book = replace(book, catalog=replace(book.catalog, conditions=kept))
    accepted: Told = ("2023-03-06 09:05", SHOU, "accept", {})
    here = told(book, _reported("2023-03-06", REFUSE, "exposed", "1"), accepted)
    assert isinstance(here, Subject)
    assert told(book, _reported("2023-03-06", REFUSE, "exposed"), accepted) == "condition-unknown"


def test_the_transition_names_the_edition_of_its_day() -> None:
    answer = decide(
        CASE, Subject(CASE.kind, "1"), "report", CAI, at("2023-03-07 09:00"), REPORT, _old_edition_ends(date(2023, 3, 6))
    )
    assert isinstance(answer, Transition)
    assert answer.edition == "next"
