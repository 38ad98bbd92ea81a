"""What was wrong and is put right: another class, a merge undone, a collector who has left, a report that is sampled."""

from datetime import timedelta

import pytest

from tests.cast import (
    CAI,
    CAI_ER,
    COVER,
    EAST,
    GONG_DESK,
    GONG_HAND,
    GUAN,
    JI,
    KAO,
    LAMP,
    MIN,
    PAI,
    POSTER,
    REFUSE,
    SHOU,
    SYSTEM,
    ZHI,
    at,
)  # fmt: skip
from tests.stories.play import HAPPY, Play
from xiuhua.domain.case import KIND
from xiuhua.domain.notice import Channel
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Subject
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done
from xiuhua.operations.report import Sent, report
from xiuhua.store.loading import transitions
from xiuhua.store.models import OutboxRow, PhotoMetaRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    return Play()


def test_what_the_dispatcher_hands_back_the_acceptor_can_put_right(play: Play) -> None:
    play.until("file")
    back = play.does(PAI, "hand-back", reason="类别有误")
    assert (back.stage, set(back.clocks)) == ("reported", {"acceptance"})
    assert back.fact("filed_at")
    accepted = play.does(SHOU, "accept", **{"class": LAMP, "condition": "dark"})
    assert (accepted.stage, accepted.fact("class")) == ("accepted", LAMP)
    play.does(ZHI, "file", met=True)
    assert play.does(PAI, "dispatch", unit="lighting").facts["proposed"] == "lighting"


def test_an_undone_merge_starts_again_with_a_whole_acceptance_time(play: Play) -> None:
    play.sends()
    first = play.number
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    play.time.later(minutes=20)
    merged = play.does(SHOU, "merge", into=first)
    assert (merged.clocks, merged.fact("merged_into"), merged.fact("reporter")) == ({}, first, MIN.person)
    play.time.later(hours=3)
    undone = play.does(SHOU, "unmerge", reason="两处不同")
    assert undone.clocks["acceptance"].due == play.time.now + timedelta(minutes=30)
    assert undone.fact("merged_into") == ""


@pytest.mark.parametrize(("place_class", "hours"), [("1", 2), ("", 4)], ids=["area class 1", "no area class"])
def test_the_limit_is_that_of_the_area_class(place_class: str, hours: int, play: Play) -> None:
    play.sends(class_key=REFUSE, condition="exposed", place=EAST if place_class else _OTHER_STREET)
    assert play.case.fact("area_class") == place_class
    for by, move, given in HAPPY[:2]:
        play.does(by, move, **given)
    clock = play.does(PAI, "dispatch", unit="cleaner").clocks["handling"]
    assert clock.limit is not None
    assert clock.limit.count == hours


_OTHER_STREET = type(EAST)(110.0125, 30.0125)


def test_a_verification_without_a_named_collector_is_anybodys_in_the_grid(play: Play) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    play.does(SHOU, "accept")
    assert play.does(SHOU, "request-verify").fact("verifier") == ""
    assert play.does(CAI_ER, "verify-true").stage == "accepted"


def test_a_verification_is_given_to_another_collector(play: Play) -> None:
    """Else a case would wait for somebody who has left the post."""
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    play.does(SHOU, "accept")
    play.does(SHOU, "request-verify", collector=CAI.person)
    play.time.later(hours=2)
    again = play.does(SHOU, "request-verify", collector=CAI_ER.person)
    assert again.clocks["verifying"].started == play.time.now
    assert transitions(KIND, play.number)[-1].in_time is False
    assert play.refused(CAI, "verify-true") == "other-task"
    assert play.does(CAI_ER, "verify-true").stage == "accepted"


def test_a_check_is_given_to_another_collector(play: Play) -> None:
    play.until("send-check")
    play.does(SHOU, "send-check", collector=CAI.person)
    assert play.refused(CAI_ER, "check-pass") == "other-task"
    assert play.does(CAI, "check-pass").stage == "checked"


def test_what_is_taken_over_counts_as_filed_and_waits_for_a_dispatch(play: Play) -> None:
    given: dict[str, Json] = {"channel": "city-platform", "class": POSTER, "place": [EAST.lon, EAST.lat], "unit": "works"}
    adopted = begin(Asked(KIND, "", "adopt", JI, given, new=True), play.world)
    assert isinstance(adopted, Done)
    play.number = adopted.number
    assert play.refused(PAI, "take-over") == "condition-missing"
    taken = play.does(PAI, "take-over", condition="posted")
    assert (taken.stage, taken.fact("unit"), bool(taken.fact("filed_at"))) == ("filed", "", True)


def test_what_was_closed_elsewhere_is_reopened_under_our_clocks(play: Play) -> None:
    given: dict[str, Json] = {
        "channel": "city-platform", "class": COVER, "condition": "broken", "place": [EAST.lon, EAST.lat],
        "unit": "works", "due": "2023-03-01T00:00:00+08:00",
    }  # fmt: skip
    adopted = begin(Asked(KIND, "", "adopt", GUAN, given, new=True), play.world)
    assert isinstance(adopted, Done)
    play.number = adopted.number
    closed = play.does(GUAN, "close", met=True)
    assert (closed.facts["handled_in_time"], closed.clocks) == (False, {})
    opened = play.does(KAO, "reopen", reason="未修复", photos=["x"])
    assert (opened.stage, opened.clocks["handling"].due) == ("received", at("2023-03-08 09:00"))
    assert len(opened.facts["closings"]) == 1  # type: ignore[arg-type]


# quick reports


def _quick(play: Play) -> Subject:
    photos = [play.photo(CAI), play.photo(CAI)]
    for photo in photos:
        PhotoMetaRow.objects.create(photo_id=photo, taken_at=play.time.now, longitude=EAST.lon, latitude=EAST.lat)
    sent = Sent(
        channel=Channel.QUICK_REPORT, place=EAST, noticed_at=play.time.now, class_key=POSTER, condition="posted",
        before=(photos[0],), photos=(photos[1],),
    )  # fmt: skip
    answer = report(sent, CAI, play.world)
    assert isinstance(answer, Done), answer
    play.number = answer.number
    return play.case


def test_a_quick_report_found_right_was_closed_once(play: Play) -> None:
    _quick(play)
    closed = play.does(SYSTEM, "pass-quick")
    play.time.later(hours=5)
    sampled = play.does(KAO, "sample")
    assert (sampled.stage, sampled.fact("closed_at")) == ("sampled", "")
    play.time.later(hours=5)
    right = play.does(KAO, "confirm-sample")
    assert right.stage == "closed"
    assert (right.facts["closings"], right.fact("closed_at")) == (closed.facts["closings"], closed.fact("closed_at"))


def test_a_quick_report_sampled_before_it_was_closed_is_closed_by_the_sample(play: Play) -> None:
    _quick(play)
    play.does(KAO, "sample")
    play.time.later(hours=5)
    right = play.does(KAO, "confirm-sample")
    assert right.facts["closings"] == [play.time.now.isoformat()]


def test_a_quick_report_has_no_unit_to_be_reopened_for(play: Play) -> None:
    _quick(play)
    play.does(SYSTEM, "pass-quick")
    assert play.refused(KAO, "reopen", reason="复查", photos=["x"]) == "no-unit"


def test_only_a_quick_report_is_sampled(play: Play) -> None:
    play.until("close")
    assert play.refused(KAO, "sample") == "not-of-this-kind"


# who and when


def test_nobody_makes_a_move_before_its_stage_began(play: Play) -> None:
    play.until("file")
    play.time.later(minutes=-1)
    assert play.refused(PAI, "dispatch", unit="works") == "moment-before-stage"


@pytest.mark.parametrize("by", [SHOU, ZHI, PAI, GUAN, GONG_DESK, GONG_HAND, CAI], ids=lambda by: by.post.value)
def test_only_the_reporter_and_an_auditor_reopen(by: By, play: Play) -> None:
    play.until("close")
    assert play.refused(by, "reopen", reason="x", photos=["x"]) == "post-may-not"


@pytest.mark.parametrize(
    ("asks", "given", "endorsers"),
    [
        pytest.param("void", {"reason": "x"}, (), id="asked and granted by one person"),
        pytest.param("extension", {"reason": "x"}, (Post.DISPATCHER,), id="endorsed and granted by one person"),
    ],
)
def test_two_approvers_are_two_persons_in_whatever_posts(
    asks: str, given: dict[str, Json], endorsers: tuple[Post, ...], play: Play
) -> None:
    play.until("sign")
    one = By("both", Post.DISPATCHER, "centre")
    play.does(GONG_DESK if endorsers else one, f"ask-{asks}", **given)
    for post in endorsers:
        play.does(By("both", post, "centre"), f"endorse-{asks}")
    assert play.refused(By("both", Post.SHIFT_LEADER, "centre"), f"grant-{asks}") == "same-person"


def test_nobody_endorses_what_he_has_asked_for_in_another_post(play: Play) -> None:
    play.until("sign")
    play.does(GONG_DESK, "ask-extension", reason="等待配件")
    assert play.refused(By(GONG_DESK.person, Post.DISPATCHER, "centre"), "endorse-extension") == "same-person"


@pytest.mark.parametrize("last", ["", *(move for _, move, _ in HAPPY[:-1])], ids=lambda last: f"after {last or 'report'}")
def test_a_case_is_voided_from_every_stage(last: str, play: Play) -> None:
    play.sends()
    if last:
        play.until(last)
    play.does(PAI, "ask-void", reason="重复立案")
    voided = play.does(ZHI, "grant-void")
    assert (voided.stage, voided.clocks, voided.requests) == ("void", {}, {})


def test_more_information_that_is_still_asked_for_stops_every_acceptance(play: Play) -> None:
    play.sends(GONG_HAND, channel=Channel.HANDLER_APP)
    play.does(SHOU, "ask-more", reason="照片不清")
    assert play.refused(SHOU, "accept-handled") == "request-open"


# small ways


@pytest.mark.parametrize("ending", ["reject", "refuse-filing", "verify-false"])
def test_what_ends_before_filing_says_why_to_its_reporter(ending: str, play: Play) -> None:
    play.sends(MIN, channel=Channel.PUBLIC, photos=0)
    if ending != "reject":
        play.does(SHOU, "accept")
    if ending == "verify-false":
        play.does(SHOU, "request-verify", collector=CAI.person)
        ended = play.does(CAI, ending, note="现场没有")
    else:
        by = SHOU if ending == "reject" else ZHI
        assert play.refused(by, ending) == "field-missing"
        ended = play.does(by, ending, reason="condition-not-met")
        assert transitions(KIND, play.number)[-1].reason == "condition-not-met"
    assert (ended.stage, ended.clocks) == ("rejected", {})
    assert OutboxRow.objects.filter(topic=ending, recipient=f"person:{MIN.person}").exists()


def test_the_desk_sends_back_what_does_not_satisfy_it_and_its_clock_runs_on(play: Play) -> None:
    clock = play.until("feed-back").clocks["handling"]
    again = play.does(GONG_DESK, "send-again", reason="照片不清")
    assert (again.stage, again.round, again.clocks["handling"]) == ("handling", 1, clock)


def test_the_shift_leader_has_it_checked_again(play: Play) -> None:
    play.until("check-pass")
    again = play.does(ZHI, "check-again", reason="照片不是同一处")
    assert (again.stage, again.round, set(again.clocks)) == ("handled", 1, {"sending"})


@pytest.mark.parametrize("last", ["sign", "send-check"])
def test_an_urge_is_a_flag_that_falls_when_the_work_is_done(last: str, play: Play) -> None:
    play.until(last)
    assert play.does(PAI, "urge", note="尽快").flags == ("urged",)
    for by, move, given in HAPPY[[move for _, move, _ in HAPPY].index(last) + 1 :]:
        play.does(by, move, **given)
    assert (play.case.stage, play.case.flags) == ("closed", ())


def test_a_check_shows_the_spot() -> None:
    play = Play()
    play.until("send-check")
    assert play.refused(CAI_ER, "check-pass", photos=[]) == "field-missing"


def test_nothing_is_merged_into_a_closed_case() -> None:
    play = Play()
    play.until("close")
    closed = play.number
    play.number = ""
    play.sends()
    assert play.refused(SHOU, "merge", into=closed) == "subject-ended"
