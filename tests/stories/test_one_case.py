"""The life of one case, from a collector's notice to the archive, in the field's words."""

import pytest

from tests.cast import (
    CAI,
    CAI_ER,
    GONG_DESK,
    GONG_HAND,
    KAO,
    MIDDLE,
    MIN,
    MIN_ER,
    OUTSIDE,
    PAI,
    SHOU,
    SYSTEM,
    ZHI,
    at,
)  # fmt: skip
from tests.stories.play import Play
from xiuhua.domain.notice import Channel
from xiuhua.domain.subject import By, Json, fold
from xiuhua.domain.words import Refusal
from xiuhua.store.loading import transitions
from xiuhua.store.models import OutboxRow, SubjectRow, TransitionRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    return Play()


def test_a_case_is_walked_from_notice_to_archive(play: Play) -> None:
    closed = play.until("close")
    assert closed.stage == "closed"
    assert closed.facts["handled_in_time"] is True
    play.time.later(days=8)
    assert play.does(SYSTEM, "archive").stage == "archived"


def test_the_handling_time_runs_from_dispatch_to_the_desks_confirmation(play: Play) -> None:
    """Dispatched on Monday 09:15; two working days later, at the same point of the shift, it is due."""
    play.until("dispatch")
    clock = play.case.clocks["handling"]
    assert (clock.started, clock.due) == (at("2023-03-06 09:15"), at("2023-03-08 09:15"))
    play.time.to("2023-03-07 10:00")
    play.does(GONG_DESK, "assign", handler="gong-hand")
    play.does(GONG_HAND, "feed-back", photos=["after"])
    assert "handling" in play.case.clocks
    play.does(GONG_DESK, "confirm")
    assert "handling" not in play.case.clocks
    confirmed = transitions("case", play.number)[-1]
    assert (confirmed.due, confirmed.in_time) == (at("2023-03-08 09:15"), True)


def test_a_late_confirmation_is_late_for_ever(play: Play) -> None:
    play.until("feed-back")
    play.time.to("2023-03-08 09:16")
    play.does(GONG_DESK, "confirm")
    assert play.case.facts["handled_in_time"] is False


def test_every_transition_says_who_when_and_under_which_rules(play: Play) -> None:
    play.until("dispatch")
    last = transitions("case", play.number)[-1]
    assert (last.by, last.edition, last.calendar.split("@")[0]) == (PAI, "tiny", "office")
    assert (last.grid, last.unit, last.came) == ("990101001001001", "works", at("2023-03-06 09:10"))


def test_the_row_is_the_fold_of_its_transitions(play: Play) -> None:
    play.until("close")
    assert fold("case", play.number, transitions("case", play.number)) == play.case


def test_the_chain_ties_each_transition_to_the_one_before(play: Play) -> None:
    play.until("close")
    rows = list(TransitionRow.objects.filter(number=play.number).order_by("sequence"))
    assert [r.previous for r in rows[1:]] == [r.digest for r in rows[:-1]]
    assert SubjectRow.objects.get(number=play.number).head == rows[-1].digest


def test_a_number_says_district_day_and_sequence(play: Play) -> None:
    play.sends()
    assert play.number == "990101-20230306-00001"
    play.sends(place=MIDDLE)
    assert play.number == "990101-20230306-00002"


def test_the_unit_is_told_when_a_case_is_dispatched_to_it(play: Play) -> None:
    play.until("dispatch")
    assert OutboxRow.objects.filter(topic="dispatch", recipient="post:unit-desk@works").count() == 1


def test_a_second_notice_of_the_same_matter_is_proposed_for_merging(play: Play) -> None:
    play.sends()
    first = play.number
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    assert play.case.facts["duplicate_of"] == first
    assert play.does(SHOU, "merge", into=first).stage == "merged"
    assert play.does(SHOU, "unmerge", reason="两处不同").stage == "reported"


def test_a_place_outside_the_district_is_refused(play: Play) -> None:
    answer = play.sends(place=OUTSIDE)
    assert isinstance(answer, Refusal)
    assert answer.code == "place-outside-district"
    assert SubjectRow.objects.count() == 0


def test_a_citizens_notice_is_verified_before_it_is_filed(play: Play) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    play.does(SHOU, "accept")
    assert play.refused(ZHI, "file", met=True) == "not-verified"
    play.does(SHOU, "request-verify", collector="cai1")
    assert play.refused(CAI_ER, "verify-true") == "other-task"
    play.does(CAI, "verify-true")
    assert play.does(ZHI, "file", met=True).stage == "filed"


def test_more_information_pauses_the_acceptance_and_runs_out(play: Play) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    play.does(SHOU, "ask-more", reason="地点不清")
    assert play.case.clocks["acceptance"].due is None
    assert play.refused(MIN_ER, "complete", note="在桥头") == "other-reporter"
    play.time.later(hours=1)
    assert play.does(MIN, "complete", note="在桥头").clocks["acceptance"].due == at("2023-03-06 10:30")
    play.does(SHOU, "ask-more", reason="还是不清")
    play.time.later(hours=25)
    assert play.does(SYSTEM, "expire").stage == "rejected"


def test_a_failed_check_goes_back_to_the_same_unit_with_half_the_limit(play: Play) -> None:
    play.until("send-check")
    play.time.to("2023-03-06 10:00")
    back = play.does(CAI_ER, "check-fail", reason="not-done", photos=["as it is"])
    assert (back.stage, back.round, back.fact("unit")) == ("received", 2, "works")
    assert back.clocks["handling"].due == at("2023-03-07 10:00")


def test_the_handler_cannot_check_his_own_case(play: Play) -> None:
    play.until("confirm")
    play.does(SHOU, "send-check")
    handled = play.case
    assert handled.did["feed-back"] == ("gong-hand",)
    answer = play.refused(GONG_HAND, "check-pass")
    assert answer == "post-may-not"


def test_a_closed_case_is_reopened_by_its_reporter_within_seven_days(play: Play) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    play.does(SHOU, "accept")
    play.does(SHOU, "request-verify", collector="cai1")
    play.does(CAI, "verify-true")
    for by, move, given in _REST:
        play.does(by, move, **given)
    play.time.later(days=6)
    assert play.refused(MIN_ER, "reopen", reason="没修好", photos=["x"]) == "other-reporter"
    again = play.does(MIN, "reopen", reason="没修好", photos=["x"])
    assert (again.stage, again.round) == ("received", 2)
    assert len(again.facts["closings"]) == 1  # type: ignore[arg-type]


_REST: tuple[tuple[By, str, dict[str, Json]], ...] = (
    (ZHI, "file", {"met": True}),
    (PAI, "dispatch", {"unit": "works"}),
    (GONG_DESK, "assign", {"handler": "gong-hand"}),
    (GONG_HAND, "feed-back", {"photos": ["after"]}),
    (GONG_DESK, "confirm", {}),
    (SHOU, "send-check", {"collector": "cai2"}),
    (CAI_ER, "check-pass", {}),
    (ZHI, "close", {"met": True}),
)


def test_after_seven_days_only_an_auditor_may_reopen(play: Play) -> None:
    play.until("close")
    play.time.later(days=80)
    assert play.does(KAO, "reopen", reason="复查未修复", photos=["x"]).stage == "received"


def test_after_ninety_days_nobody_may_reopen(play: Play) -> None:
    play.until("close")
    play.time.later(days=91)
    assert play.refused(KAO, "reopen", reason="复查未修复", photos=["x"]) == "too-late"


def test_a_task_is_given_only_to_somebody_who_holds_the_post(play: Play) -> None:
    play.until("confirm")
    assert play.refused(SHOU, "send-check", collector="gong-hand") == "person-unknown"
    assert play.refused(SHOU, "send-check", collector="nobody") == "person-unknown"


def test_a_desk_assigns_only_its_own_handlers(play: Play) -> None:
    play.until("sign")
    assert play.refused(GONG_DESK, "assign", handler="jie-hand") == "person-unknown"


def test_nothing_is_merged_into_a_number_that_is_not_there(play: Play) -> None:
    play.sends()
    assert play.refused(SHOU, "merge", into="990101-20230306-09999") == "subject-unknown"
    assert play.refused(SHOU, "merge", into=play.number) == "same-case"
