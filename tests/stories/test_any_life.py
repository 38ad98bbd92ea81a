"""Whatever anybody does in whatever order, a case keeps to a few promises: a few hundred lives made at random."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from tests.cast import COVER, LAMP, POSTER, REFUSE, at, tiny
from xiuhua.domain.case import WITH_UNIT
from xiuhua.domain.deciding import decide
from xiuhua.domain.flow import CASE
from xiuhua.domain.moves import Field, FieldKind, Group, Move
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Subject, Transition, apply
from xiuhua.domain.words import Refusal

MOVES = 50
LIVES = 40
PERSONS = ("an", "bo", "chen", "ding")  # everybody holds every post: what keeps them apart are the rules alone
UNITS = ("works", "cleaner")
CLASSES = ((COVER, "broken"), (LAMP, "dark"), (REFUSE, "exposed"), (POSTER, "posted"))
VALUES: dict[FieldKind, list[Json]] = {
    FieldKind.ORGANISATION: [*UNITS], FieldKind.PERSON: [*PERSONS], FieldKind.PHOTOS: [["photo"]],
    FieldKind.PLACE: [[110.0025, 30.0025]], FieldKind.YES: [True], FieldKind.NUMBER: [1],
}  # fmt: skip
WAYS_TO_HANDLE = {"start", "assign", "feed-back", "confirm", "report-self"}
CLOSES = {"close", "close-self", "pass-quick"}

# the clocks that may run in a stage, beside the one of a notice that is asked to be completed
RUNNING = {
    "reported": {"acceptance", "completion"}, "quick-reported": {"review"}, "sampled": {"sampling"},
    "adopted": {"handling"}, "accepted": {"filing"}, "verifying": {"verifying"}, "filed": {"dispatching"},
    "dispatched": {"handling", "signing"}, "received": {"handling"}, "handling": {"handling"},
    "fed-back": {"handling"}, "handled": {"sending"}, "checking": {"checking"}, "checked": {"closing"},
    "disputed": {"handling", "ruling"}, "suspended": {"handling", "suspension"},
}  # fmt: skip


class Life:
    """A case, the moment, and dice."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.now = at("2023-03-06 09:00")
        self.case = Subject(CASE.kind, "990101-20230306-00001")

    def goes_on(self) -> Iterator[tuple[Subject, Transition, Subject]]:
        for _ in range(MOVES):
            moves = list(CASE.moves_from(self.case.stage))
            self.dice.shuffle(moves)
            done = next((t for m in moves if (t := self._tries(m))), None)
            if done:
                before, self.case = self.case, apply(self.case, done)
                yield before, done, self.case
            self.now += timedelta(minutes=self.dice.choice((1, 5, 60, 600, 3000)))

    def _tries(self, move: Move) -> Transition | None:
        if move.name in ("note", "urge", "supervise") and self.dice.random() < 0.8:
            return None
        post = self.dice.choice(sorted(move.by))
        if post is Post.SYSTEM and not self._is_time_for(move):
            return None
        unit = self.case.fact("unit") or self.dice.choice(UNITS)
        by = By(self.dice.choice(PERSONS), post, unit if post in (Post.UNIT_DESK, Post.HANDLER) else "centre")
        answer = decide(CASE, self.case, move.name, by, self.now, self.given(move), tiny())
        return None if isinstance(answer, Refusal) else answer

    def _is_time_for(self, move: Move) -> bool:
        """The system makes no move before its clock has run out."""
        over = {c.then for c in self.case.clocks.values() if c.then and c.due and c.due <= self.now}
        return move.name in over or not move.sources

    def given(self, move: Move) -> dict[str, Json]:
        wanted = [f for f in move.fields if f.required or self.dice.random() < 0.5]
        given = {f.name: self._value(move, f) for f in wanted}
        if "class" in given or "condition" in given:
            given["class"], given["condition"] = self.dice.choice(CLASSES)
        return given

    def _value(self, move: Move, f: Field) -> Json:
        if f.name == "channel":
            return "quick-report" if move.name == "report-quick" else self.dice.choice(("collector", "public"))
        if f.kind is FieldKind.MOMENT:
            return (self.now + timedelta(days=self.dice.choice((1, 30)))).isoformat()
        return self.dice.choice([choice for choice, _ in f.choices] or VALUES.get(f.kind, ["990101-20230306-00002"]))


Lived = list[tuple[Subject, Transition, Subject]]


@pytest.fixture(scope="module", params=range(10), ids=lambda n: f"lives {n}")
def lives(request: pytest.FixtureRequest) -> list[Lived]:
    return [list(Life(request.param * LIVES + n).goes_on()) for n in range(LIVES)]


def test_what_has_ended_waits_for_nothing_but_the_archive_and_an_appeal(lives: list[Lived]) -> None:
    left = {
        (t.move, after.stage, *after.clocks, *after.requests)
        for life in lives
        for _, t, after in life
        if CASE.group(after.stage) not in (Group.OPEN, Group.PAUSED)
        and ({*after.clocks} - {"archiving"} or {*after.requests} - {"appeal"})
    }
    assert left == set()


def test_no_clock_runs_on_into_a_stage_that_is_not_its_own(lives: list[Lived]) -> None:
    strange = {
        (t.move, after.stage, clock)
        for life in lives
        for _, t, after in life
        for clock in after.clocks
        if CASE.group(after.stage) in (Group.OPEN, Group.PAUSED) and clock not in RUNNING[after.stage]
    }
    assert strange == set()


def test_every_open_case_is_held_to_a_clock(lives: list[Lived]) -> None:
    """But one brought in without a due moment."""
    without = {
        (t.move, after.stage)
        for life in lives
        for _, t, after in life
        if CASE.group(after.stage) in (Group.OPEN, Group.PAUSED) and not after.clocks and after.stage != "adopted"
    }
    assert without == set()


def test_nobody_checks_what_he_has_handled_in_any_round(lives: list[Lived]) -> None:
    for life in lives:
        handlers: set[str] = set()
        for _, t, after in life:
            if t.move in ("check-pass", "check-fail"):
                assert t.by.person not in handlers
            if t.move in WAYS_TO_HANDLE:
                handlers |= {t.by.person, after.fact("handler")}


def test_whoever_asks_or_endorses_never_grants(lives: list[Lived]) -> None:
    for life in lives:
        for before, t, _ in life:
            request = before.requests.get(CASE.moves[t.move].grants, {})
            if CASE.moves[t.move].grants in ("void", "extension", "suspension", "appeal"):
                assert t.by.person not in (request["person"], request.get("endorsed"))


def test_a_request_stops_no_clock_before_it_is_granted(lives: list[Lived]) -> None:
    """Nor does its endorsement, nor its refusal."""
    for life in lives:
        for before, t, after in life:
            row = CASE.moves[t.move]
            if before.stage in WITH_UNIT and (row.asks or row.endorses or row.refuses):
                assert after.clocks == before.clocks


def test_every_closing_stays_counted_once(lives: list[Lived]) -> None:
    for life in lives:
        closings = 0
        for before, t, after in life:
            first = t.move == "confirm-sample" and not before.facts.get("closings")
            closings += t.move in CLOSES or first
            assert len(after.facts.get("closings", [])) == closings  # type: ignore[arg-type]


def test_a_case_says_when_it_was_closed_only_while_it_is(lives: list[Lived]) -> None:
    wrong = {
        (t.move, after.stage)
        for life in lives
        for _, t, after in life
        if (CASE.group(after.stage) is Group.CLOSED) != bool(after.fact("closed_at"))
        and CASE.group(after.stage) in (Group.OPEN, Group.PAUSED, Group.CLOSED)
    }
    assert wrong == set()
