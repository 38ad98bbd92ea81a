"""The facts that counts are made of, against what the transitions themselves say: a few hundred lives made at random."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from tests.stories.test_any_life import Life
from xiuhua.domain.counted_case import CountedCase, counted_case
from xiuhua.domain.flow import CASE
from xiuhua.domain.moves import Group
from xiuhua.domain.subject import Subject, Transition

LIVES = 60
HANDLED = {"confirm", "accept-handled"}
UNDONE = {"check-fail", "reopen"}  # the handling that stood before does not any more


Lives = list[tuple[CountedCase, Subject, list[Transition]]]


@pytest.fixture(scope="module", params=range(4), ids=lambda n: f"lives {n}")
def lives(request: pytest.FixtureRequest) -> Lives:
    """Each cut off somewhere: most are still open."""
    found = []
    for seed in range(request.param * LIVES, (request.param + 1) * LIVES):
        life = Life(seed)
        lived = list(life.goes_on())[: life.dice.randint(1, 30)]
        case = lived[-1][2]
        found.append((counted_case(case, CASE.group(case.stage), life.now), case, [t for _, t, _ in lived]))
    return found


def moments(steps: Sequence[Transition], *moves: str) -> list[datetime]:
    return [t.at for t in steps if t.move in moves]


def test_it_was_dispatched_when_it_first_was(lives: Lives) -> None:
    for counted, _, steps in lives:
        assert counted.dispatched_at == next(iter(moments(steps, "dispatch")), None)


def test_reworks_reopenings_and_extensions_are_those_that_were_made(lives: Lives) -> None:
    for counted, _, steps in lives:
        made = [len(moments(steps, move)) for move in ("check-fail", "reopen", "grant-extension")]
        assert [counted.reworks, counted.reopenings, counted.extensions] == made


def test_dispatch_errors_are_agreed_returns_and_rulings_for_another_unit(lives: Lives) -> None:
    for counted, _, steps in lives:
        errors, unit = 0, ""
        for t in steps:
            ruled_away = t.move == "rule" and t.patch.facts.get("unit") != unit
            errors += t.move == "agree-return" or ruled_away
            unit = str(t.patch.facts.get("unit", unit))
        assert counted.dispatch_errors == errors


def test_the_handling_that_counts_is_that_of_the_round_that_stands(lives: Lives) -> None:
    for counted, _, steps in lives:
        handled: datetime | None = None
        for t in steps:
            elsewhere = t.move == "close" and any(s.clock == "handling" for s in t.stopped)
            if t.move in HANDLED or elsewhere:
                handled = t.at
            elif t.move in UNDONE:
                handled = None
        assert counted.handled_at == handled


def test_a_due_moment_stands_only_while_the_handling_clock_runs(lives: Lives) -> None:
    for counted, case, _ in lives:
        clock = case.clocks.get("handling")
        assert counted.due == (clock.due if clock else None)
        if counted.handled_at:
            assert counted.due is None


def test_void_refused_and_suspended_are_told_by_the_group_of_the_stage(lives: Lives) -> None:
    groups = set()
    for counted, case, _ in lives:
        group = CASE.group(case.stage)
        groups.add(group)
        assert (counted.void, counted.refused, counted.suspended) == (
            group is Group.VOID, group is Group.REFUSED, group is Group.PAUSED,
        )  # fmt: skip
        assert bool(counted.closed_at) is (group is Group.CLOSED) or group in (Group.VOID, Group.REFUSED)
    assert {Group.VOID, Group.REFUSED, Group.CLOSED, Group.OPEN} <= groups
