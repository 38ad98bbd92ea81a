"""Quick handling (即采即处): when a collector may remove a small matter himself and report it as done.

Source: processes clause 2 (recommendation) and workflow clause 5: whitelisted classes, photos before and after at the
same spot, at most 10 minutes apart, a cap per person and hour so that the channel cannot be flooded.
"""

from dataclasses import dataclass
from datetime import timedelta

from xiuhua.domain.notice import Notice, Photo, PhotoKind
from xiuhua.domain.pattern import patterns_of
from xiuhua.domain.place import distance_m
from xiuhua.domain.words import Refusal, Words

MINUTES_APART = 10
SPOT_M = 20  # ours: two phone fixes of one spot in a street differ by about this much
PER_HOUR = 12  # ours: one in five minutes


@dataclass(frozen=True, slots=True)
class QuickRules:
    """`classes` are the class patterns of the whitelist."""

    classes: frozenset[str]
    spot_m: int = SPOT_M
    minutes_apart: int = MINUTES_APART
    per_hour: int = PER_HOUR


def quick_refusal(notice: Notice, major: str, rules: QuickRules, this_hour: int) -> Refusal | None:
    """`this_hour`: quick reports of the same person in the hour before this one."""
    if this_hour >= rules.per_hour:
        return _refused("quick-too-many", "channel", most=rules.per_hour)
    if notice.key is None or rules.classes.isdisjoint(patterns_of(notice.key, major)):
        return _refused("quick-class-not-listed", "class")
    before, after = _first(notice, PhotoKind.BEFORE), _first(notice, PhotoKind.AFTER)
    if before is None or after is None:
        return _refused("quick-photos-missing", "photos")
    return _pair_refusal(before, after, rules) or _place_refusal(notice, after, rules)


def _first(notice: Notice, kind: PhotoKind) -> Photo | None:
    return next((photo for photo in notice.photos if photo.kind is kind), None)


def _place_refusal(notice: Notice, after: Photo, rules: QuickRules) -> Refusal | None:
    """The place that is reported is the one the photos were taken at."""
    if notice.place is None or after.place is None or distance_m(notice.place, after.place) <= rules.spot_m:
        return None
    return _refused("quick-place-elsewhere", "place", most=rules.spot_m)


def _pair_refusal(before: Photo, after: Photo, rules: QuickRules) -> Refusal | None:
    if before.taken_at is None or after.taken_at is None or before.place is None or after.place is None:
        return _refused("quick-photos-unplaced", "photos")
    between = after.taken_at - before.taken_at
    if between < timedelta(0):
        return _refused("quick-photos-reversed", "photos")
    if between > timedelta(minutes=rules.minutes_apart):
        return _refused("quick-too-slow", "photos", most=rules.minutes_apart)
    if distance_m(before.place, after.place) > rules.spot_m:
        return _refused("quick-other-spot", "photos", most=rules.spot_m)
    return None


QUICK_REFUSALS: dict[str, Words] = {
    "quick-too-many": Words(
        "每人每小时最多快速上报 {most} 件", "one person may send {most} quick reports an hour"
    ),
    "quick-class-not-listed": Words("此类别不能快速上报", "this class cannot be handled quickly"),
    "quick-photos-missing": Words(
        "快速上报须有处置前和处置后的照片", "a photo before and one after are needed"
    ),
    "quick-photos-unplaced": Words("照片缺少拍摄时间或位置", "a photo lacks its time or place"),
    "quick-photos-reversed": Words(
        "处置后的照片早于处置前的照片", "the photo after was taken before the other"
    ),
    "quick-too-slow": Words("前后照片相隔超过 {most} 分钟", "the photos are more than {most} minutes apart"),
    "quick-place-elsewhere": Words(
        "上报位置与照片拍摄位置相差超过 {most} 米", "the photos were taken more than {most} m from the place reported"
    ),
    "quick-other-spot": Words(
        "前后照片不在同一地点（{most} 米内）", "the photos are more than {most} m apart"
    ),
}


def _refused(code: str, field: str, **given: int) -> Refusal:
    return Refusal(code, QUICK_REFUSALS[code].filled(**given), field)
