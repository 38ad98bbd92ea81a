"""Playing a grid change in the little district: its data lie in the store, so that a new edition is in force at once."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tests.cast import GUAN, KAO, LING, PAI, SYSTEM, TINY, ZHI, Time, holds_in_the_pack
from tests.stories.play import Play
from xiuhua.domain.district import District
from xiuhua.domain.flow import CASE
from xiuhua.domain.grid_change import Plan
from xiuhua.domain.grid_change_flow import GRID_CHANGE, KIND
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Subject
from xiuhua.domain.words import Refusal
from xiuhua.operations.begin import begin
from xiuhua.operations.change_grids import plan_of_subject
from xiuhua.operations.install import install
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.sweep import Swept, sweep
from xiuhua.operations.world import World
from xiuhua.space.locators import Locators
from xiuhua.store.loading import load
from xiuhua.store.reference import current_edition, read_district

DONG = By("dong-desk", Post.UNIT_DESK, "street-1")
G1, G2, G3 = (f"990101001-g{n}" for n in (1, 2, 3))
UPRIGHT: dict[str, Json] = {"type": "LineString", "coordinates": [[110.005, 29.99], [110.005, 30.02]]}


@lru_cache(maxsize=8)
def _district(edition: tuple[int, int], key: int) -> District:
    return read_district()


@dataclass
class Redrawing(Play):
    """`number` is the change that moves speak of; `installed` says in which test's store the editions lie."""

    time: Time = field(default_factory=Time)
    kind: str = KIND

    def __post_init__(self) -> None:
        install(TINY, GUAN, self.time.now)

    @property
    def district(self) -> District:
        return _district(current_edition(), id(self))

    @property
    def world(self) -> World:
        district = self.district
        tables = {CASE.kind: CASE, GRID_CHANGE.kind: GRID_CHANGE}
        locators = Locators(district.grids, district.boundary_rules)
        return World(self.time, self.time.salt, district, locators, tables, holds_in_the_pack)

    def proposes(self, change: str, grids: str, by: By = PAI, **given: Json) -> Done | Refusal:
        asked: dict[str, Json] = {"change": change, "grids": grids, "reason": "负荷过重", **given}
        return self._begins("propose", by, asked)

    def proposes_undo(self, of: str) -> Done | Refusal:
        return self._begins("propose-undo", PAI, {"of": of, "reason": "居民反映不便"})

    def _begins(self, move: str, by: By, given: dict[str, Json]) -> Done | Refusal:
        answer = begin(Asked(KIND, "", move, by, given, new=True), self.world)
        if isinstance(answer, Done):
            self.number = answer.number
        return answer

    def approved(self) -> Subject:
        """From proposed to approved, everybody agreeing."""
        self.does(PAI, "reckon")
        self.does(PAI, "consult")
        self.does(DONG, "answer-street", opinion="agree")
        self.does(ZHI, "record-police", opinion="agree", said="公函〔2023〕5号：同意")
        self.does(ZHI, "record-community", opinion="agree", said="社区会议纪要第3号：同意")
        self.does(PAI, "conclude")
        return self.does(LING, "approve")

    def scheduled(self, day: str) -> Subject:
        self.approved()
        return self.does(GUAN, "schedule", day=day)

    def moves(self, number: str, kind: str, by: By, move: str, **given: Json) -> Done | Refusal:
        return make_move(Asked(kind, number, move, by, given), self.world)

    def swept(self, moment: str) -> Swept:
        self.time.to(moment)
        return sweep(self.world)

    @property
    def plan(self) -> Plan:
        return plan_of_subject(self.case)

    def facts_of(self, kind: str, number: str) -> dict[str, Any]:
        loaded = load(kind, number)
        assert loaded is not None
        return dict(loaded.subject.facts)


def in_force(play: Redrawing) -> None:
    """Grid 1 split, from the next Friday on."""
    play.proposes("split", G1, drawing=UPRIGHT)
    play.scheduled("2023-03-10")
    play.swept("2023-03-10 00:00")


__all__ = ["DONG", "G1", "G2", "G3", "KAO", "LING", "SYSTEM", "UPRIGHT", "Redrawing", "in_force"]
