"""Who is reminded of a clock, and when a subject has to be looked at again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from xiuhua.domain.clock import Limit, Unit
from xiuhua.domain.flow import CASE
from xiuhua.domain.people import Post
from xiuhua.domain.reminder import Reminder, first_look, next_look, reminders, silent_moves
from xiuhua.domain.subject import Clock, Subject

START = datetime(2023, 3, 6, 1, tzinfo=UTC)
WARN, DUE = START + timedelta(hours=8), START + timedelta(hours=10)
SECOND = timedelta(seconds=1)


def clock(name: str, then: str = "") -> Clock:
    return Clock(name, START, Limit(Fraction(600), Unit.MINUTE), "office@1", DUE, WARN, then)


def case(stage: str, *clocks: Clock, **facts: str) -> Subject:
    return Subject("case", "990101-20230306-00001", 3, stage, START, facts=facts, clocks={c.name: c for c in clocks})


# clock, stage, what is known of the case, who is reminded
REMINDED = {
    "handling: the unit's desk": ("handling", "handling", {"unit": "works"}, ("post:unit-desk@works",)),
    "acceptance: the acceptors": ("acceptance", "reported", {}, ("post:acceptor",)),
    "filing: the shift leaders": ("filing", "accepted", {}, ("post:shift-leader",)),
    "dispatching: the dispatchers": ("dispatching", "filed", {}, ("post:dispatcher",)),
    "check: the collector named": ("checking", "checking", {"assignee": "cai2"}, ("person:cai2",)),
    "check: the grid's collectors": (
        "checking", "checking", {"responsibility_grid": "990101001001"}, ("post:collector#990101001001",)),
    "closing: the shift leaders": ("closing", "checked", {}, ("post:shift-leader",)),
    "ruling: the shift leaders": ("ruling", "disputed", {}, ("post:shift-leader",)),
    "sampling: the evaluators": ("sampling", "sampled", {}, ("post:evaluator",)),
    "an adopted case: the shift leaders": ("handling", "adopted", {}, ("post:shift-leader",)),
}  # fmt: skip


@pytest.mark.parametrize(("name", "stage", "facts", "recipients"), REMINDED.values(), ids=REMINDED)
def test_reminded_is(name: str, stage: str, facts: dict[str, str], recipients: tuple[str, ...]) -> None:
    (reminder,) = reminders(CASE, case(stage, clock(name), **facts), DUE)
    assert reminder == Reminder(f"overdue:{name}", DUE, recipients)


@pytest.mark.parametrize(
    ("moment", "topics"),
    [
        (WARN - SECOND, []),
        (WARN, ["warned:filing"]),
        (DUE - SECOND, ["warned:filing"]),
        (DUE, ["overdue:filing"]),
        (DUE + timedelta(days=9), ["overdue:filing"]),
    ],
    ids=["before 80 %", "at 80 %", "just before it is due", "when it is due", "long after"],
)
def test_a_clock_is_yellow_at_80_percent_and_red_when_it_is_due(moment: datetime, topics: list[str]) -> None:
    assert [r.topic for r in reminders(CASE, case("accepted", clock("filing")), moment)] == topics


def test_a_clock_that_stands_still_reminds_nobody() -> None:
    paused = replace(clock("handling"), due=None, warn=None)
    assert reminders(CASE, case("suspended", paused, unit="works"), DUE) == ()


def test_a_clock_with_a_silent_move_reminds_nobody_and_makes_it() -> None:
    subject = case("dispatched", clock("signing", then="sign-silently"), unit="works")
    assert reminders(CASE, subject, DUE) == ()
    assert silent_moves(subject, DUE - SECOND) == ()
    assert silent_moves(subject, DUE) == ("sign-silently",)


def test_it_is_looked_at_again_when_the_next_moment_comes() -> None:
    subject = case("accepted", clock("filing"))
    assert first_look(subject) == WARN
    assert [next_look(subject, at) for at in (START, WARN, DUE)] == [WARN, DUE, None]


def test_a_moved_subject_is_looked_at_for_what_was_passed_before() -> None:
    """Moved a second after it fell due, before anybody was told: it must not be forgotten."""
    assert first_look(case("accepted", clock("filing"))) == WARN < DUE


def test_a_silent_clock_is_not_looked_at_before_it_is_due() -> None:
    assert first_look(case("closed", clock("archiving", then="archive"))) == DUE


def test_the_machine_and_the_administrator_are_never_reminded() -> None:
    named = {r for c in CASE.clocks for s in CASE.stages for d in reminders(CASE, case(s, clock(c)), DUE) for r in d.recipients}
    assert not {f"post:{p}" for p in (Post.SYSTEM, Post.ADMINISTRATOR, Post.MACHINE_SOURCE, Post.CITIZEN)} & named
