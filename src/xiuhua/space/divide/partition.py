"""One street cut into so many grids: a first cut, exchange, mending; then the loose ground along the borders."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.bound import bound
from xiuhua.space.divide.exchange import EASY, HOT, Cut, Worth, anneal
from xiuhua.space.divide.given import Flags, Ints, Rules
from xiuhua.space.divide.grow import first_cut
from xiuhua.space.divide.recut import Goal, mend
from xiuhua.space.divide.slide import slide

MENDINGS = 60  # ours: at most so many
AS_PROVED = 1.001  # within the digits of a sum
TRIES = 5  # ours: cuts with other draws where nothing proves that a street cannot be even, and the last was not
HEAT_A_SHARE = 6.0  # ours: where a grid has many blocks, one of them matters less
BORDERS_ONLY = {
    "uneven": 0.0,
    "beyond": 6.0,
    "border": 2.0,
}  # of the loose ground: borders count, load hardly


def partition(graph: Graph, count: int, rules: Rules) -> Ints:
    """The grid of each block, from 0 to count - 1: the first cut within the limit, otherwise the most even of a few."""
    whole = reachable(graph, count, rules.most_ratio)
    best = _cut(graph, count, rules, whole=whole)
    enough = max(rules.most_ratio, AS_PROVED * bound(graph.load, graph.load, count, graph.beside).ratio)
    for seed in range(rules.seed + 1, rules.seed + TRIES):
        if not whole or best.ratio() <= enough:
            break
        best = min(best, _cut(graph, count, replace(rules, seed=seed), whole=whole), key=Cut.ratio)
    return np.array(best.label)


def _cut(graph: Graph, count: int, rules: Rules, *, whole: bool) -> Cut:
    cut, worth = Cut(graph, first_cut(graph, count), count), worth_of(graph, count, rules.most_ratio)
    hot = min(HOT, HEAT_A_SHARE * count / len(graph))
    anneal(cut, worth, range(len(graph)), rules.effort * (len(graph) + 1000), rules.seed, hot)
    mend(cut, worth, Goal(rules.most_ratio, whole, MENDINGS), rules.seed)
    return cut


def settled(graph: Graph, label: Ints, count: int, loose: Flags, rules: Rules) -> Ints:
    """Only loose faces change hands, so that a border keeps to one carriageway."""
    movable = _between(graph, label, loose) if count > 1 else []
    if not movable:
        return label
    cut, worth = (
        Cut(graph, label.tolist(), count),
        replace(worth_of(graph, count, rules.most_ratio), **BORDERS_ONLY),
    )
    anneal(cut, worth, movable, rules.effort * len(movable), rules.seed)
    slide(cut, worth, frozenset(movable))
    return np.array(cut.label)


def _between(graph: Graph, label: Ints, loose: Flags) -> list[int]:
    """Loose faces that hang together and touch more than one grid."""
    found, seen, free = [], set(), loose.tolist()
    for start in np.flatnonzero(loose).tolist():
        if start in seen:
            continue
        seen.add(start)
        group, near = [start], {int(label[start])}
        for block in group:
            for other, _, _ in graph.beside[block]:
                near.add(int(label[other]))
                if free[other] and other not in seen:
                    seen.add(other)
                    group.append(other)
        found += group if len(near) > 1 else []
    return sorted(found)


def worth_of(graph: Graph, count: int, limit: float) -> Worth:
    """Loads may lie within the limit around the target; where one block alone is heavier, within the limit below it."""
    middle = target(graph.load, count) or 1.0
    low, high = middle * math.exp(-EASY), middle * math.exp(EASY)
    if reachable(graph, count, limit) and max(graph.load) > high:
        high = max(graph.load)
        low = max(low, high / limit)
    return Worth(middle, low, high, (count / sum(graph.area_m2)) ** 0.5)


def reachable(graph: Graph, count: int, limit: float) -> bool:
    """Whether nothing is known that stands in the way."""
    return bound(graph.load, graph.load, count).ratio <= limit


def target(loads: Sequence[float], count: int) -> float:
    """What a grid should have, where blocks heavier than that are grids of their own."""
    left, grids = sum(loads), count
    for load in sorted(loads, reverse=True)[: count - 1]:
        if load <= left / grids:
            break
        left, grids = left - load, grids - 1
    return left / grids
