"""Reading subjects and their transitions back as plain values."""

import json
from dataclasses import dataclass

from xiuhua.domain.subject import GENESIS, Subject, Transition
from xiuhua.domain.written import subject_of, transition_of
from xiuhua.store import sql
from xiuhua.store.models import TextRow, TransitionRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """A subject as it stands, with the digest that its next transition follows."""

    subject: Subject
    head: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """What an idempotency key was used for: the digest of what was asked, and the transition that answered."""

    asked: str
    kind: str
    number: str
    sequence: int


_KEYED = "SELECT asked, kind, number, sequence FROM key WHERE person = %s AND key = %s"


def load(kind: str, number: str) -> Loaded | None:
    row = sql.one(
        "SELECT version, stage, body, head FROM subject WHERE kind = %s AND number = %s", [kind, number]
    )
    if row is None:
        return None
    return Loaded(subject_of(kind, number, row[0], row[1], json.loads(row[2])), row[3])


def blank(kind: str, number: str) -> Loaded:
    return Loaded(Subject(kind, number), GENESIS)


def transitions(kind: str, number: str) -> list[Transition]:
    """All transitions of a subject in their order, without their texts."""
    rows = TransitionRow.objects.filter(kind=kind, number=number).order_by("sequence")
    return [transition_of(json.loads(body)) for body in rows.values_list("body", flat=True)]


def transition(kind: str, number: str, sequence: int) -> Transition:
    row = TransitionRow.objects.get(kind=kind, number=number, sequence=sequence)
    return transition_of(json.loads(row.body))


def texts(kind: str, number: str) -> dict[tuple[int, str], str | None]:
    """The words about persons beside the transitions, by sequence and field; None where they were erased."""
    rows = TextRow.objects.filter(kind=kind, number=number).values_list("sequence", "field", "text")
    return {(sequence, field): text for sequence, field, text in rows}


def keyed(person: str, key: str) -> Keyed | None:
    row = sql.one(_KEYED, [person, key])
    return Keyed(*row) if row else None


def next_in_series(series: str, count: int = 1) -> int:
    """The first of `count` numbers of a series, taken inside the caller's transaction."""
    row = sql.one(
        "INSERT INTO counter (series, value) VALUES (%s, %s) "
        "ON CONFLICT (series) DO UPDATE SET value = counter.value + excluded.value RETURNING value",
        [series, count],
    )
    if row is None:
        raise LookupError(series)
    first: int = row[0] - count + 1
    return first
