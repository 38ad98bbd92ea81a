"""A notice arrives: accepted, a duplicate of an open case, or refused with a reason.

Locating and looking up the class are done before and come in as `Found`. Leaves out: what the acceptor decides by
moves. Source: processes clauses 1-5, workflow clauses 2 and 8; a collector's photo is from there, the other evidence
is ours.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from xiuhua.domain.duplicate import DedupeRules, Duplicate, OpenCase, duplicate_of
from xiuhua.domain.notice import (
    CHANNELS,
    MACHINES,
    VERIFIED_FIRST,
    Channel,
    Notice,
    Photo,
    PhotoKind,
    needs_verification,
)
from xiuhua.domain.quick import QuickRules, quick_refusal
from xiuhua.domain.words import Refusal, Words

__all__ = [
    "CHANNELS", "MACHINES", "VERIFIED_FIRST", "Accepted", "Channel", "DedupeRules", "Duplicate", "Found", "IntakeRules",
    "Notice", "OpenCase", "Photo", "PhotoKind", "QuickRules", "Refused", "judge", "needs_verification",
]  # fmt: skip

CLOCK_SKEW = timedelta(minutes=5)  # ours: telephones set by the network differ by seconds, cameras by minutes
OLDEST = timedelta(hours=72)  # ours: a field shift without signal and the week-end after it
OLDEST_RELAYED = timedelta(days=30)  # ours: hotline, city platform and press bring older matters
RELAYED = (Channel.HOTLINE, Channel.CITY_PLATFORM, Channel.LEADER, Channel.MEDIA)

WITH_PHOTO = frozenset({Channel.COLLECTOR, Channel.HANDLER_APP})
WITH_CLASS = frozenset({Channel.COLLECTOR, Channel.QUICK_REPORT, Channel.HANDLER_APP, *MACHINES})


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """A district's settings. `oldest` gives the age at which a channel's notice comes too late."""

    dedupe: DedupeRules = field(default_factory=DedupeRules)
    quick: QuickRules = field(default_factory=lambda: QuickRules(frozenset()))
    clock_skew: timedelta = CLOCK_SKEW
    oldest: Mapping[Channel, timedelta] = field(
        default_factory=lambda: dict.fromkeys(RELAYED, OLDEST_RELAYED)
    )

    def oldest_for(self, channel: Channel) -> timedelta:
        return self.oldest.get(channel, OLDEST)


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked up for the notice: the grid at its place, its class in the catalogue of the day.

    `major` is the class's group, "" where the edition has none, None where there is no such class.
    `matter` is what the class is about: a cover and its abnormal state are one.
    `this_hour`: quick reports of the same person in the hour before.
    """

    in_district: bool
    grid: str | None
    major: str | None
    condition_known: bool = True
    this_hour: int = 0
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """`group` is stored with the case to compare later notices with; empty while it has no class."""

    group: str
    grid: str
    verify: bool


@dataclass(frozen=True, slots=True)
class Refused:
    refusal: Refusal


REFUSALS: dict[str, Words] = {
    "moment-in-the-future": Words("发现时间晚于当前时间", "the moment lies in the future"),
    "too-old": Words("发现时间过早，超过可上报期限", "the moment lies too far back"),
    "place-missing": Words("缺少位置", "the place is missing"),
    "place-outside-district": Words("位置不在本区", "the place is outside the district"),
    "place-in-no-grid": Words("位置不在任何网格内", "the place lies in no grid"),
    "class-missing": Words("请选择类别", "the class is missing"),
    "class-unknown": Words("目录中没有这一类别", "there is no such class in the catalogue"),
    "condition-unknown": Words("该类别没有这一立案条件", "the class has no such filing condition"),
    "description-missing": Words("请填写问题描述", "say what the matter is"),
    "photo-missing": Words("至少需要一张照片", "at least one photo is needed"),
    "confidence-missing": Words(
        "机器发现须附置信度（0 至 1）", "a machine's notice needs its confidence, 0 to 1"
    ),
    "frames-missing": Words("机器发现须附证据帧", "a machine's notice needs its evidence frames"),
}


def judge(
    notice: Notice, found: Found, nearby: Sequence[OpenCase], rules: IntakeRules
) -> Accepted | Duplicate | Refused:
    refusal = next((r for check in _CHECKS if (r := check(notice, found, rules)) is not None), None)
    if refusal is not None:
        return Refused(refusal)
    if notice.key is None or found.major is None or notice.place is None:
        return Accepted("", found.grid or "", needs_verification(notice.channel))
    rule = rules.dedupe.rule_for(notice.key, found.major)
    group = rules.dedupe.group_of(notice.key, found.major, found.matter)
    duplicate = duplicate_of(group, notice.place, notice.noticed_at, rule, nearby)
    return duplicate or Accepted(group, found.grid or "", needs_verification(notice.channel))


def _moment(notice: Notice, found: Found, rules: IntakeRules) -> Refusal | None:
    age = notice.received_at - notice.noticed_at
    if age < -rules.clock_skew:
        return _refusal("moment-in-the-future", "noticed_at")
    return _refusal("too-old", "noticed_at") if age > rules.oldest_for(notice.channel) else None


def _place(notice: Notice, found: Found, rules: IntakeRules) -> Refusal | None:
    if notice.place is None:
        return _refusal("place-missing", "place")
    if not found.in_district:
        return _refusal("place-outside-district", "place")
    return None if found.grid else _refusal("place-in-no-grid", "place")


def _matter(notice: Notice, found: Found, rules: IntakeRules) -> Refusal | None:
    if notice.key is None:
        return _unclassified(notice)
    if found.major is None:
        return _refusal("class-unknown", "class")
    return None if found.condition_known else _refusal("condition-unknown", "condition")


def _unclassified(notice: Notice) -> Refusal | None:
    """The acceptor sets the class where the sender cannot be expected to know it; then words must say what it is."""
    if notice.channel in WITH_CLASS:
        return _refusal("class-missing", "class")
    return None if notice.description.strip() else _refusal("description-missing", "description")


def _evidence(notice: Notice, found: Found, rules: IntakeRules) -> Refusal | None:
    if notice.channel in MACHINES:
        if notice.confidence is None or not 0 <= notice.confidence <= 1:
            return _refusal("confidence-missing", "confidence")
        return None if notice.frames else _refusal("frames-missing", "frames")
    lacking = notice.channel in WITH_PHOTO and not notice.photos
    return _refusal("photo-missing", "photos") if lacking else None


def _quick(notice: Notice, found: Found, rules: IntakeRules) -> Refusal | None:
    if notice.channel is not Channel.QUICK_REPORT:
        return None
    return quick_refusal(notice, found.major or "", rules.quick, found.this_hour)


_CHECKS: tuple[Callable[[Notice, Found, IntakeRules], Refusal | None], ...] = (
    _moment,
    _place,
    _matter,
    _evidence,
    _quick,
)


def _refusal(code: str, field: str) -> Refusal:
    return Refusal(code, REFUSALS[code], field)
