"""The form of a new notice: which channels and fields a post meets, and what was filled in as the notice it is.

The other kinds of subject take their first move's fields as they stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from xiuhua.domain.deciding import is_moment
from xiuhua.domain.intake import WITH_CLASS, WITH_PHOTO
from xiuhua.domain.moves import Field, Move, Table
from xiuhua.domain.notice import MACHINES, Channel
from xiuhua.domain.people import Post
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal, Words, Wrong
from xiuhua.operations.report import MOVES, SENDERS, Sent

# the order in which somebody tells it; what the program finds by itself is not asked for
ORDER = (
    "channel", "before", "photos", "place", "place_text", "class", "condition", "description", "reporter_name",
    "reporter_phone", "noticed_at", "road", "component", "owner", "external",
)  # fmt: skip
_TEXTS = (
    "condition",
    "place_text",
    "description",
    "road",
    "component",
    "owner",
    "external",
    "reporter_name",
    "reporter_phone",
)

_NEEDING = {"class": WITH_CLASS, "photos": WITH_PHOTO}  # the channels whose notices are refused without

SHORT = 120  # the same as for the interface
_LONGEST = {"place_text": 400, "description": 4000}

TOO_LONG = Words("超过{it}字", "longer than {it} characters")
NO_MOMENT = Words("发现时间应为日期和时间", "noticed at must be a date and time")
NO_PLACE = Words("位置应为经纬度", "the place must be longitude and latitude")


def channels(move: str, post: Post) -> frozenset[Channel]:
    """The channels a person at this post can bring in by hand with this move; machines send their own."""
    return frozenset(
        c
        for c, posts in SENDERS.items()
        if post in posts and MOVES.get(c, "report") == move and c not in MACHINES
    )


def begins(table: Table, post: Post) -> tuple[Move, ...]:
    """The moves by which this post can begin a subject on a page."""
    return tuple(m for m in table.moves_from("") if post in m.by and (not _case(m) or channels(m.name, post)))


def _case(move: Move) -> bool:
    return any(f.name == "channel" for f in move.fields)


def asked_for(move: Move, post: Post) -> tuple[Field, ...]:
    if not _case(move):
        return move.fields
    known = channels(move.name, post)
    by_name = {f.name: _marked(f, known) for f in move.fields}
    needless = {"channel"} if len(known) == 1 else set()
    return tuple(by_name[name] for name in ORDER if name in by_name and name not in needless)


def _marked(field: Field, known: frozenset[Channel]) -> Field:
    """What every channel of this post has to bring is asked for on the form, not first on its return."""
    needing = _NEEDING.get(field.name)
    return replace(field, required=True) if needing and known and known <= needing else field


def sent(move: Move, post: Post, given: Mapping[str, Json], now: datetime) -> Sent | Refusal:
    """The notice, or what is wrong with a moment or place that cannot be read."""
    known = channels(move.name, post)
    channel = str(given.get("channel") or next(iter(known), ""))
    if channel not in known:
        return Refusal("field-missing", Words("请选择渠道", "the channel is needed"), "channel")
    noticed = _moment(given.get("noticed_at"), now)
    if isinstance(noticed, Refusal):
        return noticed
    place = _place(given.get("place"))
    if isinstance(place, Refusal):
        return place
    texts: dict[str, Any] = {name: str(given.get(name) or "") for name in _TEXTS}
    long = next((name for name, text in texts.items() if len(text) > _LONGEST.get(name, SHORT)), None)
    if long is not None:
        return Refusal("field-long", TOO_LONG.filled(it=_LONGEST.get(long, SHORT)), long)
    return Sent(
        channel=Channel(channel), place=place, noticed_at=noticed, class_key=str(given.get("class") or ""),
        photos=_ids(given.get("photos")), before=_ids(given.get("before")), **texts,
    )  # fmt: skip


def _moment(value: Json, now: datetime) -> datetime | Refusal:
    if not value:
        return now
    if not is_moment(str(value)):
        return Refusal("field-kind", NO_MOMENT, "noticed_at")
    return datetime.fromisoformat(str(value))


def _place(value: Json) -> Wgs84 | None | Refusal:
    if value is None:
        return None
    if not isinstance(value, list):
        return Refusal("field-kind", NO_PLACE, "place")
    try:
        return Wgs84(*value)
    except Wrong as wrong:
        return Refusal(wrong.code, wrong.words, "place")


def _ids(value: Json) -> tuple[str, ...]:
    found: Sequence[Any] = value if isinstance(value, list) else ()
    return tuple(str(one) for one in found)
