"""A move's fields as a form, and a form as what was given. Knows kinds of fields, never a move or a case by name.

Leaves out: whether what was given will do (`decide` says so, with the field's name), and keeping photos.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.http import QueryDict

from xiuhua.domain.deciding import is_moment
from xiuhua.domain.moves import Field, FieldKind
from xiuhua.domain.subject import Json, Subject
from xiuhua.web.choices import Choices
from xiuhua.web.rows import FieldView, Value

SHORT = frozenset({"reporter_name", "reporter_phone"})  # words about persons that fit a line
PREFIX = "f-"


class Uploads(Protocol):
    """Keeps what was uploaded under a name of the form and gives the photos' ids; a text file is read and not kept."""

    def __call__(self, name: str) -> list[str]: ...

    def text(self, name: str) -> str: ...


def given(fields: Sequence[Field], posted: QueryDict, zone: ZoneInfo, uploads: Uploads) -> dict[str, Json]:
    """What was filled in. A text that is no number or moment stays a text: the rules refuse it and say why."""
    found: dict[str, Json] = {}
    for field in fields:
        value = _given(field, posted, zone, uploads)
        if value not in (None, "", []):
            found[field.name] = value
    return found


def _given(field: Field, posted: QueryDict, zone: ZoneInfo, uploads: Uploads) -> Json:
    name = PREFIX + field.name
    match field.kind:
        case FieldKind.PHOTOS:
            return [*(_stored(one) for one in posted.getlist(name)), *uploads(name + "-new")]
        case FieldKind.YES:
            return bool(posted.get(name)) or None
        case FieldKind.DRAWING:
            return _drawing(uploads.text(name + "-file") or posted.get(name, ""))
        case FieldKind.PLACE:
            return _place(posted.get(name + "-lon", "").strip(), posted.get(name + "-lat", "").strip())
        case FieldKind.NUMBER:
            return _number(posted.get(name, "").strip())
        case FieldKind.MOMENT:
            return _moment(posted.get(name, "").strip(), zone)
        case _:
            return _stored(posted.get(name, "")).strip()


def _stored(text: str) -> str:
    """No database keeps a NUL the same way; nobody types one."""
    return text.replace("\0", "")


def _place(lon: str, lat: str) -> Json:
    if not lon and not lat:
        return None
    try:
        return [float(lon), float(lat)]
    except ValueError:
        return f"{lon} {lat}"


def _drawing(text: str) -> Json:
    """What is no JSON object stays a text, which the rules refuse."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else _stored(text).strip()


def _number(text: str) -> Json:
    try:
        return int(text)
    except ValueError:
        return text


def _moment(text: str, zone: ZoneInfo) -> Json:
    """A browser sends the time on the district's wall; seconds are not asked for."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()


def views(
    fields: Sequence[Field], subject: Subject, choices: Choices, typed: Mapping[str, Json]
) -> tuple[FieldView, ...]:
    """The form as it is shown: what was typed, otherwise what is known of the subject."""
    known = {f.name: subject.facts.get(f.sets) for f in fields if f.sets and f.kind is not FieldKind.PHOTOS}
    values: dict[str, Any] = {**known, **typed}
    return tuple(_view(field, values, choices) for field in fields)


def _view(field: Field, values: Mapping[str, Any], choices: Choices) -> FieldView:
    value = values.get(field.name)
    offered = choices.of(field, values)
    return FieldView(
        name=field.name, kind=field.kind, words=field.words, required=field.required,
        choices=offered, value=_shown(field.kind, value, choices.zone),
        extra=_extra(field, value), short=field.name in SHORT,
    )  # fmt: skip


def _shown(kind: FieldKind, value: Json, zone: ZoneInfo) -> Value:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if kind is FieldKind.YES:
        return "yes" if value else ""
    if kind is FieldKind.DRAWING and isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if kind is FieldKind.MOMENT and value:
        return _local(str(value), zone)
    return "" if value is None else str(value)


def _local(text: str, zone: ZoneInfo) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if not is_moment(text):
        return text
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"


def _extra(field: Field, value: Json) -> Mapping[str, str]:
    if field.kind is FieldKind.PLACE and isinstance(value, list) and len(value) == 2:
        return {"lon": str(value[0]), "lat": str(value[1])}
    return {}
