"""Deciding one move: `decide` gives the transition, or the refusal that says why not. It does nothing else.

Order: stage and post, guards, what was given, checks; then facts, clocks, requests. Nothing here reads a clock
or knows a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiuhua.domain.moves import Book, Field, FieldKind, Move, Situation, Table
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Clock, Json, Patch, Stopped, Subject, Transition
from xiuhua.domain.ticking import ended, set_going
from xiuhua.domain.words import Refusal, Words, Wrong


@dataclass(frozen=True, slots=True)
class Possible:
    """A move that this person sees here; `refusal` says why it cannot be made now."""

    move: Move
    refusal: Refusal | None


def decide(
    table: Table, subject: Subject, move: str, by: By, at: datetime, given: Mapping[str, Json], book: Book
) -> Transition | Refusal:
    row = table.moves.get(move)
    if row is None:
        return Refusal("move-unknown", Words(f"没有“{move}”这个动作", f"there is no move “{move}”"), "move")
    situation = Situation(subject, row, by, at, given, book)
    refusal = _may(table, situation) or _given(row, given) or _guarded(table, situation, row.checks)
    if refusal:
        return refusal
    try:
        return _made(table, situation)
    except Wrong as wrong:  # an unknown calendar year, a class that is not in the catalogue
        return wrong.refusal()


def possible(table: Table, subject: Subject, by: By, at: datetime, book: Book) -> tuple[Possible, ...]:
    """The moves of this post from this stage, in the order of the table, each with what stands in its way."""
    return tuple(
        Possible(row, _may(table, Situation(subject, row, by, at, {}, book)))
        for row in table.moves_from(subject.stage)
        if by.post in row.by and by.post is not Post.SYSTEM
    )


def _may(table: Table, s: Situation) -> Refusal | None:
    if s.by.post not in s.move.by:
        words = Words(
            f"{s.by.post.words.zh}不能{s.move.words.zh}", f"a {s.by.post.words.en} cannot {s.move.words.en}"
        )
        return Refusal("post-may-not", words, "move")
    if (s.subject.stage not in s.move.sources) if s.subject.stage else bool(s.move.sources):
        return _wrong_stage(table, s)
    if s.subject.since and s.at < s.subject.since:
        return Refusal(
            "moment-before-stage",
            Words("时间早于当前阶段开始的时间", "the moment lies before this stage began"),
        )
    return _request_refusal(table, s) or _guarded(table, s, s.move.guards)


def _request_refusal(table: Table, s: Situation) -> Refusal | None:
    """A request is asked once at a time, and only an open one can be decided."""
    is_open = s.subject.requests
    if s.move.asks in is_open:
        words = table.requests[s.move.asks]
        return Refusal(
            "request-open", Words(f"{words.zh}申请还没有决定", f"the {words.en} asked for is not decided yet")
        )
    for name in (s.move.endorses, s.move.grants, s.move.refuses):
        if name and name not in is_open:
            words = table.requests[name]
            return Refusal("no-request", Words(f"没有待决定的{words.zh}申请", f"no {words.en} is asked for"))
    return None


def _wrong_stage(table: Table, s: Situation) -> Refusal:
    if not s.subject.stage or not s.move.sources:
        words = Words(f"不能以“{s.move.words.zh}”开始", f"nothing can begin with “{s.move.words.en}”")
        return Refusal("move-not-possible", words, "move")
    here, wanted = (
        table.stages[s.subject.stage].words,
        [table.stages[n].words for n in sorted(s.move.sources)],
    )
    return Refusal(
        "move-not-possible",
        Words(
            f"“{s.move.words.zh}”要求处于{'、'.join(w.zh for w in wanted)}，现在是{here.zh}",
            f"“{s.move.words.en}” is possible from {', '.join(w.en for w in wanted)}; this one is {here.en}",
        ),
        "move",
    )


def _guarded(table: Table, s: Situation, names: tuple[str, ...]) -> Refusal | None:
    guards = table.rules.guards
    for name in names:
        if " " in name:
            word, *arguments = name.split(" ")
            refusal = guards[word](s, tuple(arguments))
        else:
            refusal = guards[name](s, ())
        if refusal:
            return refusal
    return None


def _given(row: Move, given: Mapping[str, Json]) -> Refusal | None:
    for name in given:
        if name not in row.names:
            return Refusal(
                "field-unknown",
                Words(f"“{row.words.zh}”没有“{name}”这一项", f"“{row.words.en}” has no field “{name}”"),
                name,
            )
    for f in row.fields:
        value = given.get(f.name)
        refusal = _field_refusal(f, value) if f.required or value is not None else None
        if refusal:
            return refusal
    return None


_MUST_BE: dict[FieldKind, tuple[type, Words]] = {
    FieldKind.NUMBER: (int, Words("整数", "a whole number")),
    FieldKind.YES: (bool, Words("是或否", "true or false")),
    FieldKind.PHOTOS: (list, Words("照片编号的列表", "a list of photo ids")),
    FieldKind.PLACE: (list, Words("[经度, 纬度]", "[longitude, latitude]")),
    FieldKind.DRAWING: (dict, Words("GeoJSON", "GeoJSON")),
}
_TEXT = (str, Words("文字", "text"))
FIRST_YEAR, LAST_YEAR = 1900, 2200  # ours: what lies outside was typed wrongly
LONGEST_TEXT = 4000  # ours: characters; a longer story belongs into an attachment


NEEDED = Words("请填写{zh}", "{en} is needed")
MUST_BE = Words("{zh}应为{must_zh}", "{en} must be {must_en}")
TOO_LONG = Words("{zh}超过{most}字", "{en} is longer than {most} characters")
NO_CHOICE = Words("{zh}只能是：{choices}", "{en} must be one of: {choices}")
_MOMENT = Words("带时区的时间", "a moment with a time zone")
_DAY = Words("日期（年-月-日）", "a day (year-month-day)")


def _field_refusal(f: Field, value: Json) -> Refusal | None:
    if value is None or value == "" or value == []:
        return _wrong(f, "field-missing", NEEDED) if f.required else None
    kind, must = _MUST_BE.get(f.kind, _TEXT)
    if not isinstance(value, kind) or not _items_fit(f.kind, value):
        return _wrong(f, "field-kind", MUST_BE, must_zh=must.zh, must_en=must.en)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return _wrong(f, "field-long", TOO_LONG, most=LONGEST_TEXT)
    if f.kind is FieldKind.MOMENT and not is_moment(str(value)):
        return _wrong(f, "field-kind", MUST_BE, must_zh=_MOMENT.zh, must_en=_MOMENT.en)
    if f.kind is FieldKind.DAY and not is_day(str(value)):
        return _wrong(f, "field-kind", MUST_BE, must_zh=_DAY.zh, must_en=_DAY.en)
    if f.choices and value not in {choice for choice, _ in f.choices}:
        return _wrong(f, "choice-unknown", NO_CHOICE, choices="、".join(choice for choice, _ in f.choices))
    return None


def _wrong(f: Field, code: str, words: Words, **more: object) -> Refusal:
    return Refusal(code, words.filled(zh=f.words.zh, en=f.words.en, **more), f.name)


def _items_fit(kind: FieldKind, value: Json) -> bool:
    if kind is FieldKind.PHOTOS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is FieldKind.PLACE:
        return isinstance(value, list) and len(value) == 2 and all(isinstance(item, float) for item in value)
    return True


def is_moment(text: str) -> bool:
    """With its time zone, and of an age that can be reckoned with in any other."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and FIRST_YEAR <= moment.year <= LAST_YEAR


def is_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and FIRST_YEAR <= day.year <= LAST_YEAR


def _made(table: Table, s: Situation) -> Transition | Refusal:
    facts = _facts(table, s)
    after = s.with_facts(facts) if facts else s
    clocks, stopped = ended(s)
    refusal = set_going(table, s, after, clocks)
    return refusal or _transition(table, after, s.subject, facts, clocks, stopped)


def _transition(
    table: Table, s: Situation, before: Subject, facts: Mapping[str, Json],
    clocks: dict[str, Clock | None], stopped: tuple[Stopped, ...],
) -> Transition:  # fmt: skip
    row, now = s.move, s.subject
    first = stopped[0] if stopped else None
    texts = {name: str(s.given[name]) for name in row.texts if s.given.get(name)}
    photos = tuple(photo for name in row.photos for photo in _list(s.given.get(name)))
    told = tuple(dict.fromkeys(a for name in row.tells for a in table.rules.addressees[name](s, facts)))
    calendar = next((c.calendar for c in clocks.values() if c), "")
    return Transition(
        kind=now.kind, number=now.number, sequence=now.version + 1, move=row.name,
        stage_from=now.stage, stage_to=row.to or now.stage, by=s.by, came=now.since or s.at, at=s.at,
        round=now.round + 1 if row.next_round else now.round,
        patch=Patch(facts, clocks, _requests(s, texts), (row.raises,) if row.raises else (),
                    (row.lowers,) if row.lowers else ()),
        due=first.due if first else None, in_time=first.in_time if first else None,
        reason=s.asked("reason"), evidence=photos, edition=s.book.edition_on(s.at), calendar=calendar,
        grid=now.fact("grid"), unit=now.fact("unit") or before.fact("unit"), stopped=stopped, told=told, texts=texts,
    )  # fmt: skip


def _facts(table: Table, s: Situation) -> dict[str, Json]:
    facts: dict[str, Json] = {fact: s.given[name] for name, fact in s.move.sets if name in s.given}
    if not s.subject.stage:
        facts["opened_at"] = s.at.isoformat()
    for name in s.move.facts:
        facts.update(table.rules.facts[name](s))
    return facts


def _list(value: Json) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


def _requests(s: Situation, texts: Mapping[str, str]) -> dict[str, dict[str, Any] | None]:
    row, open_requests = s.move, s.subject.requests
    changed: dict[str, dict[str, Any] | None] = {}
    if row.asks:
        given = {k: v for k, v in s.given.items() if k not in texts}
        changed[row.asks] = {"at": s.at.isoformat(), "person": s.by.person, "post": s.by.post.value,
                             "organisation": s.by.organisation, "given": given}  # fmt: skip
    if row.endorses:
        changed[row.endorses] = {**open_requests[row.endorses], "endorsed": s.by.person}
    for name in (row.grants, row.refuses, *row.lapses):
        if name in open_requests:
            changed[name] = None
    return changed
