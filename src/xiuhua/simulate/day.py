"""One day in time order: notices as they come in, and whatever their cases need."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from xiuhua.domain.case import KIND
from xiuhua.domain.intake import WITH_PHOTO
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.notice import MACHINES, Channel
from xiuhua.domain.place import Wgs84
from xiuhua.domain.reminder import silent_moves
from xiuhua.domain.subject import Json, Subject
from xiuhua.domain.words import Refusal
from xiuhua.operations.batch import Batch
from xiuhua.operations.begin import numbered
from xiuhua.operations.move import Asked, Done
from xiuhua.operations.report import report_in
from xiuhua.operations.world import World
from xiuhua.simulate.agenda import Agenda, Next
from xiuhua.simulate.cast import Cast, cast_of
from xiuhua.simulate.fate import Fate
from xiuhua.simulate.notices import Coming, Notices
from xiuhua.simulate.pictures import Pictures
from xiuhua.simulate.places import Places
from xiuhua.simulate.plan import Plan, arrivals
from xiuhua.simulate.scene import Scene, Step
from xiuhua.simulate.story import next_step
from xiuhua.simulate.vocabulary import vocabulary
from xiuhua.store.reference import precedents

FLUSH_EVERY: Final = 400  # ours: moves; a duplicate is only found once its first notice is written
GIVE_UP: Final = 3  # refusals of one case in a row; then the case rests


@dataclass(frozen=True, slots=True)
class Played:
    """So far: whole days, notices, moves; and what the rules refused, by code."""

    days: int = 0
    notices: int = 0
    moves: int = 0
    refused: dict[str, int] = field(default_factory=dict)


@dataclass
class Stage:
    """What stays the same from day to day, and the clock that everybody looks at."""

    plan: Plan
    world: World
    cast: Cast
    notices: Notices
    pictures: Pictures
    now: datetime

    @property
    def shown_part(self) -> float:
        """How many of the notices get drawings of their own; a few more, so that the number is reached."""
        return self.plan.pictured / self.plan.total * 1.15

    @classmethod
    def of(cls, plan: Plan, world: World) -> "Stage":
        district, zone = world.district, world.district.time_zone
        start = plan.midnight(0, zone)
        cast = cast_of(district, plan.start)
        places = Places(district, plan.start, plan.rng("loads"), vocabulary())
        notices = Notices(district, cast, places, vocabulary(), start)
        pictures = Pictures(lambda: "", zone, plan.rng("stock"))
        pictures.prepare()
        return cls(plan, world, cast, notices, pictures, start.astimezone(UTC))

    def on(self, index: int) -> World:
        """The world of a day: its rulings are rules by the next one, its salts come from the seed."""
        salts = self.plan.rng("salts", index)
        district = self.world.district.with_precedents(precedents())
        self.notices.forget()
        self.pictures.salt = lambda: f"{salts.getrandbits(128):032x}"
        return replace(self.world, now=lambda: self.now, salt=self.pictures.salt, district=district)


class Day:
    """One day in time order: notices as they come in, and whatever their cases need."""

    def __init__(self, stage: Stage, batch: Batch, agenda: Agenda, rng: random.Random, pictured: int) -> None:
        self.stage, self.batch, self.agenda, self.rng, self.pictured = stage, batch, agenda, rng, pictured
        self.district = batch.world.district
        self.notices = self.moves = 0
        self.refused: Counter[str] = Counter()

    def run(self, index: int) -> None:
        zone = self.district.time_zone
        end = self.stage.plan.ends(index, zone).astimezone(UTC)
        for at, channel in arrivals(self.stage.plan, index, zone):
            self._until(at.astimezone(UTC))
            self.stage.now = at.astimezone(UTC)
            self._notice(channel)
        self._until(end)
        self.stage.now = end
        self.stage.pictures.flush()

    def played(self, before: Played) -> Played:
        refused = Counter(before.refused) + self.refused
        notices, moves = before.notices + self.notices, before.moves + self.moves
        return Played(before.days + 1, notices, moves, dict(sorted(refused.items())))

    def _until(self, end: datetime) -> None:
        while at := self.agenda.before(end):
            self.stage.now = max(at, self.stage.now)
            self._come(self.agenda.next())

    # notices

    def _notice(self, channel: Channel) -> None:
        coming = self.stage.notices.compose(self.stage.now, channel, self.rng)
        if self.pictured < self.stage.plan.pictured and self.rng.random() < self.stage.shown_part:
            coming = replace(coming, fate=replace(coming.fate, shown=True))
            self.pictured += 1
        answer = self._sent(coming)
        if isinstance(answer, Refusal) and channel is Channel.QUICK_REPORT:
            self.refused[answer.code] += 1
            answer = self._sent(self.stage.notices.ordinary(coming))
        if isinstance(answer, Refusal):
            self.refused[answer.code] += 1
            return
        self.notices += 1
        self._moved(answer.number, coming.fate)

    def _sent(self, coming: Coming) -> Done | Refusal:
        before, after = self._shots(coming)
        machine = coming.sent.channel in MACHINES
        sent = replace(coming.sent, photos=() if machine else after, before=before, frames=after if machine else ())
        if coming.mended:  # the rules look at the time and place of the two photos
            self.stage.pictures.flush()
        return self._adopted(coming, after) if coming.adopted else report_in(self.batch, sent, coming.by)

    def _shots(self, coming: Coming) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Before and after where it was mended on the spot, otherwise one of what was found, or none."""
        if coming.mended:
            ago = timedelta(seconds=self.rng.randrange(120, 520))
            return (self._shot("before", coming, ago),), (self._shot("after", coming, timedelta(seconds=15)),)
        found = coming.sent.channel in MACHINES or coming.sent.channel in WITH_PHOTO or self.rng.random() < 0.4
        shots = (self._shot("before", coming, timedelta(seconds=20)),) if found else ()
        return (shots, ()) if coming.sent.channel is Channel.HANDLER_APP else ((), shots)

    def _shot(self, state: str, coming: Coming, ago: timedelta) -> str:
        at = self.stage.now - ago
        return self.stage.pictures.take(state, coming.by, at, coming.spot.place, self.rng, own=coming.fate.shown)

    def _adopted(self, coming: Coming, photos: tuple[str, ...]) -> Done | Refusal:
        """With the unit and the due moment that the city gave it."""
        sent, spot = coming.sent, coming.spot
        due = self.stage.now + timedelta(hours=self.rng.choice((24, 48, 72)))
        given: dict[str, Json] = {
            "channel": sent.channel.value, "noticed_at": sent.noticed_at.isoformat(), "class": sent.class_key,
            "condition": sent.condition, "place": [spot.place.lon, spot.place.lat], "place_text": spot.text,
            "description": sent.description, "external": sent.external, "grid": spot.grid, "street": spot.street,
            "responsibility_grid": spot.responsibility_grid, "area_class": spot.area_class, "road": spot.road,
            "unit": coming.adopted, "due": due.isoformat(), "photos": list(photos),
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value}
        asked = Asked(KIND, "", "adopt", coming.by, given, new=True)
        return self.batch.move(numbered(asked, self.batch.world))

    # cases

    def _come(self, following: Next) -> None:
        case = self.batch.subject(KIND, following.number)
        if case is None or case.version != following.version:
            return  # it was moved meanwhile: what comes next was written down then
        if following.step is None:
            self._silent(case, following.fate)
        else:
            self._step(case, following.step, following.fate)

    def _silent(self, case: Subject, fate: Fate) -> None:
        for move in silent_moves(case, self.stage.now):
            if isinstance(self.batch.move(Asked(KIND, case.number, move, SYSTEM, {})), Done):
                return self._moved(case.number, fate)
            self.refused[move] += 1
        return None

    def _step(self, case: Subject, step: Step, before: Fate) -> None:
        given = dict(step.given)
        if step.photos:
            place = Wgs84(step.fate.lon, step.fate.lat)
            photo = self.stage.pictures.take(
                step.photos, step.by, self.stage.now, place, self.rng, own=step.fate.shown and step.move == "feed-back"
            )
            given["photos"] = [photo]
        answer = self.batch.move(Asked(KIND, case.number, step.move, step.by, given))
        if isinstance(answer, Done):
            self._moved(case.number, step.fate)
            return
        self.refused[f"{step.move} {answer.code}"] += 1
        again = f"refused {step.move}"
        if before.did.count(again) < GIVE_UP:  # not what was wanted: the case goes another way
            self._plan(case, replace(before, did=(*before.did, again), side=""))

    def _moved(self, number: str, fate: Fate) -> None:
        self.moves += 1
        if len(self.batch) >= FLUSH_EVERY:
            self.stage.pictures.flush()
            self.batch.flush()
        case = self.batch.subject(KIND, number)
        if case is not None:
            self._plan(case, fate)

    def _plan(self, case: Subject, fate: Fate) -> None:
        scene = Scene(self.district, self.stage.cast, vocabulary(), self.rng, self.stage.now, case, fate)
        step = next_step(scene)
        if step:
            self.agenda.add(step.at, Next(case.number, case.version, scene.fate, step))
        over = min((c.due for c in case.clocks.values() if c.then and c.due), default=None)
        if over and (step is None or over <= step.at):
            self.agenda.add(over, Next(case.number, case.version, scene.fate, None))
