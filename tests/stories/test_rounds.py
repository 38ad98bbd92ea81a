"""A case that comes back: after a failed check, after a closing, to another unit. What was once late stays late."""

import pytest

from tests.cast import (
    CAI,
    CAI_ER,
    GONG_DESK,
    GONG_HAND,
    JIE_DESK,
    JIE_HAND,
    KAO,
    LING,
    PAI,
    SHOU,
    SYSTEM,
    ZHI,
    at,
)  # fmt: skip
from tests.stories.play import Play
from xiuhua.domain.notice import Channel
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Subject
from xiuhua.store.loading import transitions

pytestmark = pytest.mark.django_db

SECOND_HAND = By("gong-second", Post.HANDLER, "works")


@pytest.fixture
def play() -> Play:
    return Play()


def _fails_its_check(play: Play) -> Subject:
    return play.does(CAI_ER, "check-fail", reason="not-done", photos=["as it is"])


def _is_handled(play: Play, *moves: tuple[By, str, dict[str, Json]]) -> Subject:
    for by, move, given in moves or ((GONG_DESK, "start", {}), (GONG_DESK, "feed-back", {"photos": ["after"]})):
        play.does(by, move, **given)
    return play.does(GONG_DESK, "confirm")


def _is_closed(play: Play) -> Subject:
    play.does(SHOU, "send-check")
    play.does(CAI_ER, "check-pass")
    return play.does(ZHI, "close", met=True)


# who checks


def test_who_handled_an_earlier_round_never_checks_a_later_one(play: Play) -> None:
    """A hand did the first round; in the second the desk answered by itself."""
    play.until("assign")
    play.does(SECOND_HAND, "feed-back", photos=["after"])
    play.does(GONG_DESK, "confirm")
    play.does(SHOU, "send-check")
    _fails_its_check(play)
    _is_handled(play)
    play.does(SHOU, "send-check")
    same = By(SECOND_HAND.person, Post.COLLECTOR, "centre")
    assert play.refused(same, "check-pass") == "checker-is-handler"
    assert play.refused(same, "check-fail", reason="not-done", photos=["x"]) == "checker-is-handler"
    assert play.does(CAI, "check-pass").stage == "checked"


def test_who_was_once_named_as_handler_never_checks_though_another_unit_has_it_now(play: Play) -> None:
    play.until("assign")
    _is_handled(play, (GONG_DESK, "feed-back", {"photos": ["after"]}))
    _is_closed(play)
    play.does(KAO, "reopen", reason="复查未修复", photos=["x"])
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "agree-return")
    play.does(PAI, "dispatch", unit="cleaner", reason="现场确认")
    play.does(JIE_DESK, "assign", handler=JIE_HAND.person)
    play.does(JIE_HAND, "feed-back", photos=["after"])
    play.does(JIE_DESK, "confirm")
    play.does(SHOU, "send-check")
    same = By(GONG_HAND.person, Post.COLLECTOR, "centre")
    assert play.refused(same, "check-pass") == "checker-is-handler"


def test_a_collector_who_also_handles_is_not_even_named_as_checker(play: Play) -> None:
    play.until("assign")
    play.does(By(CAI.person, Post.HANDLER, "works"), "feed-back", photos=["after"])
    play.does(GONG_DESK, "confirm")
    assert play.refused(SHOU, "send-check", collector=CAI.person) == "checker-is-handler"


# late or in time


def test_a_late_round_stays_late_though_its_rework_is_in_time(play: Play) -> None:
    play.until("feed-back")
    play.time.to("2023-03-08 09:16")
    play.does(GONG_DESK, "confirm")
    play.does(SHOU, "send-check")
    _fails_its_check(play)
    play.time.later(minutes=30)
    reworked = _is_handled(play)
    assert transitions("case", play.number)[-1].in_time is True
    assert reworked.facts["handled_in_time"] is False


def test_while_it_is_reworked_a_case_is_not_handled(play: Play) -> None:
    play.until("send-check")
    assert "handled_at" in play.case.facts
    assert "handled_at" not in _fails_its_check(play).facts


def test_a_reopened_case_is_judged_anew_and_may_be_appealed_anew(play: Play) -> None:
    play.until("feed-back")
    play.time.to("2023-03-09 09:00")
    play.does(GONG_DESK, "confirm")
    _is_closed(play)
    play.does(GONG_DESK, "appeal", reason="暴雨红色预警")
    play.does(PAI, "endorse-appeal")
    assert play.does(SHOU, "grant-appeal").facts["exempt"] is True
    reopened = play.does(KAO, "reopen", reason="复查未修复", photos=["x"])
    assert not {"exempt", "appealed", "handled_at", "handled_in_time", "closed_at"} & set(reopened.facts)
    play.time.to("2023-03-31 09:00")
    _is_handled(play)
    again = _is_closed(play)
    assert (again.facts["handled_in_time"], "exempt" in again.facts) == (False, False)
    assert len(again.facts["closings"]) == 2  # type: ignore[arg-type]
    assert "appeal" in play.does(GONG_DESK, "appeal", reason="又逢暴雨").requests


def test_every_rework_has_half_of_the_full_limit(play: Play) -> None:
    """Not a quarter at the second failed check: half of two working days each time."""
    play.until("send-check")
    for _ in range(2):
        play.time.to("2023-03-07 08:00")
        assert _fails_its_check(play).clocks["handling"].due == at("2023-03-07 18:00")
        _is_handled(play)
        play.does(SHOU, "send-check")
    assert play.case.round == 3


def test_an_extension_of_a_rework_adds_its_half_limit(play: Play) -> None:
    play.until("send-check")
    play.time.to("2023-03-07 08:00")
    _fails_its_check(play)
    play.does(GONG_DESK, "ask-extension", reason="等待配件")
    play.does(PAI, "endorse-extension")
    assert play.does(ZHI, "grant-extension").clocks["handling"].due == at("2023-03-08 18:00")


def test_a_suspension_woken_early_gives_back_only_the_days_it_took(play: Play) -> None:
    play.until("sign")
    play.does(GONG_DESK, "ask-suspension", reason="season", until="2023-06-01T08:00:00+08:00")
    play.does(PAI, "endorse-suspension")
    play.time.to("2023-03-07 09:15")
    play.does(LING, "grant-suspension")
    play.time.to("2023-03-09 09:15")
    woken = play.does(PAI, "wake")
    assert (woken.clocks["handling"].due, "suspension" in woken.clocks) == (at("2023-03-10 09:15"), False)
    assert play.refused(SYSTEM, "wake") == "move-not-possible"


# the unit's own findings


@pytest.mark.parametrize("way", ["reworked", "reopened", "dispatched"])
def test_an_own_finding_is_closed_without_a_check_only_as_it_was_found(way: str, play: Play) -> None:
    play.sends(GONG_HAND, channel=Channel.HANDLER_APP)
    if way == "dispatched":
        play.does(SHOU, "accept")
        play.does(ZHI, "file", met=True)
        play.does(PAI, "dispatch", unit="works")
        play.does(GONG_DESK, "sign")
    else:
        play.does(SHOU, "accept-handled")
    if way == "reworked":
        play.does(SHOU, "send-check")
        _fails_its_check(play)
    if way == "reopened":
        play.does(ZHI, "close-self", met=True)
        play.does(KAO, "reopen", reason="复查未修复", photos=["x"])
    _is_handled(play)
    assert play.refused(ZHI, "close-self", met=True) == "not-of-this-kind"


# another unit


def test_a_ruling_for_another_unit_was_a_wrong_dispatch(play: Play) -> None:
    play.until("assign")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "to-dispute", reason="需要裁决")
    ruled = play.does(ZHI, "rule", unit="cleaner", ruling="合同第三条")
    assert (ruled.facts["dispatch_errors"], ruled.facts["dispatches"], ruled.fact("handler")) == (1, 2, "")


def test_a_ruling_for_the_same_unit_was_no_wrong_dispatch(play: Play) -> None:
    play.until("assign")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "to-dispute", reason="需要裁决")
    assert "dispatch_errors" not in play.does(ZHI, "rule", unit="works", ruling="权属在市政所").facts


def test_a_dispute_ends_what_the_unit_has_asked_for(play: Play) -> None:
    play.until("sign")
    play.does(GONG_DESK, "ask-extension", reason="等待配件")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    assert play.does(PAI, "to-dispute", reason="需要裁决").requests == {}


def test_the_former_unit_has_no_more_say(play: Play) -> None:
    play.until("sign")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "agree-return")
    play.does(PAI, "dispatch", unit="cleaner", reason="现场确认")
    for move, given in (("sign", {}), ("assign", {"handler": GONG_HAND.person}), ("ask-extension", {"reason": "x"})):
        assert play.refused(GONG_DESK, move, **given) == "other-unit"
    assert play.does(JIE_DESK, "sign").clocks["handling"].started == play.time.now
