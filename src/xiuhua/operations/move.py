"""Make one move of a subject: load, decide, save. Every other verb that changes a subject goes through here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError

from xiuhua.domain.deciding import decide
from xiuhua.domain.moves import Table
from xiuhua.domain.subject import By, Json, Transition, apply, canonical
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.effects import effected
from xiuhua.operations.evidence import photos_usable
from xiuhua.operations.naming import unknown_name
from xiuhua.operations.world import World
from xiuhua.store.loading import Loaded, keyed, load, transition
from xiuhua.store.lock import writing
from xiuhua.store.saving import Change, LostRace, hashed, save


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, as it was written: the same answer for the first request and for its repetition."""

    kind: str
    number: str
    version: int
    move: str
    stage: str
    at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A move as somebody asks for it. `seen` is the version that was looked at, `key` makes a repeat harmless.

    `new`: the move begins a subject. `request`: digest of what was asked, where more than that is in `given`.
    """

    kind: str
    number: str
    move: str
    by: By
    given: Mapping[str, Json]
    seen: int | None = None
    key: str = ""
    new: bool = False
    request: str = ""

    @property
    def digest(self) -> str:
        """Of all that was asked; the same key with another digest is refused. A new subject's number is ours."""
        if self.request:
            return self.request
        asked = [
            self.kind,
            "" if self.new else self.number,
            self.move,
            self.by.post.value,
            self.by.organisation,
            dict(self.given),
        ]
        return hashlib.sha256(canonical(asked).encode()).hexdigest()


UNKNOWN_KIND = Refusal("kind-unknown", Words("没有这种登记", "there is no such register"), "kind")
NOT_FOUND = Refusal(
    "not-found",
    Words("没有这个编号，或不在您的范围内", "there is no such number, or it is not yours to see"),
    "number",
)
OTHER_BODY = Refusal(
    "key-used", Words("同一请求编号已用于另一内容", "this idempotency key was used for something else"), "key"
)


def make_move(asked: Asked, world: World) -> Done | Refusal:
    """Raises `LostRace` where the subject is no longer at the version that was seen."""
    table = world.table(asked.kind)
    if table is None:
        return UNKNOWN_KIND
    try:
        with writing():
            return repeated(asked) or _moved(table, asked, world)
    except IntegrityError:  # the same key at the same moment on another connection: its answer is ours
        return answered(asked)


def answered(asked: Asked) -> Done | Refusal:
    answer = repeated(asked)
    if answer is None:
        raise LostRace(asked.kind, asked.number)
    return answer


def repeated(asked: Asked) -> Done | Refusal | None:
    """The first answer to this key, if it was used before."""
    row = keyed(asked.by.person, asked.key) if asked.key else None
    if row is None:
        return None
    if row.asked != asked.digest:
        return OTHER_BODY
    return done(transition(row.kind, row.number, row.sequence), repeat=True)


def _moved(table: Table, asked: Asked, world: World) -> Done | Refusal:
    loaded = load(asked.kind, asked.number)
    if loaded is None:
        return NOT_FOUND
    if asked.seen is not None and asked.seen != loaded.subject.version:
        raise LostRace(asked.kind, asked.number)
    unusable = photos_usable(table.moves.get(asked.move), asked.given, asked.by.person, asked.kind, asked.number)
    if unusable:
        return unusable
    return write(table, loaded, asked, world)


def write(table: Table, loaded: Loaded, asked: Asked, world: World) -> Done | Refusal:
    change = changed(table, loaded, asked, world)
    if isinstance(change, Refusal):
        return change
    save([change])
    return done(change.transition)


def changed(table: Table, loaded: Loaded, asked: Asked, world: World) -> Change | Refusal:
    """The decided change, not yet saved: what the single way and the batch way have in common."""
    row = table.moves.get(asked.move)
    unknown = unknown_name(table, row, asked.given, asked.by, world) if row else None
    if unknown:
        return unknown
    decided = decide(table, loaded.subject, asked.move, asked.by, world.now(), asked.given, world.district)
    if isinstance(decided, Refusal):
        return decided
    salts = {name: world.salt() for name in decided.texts}
    change = _change(table, loaded, decided, salts, asked)
    facts = effected(change, world)
    if isinstance(facts, Refusal):
        return facts
    return _change(table, loaded, _knowing(decided, facts), salts, asked) if facts else change


def _change(
    table: Table, loaded: Loaded, decided: Transition, salts: Mapping[str, str], asked: Asked
) -> Change:
    body, head = hashed(decided, loaded.head, salts)
    after = apply(loaded.subject, decided)
    asked_digest = asked.digest if asked.key else ""
    return Change(
        table, loaded.subject, after, decided, loaded.head, body, head, salts, asked.key, asked_digest
    )


def _knowing(decided: Transition, facts: Mapping[str, Json]) -> Transition:
    return replace(decided, patch=replace(decided.patch, facts={**decided.patch.facts, **facts}))


def done(t: Transition, *, repeat: bool = False) -> Done:
    return Done(t.kind, t.number, t.sequence, t.move, t.stage_to, t.at, repeat)
