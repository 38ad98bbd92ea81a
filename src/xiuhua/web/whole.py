"""One subject as its page shows it: pictures, clocks with their reasons, whose it is and why, what happened.

Takes transitions that were masked for the viewer; leaves out the forms (`forms`) and the ground (`ground`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from xiuhua.domain.catalog import Confidence
from xiuhua.domain.dispatch import Lost, Unclear
from xiuhua.domain.due_state import DueState, due_state, due_state_in
from xiuhua.domain.duty import DutyRow
from xiuhua.domain.moves import Field, FieldKind, Group, Move
from xiuhua.domain.people import Post
from xiuhua.domain.subject import Clock, Subject, Transition
from xiuhua.domain.words import Words, Wrong
from xiuhua.operations.explaining import why_due, why_unit
from xiuhua.operations.seeing import SeenStep
from xiuhua.web.reading import Reading
from xiuhua.web.rows import (
    NOTHING,
    ClassView,
    ClockView,
    Fact,
    LostRow,
    Picture,
    RequestView,
    Row,
    Said,
    Step,
    UnitWhy,
)

GIVEN = Words("按约定的时间", "a moment that was agreed")
_NOT_A_FACT = {FieldKind.PERSON, FieldKind.TEXT, FieldKind.PHOTOS}
_SHOWN_ELSEWHERE = {"class", "condition", "place", "place_text", "channel", "unit"}


def row(reading: Reading, subject: Subject, seen: Sequence[SeenStep]) -> Row:
    stage = reading.table.stages[subject.stage]
    first, last = seen[0].transition.at, seen[-1].transition.at
    opened = datetime.fromisoformat(subject.fact("opened_at")) if subject.fact("opened_at") else first
    return Row(
        kind=subject.kind, number=subject.number, stage=stage.words,
        light=due_state_in(stage.group, subject.due, subject.warn, reading.now),
        due=subject.due if stage.group is Group.OPEN else None, what=reading.what(subject.fact("class")),
        place=subject.fact("place_text"),
        area=reading.area(subject.fact("street"), subject.fact("responsibility_grid")),
        unit=reading.name("organisation", subject.fact("unit")),
        channel=reading.channel(subject.fact("channel")), photo="",
        round=subject.round, flags=tuple(reading.flag(f) for f in subject.flags),
        opened_at=opened, closed_at=None if stage.group.is_open else last,
    )  # fmt: skip


def class_view(reading: Reading, subject: Subject) -> ClassView:
    """Class and conditions with how sure they are; blank where there is no class yet."""
    catalog = reading.district.catalog
    key = reading.district.key_of(subject.fact("class"))
    if key is None:
        return ClassView()
    one = catalog.case_class(key)
    name = Words(f"{one.name.zh}（{key.code}）", f"{one.name.en} ({key.code})")
    try:
        condition = catalog.condition(key, subject.fact("condition"), subject.fact("area_class") or None)
    except Wrong:
        return ClassView(name, _mark(one.basis.confidence))
    return ClassView(
        name,
        _mark(one.basis.confidence),
        condition.words,
        condition.closing,
        _mark(condition.basis.confidence),
    )


def _mark(confidence: Confidence) -> Words:
    return confidence.words if confidence.marked else NOTHING


# clocks


def clocks(reading: Reading, subject: Subject) -> tuple[ClockView, ...]:
    """The next due first; clocks with a silent consequence, which nobody answers for, last."""
    ordered = sorted(subject.clocks.values(), key=lambda c: (bool(c.then), c.due is None, c.due))
    return tuple(_clock(reading, clock) for clock in ordered)


def _clock(reading: Reading, clock: Clock) -> ClockView:
    reason = why_due(clock, reading.district)
    silent = DueState.NO_CLOCK if clock.then and not clock.paused else None
    return ClockView(
        name=reading.table.clocks[clock.name], due=clock.due, started=clock.started, paused=clock.paused,
        light=silent or due_state(clock.due, clock.warn, reading.now, paused=clock.paused),
        limit=clock.limit.words if clock.limit else GIVEN, why=reason.lines, provisional=reason.provisional,
        then=reading.table.moves[clock.then].words if clock.then else NOTHING,
    )  # fmt: skip


# whose it is


def unit_why(reading: Reading, subject: Subject, seen: Sequence[SeenStep]) -> UnitWhy | None:
    found = why_unit(subject, (s.transition for s in seen), reading.district, reading.now)
    if found is None:
        return None
    lost = tuple(_lost(reading, one) for one in found.lost)
    if isinstance(found, Unclear):
        candidates = tuple(_candidate(reading, row) for row in found.candidates)
        return UnitWhy(NOTHING, found.why, NOTHING, True, candidates, lost)
    unit, source = reading.name("organisation", found.organisation), _source(reading, found.row.source)
    return UnitWhy(unit, found.why, source, False, (), lost)


def _source(reading: Reading, source: str) -> Words:
    return reading.district.catalog.sources.get(source, Words(source, source))


def _lost(reading: Reading, one: Lost) -> LostRow:
    return LostRow(one.row.id, reading.name("organisation", one.row.organisation), one.why)


def _candidate(reading: Reading, duty: DutyRow) -> LostRow:
    return LostRow(duty.id, reading.name("organisation", duty.organisation), duty.ground)


# facts and requests


def facts(reading: Reading, subject: Subject, elsewhere: Collection[str] = ()) -> tuple[Fact, ...]:
    """All that is set, without what stands elsewhere on the page."""
    return tuple(
        reading.fact(f, subject.facts[name])
        for name, f in reading.labels.items()
        if f.sets
        and name not in _SHOWN_ELSEWHERE
        and name not in elsewhere
        and f.kind not in _NOT_A_FACT
        and subject.facts.get(name) not in (None, "")
    )


def requests(reading: Reading, subject: Subject) -> tuple[RequestView, ...]:
    asking = {move.asks: move for move in reading.table.moves.values() if move.asks}
    return tuple(
        RequestView(
            what=reading.table.requests[name], post=Post(request["post"]).words,
            at=datetime.fromisoformat(request["at"]),
            organisation=reading.name("organisation", request["organisation"]),
            details=tuple(reading.fact(f, v) for f, v in _given(asking[name], request["given"])),
            endorsed="endorsed" in request,
        )
        for name, request in subject.requests.items()
    )  # fmt: skip


def _given(move: Move, given: dict[str, str]) -> list[tuple[Field, str]]:
    return [
        (f, given[f.name])
        for f in move.fields
        if f.kind not in _NOT_A_FACT and given.get(f.name) not in (None, "")
    ]


# what happened


def story(seen: Sequence[SeenStep]) -> str:
    """What was told first."""
    return next((text for one in seen if (text := one.texts.get("description"))), "")


def steps(reading: Reading, seen: Iterable[SeenStep]) -> tuple[Step, ...]:
    """The newest first."""
    return tuple(_step(reading, one) for one in seen)[::-1]


def _step(reading: Reading, one: SeenStep) -> Step:
    t = one.transition
    move = reading.table.moves.get(t.move)
    labels = reading.labels
    return Step(
        sequence=t.sequence, move=move.words if move else Words(t.move, t.move),
        stage=reading.table.stages[t.stage_to].words,
        moved=t.stage_from != t.stage_to, at=t.at, post=t.by.post.words,
        person="" if t.by.post is Post.SYSTEM else one.person,
        organisation=reading.name("organisation", t.by.organisation), in_time=t.in_time, due=t.due,
        details=_details(reading, t, move) if move and t.stage_from else (),
        texts=tuple(Said(_label(labels, name), text) for name, text in one.texts.items()),
        photos=pictures(reading, t, t.evidence), round=t.round,
    )  # fmt: skip


def _label(labels: Mapping[str, Field], name: str) -> Words:
    return labels[name].words if name in labels else Words(name, name)


def _details(reading: Reading, t: Transition, move: Move) -> tuple[Fact, ...]:
    asked = t.patch.requests.get(move.asks) if move.asks else None
    given = dict(asked["given"]) if asked else {}
    values = {f.name: t.patch.facts.get(f.sets or f.name, given.get(f.name)) for f in move.fields}
    values["reason"] = t.reason or values.get("reason")
    return tuple(
        reading.fact(f, values[f.name])
        for f in move.fields
        if f.kind not in _NOT_A_FACT and f.kind is not FieldKind.YES and values[f.name] not in (None, "")
    )


def pictures(reading: Reading, t: Transition, ids: Sequence[str]) -> tuple[Picture, ...]:
    words = reading.table.moves[t.move].words if t.move in reading.table.moves else NOTHING
    return tuple(Picture(i, f"/photo/{i}", f"/photo/{i}/small", t.at, words) for i in ids)


def before_and_after(
    reading: Reading, seen: Sequence[SeenStep]
) -> tuple[tuple[Picture, ...], tuple[Picture, ...]]:
    """Before: what came until a unit's clock began to run. After: what came since, the newest first."""
    before: list[Picture] = []
    after: list[Picture] = []
    handling = False
    for t in (one.transition for one in seen):
        first, last = _halves(reading, t)
        if handling:
            after = [*first, *last, *after]
        else:
            before += first
            after = [*last, *after]
        handling = handling or not reading.table.unit_clocks.isdisjoint(t.patch.clocks)
    return tuple(before), tuple(after)


def _halves(reading: Reading, t: Transition) -> tuple[tuple[Picture, ...], tuple[Picture, ...]]:
    """A move that asks for photos before and after says in its facts which were before."""
    move = reading.table.moves.get(t.move)
    tells_apart = move is not None and any(f.sets == "before" for f in move.fields)
    said = t.patch.facts.get("before")
    before = [str(photo) for photo in said] if isinstance(said, list) else []
    first = [photo for photo in t.evidence if not tells_apart or photo in before]
    return pictures(reading, t, first), pictures(reading, t, [p for p in t.evidence if p not in first])
