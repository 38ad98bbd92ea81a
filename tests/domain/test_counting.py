"""One small district month, counted by hand in the comments, and the same by the reference."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.counted_case import CountedCase
from xiuhua.domain.counting import COUNTS, By, Span, count, tally
from xiuhua.domain.due_state import DUE_STATES, DueState, due_state
from xiuhua.domain.notice import Channel


def day(number: int, month: int = 3) -> datetime:
    return datetime(2023, month, number, 4, 0, tzinfo=UTC)


MARCH = Span(datetime(2023, 3, 1, tzinfo=UTC), datetime(2023, 4, 1, tzinfo=UTC))


FIRST = day(1)


def case(number: str, opened: datetime = FIRST, **given: Any) -> CountedCase:
    whole = CountedCase(
        number, Channel.COLLECTOR, "closed", "water", "e/event/x", "east", DueState.NO_CLOCK, opened,
        filed_at=opened, dispatched_at=opened, due=opened + timedelta(days=2),
        handled_at=opened + timedelta(days=1), in_time=True,
        closed_at=opened + timedelta(days=3), closings=(opened + timedelta(days=3),),
    )  # fmt: skip
    return replace(whole, **given)


OPEN: dict[str, Any] = {
    "stage": "handling",
    "handled_at": None,
    "in_time": None,
    "closed_at": None,
    "closings": (),
}
REPORTED: dict[str, Any] = {**OPEN, "stage": "reported", "filed_at": None, "dispatched_at": None, "due": None}
MONTH = (
    case("handled on time"),
    case("handled late", in_time=False),
    case("late but exempted", in_time=False, exempt=True),
    case("no limit", in_time=None, due=None),
    case("open, not yet due", day(31), due=day(2, 4), due_state=DueState.IN_TIME, **OPEN),
    case("open, overdue", due_state=DueState.OVERDUE, unit="power", **OPEN),
    case("suspended", suspended=True, due_state=DueState.PAUSED, **{**OPEN, "stage": "suspended"}),
    case("only reported", day(31), **REPORTED),
    case("reworked twice", reworks=2, extensions=1),
    case("quick", channel=Channel.QUICK_REPORT, dispatched_at=None, handled_at=None, filed_at=None, due=None),
    case("by a vehicle", channel=Channel.VEHICLE_ANALYSIS, dispatch_errors=1),
    case("reopened", reopenings=1, closings=(day(4), day(20)), closed_at=day(20)),
    case("of February, closed in March", day(27, 2)),
    case("of March, closed in April", day(30)),
    case("void", void=True),
    case("refused", refused=True, channel=Channel.PUBLIC, **{**REPORTED, "stage": "rejected"}),
)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("registered", 15),  # also the void one, and the refused one
        ("opened", 14),  # all but the one of February and the void one
        ("opened-not-quick", 13),
        ("opened-closed", 8),  # not: three open in handling, the reported one, the one closed in April
        ("opened-closed-not-quick", 7),
        ("opened-filed", 11),  # not: reported, quick
        ("quick", 1),
        ("machine-found", 1),
        ("closings", 10),  # eight closed, one of them twice, and the one of February
        ("open-at-end", 5),  # not yet due, overdue, suspended, reported, closed in April
        ("dispatched", 11),
        ("first-dispatch-kept", 10),
        ("handled", 8),  # seven of those opened on the first, and the one closed in April
        ("due-to-handle", 9),  # and the overdue one
        ("judged", 8),  # without the exempted one
        ("handled-on-time", 6),  # neither late, exempted nor overdue
        ("open-overdue", 1),
        ("extended", 1),
        ("reworked", 1),
        ("reworks", 2),
        ("reopened", 1),
    ],
)
def test_counts_of_the_month(key: str, number: int) -> None:
    assert count(key, MONTH, MARCH) == number


def test_every_count_is_proved_above() -> None:
    assert len(COUNTS) == 21


@pytest.mark.parametrize(
    ("key", "by", "parts"),
    [
        ("opened", By.CHANNEL, {"collector": 11, "public": 1, "quick-report": 1, "vehicle-analysis": 1}),
        ("open-at-end", By.STAGE, {"closed": 1, "handling": 2, "reported": 1, "suspended": 1}),
        ("open-at-end", By.UNIT, {"power": 1, "water": 4}),
        ("open-at-end", By.DUE_STATE, {"in-time": 1, "no-clock": 2, "overdue": 1, "paused": 1}),
        ("opened", By.CLASS, {"e/event/x": 14}),
        ("opened", By.STREET, {"east": 14}),
        ("open-overdue", By.UNIT, {"power": 1}),
    ],
)
def test_parts_of_the_month(key: str, by: By, parts: dict[str, int]) -> None:
    assert tally(key, by, MONTH, MARCH) == parts


MOMENTS = st.integers(-30 * 24, 60 * 24).map(lambda hours: FIRST + timedelta(hours=hours))
CASES = st.builds(
    case,
    st.just("x"),
    MOMENTS,
    channel=st.sampled_from(Channel),
    unit=st.sampled_from(["water", "power"]),
    handled_at=st.none() | MOMENTS,
    closed_at=st.none() | MOMENTS,
    in_time=st.none() | st.booleans(),
    exempt=st.booleans(),
    suspended=st.booleans(),
    void=st.booleans(),
    reworks=st.integers(0, 3),
)


@given(st.lists(CASES, max_size=12), st.sampled_from(sorted(COUNTS)), st.sampled_from(By))
def test_the_parts_add_up_to_the_whole(cases: list[CountedCase], key: str, by: By) -> None:
    assert sum(tally(key, by, cases, MARCH).values()) == count(key, cases, MARCH)


@given(st.lists(CASES, max_size=12))
def test_a_part_is_never_more_than_its_whole(cases: list[CountedCase]) -> None:
    pairs = [("opened-closed", "opened"), ("opened-filed", "opened"), ("handled", "due-to-handle"),
             ("handled-on-time", "judged"), ("judged", "due-to-handle"), ("reworked", "handled"),
             ("extended", "due-to-handle"), ("first-dispatch-kept", "dispatched")]  # fmt: skip
    for part, whole in pairs:
        assert count(part, cases, MARCH) <= count(whole, cases, MARCH)


@given(st.lists(CASES, max_size=12), st.integers(0, 12))
def test_counts_of_two_heaps_are_the_count_of_both(cases: list[CountedCase], cut: int) -> None:
    for key in COUNTS:
        assert count(key, cases[:cut], MARCH) + count(key, cases[cut:], MARCH) == count(key, cases, MARCH)


@pytest.mark.parametrize(
    ("at", "paused", "state"),
    [
        (day(9), False, "in-time"),
        (day(10), False, "warning"),
        (day(12), False, "warning"),
        (day(12) + timedelta(seconds=1), False, "overdue"),
        (day(20), True, "paused"),
    ],
)
def test_the_light_of_a_case(at: datetime, paused: bool, state: str) -> None:
    light = due_state(day(12), day(10), at, paused=paused)
    assert light == state
    assert light.words == DUE_STATES[light]


def test_without_a_due_moment_there_is_no_light() -> None:
    assert due_state(None, None, day(1)) is DueState.NO_CLOCK
    assert due_state(day(2), None, day(1)) is DueState.IN_TIME
