"""What the next step of a case is made of, and all that may be looked at to choose it."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, TypeAlias

from xiuhua.domain.clock import CONTINUOUS, Limit, Unit
from xiuhua.domain.deadline import due
from xiuhua.domain.district import District
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json, Subject
from xiuhua.simulate.cast import Cast
from xiuhua.simulate.fate import Fate
from xiuhua.simulate.vocabulary import Vocabulary

Given: TypeAlias = dict[str, Json]
LATEST: Final = timedelta(days=40)  # ours: whoever has not acted by then never will


@dataclass(frozen=True, slots=True)
class Step:
    """`photos` to be taken when the moment comes: "before", "after" or none."""

    at: datetime
    move: str
    by: By
    fate: Fate
    given: Given = field(default_factory=dict)
    photos: str = ""


@dataclass
class Scene:
    """All that a page may look at."""

    district: District
    cast: Cast
    words: Vocabulary
    rng: random.Random
    now: datetime
    case: Subject
    fate: Fate

    @property
    def unit(self) -> str:
        return self.case.fact("unit")

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(self.case.fact(name) for name in ("grid", "responsibility_grid", "street"))

    def after(self, minutes: float, organisation: str = "", spread: float = 0.6) -> datetime:
        """So many working minutes later, more or less, where that organisation works."""
        drawn = max(1, round(minutes * math.exp(self.rng.gauss(0, spread))))
        calendar = self.district.calendar_of(organisation)
        at = due(self.now, Limit(Fraction(drawn, 60), Unit.WORKING_HOUR), calendar)
        return at + timedelta(seconds=self.rng.randrange(50))

    def later(self, minutes: float) -> datetime:
        """The same by day and night."""
        return self.now + timedelta(minutes=max(1.0, minutes * math.exp(self.rng.gauss(0, 0.6))))

    def unit_after(self, minutes: float) -> datetime:
        """A unit on an emergency does not wait for its desk to open."""
        clock = self.case.clocks.get("handling")
        urgent = clock is not None and clock.limit is not None and clock.limit.unit in CONTINUOUS
        return self.later(minutes / 2) if urgent else self.after(minutes, self.unit)

    def used(self, share: float) -> datetime:
        """When so much of the handling limit is used; never at once."""
        soon = self.now + timedelta(minutes=self.rng.uniform(4, 15))
        clock = self.case.clocks.get("handling")
        if clock is None or clock.limit is None:
            return self.after(180, self.unit)
        part = Limit(Fraction(round(share * 1000), 1000) * clock.limit.count, clock.limit.unit)
        return max(soon, due(clock.started, part, self.district.calendar_of(self.unit)))

    def step(
        self, at: datetime, move: str, by: By | None, given: Given | None = None, *, did: str = "", photos: str = ""
    ) -> Step | None:
        """None where there is nobody to do it. `did` is remembered, so that it is done once."""
        fate = self.fate.done(did) if did else self.fate
        return Step(at, move, by, fate, given or {}, photos) if by and at - self.now < LATEST else None

    def one(self, post: Post, *but: str) -> By:
        return self.cast.one(post, self.rng, but)

    def desk(self) -> By | None:
        return self.cast.of_unit(Post.UNIT_DESK, self.unit, self.rng)

    def says(self, of: str) -> str:
        return self.words.reason(of, self.rng)

    def notes(self, of: str) -> str:
        return self.words.note(of, self.rng)

    def to(self, side: str) -> bool:
        """Whether this happens beside the way of this case, and has not happened."""
        return self.fate.side == side and self.fate.once(side)

    def anybody(self) -> list[str]:
        """Units with a desk, in a fixed order."""
        return sorted(o for post, o in self.cast.units if post is Post.UNIT_DESK and self.district.handles(o))


Page: TypeAlias = Callable[[Scene], Step | None]
