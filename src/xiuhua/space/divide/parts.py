"""A street that lies in parts, such as islands: each part gets its own grids where its load earns one.

A part too light for a grid, or one too many for the grids there are, goes with the nearest block of another part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xiuhua.space.divide.apportion import apportion
from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.given import Ints

EARNS = 0.5  # of a grid's load


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks of a street that are divided by themselves, into `count` grids."""

    graph: Graph
    mine: Ints  # their places in the street
    count: int


def parts(graph: Graph, count: int) -> list[Part]:
    groups = _groups(graph)
    if len(groups) == 1:
        return [Part(graph, np.arange(len(graph)), count)]
    linked, groups = _linked(graph, groups, count)
    shares = apportion(
        [_load(graph, group) for group in groups], count, [None] * len(groups), [*map(len, groups)]
    )
    return [
        Part(_sub(linked, group), np.array(group), share) for group, share in zip(groups, shares, strict=True)
    ]


def _groups(graph: Graph) -> list[list[int]]:
    """Connected blocks, the heaviest group first."""
    seen = [False] * len(graph)
    found = []
    for start in range(len(graph)):
        if seen[start]:
            continue
        seen[start] = True
        group = [start]
        for block in group:
            for other, _, _ in graph.beside[block]:
                if not seen[other]:
                    seen[other] = True
                    group.append(other)
        found.append(sorted(group))
    return sorted(found, key=lambda group: (-_load(graph, group), group))


def _load(graph: Graph, group: Sequence[int]) -> float:
    return sum(graph.load[block] for block in group)


def _linked(graph: Graph, groups: list[list[int]], count: int) -> tuple[Graph, list[list[int]]]:
    """Parts that earn no grid are laid beside the nearest block of one that does, with no border between."""
    least = EARNS * sum(graph.load) / count
    own = [group for place, group in enumerate(groups[:count]) if place == 0 or _load(graph, group) >= least]
    beside = [list(each) for each in graph.beside]
    for group in groups[len(own) :]:
        home = min(range(len(own)), key=lambda place: _nearest(graph, group, own[place])[0])
        _, here, there = _nearest(graph, group, own[home])
        beside[here].append((there, 0.0, 0.0))
        beside[there].append((here, 0.0, 0.0))
        own[home] = [*own[home], *group]
    return replace(graph, beside=beside), [sorted(group) for group in own]


def _nearest(graph: Graph, group: Sequence[int], other: Sequence[int]) -> tuple[float, int, int]:
    away = graph.centre[list(group)][:, None, :] - graph.centre[list(other)][None, :, :]
    square = (away**2).sum(axis=2)
    row, column = np.unravel_index(int(np.argmin(square)), square.shape)
    return float(square[row, column]), group[int(row)], other[int(column)]


def _sub(graph: Graph, group: Sequence[int]) -> Graph:
    number = {block: place for place, block in enumerate(group)}
    return Graph(
        [graph.load[block] for block in group], [graph.area_m2[block] for block in group],
        [graph.outer_m[block] for block in group], graph.centre[list(group)],
        [[(number[other], m, cost) for other, m, cost in graph.beside[block]] for block in group],
        graph.blocks[list(group)],
    )  # fmt: skip
