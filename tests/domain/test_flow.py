"""The case's table of moves: it leads somewhere, waits for somebody, and keeps to what the field decided."""

import pytest

from xiuhua.domain.case import OPEN, STAGES
from xiuhua.domain.flow import CASE
from xiuhua.domain.moves import FieldKind, Group, faults, reachable
from xiuhua.domain.people import Post


def test_the_table_has_no_fault() -> None:
    assert faults(CASE) == ()


def test_every_stage_is_reachable() -> None:
    assert reachable(CASE) == set(STAGES)


def test_only_end_stages_have_no_way_out() -> None:
    without = {s for s in STAGES if not any(m.to and m.to != s for m in CASE.moves_from(s))}
    assert without == {s.name for s in STAGES.values() if s.end}


@pytest.mark.parametrize("stage", sorted(set(STAGES) - {s.name for s in STAGES.values() if s.end}))
def test_no_stage_waits_for_nobody(stage: str) -> None:
    """Somebody can lead it on, or a clock does it by itself."""
    leading = [m for m in CASE.moves_from(stage) if m.to and m.to != stage]
    silent = {start.then for move in CASE.moves.values() for start in move.starts if start.then}
    assert all(m.by != {Post.SYSTEM} or m.name in silent for m in leading)
    assert leading


@pytest.mark.parametrize("stage", sorted(OPEN - {"quick-reported"}))
def test_every_open_stage_can_be_voided_by_two_persons(stage: str) -> None:
    assert {"ask-void", "grant-void"} <= {m.name for m in CASE.moves_from(stage)}
    assert "two-persons void" in CASE.moves["grant-void"].guards


@pytest.mark.parametrize(
    ("move", "clock"),
    [
        pytest.param("dispatch", "handling", id="the handling clock starts at dispatch"),
        pytest.param("send-check", "checking", id="the check has a clock of its own"),
        pytest.param("check-pass", "closing", id="closing has a clock of its own"),
        pytest.param("confirm", "sending", id="sending the check has a clock of its own"),
        pytest.param("check-fail", "handling", id="rework starts the handling clock again"),
        pytest.param("reopen", "handling", id="reopening starts the handling clock again"),
    ],
)
def test_a_move_starts_its_clock(move: str, clock: str) -> None:
    assert clock in {start.clock for start in CASE.moves[move].starts}


def test_the_desk_ends_the_handling_time_and_not_the_handler() -> None:
    assert "handling" in CASE.moves["confirm"].ends
    assert not CASE.moves["feed-back"].ends
    assert CASE.moves["confirm"].by == {Post.UNIT_DESK}


def test_no_clock_starts_at_a_moment_that_the_unit_chooses() -> None:
    chosen = [m for m in CASE.moves.values() if m.by & {Post.UNIT_DESK, Post.HANDLER} and m.sources]
    assert not [s.clock for m in chosen for s in m.starts if s.clock in CASE.unit_clocks]


def test_no_request_stops_a_clock_before_it_is_granted() -> None:
    asking = [m for m in CASE.moves.values() if m.asks and m.asks != "more"]
    assert asking
    assert not [m.name for m in asking if m.pauses or m.ends or m.drops or m.to]


@pytest.mark.parametrize("request_", ["extension", "suspension", "appeal"])
def test_what_needs_two_approvers_is_endorsed_before_it_is_granted(request_: str) -> None:
    granted = CASE.moves[f"grant-{request_}"]
    assert f"endorsed {request_}" in granted.guards
    assert f"two-persons {request_}" in granted.guards
    assert not CASE.moves[f"endorse-{request_}"].by & granted.by


def test_rework_has_half_the_limit_and_a_new_round() -> None:
    failed = CASE.moves["check-fail"]
    assert failed.next_round
    assert [s.limit for s in failed.starts] == ["half-limit"]


def test_the_checker_is_never_the_handler() -> None:
    assert all("not-the-handler" in CASE.moves[m].guards for m in ("check-pass", "check-fail"))


def test_a_refused_move_from_an_end_stage_leads_nowhere() -> None:
    ends = {s.name for s in STAGES.values() if s.end}
    assert all(CASE.group(s) in (Group.REFUSED, Group.VOID) for s in ends)


def test_keys_are_not_used_twice_in_one_stage_by_one_post() -> None:
    for stage in STAGES:
        for post in Post:
            keys = [m.key for m in CASE.moves_from(stage) if m.key and post in m.by]
            assert len(keys) == len(set(keys)), (stage, post, keys)


def test_what_is_said_about_persons_lies_beside_the_transition() -> None:
    named = {f.name for m in CASE.moves.values() for f in m.fields if f.kind is FieldKind.TEXT}
    assert {"description", "reporter_name", "reporter_phone", "note"} <= named
    assert not [f.name for m in CASE.moves.values() for f in m.fields if f.kind is FieldKind.TEXT and f.sets]


def test_whoever_tells_of_a_matter_can_be_asked_for_more() -> None:
    """A machine has no more to say; for it, and for whoever has no account, the acceptor completes."""
    tells = CASE.moves["report"].by | CASE.moves["report-self"].by
    assert tells - CASE.moves["complete"].by == {Post.MACHINE_SOURCE}


def test_no_task_waits_for_one_collector_only() -> None:
    """The one who was named may have left the post: the acceptor names another."""
    for move in ("request-verify", "send-check"):
        row = CASE.moves[move]
        assert row.to in row.sources
