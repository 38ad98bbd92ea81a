"""Take a survey of components into the register: every line checked (`check_survey`), only what differs changed.

One entry of the journal says which file it was (its digest), what it did, and a digest of every version that it wrote,
so that the register can be proved from the journal. What an earlier survey had and a full one has not is listed and
marked only when that is asked for.
"""

import hashlib
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from xiuhua.domain.component import Component, State
from xiuhua.domain.component_file import body_of
from xiuhua.domain.fault import Fault
from xiuhua.domain.journal import Journal
from xiuhua.domain.subject import By
from xiuhua.operations.check_survey import Lines, read_lines, with_free_places
from xiuhua.operations.components import changed_on, content_digest
from xiuhua.operations.garbage import without_garbage_collection
from xiuhua.operations.journal import last_sequence, record
from xiuhua.operations.plausibility import Doubtful, doubts
from xiuhua.operations.world import World
from xiuhua.store import components as store
from xiuhua.store.lock import writing

PIECE: Final = 10_000  # ours: components compared and written at a time

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """`name` is the survey's, `digest` the file's. `full`: it has every component of the classes that are in it;
    `missing` is what those become that it has not. `partial`: right lines are taken beside wrong ones.
    """

    name: str
    file: str
    digest: str
    full: bool = False
    missing: State | None = None
    partial: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Surveyed:
    """`entry` names the journal's entry; empty where nothing was taken."""

    read: int
    new: int
    changed: int
    same: int
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[Doubtful, ...]
    entry: str


NOTHING_TAKEN: Final = Surveyed(0, 0, 0, 0, (), (), (), "")


def survey(lines: Lines, asked: Asked, by: By, world: World, progress: Progress = lambda done, of: None) -> Surveyed:
    """Nobody else adds or changes a component meanwhile. Taken as a whole, or not at all."""
    with without_garbage_collection():
        return _surveyed(lines, asked, by, world, progress)


def _surveyed(lines: Lines, asked: Asked, by: By, world: World, progress: Progress) -> Surveyed:
    told, wrong = read_lines(lines, world)
    with writing():
        store.hold_places()
        right, twins = with_free_places(told)
        faults = sorted([*lines.faults, *wrong, *twins], key=lambda fault: (fault.line, fault.field))
        found = [one.component for one in right]
        counted = NOTHING_TAKEN
        if found and (asked.partial or not faults):
            counted = _Taking(asked, by, world).take(found, _codes_of(lines), progress)
    doubtful = doubts(found, world.district, [one.row.line for one in right])
    return replace(counted, read=len(lines.rows), faults=tuple(faults), doubts=doubtful)


def _codes_of(lines: Lines) -> frozenset[str]:
    """Of all lines, wrong ones too."""
    return frozenset(row.cell("code") for row in lines.rows)


class _Taking:
    def __init__(self, asked: Asked, by: By, world: World) -> None:
        self.asked, self.by, self.world = asked, by, world
        self.sequence = last_sequence(Journal.COMPONENT, asked.name) + 1
        self.entry = f"{asked.name}/{self.sequence}"
        self.new = self.changed = self.same = 0
        self._written: list[tuple[str, bytes]] = []

    def take(self, found: Sequence[Component], told: Set[str], progress: Progress) -> Surveyed:
        """`told` are the codes of all lines: what a wrong line tells of is not missing."""
        there = store.codes_there(sorted({c.class_key for c in found})) if self.asked.full else []
        missing = tuple(code for code in there if code not in told)
        with store.many_inserted(0 if self.asked.dry_run else len(found)):
            for start in range(0, len(found), PIECE):
                self._piece(found[start : start + PIECE])
                progress(min(start + PIECE, len(found)), len(found))
        if self.asked.missing:
            self._mark(missing, self.asked.missing)
        self._record(len(missing))
        entry = "" if self.asked.dry_run or not self._written else self.entry
        return Surveyed(0, self.new, self.changed, self.same, missing, (), (), entry)

    def _piece(self, piece: Sequence[Component]) -> None:
        standing = store.standing([c.code for c in piece])
        new = [c for c in piece if c.code not in standing]
        both = [(standing[c.code], c) for c in piece if c.code in standing]
        changes = [(old, changed) for old, c in both if (changed := self._differing(old.component, c)) is not None]
        self.new += len(new)
        self.changed += len(changes)
        self.same += len(both) - len(changes)
        self._write(new, changes)

    def _differing(self, old: Component, told: Component) -> Component | None:
        """As it is to stand, or None where it stands so. The day of a change is the survey's where it names none."""
        if replace(told, changed=old.changed) == old and told.changed in (None, old.changed):
            return None
        return told if told.changed else replace(told, changed=changed_on(told, self.world))

    def _mark(self, missing: Sequence[str], state: State) -> None:
        standing = store.standing(missing)
        changes = [
            (old, replace(old.component, state=state, changed=changed_on(old.component, self.world)))
            for old in standing.values()
        ]
        self.changed += len(changes)
        self._write([], changes)

    def _write(self, new: Sequence[Component], changes: Sequence[tuple[store.Standing, Component]]) -> None:
        if self.asked.dry_run:
            return
        store.insert(new, self.entry)
        store.replace(changes, self.entry, self.world.now(), self.by.person)
        for component in (*new, *(changed for _, changed in changes)):
            self._written.append((component.code, hashlib.sha256(body_of(component).encode()).digest()))

    def _record(self, missing: int) -> None:
        """An import that finds nothing to change leaves no entry."""
        if not self._written:
            return
        facts: dict[str, Any] = {
            "file": self.asked.file, "digest": self.asked.digest, "new": self.new, "changed": self.changed,
            "same": self.same, "full": self.asked.full, "missing": missing, "content": content_digest(self._written),
        }  # fmt: skip
        written = record(Journal.COMPONENT, self.asked.name, "survey", self.by, facts, self.world)
        if written.sequence != self.sequence:
            raise store.LostVersion
