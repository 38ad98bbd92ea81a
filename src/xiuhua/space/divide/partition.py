"""One street cut into so many grids: a first cut, exchange, mending; then the loose ground along the borders."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.exchange import Cut, Worth, anneal
from xiuhua.space.divide.given import Flags, Ints, Rules
from xiuhua.space.divide.grow import first_cut
from xiuhua.space.divide.recut import mend
from xiuhua.space.divide.slide import slide

MENDINGS = 60  # ours: at most so many
BORDERS_ONLY = {
    "uneven": 0.0,
    "beyond": 6.0,
    "border": 2.0,
}  # of the loose ground: borders count, load hardly


def partition(graph: Graph, count: int, rules: Rules) -> Ints:
    """The grid of each block, from 0 to count - 1."""
    cut, worth = Cut(graph, first_cut(graph, count), count), worth_of(graph, count)
    anneal(cut, worth, range(len(graph)), rules.effort * (len(graph) + 1000), rules.seed)
    mend(cut, worth, rules.most_ratio, MENDINGS, rules.seed)
    return np.array(cut.label)


def settled(graph: Graph, label: Ints, count: int, loose: Flags, rules: Rules) -> Ints:
    """Only loose faces change hands, so that a border keeps to one carriageway."""
    movable = np.flatnonzero(loose).tolist()
    if not movable or count == 1:
        return label
    cut, worth = Cut(graph, label.tolist(), count), replace(worth_of(graph, count), **BORDERS_ONLY)
    anneal(cut, worth, movable, rules.effort * len(movable), rules.seed)
    slide(cut, worth, frozenset(movable))
    return np.array(cut.label)


def worth_of(graph: Graph, count: int) -> Worth:
    return Worth(target(graph.load, count) or 1.0, (count / sum(graph.area_m2)) ** 0.5)


def target(loads: Sequence[float], count: int) -> float:
    """What a grid should have, where blocks heavier than that are grids of their own."""
    left, grids = sum(loads), count
    for load in sorted(loads, reverse=True)[: count - 1]:
        if load <= left / grids:
            break
        left, grids = left - load, grids - 1
    return left / grids
