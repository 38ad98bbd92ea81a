"""What is in store for a case, drawn when its notice comes in: the hidden truth, how fast, what goes wrong.

The parts are ours, after processes Appendix C: 6 % duplicates, 3 % false, about 93 % on time.
"""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from xiuhua.domain.notice import Channel
from xiuhua.domain.subject import Json

FALSE_PART: Final = 0.03
DUPLICATE_PART: Final = 0.06
HANDLING_MEDIAN, HANDLING_SIGMA = 0.36, 0.48  # of the limit that is used; log-normal
SILENT_PART: Final = 0.16  # units that let the signing pass in silence
QUICK_SAMPLE_PART: Final = 0.04

# What happens beside the way, at most one to a case.
SIDES: Final[Mapping[str, float]] = {
    "": 0.866, "urge": 0.030, "supervise": 0.010, "extension": 0.028, "suspension": 0.008, "return": 0.024,
    "dispute": 0.006, "void": 0.006, "more": 0.012, "hand-back": 0.006, "refuse-filing": 0.004,
}  # fmt: skip
QUICK_ENDS: Final[Mapping[str, float]] = {"pass": 0.945, "sample": QUICK_SAMPLE_PART, "convert": 0.01, "invalid": 0.005}


@dataclass(frozen=True, slots=True)
class Fate:
    """`did` are the sides and turns that have happened; `share` of the limit is used until the feed-back."""

    truth: str = "true"
    side: str = ""
    share: float = 0.4
    silent: bool = False
    rework: bool = False
    after: str = ""
    name: str = ""
    shown: bool = False
    lon: float = 0.0
    lat: float = 0.0
    did: tuple[str, ...] = field(default=())

    def done(self, what: str) -> "Fate":
        return replace(self, did=(*self.did, what))

    def once(self, what: str) -> bool:
        return what not in self.did

    def json(self) -> list[Json]:
        return [self.truth, self.side, self.share, self.silent, self.rework, self.after, self.name, self.shown,
                self.lon, self.lat, list(self.did)]  # fmt: skip


def fate_of(written: list[Json]) -> Fate:
    *rest, did = written
    return Fate(*rest, did=tuple(did))  # type: ignore[arg-type, misc]


def drawn(channel: Channel, truth: str, rng: random.Random) -> Fate:
    if channel is Channel.QUICK_REPORT:
        return Fate(truth, after=_one(QUICK_ENDS, rng))
    return Fate(
        truth=truth,
        side=_one(SIDES, rng),
        share=round(HANDLING_MEDIAN * math.exp(rng.gauss(0, HANDLING_SIGMA)), 3),
        silent=rng.random() < SILENT_PART,
        rework=rng.random() < 0.055,
        after="reopen" if rng.random() < 0.006 else "",
    )


def truth_of(channel: Channel, rng: random.Random) -> str:
    if channel is Channel.QUICK_REPORT:
        return "true"
    draw = rng.random()
    if draw < FALSE_PART:
        return "false"
    return "duplicate" if draw < FALSE_PART + DUPLICATE_PART else "true"


def _one(parts: Mapping[str, float], rng: random.Random) -> str:
    return rng.choices(list(parts), list(parts.values()))[0]
