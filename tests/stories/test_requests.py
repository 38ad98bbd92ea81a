"""What a unit may ask for beside the stage: more time, a pause, to be rid of it; and what the centre answers."""

import pytest

from tests.cast import (
    CAI,
    CAI_ER,
    DU,
    GONG_DESK,
    GONG_HAND,
    JIE_DESK,
    LING,
    PAI,
    PAI_ER,
    RONG_DESK,
    SHOU,
    SPILL,
    SYSTEM,
    ZHI,
    at,
)  # fmt: skip
from tests.stories.play import Play
from xiuhua.domain.subject import Subject
from xiuhua.store.reference import precedents

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    play = Play()
    play.until("sign")
    return play


def _due(case: Subject) -> object:
    return case.clocks["handling"].due


def test_an_extension_needs_two_approvers_and_adds_the_limit(play: Play) -> None:
    before = _due(play.case)
    play.does(GONG_DESK, "ask-extension", reason="等待配件")
    assert _due(play.case) == before
    assert play.refused(ZHI, "grant-extension") == "not-endorsed"
    play.does(PAI, "endorse-extension")
    assert _due(play.case) == before
    extended = play.does(ZHI, "grant-extension")
    assert _due(extended) == at("2023-03-10 09:15")
    assert extended.facts["extensions"] == 1


def test_an_extension_is_asked_for_before_the_case_is_due(play: Play) -> None:
    play.time.to("2023-03-08 09:16")
    assert play.refused(GONG_DESK, "ask-extension", reason="等待配件") == "after-due"


def test_an_extension_is_granted_at_most_twice(play: Play) -> None:
    for _ in range(2):
        play.does(GONG_DESK, "ask-extension", reason="等待配件")
        play.does(PAI, "endorse-extension")
        play.does(ZHI, "grant-extension")
    assert play.refused(GONG_DESK, "ask-extension", reason="等待配件") == "extensions-used"


def test_a_request_is_asked_once_at_a_time(play: Play) -> None:
    play.does(GONG_DESK, "ask-extension", reason="等待配件")
    assert play.refused(GONG_DESK, "ask-extension", reason="再等") == "request-open"
    play.does(PAI, "refuse-extension", reason="配件有库存")
    assert play.refused(ZHI, "grant-extension") == "no-request"


def test_another_unit_can_ask_for_nothing(play: Play) -> None:
    assert play.refused(JIE_DESK, "ask-extension", reason="x") == "other-unit"
    assert play.refused(JIE_DESK, "ask-return", unit="works", reason="duty") == "other-unit"


def test_a_suspension_pauses_the_clock_until_the_planned_day(play: Play) -> None:
    play.time.to("2023-03-06 16:15")
    play.does(GONG_DESK, "ask-suspension", reason="engineering", until="2023-04-03T09:00:00+08:00")
    assert _due(play.case) == at("2023-03-08 09:15")
    play.does(PAI, "endorse-suspension")
    suspended = play.does(LING, "grant-suspension")
    assert (suspended.stage, _due(suspended)) == ("suspended", None)
    play.time.to("2023-04-03 09:00")
    resumed = play.does(SYSTEM, "wake")
    # 5 of 16 hours were used; 7 go by on the Monday, 4 on the Tuesday
    assert (resumed.stage, _due(resumed)) == ("received", at("2023-04-04 12:00"))
    assert play.refused(GONG_DESK, "ask-suspension", reason="season", until="2023-05-03T09:00:00+08:00") \
        == "suspended-before"  # fmt: skip


def test_a_suspension_ends_within_a_year(play: Play) -> None:
    assert play.refused(GONG_DESK, "ask-suspension", reason="season", until="2025-01-01T00:00:00+08:00") == "plan-date"


def test_a_return_names_the_right_unit_and_costs_the_dispatcher(play: Play) -> None:
    assert play.refused(GONG_DESK, "ask-return", unit="works", reason="duty") == "same-unit"
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    assert "handling" in play.case.clocks
    returned = play.does(PAI, "agree-return")
    assert (returned.stage, returned.fact("unit"), returned.facts["dispatch_errors"]) == ("filed", "", 1)
    assert "handling" not in returned.clocks


def test_a_return_is_asked_for_within_a_quarter_of_the_limit(play: Play) -> None:
    play.time.to("2023-03-06 16:00")  # a quarter of two working days: half a day after 09:15 is 15:15
    assert play.refused(GONG_DESK, "ask-return", unit="cleaner", reason="duty") == "return-late"


def test_one_return_then_an_objection_then_a_ruling_that_becomes_a_precedent(play: Play) -> None:
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(ZHI, "refuse-return", reason="清单明确")
    assert play.refused(GONG_DESK, "ask-return", unit="cleaner", reason="duty") == "returned-before"
    play.does(GONG_DESK, "object", unit="cleaner", reason="owner")
    disputed = play.does(PAI, "to-dispute", reason="双方均不认领")
    assert (disputed.stage, _due(disputed)) == ("disputed", None)
    play.time.later(hours=2)
    ruled = play.does(ZHI, "rule", unit="cleaner", ruling="合同第三条")
    assert (ruled.stage, ruled.fact("unit")) == ("dispatched", "cleaner")
    assert ruled.clocks["handling"].started == play.time.now
    (precedent,) = precedents()
    assert (precedent.organisation, precedent.area) == ("cleaner", "990101001001001")


def test_a_ruling_for_the_same_unit_lets_its_clock_go_on(play: Play) -> None:
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "to-dispute", reason="需要裁决")
    play.time.later(hours=1)
    ruled = play.does(ZHI, "rule", unit="works", ruling="权属在市政所")
    assert _due(ruled) == at("2023-03-08 10:15")


def test_a_precedent_decides_what_was_unclear_before() -> None:
    play = Play()
    play.sends(CAI, class_key=SPILL, condition="spilled")
    play.does(SHOU, "accept")
    play.does(ZHI, "file", met=True)
    world = play.world
    assert world.district.proposal(play.case.facts, world.now()) is None
    play.does(PAI, "dispatch", unit="works")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    play.does(PAI, "to-dispute", reason="需要裁决")
    play.does(ZHI, "rule", unit="cleaner", ruling="遗撒归保洁")
    wiser = world.district.with_precedents(precedents())
    found = wiser.proposal(play.case.facts, world.now())
    assert found is not None
    assert (found.organisation, found.row.source) == ("cleaner", play.number)


def test_voiding_needs_two_persons(play: Play) -> None:
    play.does(PAI, "ask-void", reason="重复立案")
    voided = play.does(ZHI, "grant-void")
    assert (voided.stage, voided.clocks) == ("void", {})


def test_a_unit_signs_in_silence_after_two_working_hours() -> None:
    play = Play()
    signing = play.until("dispatch").clocks["signing"]
    assert (signing.due, signing.then) == (at("2023-03-06 11:15"), "sign-silently")
    before = play.case.clocks["handling"]
    play.time.to("2023-03-06 11:15")
    assert play.does(SYSTEM, "sign-silently").clocks["handling"] == before


def test_a_timeout_appeal_exempts_and_never_erases() -> None:
    play = Play()
    play.until("feed-back")
    play.time.to("2023-03-09 09:00")
    play.does(GONG_DESK, "confirm")
    for by, move, given in (
        (SHOU, "send-check", {"collector": "cai2"}),
        (CAI_ER, "check-pass", {}),
        (ZHI, "close", {"met": True}),
    ):
        play.does(by, move, **given)
    play.does(GONG_DESK, "appeal", reason="暴雨红色预警")
    play.does(PAI_ER, "endorse-appeal")
    appealed = play.does(SHOU, "grant-appeal")
    assert appealed.facts["exempt"] is True
    assert appealed.facts["handled_in_time"] is False
    assert play.refused(GONG_DESK, "appeal", reason="再申诉") == "appealed-before"


def test_supervision_is_a_flag_that_the_unit_answers(play: Play) -> None:
    flagged = play.does(DU, "supervise", level="key", reason="学校门口")
    assert (flagged.stage, flagged.flags) == ("received", ("supervised",))
    assert play.refused(RONG_DESK, "answer-supervision", note="x") == "other-unit"
    assert play.does(GONG_DESK, "answer-supervision", note="今日完成").flags == ()


def test_a_case_just_asked_back_is_not_fed_back(play: Play) -> None:
    play.does(GONG_DESK, "start")
    play.does(GONG_DESK, "ask-return", unit="cleaner", reason="duty")
    assert play.refused(GONG_HAND, "feed-back", photos=["after"]) == "request-open"


def test_another_unit_than_the_proposed_one_needs_a_reason() -> None:
    play = Play()
    play.until("file")
    assert play.refused(PAI, "dispatch", unit="cleaner") == "reason-missing"
    assert play.refused(PAI, "dispatch", unit="nobody") == "unit-unknown"
    assert play.does(PAI, "dispatch", unit="cleaner", reason="现场确认").facts["proposed"] == "works"
