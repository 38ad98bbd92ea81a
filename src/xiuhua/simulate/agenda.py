"""What is still to come, in time order; as JSON between two days, so that a play can be broken off and go on."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json
from xiuhua.simulate.fate import Fate, fate_of
from xiuhua.simulate.scene import Step


@dataclass(frozen=True, slots=True)
class Next:
    """The next step of a case that stands at this version. Without a step a clock runs out then."""

    number: str
    version: int
    fate: Fate
    step: Step | None


Entry: TypeAlias = tuple[datetime, int, Next]


class Agenda:
    """Of two things at the same moment the one that was written down first comes first."""

    def __init__(self, written: Sequence[Any] = ()) -> None:
        self._entries: list[Entry] = [_entry(one, order) for order, one in enumerate(written)]
        heapq.heapify(self._entries)
        self._order = len(self._entries)

    def add(self, at: datetime, coming: Next) -> None:
        heapq.heappush(self._entries, (at, self._order, coming))
        self._order += 1

    def before(self, end: datetime) -> datetime | None:
        """When the next thing comes, if that is before the end."""
        return self._entries[0][0] if self._entries and self._entries[0][0] < end else None

    def next(self) -> Next:
        return heapq.heappop(self._entries)[2]

    def json(self) -> list[Json]:
        return [_json(at, coming) for at, _, coming in sorted(self._entries, key=lambda e: e[:2])]


def _json(at: datetime, coming: Next) -> list[Json]:
    step = coming.step
    asked: list[Json] | None = None
    if step:
        by: list[Json] = [step.by.person, step.by.post.value, step.by.organisation]
        asked = [step.move, by, step.fate.json(), dict(step.given), step.photos]
    return [at.isoformat(), coming.number, coming.version, coming.fate.json(), asked]


def _entry(written: list[Any], order: int) -> Entry:
    moment, number, version, fate, asked = written
    at = datetime.fromisoformat(moment)
    step = None
    if asked:
        move, (person, post, organisation), after, given, photos = asked
        step = Step(at, move, By(person, Post(post), organisation), fate_of(after), given, photos)
    return at, order, Next(number, version, fate_of(fate), step)
