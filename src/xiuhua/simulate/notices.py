"""What comes in: a matter at a place, seen by somebody, in words. The truth behind it stays hidden in its fate."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Final

from xiuhua.domain.catalog import CaseClass, FilingCondition
from xiuhua.domain.district import District
from xiuhua.domain.notice import MACHINES, Channel
from xiuhua.domain.pattern import patterns_of
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By
from xiuhua.operations.report import Sent
from xiuhua.simulate.cast import Cast
from xiuhua.simulate.fate import Fate, drawn, truth_of
from xiuhua.simulate.places import Places, Spot, near
from xiuhua.simulate.vocabulary import SMALL, Matter, Vocabulary

UNNAMED_PART: Final = 0.12  # of a class without words of its own, beside one of weight 10
SAME_SPOT_M: Final = 6
AGES: Final = (timedelta(minutes=20), timedelta(hours=4))  # how long ago the notice was that is sent again
RECENT: Final = 400  # notices kept to be sent again
TRIES: Final = 30
MODEL: Final = "demo-vision 1.2"

SENT_BY: Final = {
    Channel.COLLECTOR: (Post.COLLECTOR,),
    Channel.QUICK_REPORT: (Post.COLLECTOR,),
    Channel.VEHICLE_ANALYSIS: (Post.MACHINE_SOURCE,),
    Channel.OWN_VIDEO: (Post.MACHINE_SOURCE,),
    Channel.HANDLER_APP: (Post.HANDLER,),
    Channel.HOTLINE: (Post.MACHINE_SOURCE, Post.ACCEPTOR),
    Channel.CITY_PLATFORM: (Post.MACHINE_SOURCE,),
    Channel.PUBLIC: (Post.CITIZEN, Post.CITIZEN, Post.ACCEPTOR),
    Channel.LEADER: (Post.LEADER, Post.SUPERVISING_OFFICER),
    Channel.MEDIA: (Post.ACCEPTOR, Post.SUPERVISING_OFFICER),
}
FROM_OUTSIDE: Final = (Channel.HOTLINE, Channel.PUBLIC)
UNCLASSIFIED: Final = (*FROM_OUTSIDE, Channel.LEADER, Channel.MEDIA)
NUMBERED: Final = {Channel.HOTLINE: "12345", Channel.CITY_PLATFORM: "SJ"}


@dataclass(frozen=True, slots=True)
class Coming:
    """A notice on its way. `mended`: handled on the spot, with a photo before and one after. `adopted`: its unit."""

    sent: Sent
    by: By
    fate: Fate
    spot: Spot
    case_class: CaseClass
    mended: bool = False
    adopted: str = ""


@dataclass(frozen=True)
class Choice:
    """Classes to draw from, each as often as its matter's weight says."""

    classes: tuple[CaseClass, ...]
    heights: tuple[float, ...]

    def one(self, rng: random.Random) -> CaseClass:
        return rng.choices(self.classes, cum_weights=self.heights)[0]


class Notices:
    """Composes notices for one district; remembers the last ones, because some things are reported twice."""

    def __init__(self, district: District, cast: Cast, places: Places, words: Vocabulary, day: datetime) -> None:
        self._district, self._cast, self._places, self._words = district, cast, places, words
        edition = district.edition_on(day)
        every = [c for c in district.catalog.classes_of(edition) if district.catalog.conditions_of(c.key)]
        named = any(c.name.zh in words.matters for c in every)
        self._unnamed = UNNAMED_PART if named else 1.0
        quick = [c for c in every if not district.intake.quick.classes.isdisjoint(patterns_of(c.key, c.major))]
        seen = [c for c in every if self._matter(c).machine]
        self._any, self._quick, self._seen = self._choice(every), self._choice(quick), self._choice(seen or every)
        self._recent: list[tuple[datetime, Coming]] = []

    def _matter(self, one: CaseClass) -> Matter:
        return self._words.matter(one.name.zh)

    def _choice(self, classes: Sequence[CaseClass]) -> Choice:
        shared = {m.names: sum(c.name.zh in m.names for c in classes) for m in self._words.matters.values()}
        weights = []
        for one in classes:
            matter = self._matter(one)
            weights.append(matter.weight / shared[matter.names] if matter.names else self._unnamed)
        return Choice(tuple(classes), tuple(accumulate(weights)))

    def forget(self) -> None:
        """A new day: yesterday's matters are not sent again, whether or not the play was broken off between."""
        self._recent = []

    def compose(self, at: datetime, channel: Channel, rng: random.Random) -> Coming:
        truth = truth_of(channel, rng)
        again = self._again(at, rng) if truth == "duplicate" and channel not in MACHINES else None
        coming = again or self._fresh(at, channel, "true" if truth == "duplicate" else truth, rng)
        if channel is not Channel.QUICK_REPORT:
            self._recent = [*self._recent[-RECENT:], (at, coming)]
        return coming

    def ordinary(self, coming: Coming) -> Coming:
        """The same by the long way: a quick report that was not taken."""
        return replace(coming, sent=replace(coming.sent, channel=Channel.COLLECTOR), mended=False)

    def _again(self, at: datetime, rng: random.Random) -> Coming | None:
        """Somebody else sees the same thing a little later."""
        low, high = AGES
        seen = [c for when, c in self._recent if low <= at - when <= high and c.sent.channel is Channel.COLLECTOR]
        if not seen:
            return None
        first = rng.choice(seen)
        spot = replace(first.spot, place=near(first.spot.place, SAME_SPOT_M, rng))
        by = self._cast.collector(spot.areas, rng, (first.by.person,))
        condition = self._condition(first.case_class, spot, rng, first.sent.condition)
        return self._said(at, Channel.COLLECTOR, "duplicate", spot, first.case_class, condition, by, rng)

    def _fresh(self, at: datetime, channel: Channel, truth: str, rng: random.Random) -> Coming:
        for _ in range(TRIES):
            spot = self._places.spot(rng)
            case_class = self._choice_of(channel).one(rng)
            by = self._sender(channel, spot, case_class, at, rng)
            if by is not None:
                break
        else:
            by = self._cast.one(Post.COLLECTOR, rng)
            channel = Channel.COLLECTOR
        return self._said(at, channel, truth, spot, case_class, self._condition(case_class, spot, rng), by, rng)

    def _choice_of(self, channel: Channel) -> Choice:
        if channel is Channel.QUICK_REPORT and self._quick.classes:
            return self._quick
        return self._seen if channel in MACHINES else self._any

    def _sender(
        self, channel: Channel, spot: Spot, case_class: CaseClass, at: datetime, rng: random.Random
    ) -> By | None:
        post = rng.choice(SENT_BY[channel])
        if post is Post.COLLECTOR:
            return self._cast.collector(spot.areas, rng)
        if post is not Post.HANDLER:
            return self._cast.one(post, rng)
        facts = {"class": str(case_class.key), "grid": spot.grid, "road": spot.road}
        assigned = self._district.proposal(facts, at)
        return self._cast.of_unit(Post.HANDLER, assigned.organisation, rng) if assigned else None

    def _condition(self, one: CaseClass, spot: Spot, rng: random.Random, wanted: str = "") -> FilingCondition:
        every = self._district.catalog.conditions_of(one.key, spot.area_class or None)
        return next((c for c in every if c.id == wanted), None) or rng.choice(every)

    def _said(
        self, at: datetime, channel: Channel, truth: str, spot: Spot, case_class: CaseClass,
        condition: FilingCondition, by: By, rng: random.Random,
    ) -> Coming:  # fmt: skip
        fate = replace(
            drawn(channel, truth, rng), name=f"{case_class.key} {condition.id}", lon=spot.place.lon, lat=spot.place.lat
        )
        classified = channel not in UNCLASSIFIED or rng.random() < 0.3
        name, phone = self._words.person(rng) if channel in FROM_OUTSIDE else ("", "")
        sent = Sent(
            channel=channel, place=spot.place, noticed_at=at - self._ago(channel, rng),
            class_key=str(case_class.key) if classified else "", condition=condition.id if classified else "",
            place_text=spot.text, description=self._described(channel, spot, case_class, condition, rng),
            road=spot.road, external=self._external(channel, at, rng), reporter_name=name, reporter_phone=phone,
            confidence=round(rng.uniform(0.71, 0.985), 3) if channel in MACHINES else None,
            model=MODEL if channel in MACHINES else "",
        )  # fmt: skip
        mended = channel is Channel.QUICK_REPORT or (channel is Channel.HANDLER_APP and rng.random() < 0.65)
        return Coming(sent, by, fate, spot, case_class, mended, self._adopted(channel, sent, spot, at, rng))

    def _ago(self, channel: Channel, rng: random.Random) -> timedelta:
        if channel in (Channel.HOTLINE, Channel.CITY_PLATFORM, Channel.LEADER, Channel.MEDIA):
            return timedelta(minutes=rng.randrange(20, 1500))
        return timedelta(seconds=rng.randrange(20, 260))

    def _described(
        self, channel: Channel, spot: Spot, case_class: CaseClass, condition: FilingCondition, rng: random.Random
    ) -> str:
        pattern = rng.choice(self._matter(case_class).says)
        said = pattern.format(
            where=spot.text, n=rng.choice(SMALL), condition=condition.words.zh, **{"class": case_class.name.zh}
        )
        if channel in FROM_OUTSIDE:
            return f"{rng.choice(self._words.openings)}{said}{rng.choice(self._words.closings)}"
        return said

    def _external(self, channel: Channel, at: datetime, rng: random.Random) -> str:
        prefix = NUMBERED.get(channel)
        return f"{prefix}-{at:%Y%m%d}-{rng.randrange(10**6):06d}" if prefix else ""

    def _adopted(self, channel: Channel, sent: Sent, spot: Spot, at: datetime, rng: random.Random) -> str:
        """Some of what the city sends is with a unit already."""
        if channel is not Channel.CITY_PLATFORM or not sent.class_key or rng.random() < 0.2:
            return ""
        assigned = self._district.proposal({"class": sent.class_key, "grid": spot.grid, "road": spot.road}, at)
        return assigned.organisation if assigned else ""
