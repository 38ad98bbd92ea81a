"""Invented names, Chinese and English: roads, villages, estates, schools, restaurants. The words are in names.toml.

A name is given once of each kind as long as words last; after that a number is added.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import numpy as np

from xiuhua.domain.words import Words
from xiuhua.simulate.ground.chance import chance

Pair = tuple[str, str]


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


def road_names(seed: int, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Proper names of roads, without 路 or 街, as long as there are any; then with a number."""
    pairs = _shuffled(words()["road"], seed, "road names")
    for number in count(1):
        for zh, en in pairs:
            name = zh if number == 1 else f"{zh}{_NUMERALS[number]}"
            if not any(name + suffix[0] in taken for suffix in words()["suffix"]):
                yield name, en if number == 1 else f"{en} {number}"


_NUMERALS = (
    "",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    *(f"十{n}" for n in "一二三四五六七八九"),
)


def village_names(seed: int) -> list[Words]:
    given = words()
    pairs = [
        Words(f"{side[0]}{family[0]}{end[0]}", _joined(side[1], family[1], end[1]))
        for side in given["side"]
        for end in given["village"]
        for family in given["family"]
    ]
    order = chance(seed, "village names").permutation(len(pairs))
    return [pairs[at] for at in order]


def _joined(*parts: str) -> str:
    first, *rest = [part for part in parts if part]
    return first + "".join(part.lower() for part in rest)


class Naming:
    """Names of places, by what they are: each once, then numbered."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._given: dict[str, int] = {}
        self._pairs: dict[str, list[tuple[Pair, Pair]]] = {}

    def next(self, use: str) -> Words:
        pairs = self._pairs.get(use) or self._pairs.setdefault(use, self._make(use))
        number = self._given[use] = self._given.get(use, -1) + 1
        (zh, en), (what_zh, what_en) = pairs[number % len(pairs)]
        again = number // len(pairs) + 1
        if again == 1:
            return Words(f"{zh}{what_zh}", f"{en} {what_en}")
        return Words(f"{zh}{what_zh}（{again}）", f"{en} {what_en} ({again})")

    def _make(self, use: str) -> list[tuple[Pair, Pair]]:
        given = words()
        more = {
            "restaurant": [[f"老{zh}", f"Lao {en}"] for zh, en in given["family"]],
            "community": given["road"],
        }
        first = given["place"] + more.get(use, [])
        pairs = [(tuple(a), tuple(b)) for b in given["follows"][use] for a in first]
        return [pairs[at] for at in chance(self._seed, "names", use).permutation(len(pairs))]


def _shuffled(pairs: list[list[str]], seed: int, purpose: str) -> list[Pair]:
    return [(pairs[at][0], pairs[at][1]) for at in np.asarray(chance(seed, purpose).permutation(len(pairs)))]
