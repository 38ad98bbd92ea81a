"""A notice arrives: locate it, judge it, give it a number, begin its case.

A likely duplicate is registered too and says of which case it seems to be one: the acceptor merges, nothing is lost.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from xiuhua.domain.case import KIND
from xiuhua.domain.codes import ClassKey
from xiuhua.domain.district import CLASS_UNKNOWN
from xiuhua.domain.intake import Duplicate, Found, Notice, OpenCase, Refused, judge
from xiuhua.domain.notice import MACHINES, Channel, Photo, PhotoKind
from xiuhua.domain.people import Post
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.batch import Batch
from xiuhua.operations.begin import begin, numbered
from xiuhua.operations.components import find, told
from xiuhua.operations.move import Asked, Done, repeated
from xiuhua.operations.world import World
from xiuhua.space.locate import Located
from xiuhua.store.nearby import open_nearby, quick_reports_since
from xiuhua.store.photos import photo_facts

MOVES = {Channel.QUICK_REPORT: "report-quick", Channel.HANDLER_APP: "report-self"}
SENDERS: Mapping[Channel, frozenset[Post]] = {
    Channel.COLLECTOR: frozenset({Post.COLLECTOR}),
    Channel.QUICK_REPORT: frozenset({Post.COLLECTOR}),
    Channel.HANDLER_APP: frozenset({Post.HANDLER, Post.UNIT_DESK}),
    Channel.VEHICLE_ANALYSIS: frozenset({Post.MACHINE_SOURCE, Post.ACCEPTOR}),
    Channel.OWN_VIDEO: frozenset({Post.MACHINE_SOURCE, Post.ACCEPTOR}),
    Channel.HOTLINE: frozenset({Post.MACHINE_SOURCE, Post.ACCEPTOR}),
    Channel.CITY_PLATFORM: frozenset({Post.MACHINE_SOURCE, Post.ACCEPTOR}),
    Channel.PUBLIC: frozenset({Post.CITIZEN, Post.ACCEPTOR}),
    Channel.LEADER: frozenset({Post.LEADER, Post.SUPERVISING_OFFICER, Post.ACCEPTOR}),
    Channel.MEDIA: frozenset({Post.ACCEPTOR, Post.SUPERVISING_OFFICER}),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice as a sender gives it. `class_key` is the text form of a class key; photos are ids already stored."""

    channel: Channel
    place: Wgs84 | None
    noticed_at: datetime
    class_key: str = ""
    condition: str = ""
    place_text: str = ""
    description: str = ""
    road: str = ""
    component: str = ""
    owner: str = ""
    external: str = ""
    photos: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    confidence: float | None = None
    model: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""


def report(sent: Sent, by: By, world: World, key: str = "") -> Done | Refusal:
    """The case that was begun, or the reason why the notice is not taken.

    A repeat is known before anything is judged: it would look like a duplicate of itself.
    """
    request = _request(sent, by) if key else ""
    asked = _repeated(by, key, request) or _asked(sent, by, world, key, request)
    if isinstance(asked, Done):
        return asked
    if isinstance(asked, Refusal):
        return asked
    return begin(asked, world)


def _repeated(by: By, key: str, request: str) -> Done | Refusal | None:
    return repeated(Asked(KIND, "", "", by, {}, key=key, new=True, request=request)) if key else None


def _request(sent: Sent, by: By) -> str:
    """Of what the sender said; what is found out about it may differ at the second time."""
    said = [by.post.value, by.organisation, *(getattr(sent, name) for name in Sent.__slots__)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, default=str).encode()).hexdigest()


def report_in(batch: Batch, sent: Sent, by: By) -> Done | Refusal:
    """The same by the batch way. Open cases of the same batch are seen after its next flush."""
    asked = _asked(sent, by, batch.world)
    if isinstance(asked, Refusal):
        return asked
    return batch.move(numbered(asked, batch.world))


def _asked(sent: Sent, by: By, world: World, key: str = "", request: str = "") -> Asked | Refusal:
    if by.post not in SENDERS[sent.channel]:
        words, channel = by.post.words, sent.channel.words
        text = Words(
            f"{words.zh}不能用“{channel.zh}”渠道", f"a {words.en} cannot use the channel “{channel.en}”"
        )
        return Refusal("channel-not-yours", text, "channel")
    class_key = world.district.key_of(sent.class_key)
    if sent.class_key and class_key is None:
        return Refusal("class-unknown", CLASS_UNKNOWN.filled(it=sent.class_key), "class")
    if sent.component:
        sent = _with_component(sent)
    located = world.locator.locate(sent.place) if sent.place else None
    verdict = _verdict(sent, class_key, located, by, world)
    if isinstance(verdict, Refused):
        return verdict.refusal
    given = _given(sent, located)
    if isinstance(verdict, Duplicate):
        given["duplicate_of"] = verdict.of
    return Asked(KIND, "", MOVES.get(sent.channel, "report"), by, given, key=key, new=True, request=request)


def _with_component(sent: Sent) -> Sent:
    """Its code, and the owner whom the register names. What is not there is refused by `naming`, or kept as told."""
    component = told(sent.component)
    known = find(component)
    return replace(sent, component=component, owner=known.component.owner if known else sent.owner)


def _verdict(sent: Sent, class_key: ClassKey | None, located: Any, by: By, world: World) -> Any:
    known = world.district.catalog.case_class(class_key) if class_key else None
    inside = isinstance(located, Located)
    notice = Notice(
        channel=sent.channel, key=class_key, condition=sent.condition or None, place=sent.place,
        place_text=sent.place_text, description=sent.description, noticed_at=sent.noticed_at,
        received_at=world.now(), component=sent.component or None, photos=_photos(sent),
        confidence=sent.confidence, frames=sent.frames, source_ref=sent.external,
    )  # fmt: skip
    found = Found(
        in_district=inside,
        grid=(located.grid or None) if inside else None,
        major=known.major if known else None,
        condition_known=not sent.condition or _condition_known(sent, world),
        this_hour=_this_hour(sent, by, world),
        matter=known.duplicates if known else "",
    )
    return judge(notice, found, _nearby(sent, class_key, world), world.district.intake)


def _condition_known(sent: Sent, world: World) -> bool:
    return world.district.classified(sent.class_key, sent.condition, world.now()) is None


def _this_hour(sent: Sent, by: By, world: World) -> int:
    if sent.channel is not Channel.QUICK_REPORT:
        return 0
    return quick_reports_since(by.person, world.now() - timedelta(hours=1))


def _nearby(sent: Sent, class_key: ClassKey | None, world: World) -> list[OpenCase]:
    """Open cases within the radius and window of this class; the rule compares them."""
    if class_key is None or sent.place is None:
        return []
    major = world.district.catalog.case_class(class_key).major
    rule = world.district.intake.dedupe.rule_for(class_key, major)
    since = sent.noticed_at - timedelta(hours=rule.window_hours)
    return open_nearby(sent.place, rule.radius_m, since, lambda text: _group(text, world))


def _group(class_key: str, world: World) -> str:
    key = world.district.key_of(class_key)
    if key is None:
        return ""
    known = world.district.catalog.case_class(key)
    return world.district.intake.dedupe.group_of(key, known.major, known.duplicates)


def _photos(sent: Sent) -> tuple[Photo, ...]:
    """With what their own data say of time and place; only quick handling judges by it."""
    last = PhotoKind.AFTER if sent.channel is Channel.QUICK_REPORT else PhotoKind.WIDE
    kinds = [(PhotoKind.BEFORE, sent.before), (last, sent.photos)]
    if sent.channel is not Channel.QUICK_REPORT:
        return tuple(Photo(i, kind) for kind, ids in kinds for i in ids)
    return tuple(Photo(i, kind, *photo_facts(i)) for kind, ids in kinds for i in ids)


def _given(sent: Sent, located: Any) -> dict[str, Json]:
    place = [round(sent.place.lon, 7), round(sent.place.lat, 7)] if sent.place else None
    inside = isinstance(located, Located)
    every: dict[str, Json] = {
        "channel": sent.channel.value, "noticed_at": sent.noticed_at.isoformat(), "place": place,
        "class": sent.class_key, "condition": sent.condition, "place_text": sent.place_text,
        "description": sent.description, "road": sent.road, "component": sent.component, "owner": sent.owner,
        "external": sent.external, "photos": list(sent.photos), "before": list(sent.before),
        "reporter_name": sent.reporter_name, "reporter_phone": sent.reporter_phone, "model": sent.model,
        "grid": located.grid if inside else "", "street": located.street if inside else "",
        "responsibility_grid": located.responsibility_grid if inside else "",
        "area_class": located.area_class if inside else "",
    }  # fmt: skip
    if sent.channel in MACHINES:
        every |= {"frames": list(sent.frames), "confidence": round((sent.confidence or 0) * 1000)}
    return {name: value for name, value in every.items() if value not in ("", None, [])}
