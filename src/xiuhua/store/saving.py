"""Saving transitions: the only function that writes to the past. One change or ten thousand take the same way.

In one database transaction: transitions, the texts beside them, the subjects' rows, outbox, terms, keys. A subject
whose version is no longer the one that was seen raises `LostRace`, and nothing is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from xiuhua.domain.moves import Table
from xiuhua.domain.reminder import first_look
from xiuhua.domain.subject import Subject, Transition, canonical, chain_digest, text_digest
from xiuhua.domain.written import body_of, subject_json
from xiuhua.store import sql
from xiuhua.store.cells import cell
from xiuhua.store.photos import link
from xiuhua.store.search import terms

_TRANSITION = (
    "kind, number, sequence, move, stage_from, stage_to, person, post, organisation, came, at, due, in_time, "
    "round, unit, body, previous, digest"
)
FLAT = (
    "version, stage, is_open, body, head, channel, class_key, unit, grid, responsibility_grid, street, place_text, "
    "reporter, assignee, photo, flags, external, longitude, latitude, cell, opened_at, closed_at, due_at, warn_at, "
    "next_at"
)
_UPDATE = (
    f"UPDATE subject SET {', '.join(f'{c.strip()} = %s' for c in FLAT.split(','))} "  # noqa: S608 - our own names
    "WHERE kind = %s AND number = %s AND version = %s"
)

# One statement for all terms of a subject: sixty would take as long as everything else together.
_TERMS = {
    "sqlite": (
        "INSERT INTO term (term, subject_id) SELECT t.value, s.id FROM json_each(%s) t, subject s "
        "WHERE s.kind = %s AND s.number = %s"
    ),
    "postgresql": (
        "INSERT INTO term (term, subject_id) SELECT t, s.id FROM json_array_elements_text(%s::json) t, subject s "
        "WHERE s.kind = %s AND s.number = %s"
    ),
}


class LostRace(Exception):  # noqa: N818
    """Somebody moved the subject after it was looked at."""

    def __init__(self, kind: str, number: str) -> None:
        super().__init__(f"{kind} {number} was moved by somebody else meanwhile")
        self.kind = kind
        self.number = number


@dataclass(frozen=True, slots=True)
class Change:
    """A decided transition with the subject before and after it.

    `body` is what was hashed, `head` the digest that ties it to `previous`, the digest it follows.
    """

    table: Table
    before: Subject
    after: Subject
    transition: Transition
    previous: str
    body: str
    head: str
    salts: Mapping[str, str]
    key: str = ""
    asked: str = ""


def hashed(transition: Transition, previous: str, salts: Mapping[str, str]) -> tuple[str, str]:
    """The body of a transition, and the digest that ties it to its predecessor."""
    digests = {name: text_digest(salts[name], text) for name, text in transition.texts.items()}
    body = body_of(transition, digests)
    return body, chain_digest(previous, body)


def save(changes: Sequence[Change]) -> None:
    """Write the changes, which may follow one another, in the transaction that the caller holds."""
    _save_subjects(changes)  # first: here a lost race shows
    moved = [_transition_row(c.transition, c.body, c.previous, c.head) for c in changes]
    sql.insert("transition", _TRANSITION, moved)
    sql.insert("text", "kind, number, sequence, field, salt, text", _text_rows(changes))
    sql.insert("outbox", "kind, number, sequence, topic, recipient, way, at", _outbox_rows(changes))
    sql.insert("key", "person, key, asked, kind, number, sequence, at", _key_rows(changes))
    for change in changes:
        if change.transition.evidence:
            link(change.transition.evidence, change.after.kind, change.after.number)


def append(entry: Transition, previous: str) -> None:
    """Write an entry of the journal: a transition without a subject. Raises IntegrityError where another was first."""
    body, head = hashed(entry, previous, {})
    sql.insert("transition", _TRANSITION, [_transition_row(entry, body, previous, head)])


def _transition_row(t: Transition, body: str, previous: str, head: str) -> sql.Row:
    return (
        t.kind, t.number, t.sequence, t.move, t.stage_from, t.stage_to, t.by.person, t.by.post.value,
        t.by.organisation, sql.moment(t.came), sql.moment(t.at), sql.moment(t.due), t.in_time, t.round, t.unit,
        body, previous, head,
    )  # fmt: skip


def _save_subjects(changes: Sequence[Change]) -> None:
    """Of changes that follow one another only the last row is written, against the version before the first."""
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], Change] = {}
    for change in changes:
        name = (change.after.kind, change.after.number)
        first.setdefault(name, change.before.version)
        last[name] = change
    for name, version in first.items():
        if version and sql.many(_UPDATE, [(*_row(last[name]), *name, version)]) != 1:
            raise LostRace(*name)
    new = [name for name, version in first.items() if version == 0]
    if new:
        _insert_subjects(new, changes, last)


def _insert_subjects(
    new: Sequence[tuple[str, str]], changes: Sequence[Change], last: Mapping[tuple[str, str], Change]
) -> None:
    found = {(c.after.kind, c.after.number): _terms(c) for c in changes if c.before.version == 0}
    put([(*name, _row(last[name]), found[name]) for name in new])


def put(subjects: Sequence[tuple[str, str, sql.Row, set[str]]]) -> None:
    """New rows (kind, number, `flat`), each with the terms it is found by."""
    sql.insert("subject", f"kind, number, {FLAT}", [(kind, number, *row) for kind, number, row, _ in subjects])
    found = [(canonical(sorted(words)), kind, number) for kind, number, _, words in subjects if words]
    sql.many(_TERMS[connection.vendor], found)


def _terms(change: Change) -> set[str]:
    return found_by(change.transition.texts.get("description", ""), change.after)


def found_by(description: str, begun: Subject) -> set[str]:
    """What a subject is found by: what was said and where, when it began."""
    return terms(f"{description} {begun.fact('place_text')}")


def _row(change: Change) -> sql.Row:
    return flat(change.table, change.after, change.head)


def flat(table: Table, s: Subject, head: str) -> sql.Row:
    """The row of a subject: its snapshot, and the columns that lists filter and sort by."""
    facts = s.facts
    place: Any = facts.get("place") or (None, None)
    opened_at = datetime.fromisoformat(s.fact("opened_at"))
    return (
        s.version, s.stage, table.group(s.stage).is_open, canonical(subject_json(s)), head,
        s.fact("channel"), s.fact("class"), s.fact("unit"), s.fact("grid"), s.fact("responsibility_grid"),
        s.fact("street"), s.fact("place_text")[:400], s.fact("reporter"), s.fact("assignee"),
        s.fact("photo"), " ".join(s.flags), s.fact("external"), place[0], place[1],
        cell(place[0], place[1]) if facts.get("place") else None,
        sql.moment(opened_at), sql.moment(_fact_moment(s, "closed_at")), sql.moment(s.due), sql.moment(s.warn),
        sql.moment(first_look(s)),
    )  # fmt: skip


def _fact_moment(subject: Subject, fact: str) -> datetime | None:
    text = subject.fact(fact)
    return datetime.fromisoformat(text) if text else None


def _text_rows(changes: Sequence[Change]) -> list[sql.Row]:
    return [
        (c.after.kind, c.after.number, c.transition.sequence, field, c.salts[field], text)
        for c in changes
        for field, text in c.transition.texts.items()
    ]


def _outbox_rows(changes: Sequence[Change]) -> list[sql.Row]:
    return [
        (t.kind, t.number, t.sequence, t.move, recipient, "in-app", sql.moment(t.at))
        for t in (c.transition for c in changes)
        for recipient in t.told
    ]


def _key_rows(changes: Sequence[Change]) -> list[sql.Row]:
    return [
        (t.by.person, c.key, c.asked, t.kind, t.number, t.sequence, sql.moment(t.at))
        for c in changes
        if c.key
        for t in (c.transition,)
    ]
