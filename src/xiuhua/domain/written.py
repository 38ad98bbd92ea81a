"""Subjects and transitions as JSON and back: the stored form, and the form that is hashed.

Holds no wall clock of the machine and no database id, so a simulated year is the same on every database.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from xiuhua.domain.clock import Limit, Unit
from xiuhua.domain.deadline import Pause
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Clock, Patch, Stopped, Subject, Transition, canonical

_moment = datetime.fromisoformat


@lru_cache(maxsize=1024)
def limit_text(limit: Limit) -> str:
    return f"{limit.count} {limit.unit.value}"


@lru_cache(maxsize=1024)
def limit_of(text: str) -> Limit:
    """Reads "4 working-hour" or "5/2 working-day". Raises ValueError for anything else."""
    count, unit = text.split(" ")
    return Limit(Fraction(count), Unit(unit))


def clock_json(clock: Clock) -> dict[str, Any]:
    written: dict[str, Any] = {"started": clock.started.isoformat(), "calendar": clock.calendar}
    if clock.limit is not None:
        written["limit"] = limit_text(clock.limit)
    if clock.due is not None:
        written["due"] = clock.due.isoformat()
    if clock.warn is not None:
        written["warn"] = clock.warn.isoformat()
    if clock.then:
        written["then"] = clock.then
    if clock.pauses:
        written["pauses"] = [
            [p.start.isoformat(), p.end.isoformat() if p.end else None] for p in clock.pauses
        ]
    if clock.extensions:
        written["extensions"] = [limit_text(e) for e in clock.extensions]
    return written


def clock_of(name: str, written: Mapping[str, Any]) -> Clock:
    return Clock(
        name=name,
        started=_moment(written["started"]),
        limit=limit_of(written["limit"]) if "limit" in written else None,
        calendar=written["calendar"],
        due=_maybe(written.get("due")),
        warn=_maybe(written.get("warn")),
        then=written.get("then", ""),
        pauses=tuple(Pause(_moment(start), _maybe(end)) for start, end in written.get("pauses", ())),
        extensions=tuple(limit_of(e) for e in written.get("extensions", ())),
    )


def subject_json(subject: Subject) -> dict[str, Any]:
    return {
        "round": subject.round,
        "since": subject.since.isoformat() if subject.since else None,
        "facts": subject.facts,
        "clocks": {name: clock_json(clock) for name, clock in subject.clocks.items()},
        "requests": subject.requests,
        "flags": list(subject.flags),
        "did": subject.did,
    }


def subject_of(kind: str, number: str, version: int, stage: str, written: Mapping[str, Any]) -> Subject:
    return Subject(
        kind=kind,
        number=number,
        version=version,
        stage=stage,
        since=_maybe(written["since"]),
        round=written["round"],
        facts=written["facts"],
        clocks={name: clock_of(name, clock) for name, clock in written["clocks"].items()},
        requests=written["requests"],
        flags=tuple(written["flags"]),
        did={move: tuple(persons) for move, persons in written["did"].items()},
    )


def patch_json(patch: Patch) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if patch.facts:
        written["facts"] = patch.facts
    if patch.clocks:
        written["clocks"] = {name: clock_json(c) if c else None for name, c in patch.clocks.items()}
    if patch.requests:
        written["requests"] = patch.requests
    if patch.raised:
        written["raised"] = list(patch.raised)
    if patch.lowered:
        written["lowered"] = list(patch.lowered)
    return written


def _patch_of(written: Mapping[str, Any]) -> Patch:
    return Patch(
        facts=written.get("facts", {}),
        clocks={n: clock_of(n, c) if c else None for n, c in written.get("clocks", {}).items()},
        requests=written.get("requests", {}),
        raised=tuple(written.get("raised", ())),
        lowered=tuple(written.get("lowered", ())),
    )


def transition_json(transition: Transition, text_digests: Mapping[str, str]) -> dict[str, Any]:
    """Everything of a transition but the texts, which enter as their salted digests."""
    t = transition
    return {
        "kind": t.kind,
        "number": t.number,
        "sequence": t.sequence,
        "move": t.move,
        "from": t.stage_from,
        "to": t.stage_to,
        "person": t.by.person,
        "post": t.by.post.value,
        "organisation": t.by.organisation,
        "came": t.came.isoformat(),
        "at": t.at.isoformat(),
        "due": t.due.isoformat() if t.due else None,
        "in_time": t.in_time,
        "round": t.round,
        "reason": t.reason,
        "evidence": list(t.evidence),
        "edition": t.edition,
        "calendar": t.calendar,
        "grid": t.grid,
        "unit": t.unit,
        "stopped": [
            [s.clock, s.started.isoformat(), s.due.isoformat() if s.due else None, s.in_time]
            for s in t.stopped
        ],
        "patch": patch_json(t.patch),
        "texts": dict(text_digests),
    }


def body_of(transition: Transition, text_digests: Mapping[str, str]) -> str:
    return canonical(transition_json(transition, text_digests))


def transition_of(written: Mapping[str, Any]) -> Transition:
    """A transition as it was hashed; its texts, which lie beside it, are not in it."""
    w = written
    return Transition(
        kind=w["kind"],
        number=w["number"],
        sequence=w["sequence"],
        move=w["move"],
        stage_from=w["from"],
        stage_to=w["to"],
        by=By(w["person"], Post(w["post"]), w["organisation"]),
        came=_moment(w["came"]),
        at=_moment(w["at"]),
        round=w["round"],
        patch=_patch_of(w["patch"]),
        due=_maybe(w["due"]),
        in_time=w["in_time"],
        reason=w["reason"],
        evidence=tuple(w["evidence"]),
        edition=w["edition"],
        calendar=w["calendar"],
        grid=w["grid"],
        unit=w["unit"],
        stopped=tuple(Stopped(c, _moment(s), _maybe(d), ok) for c, s, d, ok in w["stopped"]),
    )


def _maybe(text: str | None) -> datetime | None:
    return _moment(text) if text else None
