"""Other ways of a case: handled at once, found by the unit itself, brought in from elsewhere."""

from datetime import timedelta

import pytest

from tests.cast import (
    CAI,
    CAI_ER,
    GONG_DESK,
    GONG_HAND,
    GUAN,
    JI,
    KAO,
    PAI,
    POSTER,
    SHOU,
    SYSTEM,
    ZHI,
    Time,
    at,
)  # fmt: skip
from tests.stories.play import Play
from xiuhua.domain.case import KIND
from xiuhua.domain.notice import Channel
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal
from xiuhua.operations.begin import begin
from xiuhua.operations.move import Asked, Done
from xiuhua.operations.report import Sent, report
from xiuhua.store.models import PhotoMetaRow

pytestmark = pytest.mark.django_db
SPOT = Wgs84(110.0025, 30.0025)


def _quick(play: Play, *, minutes: int = 5, metres_north: float = 0.0) -> Done | Refusal:
    before, after = play.photo(CAI), play.photo(CAI)
    taken = play.time.now - timedelta(minutes=20)
    north = metres_north / 111_320
    PhotoMetaRow.objects.create(photo_id=before, taken_at=taken, longitude=SPOT.lon, latitude=SPOT.lat)
    PhotoMetaRow.objects.create(
        photo_id=after, taken_at=taken + timedelta(minutes=minutes), longitude=SPOT.lon, latitude=SPOT.lat + north
    )
    sent = Sent(
        channel=Channel.QUICK_REPORT, place=SPOT, noticed_at=play.time.now, class_key=POSTER, condition="posted",
        before=(before,), photos=(after,),
    )  # fmt: skip
    answer = report(sent, CAI, play.world)
    if isinstance(answer, Done):
        play.number = answer.number
    return answer


def test_a_quick_report_passes_by_itself_and_is_closed() -> None:
    play = Play()
    assert isinstance(_quick(play), Done)
    assert play.case.stage == "quick-reported"
    play.time.later(minutes=30)
    assert play.does(SYSTEM, "pass-quick").stage == "closed"


@pytest.mark.parametrize(
    ("minutes", "metres", "code"),
    [
        pytest.param(11, 0, "quick-too-slow", id="more than ten minutes between the photos"),
        pytest.param(5, 60, "quick-other-spot", id="another spot"),
        pytest.param(-1, 0, "quick-photos-reversed", id="the photo after was taken first"),
    ],
)
def test_a_quick_report_that_proves_nothing_is_refused(minutes: int, metres: float, code: str) -> None:
    answer = _quick(Play(), minutes=minutes, metres_north=metres)
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_sampled_quick_report_found_wrong_is_invalid() -> None:
    play = Play()
    _quick(play)
    play.does(SYSTEM, "pass-quick")
    play.does(KAO, "sample")
    assert play.does(KAO, "invalidate", reason="前后照片不是同一处").stage == "invalid"


def test_a_quick_report_that_could_not_be_finished_becomes_a_case_with_its_number() -> None:
    play = Play()
    _quick(play)
    number = play.number
    converted = play.does(CAI, "convert", reason="清除不掉")
    assert (converted.number, converted.stage, converted.fact("channel")) == (number, "reported", "collector")


def test_what_a_unit_finds_and_fixes_itself_is_closed_after_a_spot_check() -> None:
    play = Play()
    play.sends(GONG_HAND, channel=Channel.HANDLER_APP)
    assert play.case.facts["self_handled"] is True
    play.does(SHOU, "accept-handled")
    play.does(SHOU, "send-check", collector="cai2")
    play.does(CAI_ER, "check-pass")
    assert play.does(ZHI, "close", met=True).stage == "closed"


def test_a_machines_notice_carries_confidence_and_frames() -> None:
    play = Play()
    answer = play.sends(JI, channel=Channel.VEHICLE_ANALYSIS, photos=0)
    assert isinstance(answer, Refusal)
    assert answer.code == "confidence-missing"
    frame = play.photo(JI)
    assert isinstance(
        play.sends(JI, channel=Channel.VEHICLE_ANALYSIS, photos=0, confidence=0.87, frames=(frame,)), Done
    )
    assert play.case.facts["confidence"] == 870


def test_a_case_from_elsewhere_has_two_transitions_at_the_published_moments() -> None:
    time = Time(at("2023-01-05 10:00"))
    play = Play(time)
    given: dict[str, Json] = {
        "channel": "city-platform", "class": POSTER, "condition": "posted", "place": [SPOT.lon, SPOT.lat],
        "unit": "works", "due": "2023-01-09T10:00:00+08:00", "external": "A-1",
    }  # fmt: skip
    done = begin(Asked(KIND, "", "adopt", GUAN, given, new=True), play.world)
    assert isinstance(done, Done)
    play.number = done.number
    time.to("2023-01-10 09:00")
    closed = play.does(GUAN, "close", met=True)
    assert (closed.version, closed.stage, closed.facts["handled_in_time"]) == (2, "closed", False)


def test_a_case_from_elsewhere_can_be_taken_over() -> None:
    play = Play()
    given: dict[str, Json] = {"channel": "city-platform", "class": POSTER, "condition": "posted", "place": [SPOT.lon, SPOT.lat]}
    done = begin(Asked(KIND, "", "adopt", JI, given, new=True), play.world)
    assert isinstance(done, Done)
    play.number = done.number
    play.does(PAI, "take-over")
    assert play.does(PAI, "dispatch", unit="appearance").stage == "dispatched"
    assert GONG_DESK.organisation != play.case.fact("unit")


def test_a_quick_report_is_taken_where_it_is_reported() -> None:
    play = Play()
    before, after = play.photo(CAI), play.photo(CAI)
    for photo in (before, after):
        PhotoMetaRow.objects.create(photo_id=photo, taken_at=play.time.now, longitude=SPOT.lon, latitude=SPOT.lat)
    sent = Sent(
        channel=Channel.QUICK_REPORT, place=Wgs84(SPOT.lon + 0.001, SPOT.lat), noticed_at=play.time.now,
        class_key=POSTER, condition="posted", before=(before,), photos=(after,),
    )  # fmt: skip
    answer = report(sent, CAI, play.world)
    assert isinstance(answer, Refusal)
    assert answer.code == "quick-place-elsewhere"


def test_a_channel_that_is_not_there_is_refused() -> None:
    play = Play()
    given: dict[str, Json] = {"channel": "pigeon", "place": [SPOT.lon, SPOT.lat]}
    answer = begin(Asked(KIND, "", "adopt", GUAN, given, new=True), play.world)
    assert isinstance(answer, Refusal)
    assert answer.code == "choice-unknown"
