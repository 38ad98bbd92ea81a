from datetime import UTC, datetime, timedelta

import pytest

from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.notice import Channel, Notice, Photo, PhotoKind
from xiuhua.domain.place import Wgs84
from xiuhua.domain.quick import QUICK_REFUSALS, QuickRules, quick_refusal

NOON = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)
HERE = Wgs84(116.5, 35.4)
POSTER = ClassKey("gbt30428-2013", Kind.EVENT, "0201")
RULES = QuickRules(frozenset({"gbt30428-2013/event/02"}), spot_m=20, minutes_apart=10, per_hour=12)
METRE = 1 / 111_195  # degrees of latitude


def photo(kind: PhotoKind, minutes: float | None = 0, metres: float | None = 0) -> Photo:
    at = None if minutes is None else NOON + timedelta(minutes=minutes)
    place = None if metres is None else Wgs84(HERE.lon, HERE.lat + metres * METRE)
    return Photo(f"{kind}", kind, at, place)


def notice(*photos: Photo, key: ClassKey | None = POSTER) -> Notice:
    return Notice(Channel.QUICK_REPORT, key, None, HERE, "", "", NOON, NOON, photos=photos)


BEFORE = photo(PhotoKind.BEFORE)
AFTER = photo(PhotoKind.AFTER, 5, 5)


def code(of: Notice, major: str = "02", this_hour: int = 0) -> str:
    refusal = quick_refusal(of, major, RULES, this_hour)
    if refusal is None:
        return ""
    assert refusal.words.zh
    assert "{" not in refusal.words.en
    return refusal.code


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        ((BEFORE, AFTER), ""),
        ((photo(PhotoKind.WIDE), AFTER, BEFORE), ""),
        ((BEFORE, photo(PhotoKind.AFTER, 10, 0)), ""),
        ((BEFORE, photo(PhotoKind.AFTER, 10.1, 0)), "quick-too-slow"),
        ((BEFORE, photo(PhotoKind.AFTER, -1, 0)), "quick-photos-reversed"),
        ((BEFORE, photo(PhotoKind.AFTER, 5, 19)), ""),
        ((BEFORE, photo(PhotoKind.AFTER, 5, 21)), "quick-other-spot"),
        ((photo(PhotoKind.BEFORE, 0, 30), photo(PhotoKind.AFTER, 5, 40)), "quick-place-elsewhere"),
        ((BEFORE, photo(PhotoKind.AFTER, None, 0)), "quick-photos-unplaced"),
        ((photo(PhotoKind.BEFORE, 0, None), AFTER), "quick-photos-unplaced"),
        ((BEFORE,), "quick-photos-missing"),
        ((AFTER,), "quick-photos-missing"),
        ((BEFORE, photo(PhotoKind.CLOSE)), "quick-photos-missing"),
        ((), "quick-photos-missing"),
    ],
)
def test_two_photos_of_one_spot_within_ten_minutes(photos: tuple[Photo, ...], expected: str) -> None:
    assert code(notice(*photos)) == expected


def test_only_listed_classes() -> None:
    other = ClassKey("gbt30428-2013", Kind.EVENT, "0105")
    assert code(notice(BEFORE, AFTER, key=other), "01") == "quick-class-not-listed"
    assert code(notice(BEFORE, AFTER, key=None), "") == "quick-class-not-listed"


def test_one_person_cannot_flood_the_channel() -> None:
    assert code(notice(BEFORE, AFTER), this_hour=11) == ""
    assert code(notice(BEFORE, AFTER), this_hour=12) == "quick-too-many"


def test_every_refusal_is_in_the_table_above() -> None:
    assert len(QUICK_REFUSALS) == 8
