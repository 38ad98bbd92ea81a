"""Which words for a kind of road are known: borders, lines that are no load, and OSM's other values of `highway`.

Source: https://wiki.openstreetmap.org/wiki/Key:highway. A word that nobody knows is no border, and that is said.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from xiuhua.domain.words import Words
from xiuhua.space.divide.given import COSTS, Rules

Kinds = npt.NDArray[np.str_]

NO_BORDERS: Final = frozenset(
    {
        *("service", "services", "rest_area", "track", "path", "footway", "pedestrian", "steps", "cycleway"),
        *("bridleway", "corridor", "elevator", "platform", "via_ferrata", "crossing", "busway", "bus_guideway"),
        *("escape", "raceway", "emergency_bay", "construction", "proposed", "planned", "disused", "abandoned"),
        *("razed", "no", *(f"track_grade{grade}" for grade in range(1, 6))),  # the last five are Geofabrik's
    }
)
NAMED: Final = 5  # words that a sentence names; the report has all
UNKNOWN: Final = Words(
    "有 {count} 条线的道路等级不认识，不作边界：{words}；请用 --mapping 说明各是什么",
    "{count} lines have a kind that is not known and are no borders: {words}; say what they are with --mapping",
)


def unknown(kinds: Kinds, rules: Rules) -> Mapping[str, int]:
    """Words that are not known and how many lines have each, the most frequent first."""
    words, counts = np.unique(kinds, return_counts=True)
    known = {*COSTS, *rules.costs, *rules.not_walked, *NO_BORDERS}
    found = [(word, count) for word, count in zip(words.tolist(), counts.tolist(), strict=True) if word not in known]
    return dict(sorted(found, key=lambda each: (-each[1], each[0])))


def named(words: Mapping[str, int]) -> str:
    """The first few, each with how many lines have it."""
    shown = ", ".join(f"“{word}” × {count}" for word, count in list(words.items())[:NAMED])
    return f"{shown}, …" if len(words) > NAMED else shown


def said(words: Mapping[str, int]) -> tuple[Words, ...]:
    """One sentence, or none where all are known."""
    return (UNKNOWN.filled(count=sum(words.values()), words=named(words)),) if words else ()
