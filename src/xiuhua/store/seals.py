"""Seals: batches of transitions under one digest, which covers their ordered digests and the seal before.

Leaves out: which transitions are sealed together (`operations.seal`) and the file outside the database (`seal_file`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from xiuhua.store import sql
from xiuhua.store.models import SealRow

SHORT = 16  # hex digits by which a member is known in its seal's row
_COLUMNS = "SELECT number, at, low, members, previous, digest FROM seal"


class Member(NamedTuple):
    """A transition in a seal: what it was called, so that it can be named when it has gone."""

    id: int
    kind: str
    number: str
    sequence: int
    digest: str

    @property
    def name(self) -> tuple[str, str, int]:
        return self.kind, self.number, self.sequence


@dataclass(frozen=True, slots=True)
class Seal:
    number: int
    at: datetime
    low: int
    members: tuple[Member, ...]
    previous: str
    digest: str


def seal_digest(previous: str, digests: Iterable[str]) -> str:
    return hashlib.sha256("\n".join((previous, *digests)).encode()).hexdigest()


def last_seal() -> Seal | None:
    row = sql.one(f"{_COLUMNS} ORDER BY number DESC LIMIT 1")
    return _seal(row) if row else None


def seals_after(number: int) -> Iterator[Seal]:
    """One at a time, because a seal has thousands of members."""
    while row := sql.one(f"{_COLUMNS} WHERE number > %s ORDER BY number LIMIT 1", [number]):
        number = row[0]
        yield _seal(row)


def sealed_above(low: int) -> set[int]:
    """Transitions above the watermark that lie in a seal already."""
    texts = sql.rows("SELECT members FROM seal WHERE high > %s", [low])
    return {row[0] for (text,) in texts for row in json.loads(text) if row[0] > low}


def keep(seal: Seal) -> None:
    members = json.dumps(seal.members, ensure_ascii=False, separators=(",", ":"))
    SealRow.objects.create(
        number=seal.number, at=seal.at, low=seal.low, high=seal.members[-1].id, members=members,
        previous=seal.previous, digest=seal.digest,
    )  # fmt: skip


def _seal(row: Sequence[Any]) -> Seal:
    number, at, low, members, previous, digest = row
    return Seal(number, sql.moment_read(at), low, tuple(Member(*m) for m in json.loads(members)), previous, digest)
