"""What every register has in common: where a subject stands now, and the transitions that brought it there.

A subject is a case, a hotline order, a ledger record: anything with a kind, a number and a table of moves.
`apply` needs no rules: a transition carries what the rules decided, so a changed rule never changes the past.
Leaves out: what may happen (`moves.py`) and how it is kept (`store/`).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xiuhua.domain.clock import Limit
from xiuhua.domain.deadline import Pause
from xiuhua.domain.people import Post

Json = str | int | float | bool | None | list[Any] | dict[str, Any]
GENESIS = "0" * 64  # what the first transition of a subject names as its predecessor


@dataclass(frozen=True, slots=True)
class By:
    """Who moves: an account (a code, never a person's name), in which post, for which organisation."""

    person: str
    post: Post
    organisation: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A running time limit. `started` and `limit` are raw facts; pauses and extensions are kept beside them."""

    name: str
    started: datetime
    limit: Limit | None
    calendar: str
    due: datetime | None
    warn: datetime | None
    then: str = ""
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Limit, ...] = ()

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None

    def in_time(self, at: datetime) -> bool | None:
        return None if self.due is None else at <= self.due


@dataclass(frozen=True, slots=True)
class Subject:
    """Where one subject stands now; the fold of its transitions."""

    kind: str
    number: str
    version: int = 0
    stage: str = ""
    since: datetime | None = None
    round: int = 1
    facts: Mapping[str, Json] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    requests: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    did: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # who made each move, in any round

    def fact(self, name: str) -> str:
        value = self.facts.get(name)
        return "" if value is None else str(value)

    def number_fact(self, name: str) -> int:
        """How often something was; nothing yet is none."""
        value = self.facts.get(name, 0)
        return value if isinstance(value, int) else 0

    def list_fact(self, name: str) -> list[Json]:
        value = self.facts.get(name)
        return value if isinstance(value, list) else []

    def with_facts(self, facts: Mapping[str, Json]) -> "Subject":
        return Subject(
            self.kind, self.number, self.version, self.stage, self.since, self.round, {**self.facts, **facts},
            self.clocks, self.requests, self.flags, self.did,
        )  # fmt: skip

    @property
    def due(self) -> datetime | None:
        """The next due moment of a clock that people answer for (one without a silent consequence)."""
        return min((c.due for c in self.clocks.values() if c.due and not c.then), default=None)

    @property
    def warn(self) -> datetime | None:
        return min((c.warn for c in self.clocks.values() if c.warn and not c.then), default=None)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What became of a clock when it ended."""

    clock: str
    started: datetime
    due: datetime | None
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class Patch:
    """What a transition changes in a subject. A None value takes the entry away."""

    facts: Mapping[str, Json] = field(default_factory=dict)
    clocks: Mapping[str, Clock | None] = field(default_factory=dict)
    requests: Mapping[str, dict[str, Any] | None] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """One change, fixed for ever: who, when, under which rules, and what it did.

    `came` is when the stage that is left was entered. `due` and `in_time` belong to the first clock that ended.
    `texts` are words about persons; they lie beside the transition, which holds only their salted digests.
    """

    kind: str
    number: str
    sequence: int
    move: str
    stage_from: str
    stage_to: str
    by: By
    came: datetime
    at: datetime
    round: int
    patch: Patch
    due: datetime | None = None
    in_time: bool | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    edition: str = ""
    calendar: str = ""
    grid: str = ""
    unit: str = ""
    stopped: tuple[Stopped, ...] = ()
    told: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def apply(subject: Subject, transition: Transition) -> Subject:
    """The subject after the transition. Raises ValueError where the sequence does not follow."""
    if transition.sequence != subject.version + 1:
        raise ValueError(f"{transition.number}: {transition.sequence} does not follow {subject.version}")
    patch = transition.patch
    moved = transition.stage_to != subject.stage or subject.since is None
    flags = (
        tuple(sorted({*subject.flags, *patch.raised} - set(patch.lowered)))
        if patch.raised or patch.lowered
        else subject.flags
    )
    return Subject(
        kind=subject.kind,
        number=subject.number,
        version=transition.sequence,
        stage=transition.stage_to,
        since=transition.at if moved else subject.since,
        round=transition.round,
        facts=_merged(subject.facts, patch.facts),
        clocks=_merged(subject.clocks, patch.clocks),
        requests=_merged(subject.requests, patch.requests),
        flags=flags,
        did=_with(subject.did, transition.move, transition.by.person),
    )


def fold(kind: str, number: str, transitions: Iterable[Transition]) -> Subject:
    subject = Subject(kind, number)
    for transition in transitions:
        subject = apply(subject, transition)
    return subject


def _with(did: Mapping[str, tuple[str, ...]], move: str, person: str) -> Mapping[str, tuple[str, ...]]:
    before = did.get(move, ())
    return did if person in before else {**did, move: (*before, person)}


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    if not new:
        return old
    merged = {**old, **new}
    return {name: value for name, value in merged.items() if value is not None}


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Json) -> str:
    """The one text form of a JSON value that digests are taken of."""
    return _CANONICAL.encode(value)


def text_digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\x00{text}".encode()).hexdigest()


def chain_digest(previous: str, body: str) -> str:
    """The digest of a transition's body (`written.body_of`), tied to its predecessor's."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
