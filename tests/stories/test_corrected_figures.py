"""What is found of a case after the days are over: the figure of those days stays, and can be had corrected."""

from datetime import datetime, timedelta

import pytest

from tests.cast import CAI_ER, GONG_DESK, GONG_HAND, KAO, PAI, SHOU, ZHI, at
from tests.stories.play import Play
from tests.stories.test_corrections import _quick
from xiuhua.domain.counting import By, Span
from xiuhua.domain.flow import CASE
from xiuhua.domain.metric import METRICS
from xiuhua.domain.subject import By as Who
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Wrong
from xiuhua.store.queries import Filter, Question, Scope, counts, figures_of

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY, NEXT_WEEK = (at(f"2023-03-{day} 00:00") for day in ("06", "07", "08", "13"))
HANDLED: tuple[tuple[Who, str, dict[str, Json]], ...] = (
    (GONG_DESK, "assign", {"handler": "gong-hand"}), (GONG_HAND, "feed-back", {"photos": ["after"]}),
    (GONG_DESK, "confirm", {}),
)  # fmt: skip
CLOSED: tuple[tuple[Who, str, dict[str, Json]], ...] = (
    (SHOU, "send-check", {"collector": "cai2"}), (CAI_ER, "check-pass", {}), (ZHI, "close", {"met": True}),
)  # fmt: skip


def goes(play: Play, *steps: tuple[Who, str, dict[str, Json]]) -> None:
    for by, move, given in steps:
        play.time.later(minutes=5)
        play.does(by, move, **given)


def figure(play: Play, key: str, start: datetime, end: datetime, *, corrected: bool = False) -> tuple[int, int | None]:
    question = Question((METRICS[key],), Span(start, end), corrected=corrected)
    (found,) = figures_of(question, Filter(), Scope(everything=True), play.time.now, CASE)
    return found.whole.numerator, found.whole.denominator


@pytest.fixture
def late() -> Play:
    """Handled an hour late and closed, all before the next week."""
    play = Play()
    play.until("sign")
    due = play.case.clocks["handling"].due
    assert due is not None
    play.time.now = due + timedelta(hours=1)
    goes(play, *HANDLED, *CLOSED)
    assert play.time.now < NEXT_WEEK
    play.time.now = NEXT_WEEK + timedelta(hours=10)
    return play


def test_an_appeal_granted_later_takes_the_case_out_of_the_corrected_figure_only(late: Play) -> None:
    assert figure(late, "on-time-handling-rate", MONDAY, NEXT_WEEK) == (0, 1)
    late.does(GONG_DESK, "appeal", reason="weather", note="暴雨", photos=["p"])
    late.does(PAI, "endorse-appeal")
    late.does(SHOU, "grant-appeal")
    assert figure(late, "on-time-handling-rate", MONDAY, NEXT_WEEK) == (0, 1)
    assert figure(late, "on-time-handling-rate", MONDAY, NEXT_WEEK, corrected=True) == (0, 0)
    assert figure(late, "on-time-handling-rate", NEXT_WEEK, NEXT_WEEK + timedelta(days=7)) == (0, 0)


def test_an_appeal_granted_in_time_is_in_the_figure(late: Play) -> None:
    late.does(GONG_DESK, "appeal", reason="weather", note="暴雨", photos=["p"])
    late.does(PAI, "endorse-appeal")
    late.does(SHOU, "grant-appeal")
    late.time.later(minutes=1)
    assert figure(late, "on-time-handling-rate", MONDAY, late.time.now) == (0, 0)
    assert figure(late, "handling-rate", MONDAY, late.time.now) == (1, 1)


def test_a_wrong_dispatch_found_after_midnight_is_in_the_corrected_figure_of_its_day() -> None:
    play = Play()
    play.time.to("2023-03-06 16:30")
    play.until("sign")
    play.time.to("2023-03-07 00:30")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "agree-return")
    play.time.later(minutes=5)
    play.does(PAI, "dispatch", unit="cleaner", reason="权属核实")
    play.time.later(minutes=5)
    assert figure(play, "dispatch-accuracy", MONDAY, TUESDAY) == (1, 1)
    assert figure(play, "dispatch-accuracy", MONDAY, TUESDAY, corrected=True) == (0, 1)
    assert figure(play, "dispatch-accuracy", TUESDAY, WEDNESDAY) == (0, 0), "judged by the first, which was on Monday"


def test_a_case_voided_later_was_there_and_is_not_in_the_corrected_figure() -> None:
    play = Play()
    play.until("file")
    play.time.to("2023-03-07 09:00")
    play.does(SHOU, "ask-void", reason="误报")
    play.does(ZHI, "grant-void")
    play.time.later(minutes=1)
    assert figure(play, "cases", MONDAY, TUESDAY) == (1, None)
    assert figure(play, "cases", MONDAY, TUESDAY, corrected=True) == (0, None)


def test_a_sample_that_was_open_at_the_end_of_the_day_stays_so() -> None:
    """Confirmed, its first closing stands; that evening it was open all the same."""
    play = Play()
    _quick(play)
    play.time.later(hours=1)
    play.does(SHOU, "pass-quick")
    play.time.to("2023-03-08 10:00")
    play.does(KAO, "sample")
    play.time.to("2023-03-09 10:00")
    thursday = at("2023-03-09 00:00")
    assert figure(play, "open-cases", WEDNESDAY, thursday) == (1, None)
    play.does(KAO, "confirm-sample")
    assert figure(play, "open-cases", WEDNESDAY, thursday) == (1, None)
    assert figure(play, "closings", WEDNESDAY, thursday) == (0, None)


def test_a_rework_counts_with_the_handling_it_belongs_to() -> None:
    play = Play()
    play.until("send-check")
    goes(play, (CAI_ER, "check-fail", {"reason": "not-done", "photos": ["x"]}), *HANDLED, *CLOSED)
    play.time.to("2023-03-09 10:00")
    goes(play, (KAO, "reopen", {"reason": "again", "photos": ["x"]}), *HANDLED)
    play.time.later(minutes=1)
    assert figure(play, "rework-rate", MONDAY, TUESDAY) == (1, 1)
    assert figure(play, "rework-rate", at("2023-03-09 00:00"), play.time.now) == (0, 1)


def test_a_move_at_the_very_end_of_the_days_belongs_to_the_next() -> None:
    """A sweep acts at 00:00."""
    play = Play()
    play.until("accept")
    play.time.to("2023-03-07 00:00")
    play.does(ZHI, "file", met=True)
    play.time.to("2023-03-08 00:00")
    play.does(PAI, "dispatch", unit="works")
    play.time.later(minutes=1)
    assert [figure(play, "filing-rate", MONDAY, end) for end in (TUESDAY, WEDNESDAY)] == [(0, 1), (1, 1)]
    assert figure(play, "dispatch-accuracy", TUESDAY, WEDNESDAY) == (0, 0)
    assert figure(play, "dispatch-accuracy", WEDNESDAY, at("2023-03-09 00:00")) == (1, 1)


def test_a_case_closed_at_the_first_moment_of_the_days_counts_in_them() -> None:
    play = Play()
    play.until("check-pass")
    play.time.to("2023-03-07 00:00")
    play.does(ZHI, "close", met=True)
    play.time.later(minutes=1)
    assert figure(play, "closings", MONDAY, TUESDAY) == (0, None)
    assert figure(play, "closings", TUESDAY, WEDNESDAY) == (1, None)


def test_a_clock_that_was_set_back_breaks_no_figure() -> None:
    """The moves of one stage may then stand in another order than their moments."""
    play = Play()
    play.until("accept")
    for minutes in (30, -20):
        play.time.later(minutes=minutes)
        play.does(SHOU, "note", note="已电话联系")
    end = play.time.now + timedelta(minutes=1)
    play.time.to("2023-03-07 10:00")
    assert figure(play, "cases", MONDAY, end) == (1, None)


def test_at_the_due_moment_itself_nothing_is_overdue() -> None:
    play = Play()
    play.until("sign")
    due = play.case.clocks["handling"].due
    assert due is not None
    for seconds, overdue in ((0, 0), (1, 1)):
        play.time.now = due + timedelta(seconds=seconds)
        assert figure(play, "open-overdue", MONDAY, due + timedelta(days=1)) == (overdue, None)


def test_a_filter_narrows_every_figure() -> None:
    play = Play()
    play.until("confirm")
    play.sends()
    now = play.time.now + timedelta(minutes=1)
    play.time.now = now
    for f, numbers in ((Filter(unit="works"), (1, 1)), (Filter(unit="cleaner"), (0, 0)), (Filter(), (1, 2))):
        question = Question((METRICS["filing-rate"],), Span(MONDAY, now))
        (found,) = figures_of(question, f, Scope(everything=True), now, CASE)
        assert (found.whole.numerator, found.whole.denominator) == numbers


def test_what_is_closed_counts_nowhere_as_open() -> None:
    play = Play()
    play.until("sign")
    for span in (None, Span(MONDAY, NEXT_WEEK)):
        question = Question((METRICS["open-cases"],), span, By.STAGE)
        (found,) = figures_of(question, Filter(is_open=False), Scope(everything=True), play.time.now, CASE)
        assert found.whole.numerator == 0


def test_while_one_figure_is_counted_case_by_case_another_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    play = Play()
    play.until("sign")
    monkeypatch.setattr(counts, "PATIENCE_S", 0.01)
    with counts._turn, pytest.raises(Wrong) as wrong:
        figure(play, "closing-rate", MONDAY, NEXT_WEEK)
    assert wrong.value.code == "busy"
    assert figure(play, "closing-rate", MONDAY, NEXT_WEEK) == (0, 1)
