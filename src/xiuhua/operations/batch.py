"""Many moves in one transaction, decided one by one by the same rules and written as the same rows.

For importing and simulating. Subjects that were moved stay in memory, so that a case can be walked through several
moves before anything is written. If anything in the batch cannot be written, nothing is.
"""

from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from types import TracebackType

from xiuhua.domain.subject import Subject
from xiuhua.domain.words import Refusal
from xiuhua.operations.garbage import without_garbage_collection
from xiuhua.operations.move import NOT_FOUND, UNKNOWN_KIND, Asked, Done, changed, done
from xiuhua.operations.world import World
from xiuhua.store.loading import Loaded, blank, load
from xiuhua.store.lock import writing
from xiuhua.store.saving import Change, save


class Batch:
    """`with Batch(world) as batch:` holds one database transaction, committed at the end."""

    def __init__(self, world: World) -> None:
        self.world = replace(world, holds=cache(world.holds))  # posts do not change while it is written
        self._changes: list[Change] = []
        self._loaded: dict[tuple[str, str], Loaded] = {}
        self._stack = ExitStack()

    def __enter__(self) -> "Batch":
        self._stack.enter_context(writing())
        self._stack.enter_context(without_garbage_collection())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:  # what is raised in here rolls the transaction back
            if error is not None:
                raise error
            self.flush()

    def move(self, asked: Asked) -> Done | Refusal:
        table = self.world.table(asked.kind)
        if table is None:
            return UNKNOWN_KIND
        loaded = blank(asked.kind, asked.number) if asked.new else self._standing(asked.kind, asked.number)
        if loaded is None:
            return NOT_FOUND
        change = changed(table, loaded, asked, self.world)
        if isinstance(change, Refusal):
            return change
        self._changes.append(change)
        self._loaded[asked.kind, asked.number] = Loaded(change.after, change.head)
        return done(change.transition)

    def subject(self, kind: str, number: str) -> Subject | None:
        loaded = self._standing(kind, number)
        return loaded.subject if loaded else None

    def __len__(self) -> int:
        return len(self._changes)

    def flush(self) -> None:
        """Write what was collected so far, still inside the one transaction."""
        if self._changes:
            save(self._changes)
            self._changes.clear()

    def _standing(self, kind: str, number: str) -> Loaded | None:
        return self._loaded.get((kind, number)) or load(kind, number)
