"""Any figure of any days in any division, of a dozen cases to which anything may happen, before and after a split."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest

from tests.cast import (
    CAI,
    CAI_ER,
    COVER,
    DU,
    EAST,
    GONG_DESK,
    GONG_HAND,
    GUAN,
    JI,
    JIE_DESK,
    JIE_HAND,
    KAO,
    LAMP,
    LING,
    MIDDLE,
    MIN,
    PAI,
    PAI_ER,
    REFUSE,
    SHOU,
    SYSTEM,
    ZHI,
    at,
)  # fmt: skip
from tests.stories.play import HAPPY
from tests.stories.redrawing import G1, UPRIGHT, Redrawing
from tests.stories.test_any_life import Life
from xiuhua.domain.case import KIND
from xiuhua.domain.counted_case import CountedCase, counted_case
from xiuhua.domain.counting import By, Span
from xiuhua.domain.division import Division
from xiuhua.domain.flow import CASE
from xiuhua.domain.grid import Tier
from xiuhua.domain.grid_change_flow import KIND as GRID_CHANGE
from xiuhua.domain.metric import METRICS, Breakdown, reckon
from xiuhua.domain.moves import FieldKind, Move
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import By as Who
from xiuhua.domain.subject import fold
from xiuhua.domain.words import Refusal
from xiuhua.operations.dividing import division_of
from xiuhua.operations.move import Done
from xiuhua.store.loading import load, transitions
from xiuhua.store.queries import Filter, Question, Scope, figures_of

pytestmark = pytest.mark.django_db
EVERYBODY = (
    CAI, CAI_ER, DU, GONG_DESK, GONG_HAND, GUAN, JI, JIE_DESK, JIE_HAND, KAO, LING, MIN, PAI, PAI_ER, SHOU, SYSTEM, ZHI,
)  # fmt: skip
NAMED = ("cai1", "cai2", "gong-hand", "jie-hand")
ON_THE_WAY = {move for _, move, _ in HAPPY} | {"check-fail", "reopen", "grant-extension"}
PLACES = (EAST, MIDDLE, Wgs84(110.0075, 30.0025), Wgs84(110.0025, 30.0125))
CLASSES = ((COVER, "broken"), (LAMP, "dark"), (REFUSE, "exposed"))
SINCE = at("2023-03-01 00:00")
WHOLE = [key for key, metric in METRICS.items() if metric.by is None]
BYS = [None, *(by for by in By if by is not By.FORMER_GRID)]
ALL = Scope(everything=True)

Asked = tuple[str, By | None, Division]
ASKED: list[Asked] = [
    (key, by, division)
    for key, by in product(WHOLE, BYS)
    for division in (Division if by is By.GRID else (Division.THEN,))
]


@dataclass
class District:
    """Cases that live at random through the real operations, one clock for all."""

    seed: int
    play: Redrawing = field(default_factory=Redrawing)

    def __post_init__(self) -> None:
        self.life = Life(self.seed)
        self.cases: list[str] = []

    def goes_on(self, moves: int) -> None:
        for _ in range(moves):
            self.play.time.later(minutes=self.life.dice.choice((1, 30, 300)))
            if self.life.dice.random() < 0.1:
                self._opens()
            elif self.cases:
                self._moves(self.life.dice.choice(self.cases))

    def _opens(self) -> None:
        class_key, condition = self.life.dice.choice(CLASSES)
        done = self.play.sends(CAI, place=self.life.dice.choice(PLACES), class_key=class_key, condition=condition)
        if isinstance(done, Done):
            self.cases.append(done.number)

    def _moves(self, number: str) -> None:
        """The first of the possible moves, in any order, that anybody may make."""
        loaded = load(KIND, number)
        assert loaded is not None
        self.life.case, self.life.now = loaded.subject, self.play.time.now
        self.play.kind, self.play.number = KIND, number
        moves = list(CASE.moves_from(loaded.subject.stage))
        self.life.dice.shuffle(moves)
        moves.sort(key=self._is_off_the_way)
        next((move for move in moves if self._made(move)), None)

    def _is_off_the_way(self, move: Move) -> bool:
        """Most cases go on to their closing, some do not."""
        return move.name not in ON_THE_WAY or self.life.dice.random() < 0.3

    def _made(self, move: Move) -> bool:
        those = self.life.dice.sample(EVERYBODY, len(EVERYBODY))
        return any(self._makes(by, move) for by in those if by.post in move.by)

    def _makes(self, by: Who, move: Move) -> bool:
        persons = {f.name: self.life.dice.choice(NAMED) for f in move.fields if f.kind is FieldKind.PERSON}
        return isinstance(self.play.tries(by, move.name, **{**self.life.given(move), **persons}), Done)

    def splits(self) -> None:
        """The next midnight."""
        self.play.kind = GRID_CHANGE
        self.play.proposes("split", G1, drawing=UPRIGHT)
        tomorrow = (self.play.world.today + timedelta(days=1)).isoformat()
        self.play.scheduled(tomorrow)
        self.play.swept(f"{tomorrow} 00:00")

    def asked(self, asked: Asked, span: Span | None) -> Breakdown:
        key, by, division = asked
        elsewhere = division_of(by, division, "", self.play.world)
        assert not isinstance(elsewhere, Refusal)
        question = Question((METRICS[key],), span, by, elsewhere)
        return figures_of(question, Filter(), ALL, self.play.time.now, CASE)[0]

    def figures(self, span: Span | None) -> dict[Asked, Breakdown]:
        return {asked: self.asked(asked, span) for asked in ASKED}


@pytest.fixture(params=range(3), ids=lambda n: f"district {n}")
def district(request: pytest.FixtureRequest) -> District:
    """Some weeks before a split of grid 1 and some after it."""
    district = District(request.param)
    district.goes_on(250)
    district.splits()
    district.goes_on(150)
    return district


def said(found: Breakdown) -> list[tuple[str, int, int | None]]:
    return [(part.bucket, part.numerator, part.denominator) for part in (found.whole, *found.parts)]


def test_a_figure_of_past_days_is_the_same_whenever_it_is_asked_for() -> None:
    district = District(7)
    district.goes_on(150)
    district.play.time.later(seconds=1)
    then = district.play.time.now
    before = {asked: said(found) for asked, found in district.figures(Span(SINCE, then)).items()}
    district.goes_on(150)
    after = {asked: said(found) for asked, found in district.figures(Span(SINCE, then)).items()}
    assert after == before
    now = {asked: said(found) for asked, found in district.figures(Span(SINCE, district.play.time.now)).items()}
    assert len({asked[0] for asked in now if now[asked] != before[asked]}) > len(WHOLE) / 2


def test_every_figure_adds_up_to_the_same_in_both_divisions(district: District) -> None:
    for key, span in product(WHOLE, (None, Span(SINCE, at("2023-03-12 00:00")), Span(at("2023-03-12 00:00"), at("2023-04-30 00:00")))):
        then, now, whole = (
            district.asked((key, by, division), span)
            for by, division in ((By.GRID, Division.THEN), (By.GRID, Division.NOW), (None, Division.THEN))
        )
        assert said(then)[0] == said(now)[0] == said(whole)[0], key
        for found in (then, now):
            assert sum(part.numerator for part in found.parts) == whole.whole.numerator
            assert sum(part.denominator or 0 for part in found.parts) == (whole.whole.denominator or 0)


def test_in_todays_grids_nothing_is_counted_in_one_that_has_ended(district: District) -> None:
    today = {g.code for g in district.play.district.grids.active(district.play.world.today, Tier.RESPONSIBILITY)}
    then, now = (district.asked(("registered", By.GRID, division), None) for division in Division)
    assert G1 in {part.bucket for part in then.parts}
    assert {part.bucket for part in now.parts} <= today
    assert len({part.bucket for part in now.parts} & {"990101001-g4", "990101001-g5"}) == 2


def test_what_the_columns_tell_and_what_the_cases_tell_is_the_same(district: District) -> None:
    """What is open now is counted by the database; of a span that began before everything it is counted case by case."""
    until_now = Span(SINCE, district.play.time.now + timedelta(days=1))
    for key, by in product(("registered", "cases", "open-cases"), BYS):
        asked = (key, by, Division.THEN)
        assert said(district.asked(asked, None)) == said(district.asked(asked, until_now)), asked


def test_the_store_counts_as_the_reference_does_of_the_transitions_alone(district: District) -> None:
    """At any moment, and for a span that leaves most cases out."""
    lived = district.play.time.now - SINCE
    moments = [SINCE + lived * part for part in (0.1, 0.3, 0.5, 0.8, 1)]
    for start, end in pairwise(moments):
        span = Span(start, end)
        cases = [case for number in district.cases for case in _folded(number, end)]
        for key, by in product(WHOLE, (None, By.UNIT)):
            assert said(district.asked((key, by, Division.THEN), span)) == said(reckon(key, cases, span, by)), (key, span)


def _folded(number: str, end: datetime) -> list[CountedCase]:
    case = fold(KIND, number, (t for t in transitions(KIND, number) if t.at < end))
    return [counted_case(case, CASE.group(case.stage), end - timedelta.resolution)] if case.version else []
