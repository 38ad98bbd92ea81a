"""The figures counted by the database are the ones that the plain reference counts, and that a hand counts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import CAI, COVER, LAMP, MIDDLE, PAI, REFUSE, SHOU, ZHI, at
from tests.stories.play import Play
from xiuhua.domain.counted_case import counted_case
from xiuhua.domain.counting import By, Span
from xiuhua.domain.flow import CASE
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.metric import METRICS, Breakdown, reckon
from xiuhua.domain.words import Wrong
from xiuhua.store.loading import load
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries import Filter, Question, Scope, figure_of, figures_of

ALL = Scope(everything=True)
pytestmark = pytest.mark.django_db
BY_COLUMNS = [
    "registered", "cases", "open-cases", "registered-by-stage", "cases-by-stage", "cases-by-channel", "cases-by-class",
    "cases-by-street", "open-by-stage", "open-by-unit", "open-by-due-state", "cases-by-grid",
    "open-by-grid",
]  # fmt: skip


@pytest.fixture
def play() -> Play:
    """One closed, one overdue at its unit, one voided, one merged, one refused, one just reported."""
    play = Play()
    play.until("close")
    for ending, class_key, condition in (
        ("overdue", REFUSE, "exposed"), ("void", LAMP, "dark"), ("merge", COVER, "broken"), ("refuse", LAMP, "dark"),
        ("report", REFUSE, "exposed"),
    ):  # fmt: skip
        play.time.later(hours=1)
        play.sends(CAI, class_key=class_key, condition=condition, place=MIDDLE)
        _END[ending](play)
    play.time.later(days=2)
    return play


def _dispatched(play: Play) -> None:
    play.does(SHOU, "accept")
    play.does(ZHI, "file", met=True)
    play.does(PAI, "dispatch", unit="cleaner")


def _voided(play: Play) -> None:
    play.does(SHOU, "ask-void", reason="误报")
    play.does(ZHI, "grant-void")


_END: dict[str, Callable[[Play], object]] = {
    "overdue": _dispatched,
    "void": _voided,
    "merge": lambda play: play.does(SHOU, "merge", into="990101-20230306-00002"),
    "refuse": lambda play: play.does(SHOU, "reject", reason="not-found"),
    "report": lambda play: play.case,
}


def said(found: Breakdown) -> list[tuple[str, int, int | None]]:
    return [(part.bucket, part.numerator, part.denominator) for part in found.parts]


def figures(
    play: Play, key: str, by: By | None = None, span: Span | None = None, f: Filter = Filter(), **more: Any  # noqa: B008 - frozen
) -> Breakdown:
    return figures_of(Question((METRICS[key],), span, by, **more), f, ALL, play.time.now, CASE)[0]


@pytest.mark.parametrize("key", BY_COLUMNS)
def test_the_database_counts_as_the_reference_does(play: Play, key: str) -> None:
    now = play.time.now
    found = figures(play, key)
    subjects = [load("case", number) for number in SubjectRow.objects.values_list("number", flat=True)]
    cases = [counted_case(it.subject, CASE.group(it.subject.stage), now) for it in subjects if it]
    assert said(found) == said(reckon(key, cases, found.whole.period))
    assert found.whole.numerator > 0


@pytest.mark.parametrize(
    ("key", "numerator", "denominator"),
    [
        ("registered", 6, None),
        ("cases", 4, None),  # neither the voided nor the merged one
        ("open-cases", 2, None),
        ("closings", 1, None),
        ("handled", 1, None),
        ("due-to-handle", 2, None),  # the closed one, and the one overdue at its unit
        ("open-overdue", 1, None),
        ("reworks", 0, None),
        ("filing-rate", 2, 4),
        ("closing-rate", 1, 4),
        ("handling-rate", 1, 2),
        ("on-time-handling-rate", 1, 2),
        ("extension-rate", 0, 2),
        ("rework-rate", 0, 1),
        ("dispatch-accuracy", 2, 2),
    ],
)
def test_six_cases_counted_by_hand(play: Play, key: str, numerator: int, denominator: int | None) -> None:
    assert said(figures(play, key)) == [("", numerator, denominator)]


def test_a_rate_is_read_by_grid_with_its_parts(play: Play) -> None:
    rates = figures(play, "on-time-handling-rate", By.GRID)
    assert [(f.bucket, f.text.zh) for f in rates.parts] == [("990101001-g1", "100.00%"), ("990101002-g2", "0.00%")]
    assert (rates.whole.text.zh, rates.whole.denominator) == ("50.00%", 2)


def test_of_one_day_only_what_happened_on_it_is_counted(play: Play) -> None:
    """Everything was reported on the Monday, nothing after it."""
    monday, tuesday, wednesday = (at(f"2023-03-0{day} 00:00") for day in (6, 7, 8))
    assert said(figures(play, "cases", span=Span(monday, tuesday))) == [("", 4, None)]
    assert said(figures(play, "cases", span=Span(tuesday, wednesday))) == [("", 0, None)]
    assert said(figures(play, "open-cases", span=Span(tuesday, wednesday))) == [("", 2, None)]
    assert said(figures(play, "cases", span=Span(at("2023-03-05 00:00"), monday))) == [("", 0, None)]


def test_what_is_due_later_today_is_not_overdue_yet(play: Play) -> None:
    play.sends(CAI, class_key=REFUSE, condition="exposed", place=MIDDLE)
    _dispatched(play)
    ahead = Span(at("2023-03-01 00:00"), play.time.now + timedelta(days=365))
    assert said(figures(play, "open-overdue", span=ahead)) == [("", 1, None)]


def test_former_grids_need_their_line(play: Play) -> None:
    with pytest.raises(Wrong) as wrong:
        figures(play, "closing-rate", By.FORMER_GRID)
    assert wrong.value.code == "metric-needs-line"


def test_other_registers_are_counted_by_their_number_only(play: Play) -> None:
    with pytest.raises(Wrong) as wrong:
        figure_of(METRICS["closing-rate"], Filter("grid-change"), ALL, play.time.now, GRID_CHANGE)
    assert wrong.value.code == "metric-of-cases"
    changes = figure_of(METRICS["registered"], Filter("grid-change"), ALL, play.time.now, GRID_CHANGE)
    assert said(changes) == [("", 0, None)]


def test_a_suspended_case_has_its_clock_paused(play: Play) -> None:
    SubjectRow.objects.filter(stage="reported").update(stage="suspended", due_at=None)
    assert {f.bucket: f.numerator for f in figures(play, "open-by-due-state").parts}["paused"] == 1
