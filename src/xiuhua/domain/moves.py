"""The engine: a table of moves, and what one move does to a subject. It knows no case.

A table names stages, moves, who may make them, named guards, requests and clocks. It comes from code
(`flow.py`) or from a pack (`table_file.py`). Guards, limits, facts and addressees are named here and looked up
in the table's `Rules`; a name may carry arguments after a space: "other-person-than confirm".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from xiuhua.domain.clock import Calendar, Limit
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Subject
from xiuhua.domain.words import Refusal, Words


class Group(StrEnum):
    """What code asks about a stage, so that a new stage breaks nothing."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    REFUSED = "refused"
    VOID = "void"

    @property
    def is_open(self) -> bool:
        """Still to be done, be it that its clocks stand still."""
        return self is Group.OPEN or self is Group.PAUSED


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    words: Words
    group: Group
    end: bool = False


class FieldKind(StrEnum):
    """What a form asks for. TEXT is about persons and lies beside the transition; LINE is not and does not.

    DAY is one of the district's calendar, as year-month-day. DRAWING is GeoJSON. OFFICE is a street's own organisation.
    """

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    ORGANISATION = "organisation"
    CLASS = "class"
    CONDITION = "condition"
    SUBJECT = "subject"
    PHOTOS = "photos"
    MOMENT = "moment"
    NUMBER = "number"
    YES = "yes"
    PERSON = "person"
    PLACE = "place"
    COMPONENT = "component"
    DAY = "day"
    DRAWING = "drawing"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a move asks for. `choices` are (value, words); `sets` is the fact it becomes."""

    name: str
    kind: FieldKind
    words: Words
    required: bool = True
    choices: tuple[tuple[str, Words], ...] = ()
    sets: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Start a clock. `limit` names a limit rule or is a limit ("2 working-hour"); `then` a move made when it is due."""

    clock: str
    limit: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a table. An empty `to` stays in the stage; an empty `sources` creates the subject.

    Guards say whether the move is possible at all, checks look at what was given.
    `ends` stops clocks with a verdict, `drops` without one, "*" means all. `awaited`: the stage waits for it though it
    does not lead on.
    """

    name: str
    words: Words
    sources: frozenset[str]
    to: str
    by: frozenset[Post]
    fields: tuple[Field, ...] = ()
    guards: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    starts: tuple[Start, ...] = ()
    ends: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    extends: tuple[tuple[str, str], ...] = ()
    asks: str = ""
    endorses: str = ""
    grants: str = ""
    refuses: str = ""
    lapses: tuple[str, ...] = ()
    raises: str = ""
    lowers: str = ""
    next_round: bool = False
    tells: tuple[str, ...] = ()
    key: str = ""
    awaited: bool = False
    # what deciding asks of the fields every time: their names, those that are texts or photos, those that set a fact
    names: frozenset[str] = field(init=False, repr=False, compare=False)
    texts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    photos: tuple[str, ...] = field(init=False, repr=False, compare=False)
    sets: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        derived: dict[str, object] = {
            "names": frozenset(f.name for f in self.fields),
            "texts": tuple(f.name for f in self.fields if f.kind is FieldKind.TEXT),
            "photos": tuple(f.name for f in self.fields if f.kind is FieldKind.PHOTOS),
            "sets": tuple((f.name, f.sets) for f in self.fields if f.sets),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)


class Book(Protocol):
    """What a district's data must answer to the engine."""

    def calendar_of(self, organisation: str) -> Calendar: ...

    def edition_on(self, at: datetime) -> str: ...


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a rule may look at."""

    subject: Subject
    move: Move
    by: By
    at: datetime
    given: Mapping[str, Json]
    book: Any  # a Book; each table's rules know the type of their own

    def with_facts(self, facts: Mapping[str, Json]) -> "Situation":
        """As it will be when these facts are set."""
        return Situation(self.subject.with_facts(facts), self.move, self.by, self.at, self.given, self.book)

    def asked(self, name: str) -> str:
        value = self.given.get(name)
        return "" if value is None else str(value)


Guard = Callable[[Situation, tuple[str, ...]], Refusal | None]
LimitRule = Callable[[Situation], Limit | datetime | None | Refusal]
FactRule = Callable[[Situation], Mapping[str, Json]]
Addressee = Callable[[Situation, Mapping[str, Json]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The named rules that a table's rows refer to."""

    guards: Mapping[str, Guard]
    limits: Mapping[str, LimitRule] = field(default_factory=dict)
    facts: Mapping[str, FactRule] = field(default_factory=dict)
    addressees: Mapping[str, Addressee] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A workflow. `answers` says for which organisation a clock runs: the "unit" or the "centre"."""

    kind: str
    words: Words
    stages: Mapping[str, Stage]
    moves: Mapping[str, Move]
    clocks: Mapping[str, Words]
    requests: Mapping[str, Words]
    rules: Rules
    unit_clocks: frozenset[str] = frozenset()
    _from: dict[str, tuple[Move, ...]] = field(default_factory=dict, compare=False, repr=False)

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        found = self._from.get(stage)
        if found is None:
            wanted = (m for m in self.moves.values() if (stage in m.sources) or (not stage and not m.sources))
            found = self._from[stage] = tuple(wanted)
        return found

    @property
    def void(self) -> frozenset[str]:
        """The stages of what counts nowhere: taken back, merged into another."""
        return frozenset(s.name for s in self.stages.values() if s.group is Group.VOID)

    def group(self, stage: str) -> Group:
        return self.stages[stage].group


def faults(table: Table) -> tuple[Words, ...]:
    """What is wrong with a table: names that lead nowhere, stages nobody reaches, leaves, or is waited for in."""
    return (*_unknown_names(table), *_unreachable(table), *_stuck(table))


def reachable(table: Table) -> frozenset[str]:
    reached: set[str] = set()
    waiting = [m.to for m in table.moves_from("") if m.to]
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting += [m.to for m in table.moves_from(stage) if m.to]
    return frozenset(reached)


def _unknown_names(table: Table) -> list[Words]:
    known = {
        "stage": set(table.stages), "clock": {*table.clocks, "*"}, "request": set(table.requests),
        "guard": set(table.rules.guards), "fact rule": set(table.rules.facts),
        "addressee": set(table.rules.addressees), "move": set(table.moves),
    }  # fmt: skip
    wrong = []
    for move in table.moves.values():
        for sort, names in _names_in(move).items():
            wrong += [
                Words(
                    f"动作 {move.name} 提到了不存在的 {sort}：{name}",
                    f"move {move.name} names an unknown {sort}: {name}",
                )
                for name in names
                if name and name not in known[sort]
            ]
    return wrong


def _names_in(move: Move) -> dict[str, list[str]]:
    return {
        "stage": [*move.sources, move.to],
        "clock": [s.clock for s in move.starts]
        + [*move.ends, *move.drops, *move.pauses, *move.resumes]
        + [clock for clock, _ in move.extends],
        "request": [move.asks, move.endorses, move.grants, move.refuses, *move.lapses],
        "guard": [name.split(" ")[0] for name in (*move.guards, *move.checks)],
        "fact rule": list(move.facts),
        "addressee": list(move.tells),
        "move": [s.then for s in move.starts],
    }


def _unreachable(table: Table) -> list[Words]:
    lost = sorted(set(table.stages) - reachable(table))
    return [Words(f"没有动作通向阶段 {name}", f"no move leads to stage {name}") for name in lost]


def _stuck(table: Table) -> list[Words]:
    wrong = []
    for stage in table.stages.values():
        ways = [m for m in table.moves_from(stage.name) if m.to and m.to != stage.name]
        if not ways and not stage.end:
            wrong.append(Words(f"阶段 {stage.name} 没有出路", f"stage {stage.name} has no way out"))
        if ways and stage.end:
            wrong.append(Words(f"终点 {stage.name} 还有出路", f"end stage {stage.name} has a way out"))
        if ways and not any(m.by for m in ways):
            wrong.append(Words(f"阶段 {stage.name} 不等任何人", f"stage {stage.name} waits for nobody"))
    return wrong
