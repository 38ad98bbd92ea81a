"""What exchange alone cannot mend: two neighbours cut anew, and a grid too light given up to halve one too heavy.

A cut is the best edge of a random spanning tree, so both sides are connected (DeFord, Duchin and Solomon 2019).
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.exchange import Cut, Worth, anneal

TREES = 24  # ours: spanning trees tried for a cut
WARM, SHAKE = 0.1, 40  # heat of the annealing between two mendings, tries for each block
STERNER = 1.5  # ours: after each the limits count so much more
VAIN = 6  # ours: so many shakings without effect are enough
TOO_HEAVY = 1.2  # times the target: with the limit of 1.5 such a block fills a grid of its own
LIGHT, HEAVY = 4, 4  # how many of the lightest and the heaviest grids are tried


@dataclass(frozen=True, slots=True)
class Goal:
    """No grid more than `limit` times another; without `whole` those that hold a block too heavy are left aside."""

    limit: float
    whole: bool
    rounds: int

    def met(self, cut: Cut, worth: Worth) -> bool:
        return (cut.ratio() if self.whole else rest_ratio(cut, worth.target)) <= self.limit


def mend(cut: Cut, worth: Worth, goal: Goal, seed: int) -> None:
    """Until the goal is met or nothing helps."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    vain = 0
    for turn in range(goal.rounds):
        if vain == VAIN or goal.met(cut, worth):
            return
        if not _mend_once(cut, worth, draw):
            vain = 0 if _shaken(cut, worth, seed + turn) else vain + 1
            worth = replace(worth, beyond=worth.beyond * STERNER)


def _shaken(cut: Cut, worth: Worth, seed: int) -> bool:
    """Annealed again with little heat; whether that made it better."""
    label, before = list(cut.label), cut.worth(worth)
    anneal(cut, worth, range(len(cut.graph)), SHAKE * (len(cut.graph) + 200), seed, hot=WARM)
    if cut.worth(worth) < before - 1e-9:
        return True
    cut.label[:] = label
    cut.add_up()
    return False


def rest_ratio(cut: Cut, target: float) -> float:
    """The largest load over the smallest, among grids that hold no block heavier than a grid should be."""
    held = {grid for block, grid in enumerate(cut.label) if cut.graph.load[block] > TOO_HEAVY * target}
    rest = [load for grid, load in enumerate(cut.load) if grid not in held]
    low = min(rest, default=1.0)
    return max(rest, default=low) / low if low > 0 else float("inf")


def _mend_once(cut: Cut, worth: Worth, draw: random.Random) -> bool:
    by_load = sorted(range(cut.count), key=lambda grid: (cut.load[grid], grid))
    light = by_load[:LIGHT]
    heavy = [grid for grid in reversed(by_load) if cut.size[grid] > 1][:HEAVY]
    members = cut.members()
    for grid in (*light, *heavy):
        for other in cut.beside(members[grid]):
            if _again(cut, worth, grid, other, members, draw):
                return True
    return any(
        _moved(cut, worth, grid, other, members, draw) for grid in light for other in heavy if grid != other
    )  # fmt: skip


def _again(
    cut: Cut, worth: Worth, grid: int, other: int, members: Sequence[Sequence[int]], draw: random.Random
) -> bool:
    """Two grids cut anew, if that is worth it."""
    both = sorted([*members[grid], *members[other]])
    found = halves(cut.graph, both, draw, sum(cut.graph.load[block] for block in both) / 2)
    return bool(found) and _tried(cut, worth, {block: grid if block in found else other for block in both})


def _moved(
    cut: Cut, worth: Worth, light: int, heavy: int, members: Sequence[Sequence[int]], draw: random.Random
) -> bool:
    """The light grid is given to its neighbours; its number goes to half of the heavy one."""
    found = halves(cut.graph, members[heavy], draw, cut.load[heavy] / 2)
    if not found:
        return False
    change = {block: light for block in members[heavy] if block in found}
    left = list(members[light])
    while left:
        known = [
            (cut.load[to], block, to) for block in left
            for to in (_grid(cut, change, other) for other, _, _ in cut.graph.beside[block] if other not in left)
        ]  # fmt: skip
        if not known:
            return False
        _, block, to = min(known)
        change[block] = to
        left.remove(block)
    return _tried(cut, worth, change)


def _grid(cut: Cut, change: dict[int, int], block: int) -> int:
    return change.get(block, cut.label[block])


def _tried(cut: Cut, worth: Worth, change: dict[int, int]) -> bool:
    before, label = cut.worth(worth), list(cut.label)
    for block, grid in change.items():
        cut.label[block] = grid
    cut.add_up()
    if cut.worth(worth) < before - 1e-9:
        return True
    cut.label[:] = label
    cut.add_up()
    return False


def halves(graph: Graph, blocks: Sequence[int], draw: random.Random, wanted: float) -> frozenset[int]:
    """One of two connected parts, its load as near as found to the one wanted; empty where one block is all."""
    best: tuple[float, frozenset[int]] = (float("inf"), frozenset())
    for _ in range(TREES if len(blocks) > 1 else 0):
        best = min(best, _tree_cut(graph, blocks, draw, wanted), key=lambda each: each[0])
    return best[1]


def _tree_cut(
    graph: Graph, blocks: Sequence[int], draw: random.Random, wanted: float
) -> tuple[float, frozenset[int]]:
    order, parent = _tree(graph, blocks, draw)
    below = {block: graph.load[block] for block in order}
    for block in reversed(order[1:]):
        below[parent[block]] += below[block]
    root = min(order[1:], key=lambda block: abs(below[block] - wanted))
    part = {root}
    for block in order:  # parents come first
        if parent.get(block) in part:
            part.add(block)
    return abs(below[root] - wanted), frozenset(part)


def _tree(graph: Graph, blocks: Iterable[int], draw: random.Random) -> tuple[list[int], dict[int, int]]:
    """A random spanning tree: blocks from the root outwards, and the parent of each."""
    free = list(blocks)
    inside = set(free)
    start = free[int(draw.random() * len(free))]
    order, parent, edges = (
        [start],
        {},
        [(start, other) for other, _, _ in graph.beside[start] if other in inside],
    )
    seen = {start}
    while edges:
        place = int(draw.random() * len(edges))
        edges[place], edges[-1] = edges[-1], edges[place]
        block, other = edges.pop()
        if other in seen:
            continue
        seen.add(other)
        parent[other] = block
        order.append(other)
        edges += [
            (other, further)
            for further, _, _ in graph.beside[other]
            if further in inside and further not in seen
        ]
    return order, parent
