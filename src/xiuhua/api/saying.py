"""Turning what the store and the rules know into the plain values of an answer. Nothing is asked or decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiuhua.domain.catalog import Basis
from xiuhua.domain.counting import COUNTS
from xiuhua.domain.deciding import Possible
from xiuhua.domain.dispatch import Assigned, Lost, Unclear
from xiuhua.domain.district import District
from xiuhua.domain.due_state import due_state, due_state_in
from xiuhua.domain.duty import DutyRow
from xiuhua.domain.metric import Figure, Metric
from xiuhua.domain.moves import Field, FieldKind, Table
from xiuhua.domain.notice import CHANNELS, Channel
from xiuhua.domain.people import Post
from xiuhua.domain.subject import Clock, Json, Transition
from xiuhua.domain.words import Words, Wrong
from xiuhua.operations.explaining import why_due, why_unit
from xiuhua.operations.seeing import Seen, SeenStep
from xiuhua.store.queries import Line

Said = dict[str, Any]

# where the values of a field are listed
SOURCES: Mapping[FieldKind, str] = {
    FieldKind.ORGANISATION: "/api/v1/organisations",
    FieldKind.OFFICE: "/api/v1/organisations",
    FieldKind.CLASS: "/api/v1/catalogue",
    FieldKind.CONDITION: "/api/v1/catalogue",
    FieldKind.SUBJECT: "/api/v1/cases",
    FieldKind.PHOTOS: "/api/v1/photos",
    FieldKind.COMPONENT: "/api/v1/components",
}
# facts that are codes with a name in the district
NAMED = {
    "class": "class", "grid": "grid", "responsibility_grid": "grid", "street": "grid", "road": "road",
    "owner": "organisation", "unit": "organisation", "proposed": "organisation", "returned_from": "organisation",
}  # fmt: skip


def words(it: Words) -> Said:
    return {"zh": it.zh, "en": it.en}


def named(code: str, it: Words | None) -> Said:
    return {"code": code, **words(it or Words(code, code))}


@dataclass(frozen=True, slots=True)
class Saying:
    """For one register of one district, as of now."""

    table: Table
    district: District
    now: datetime

    def name(self, kind: str, code: str) -> Said | None:
        return named(code, self.district.words(kind, code)) if code else None

    def line(self, line: Line) -> Said:
        stage = self.table.stages[line.stage]
        state = due_state_in(stage.group, line.due_at, line.warn_at, self.now)
        return {
            "number": line.number, "version": line.version, "stage": named(line.stage, stage.words),
            "open": line.is_open, "due_state": state.value, "due_at": line.due_at,
            "channel": channel(line.channel), "class": self.name("class", line.class_key),
            "unit": self.name("organisation", line.unit), "grid": self.name("grid", line.grid),
            "street": self.name("grid", line.street),
            "place": [line.longitude, line.latitude] if line.longitude is not None else None,
            "place_text": line.place_text, "photo": line.photo, "flags": line.flags.split(),
            "opened_at": line.opened_at, "closed_at": line.closed_at,
        }  # fmt: skip

    def subject(self, seen: Seen) -> Said:
        subject, table = seen.subject, self.table
        stage = table.stages[subject.stage]
        return {
            "kind": subject.kind, "number": subject.number, "version": subject.version,
            "stage": named(subject.stage, stage.words), "group": stage.group.value, "since": subject.since,
            "round": subject.round, "flags": list(subject.flags), "facts": dict(subject.facts),
            "names": self._names(subject.facts), "marks": self._marks(subject.facts),
            "clocks": [self._clock(clock) for clock in subject.clocks.values()],
            "requests": [self._request(name, one) for name, one in subject.requests.items()],
            "unit_why": self._unit_why(seen), "transitions": [self._step(step) for step in seen.steps],
        }  # fmt: skip

    def _names(self, facts: Mapping[str, Json]) -> Said:
        found = {fact: self.district.words(kind, str(facts[fact])) for fact, kind in NAMED.items() if facts.get(fact)}
        found["channel"] = CHANNELS[Channel(str(facts["channel"]))] if facts.get("channel") in set(Channel) else None
        if facts.get("condition"):
            found["condition"] = self.district.condition_words(str(facts.get("class")), str(facts["condition"]))
        return {fact: words(it) for fact, it in found.items() if it is not None}

    def _marks(self, facts: Mapping[str, Json]) -> Said:
        """What of class and condition no source confirms."""
        key = self.district.key_of(str(facts.get("class") or ""))
        if key is None:
            return {}
        catalog = self.district.catalog
        bases = {"class": catalog.case_class(key).basis}
        try:
            area = str(facts.get("area_class") or "") or None
            bases["condition"] = catalog.condition(key, str(facts.get("condition") or ""), area).basis
        except Wrong:  # none is set yet
            pass
        return {
            name: {"confidence": basis.confidence.value, **words(basis.confidence.words)}
            for name, basis in bases.items()
            if basis.confidence.marked
        }

    def _clock(self, clock: Clock) -> Said:
        reason = why_due(clock, self.district)
        return {
            "name": named(clock.name, self.table.clocks.get(clock.name)), "started": clock.started,
            "limit": words(clock.limit.words) if clock.limit else None, "calendar": clock.calendar,
            "due": clock.due, "warn": clock.warn, "paused": clock.paused, "then": clock.then,
            "due_state": due_state(clock.due, clock.warn, self.now, paused=clock.paused).value,
            "why": [words(line) for line in reason.lines], "provisional": reason.provisional,
        }  # fmt: skip

    def _request(self, name: str, request: Mapping[str, Any]) -> Said:
        return {
            "name": named(name, self.table.requests.get(name)), "at": request["at"],
            "post": post(Post(request["post"])), "organisation": request["organisation"],
            "endorsed": "endorsed" in request, "given": request["given"],
        }  # fmt: skip

    def _unit_why(self, seen: Seen) -> Said | None:
        found = why_unit(seen.subject, (s.transition for s in seen.steps), self.district, self.now)
        if found is None:
            return None
        clear = isinstance(found, Assigned)
        candidates: Sequence[DutyRow] = found.candidates if isinstance(found, Unclear) else ()
        return {
            "clear": clear, "code": found.row.id if isinstance(found, Assigned) else found.code,
            "why": words(found.why),
            "unit": self.name("organisation", found.organisation) if isinstance(found, Assigned) else None,
            "candidates": [self._duty(row, row.ground) for row in candidates],
            "lost": [self._lost(one) for one in found.lost],
        }  # fmt: skip

    def _lost(self, one: Lost) -> Said:
        return self._duty(one.row, one.why)

    def _duty(self, row: DutyRow, why: Words) -> Said:
        return {"row": row.id, "organisation": self.name("organisation", row.organisation), "why": words(why)}

    def _step(self, step: SeenStep) -> Said:
        t = step.transition
        move = self.table.moves.get(t.move)
        return {
            "sequence": t.sequence, "move": named(t.move, move.words if move else None), "stage_from": t.stage_from,
            "stage_to": t.stage_to, "at": t.at, "post": post(t.by.post), "organisation": t.by.organisation,
            "person": t.by.person, "name": step.person, "facts": dict(t.patch.facts), "texts": dict(step.texts),
            **_plain(t),
        }  # fmt: skip

    def move(self, one: Possible) -> Said:
        move, refusal = one.move, one.refusal
        return {
            "name": move.name, "words": words(move.words), "to": move.to, "possible": refusal is None,
            "refusal": {"code": refusal.code, **words(refusal.words)} if refusal else None,
            "fields": [form_field(f) for f in move.fields],
        }  # fmt: skip


def _plain(t: Transition) -> Said:
    same = ("round", "due", "in_time", "reason", "edition", "calendar", "grid", "unit")
    return {**{name: getattr(t, name) for name in same}, "evidence": list(t.evidence)}


def form_field(f: Field) -> Said:
    return {
        "name": f.name, "kind": f.kind.value, "words": words(f.words), "required": f.required,
        "choices": [{"value": value, **words(it)} for value, it in f.choices], "source": SOURCES.get(f.kind, ""),
    }  # fmt: skip


def channel(code: str) -> Said | None:
    return named(code, CHANNELS[Channel(code)] if code in set(Channel) else None) if code else None


def post(it: Post) -> Said:
    return named(it.value, it.words)


def basis(it: Basis) -> Said:
    return {
        "confidence": it.confidence.value, "confirmed": not it.confidence.marked, "source": it.source,
        **words(it.confidence.words),
    }  # fmt: skip


def metric(it: Metric) -> Said:
    return {
        "key": it.key, "names": words(it.names), "unit": {"zh": it.measure.zh, "en": it.measure.many},
        "period": it.period.value, "by": it.by.value if it.by else None,
        "numerator": named(it.numerator, COUNTS[it.numerator].names),
        "denominator": named(it.denominator, COUNTS[it.denominator].names) if it.denominator else None,
    }  # fmt: skip


def figure(it: Figure, bucket: Words | None = None) -> Said:
    return {
        "bucket": it.bucket, "names": words(bucket or it.metric.names), "numerator": it.numerator,
        "denominator": it.denominator, "text": words(it.text), "parts": words(it.parts),
    }  # fmt: skip
