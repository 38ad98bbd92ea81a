"""Erase what a subject's transitions say of persons: names, phones, free text. The chain holds their digests on.

Whoever erases needs no sight of what is erased, so the administrator does it, on request and with a reason; the
journal keeps who, when, why and which fields. With the description go the words by which the subject was found.
Source: personal information law of China article 47 (recall); the rule who may do it is ours.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from xiuhua.domain.journal import Journal
from xiuhua.domain.people import Right
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.journal import record
from xiuhua.operations.move import NOT_FOUND
from xiuhua.operations.world import World
from xiuhua.store import sql
from xiuhua.store.loading import load
from xiuhua.store.lock import writing
from xiuhua.store.models import KeyRow, SubjectRow, TermRow, TextRow
from xiuhua.store.saving import found_by

NO_REASON = Refusal("reason-missing", Words("请填写理由", "a reason is needed"), "reason")


@dataclass(frozen=True, slots=True)
class Erased:
    kind: str
    number: str
    texts: int


def erase(
    kind: str, number: str, reason: str, acting: Acting, world: World, *, fields: Collection[str] = ()
) -> Erased | Refusal:
    """No `fields`: all of them. What was erased before is not counted again."""
    lacking = acting.lacks(Right.ADMINISTER)
    if lacking:
        return lacking
    if not reason.strip():
        return NO_REASON
    with writing():
        row = SubjectRow.objects.filter(kind=kind, number=number).first()
        if row is None:
            return NOT_FOUND
        names = _empty(row, fields, world)
        if names:
            facts: dict[str, Json] = {"of": kind, "fields": sorted(set(names)), "texts": len(names), "reason": reason}
            record(Journal.ERASURE, number, "erase", acting.by, facts, world)
    return Erased(kind, number, len(names))


def _empty(row: SubjectRow, fields: Collection[str], world: World) -> list[str]:
    texts = TextRow.objects.filter(kind=row.kind, number=row.number, text__isnull=False)
    if fields:
        texts = texts.filter(field__in=fields)
    names = list(texts.values_list("field", flat=True))
    if connection.vendor == "sqlite":
        sql.rows("PRAGMA secure_delete = ON")  # the bytes go too, not only the way to them
    texts.update(text=None, erased_at=world.now())
    if names:
        # An idempotency key holds an unsalted digest of what was sent: a phone number could be guessed from it.
        KeyRow.objects.filter(kind=row.kind, number=row.number).delete()
    if "description" in names:
        _forget_words(row)
    return names


def _forget_words(row: SubjectRow) -> None:
    """What the place says is not about persons; by that it is found on."""
    loaded = load(row.kind, row.number)
    kept = found_by("", loaded.subject) if loaded else set()
    TermRow.objects.filter(subject_id=row.pk).exclude(term__in=kept).delete()
