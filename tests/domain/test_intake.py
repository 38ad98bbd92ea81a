"""Every way in which a notice is taken or refused, as a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.duplicate import OpenCase
from xiuhua.domain.intake import REFUSALS, Accepted, Duplicate, Found, IntakeRules, Refused, judge
from xiuhua.domain.notice import CHANNELS, Channel, Notice, Photo, PhotoKind, needs_verification
from xiuhua.domain.place import Wgs84
from xiuhua.domain.quick import QuickRules

NOON = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)
HERE = Wgs84(116.5, 35.4)
REFUSE = ClassKey("gbt30428-2013", Kind.EVENT, "0105")
PHOTO = Photo("p1", PhotoKind.WIDE)
PAIR = (
    Photo("b", PhotoKind.BEFORE, NOON, HERE),
    Photo("a", PhotoKind.AFTER, NOON + timedelta(minutes=3), HERE),
)
FOUND = Found(in_district=True, grid="r1", major="01")
RULES = IntakeRules(quick=QuickRules(frozenset({"gbt30428-2013/event/01"})))
GROUP = "gbt30428-2013/event/0105"


def notice(channel: Channel = Channel.COLLECTOR, **given: object) -> Notice:
    whole = Notice(channel, REFUSE, None, HERE, "", "a heap", NOON, NOON, photos=(PHOTO,))
    if channel in {Channel.VEHICLE_ANALYSIS, Channel.OWN_VIDEO}:
        whole = replace(whole, photos=(), confidence=0.9, frames=("f1",))
    if channel is Channel.QUICK_REPORT:
        whole = replace(whole, photos=PAIR)
    return replace(whole, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", list(Channel))
def test_a_whole_notice_of_every_channel_is_accepted(channel: Channel) -> None:
    answer = judge(notice(channel), FOUND, (), RULES)
    assert answer == Accepted(GROUP, "r1", needs_verification(channel))
    assert channel.words == CHANNELS[channel]


@pytest.mark.parametrize(
    ("channel", "verified"),
    [
        ("collector", False),
        ("quick-report", False),
        ("handler-app", False),
        ("city-platform", False),
        ("vehicle-analysis", True),
        ("own-video", True),
        ("hotline", True),
        ("public", True),
        ("leader", True),
        ("media", True),
    ],
)
def test_what_is_verified_before_filing(channel: str, verified: bool) -> None:
    assert needs_verification(Channel(channel)) is verified


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
VEHICLE, PUBLIC, HOTLINE, QUICK = (
    Channel.VEHICLE_ANALYSIS,
    Channel.PUBLIC,
    Channel.HOTLINE,
    Channel.QUICK_REPORT,
)


@pytest.mark.parametrize(
    ("it", "found", "code"),
    [
        (notice(noticed_at=NOON + 5 * MINUTE), FOUND, ""),
        (notice(noticed_at=NOON + 6 * MINUTE), FOUND, "moment-in-the-future"),
        (notice(noticed_at=NOON - 72 * HOUR), FOUND, ""),
        (notice(noticed_at=NOON - 73 * HOUR), FOUND, "too-old"),
        (notice(HOTLINE, noticed_at=NOON - 30 * DAY), FOUND, ""),
        (notice(HOTLINE, noticed_at=NOON - 31 * DAY), FOUND, "too-old"),
        (notice(place=None), FOUND, "place-missing"),
        (notice(), replace(FOUND, in_district=False, grid=None), "place-outside-district"),
        (notice(), replace(FOUND, grid=None), "place-in-no-grid"),
        (notice(), replace(FOUND, major=None), "class-unknown"),
        (notice(), replace(FOUND, major=""), ""),
        (notice(), replace(FOUND, condition_known=False), "condition-unknown"),
        (notice(key=None), FOUND, "class-missing"),
        (notice(VEHICLE, key=None), FOUND, "class-missing"),
        (notice(PUBLIC, key=None), FOUND, ""),
        (notice(PUBLIC, key=None, description=" "), FOUND, "description-missing"),
        (notice(photos=()), FOUND, "photo-missing"),
        (notice(PUBLIC, photos=()), FOUND, ""),
        (notice(VEHICLE, confidence=None), FOUND, "confidence-missing"),
        (notice(VEHICLE, confidence=1.2), FOUND, "confidence-missing"),
        (notice(VEHICLE, confidence=float("nan")), FOUND, "confidence-missing"),
        (notice(VEHICLE, confidence=0.0), FOUND, ""),
        (notice(VEHICLE, frames=()), FOUND, "frames-missing"),
        (notice(QUICK, photos=PAIR[:1]), FOUND, "quick-photos-missing"),
        (notice(QUICK), replace(FOUND, major="02"), "quick-class-not-listed"),
        (notice(QUICK), replace(FOUND, this_hour=12), "quick-too-many"),
    ],
)
def test_refusals(it: Notice, found: Found, code: str) -> None:
    answer = judge(it, found, (), RULES)
    if not code:
        assert isinstance(answer, Accepted)
        return
    assert isinstance(answer, Refused)
    assert answer.refusal.code == code
    assert answer.refusal.field
    assert answer.refusal.words.zh


def test_a_district_sets_skew_and_age() -> None:
    strict = IntakeRules(clock_skew=timedelta(0), oldest={Channel.COLLECTOR: HOUR})
    for moment in (NOON + MINUTE, NOON - 2 * HOUR):
        assert isinstance(judge(notice(noticed_at=moment), FOUND, (), strict), Refused)


def near(number: str, group: str = GROUP) -> OpenCase:
    return OpenCase(number, group, HERE, NOON - HOUR, "filed")


def test_an_open_case_of_the_same_matter_nearby_makes_it_a_duplicate() -> None:
    assert judge(notice(), FOUND, [near("7")], RULES) == Duplicate("7", 0.0, 1.0)
    assert isinstance(judge(notice(), FOUND, [near("7", "other")], RULES), Accepted)


def test_what_is_refused_is_no_duplicate() -> None:
    assert isinstance(judge(notice(photos=()), FOUND, [near("7")], RULES), Refused)


def test_without_a_class_nothing_is_a_duplicate_yet() -> None:
    answer = judge(notice(PUBLIC, key=None), FOUND, [near("7", "")], RULES)
    assert answer == Accepted("", "r1", verify=True)


@given(
    st.sampled_from(Channel),
    st.none() | st.just(REFUSE),
    st.none() | st.just(HERE),
    st.lists(st.sampled_from((PHOTO, *PAIR)), max_size=3),
    st.builds(
        Found,
        st.booleans(),
        st.none() | st.just("r1"),
        st.none() | st.sampled_from(["", "01"]),
        st.booleans(),
    ),
)
def test_every_notice_gets_an_answer_with_words(
    channel: Channel, key: ClassKey | None, place: Wgs84 | None, photos: list[Photo], found: Found
) -> None:
    answer = judge(notice(channel, key=key, place=place, photos=tuple(photos)), found, [near("7")], RULES)
    if isinstance(answer, Accepted):
        assert place is not None
        assert found.in_district
        assert answer.grid == found.grid == "r1"
    if isinstance(answer, Refused):
        assert answer.refusal.code in REFUSALS or answer.refusal.code.startswith("quick-")
