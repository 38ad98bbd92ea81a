"""Blocks handed from grid to grid until loads are level and borders short: annealing with a drawn but repeatable order.

A grid always stays connected and keeps at least one block. What a cut of a street is worth is written in `Worth`.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from xiuhua.space.divide.blocks import Graph

EASY = (
    0.16  # half the logarithm of 1.38: this near to the target two grids differ by less than the 1.5 allowed
)
HOT, COLD = 0.5, 0.002  # of the annealing, in units of worth
FOUR_PI: Final = 4 * math.pi


@dataclass(frozen=True, slots=True)
class Worth:
    """What is bad about a grid: load off its target, much border for its ground; and each metre of border."""

    target: float
    low: float
    high: float  # between low and high a load is good enough
    metre: float  # one over the side of a grid of middling size
    uneven: float = 2.0
    beyond: float = 60.0
    ragged: float = 0.5
    border: float = 0.35

    def of(self, load: float, area_m2: float, outer_m: float) -> float:
        uneven = self.uneven * (load / self.target - 1) ** 2
        if not self.low <= load <= self.high:
            off = (
                math.log(load / self.high)
                if load > self.high
                else math.log(self.low / max(load, self.low / 100))
            )
            uneven += self.beyond * off * off
        return uneven + self.ragged * outer_m * outer_m / (FOUR_PI * area_m2)


@dataclass(slots=True)
class Cut:
    """Which grid each block is in, and the sums that follow."""

    graph: Graph
    label: list[int]
    count: int
    load: list[float] = field(init=False)
    area_m2: list[float] = field(init=False)
    outer_m: list[float] = field(init=False)
    size: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.add_up()

    def add_up(self) -> None:
        """The sums again, from the labels."""
        self.load, self.area_m2, self.outer_m = ([0.0] * self.count for _ in range(3))
        self.size = [0] * self.count
        for block, grid in enumerate(self.label):
            self.load[grid] += self.graph.load[block]
            self.area_m2[grid] += self.graph.area_m2[block]
            self.outer_m[grid] += self.graph.outer_m[block]
            self.outer_m[grid] -= sum(
                m for other, m, _ in self.graph.beside[block] if self.label[other] == grid
            )
            self.size[grid] += 1

    def members(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in range(self.count)]
        for block, grid in enumerate(self.label):
            found[grid].append(block)
        return found

    def beside(self, blocks: Sequence[int]) -> list[int]:
        """The grids next to these blocks of one grid."""
        near = {self.label[other] for block in blocks for other, _, _ in self.graph.beside[block]}
        return sorted(near - {self.label[blocks[0]]})

    def ratio(self) -> float:
        low = min(self.load)
        return max(self.load) / low if low > 0 else math.inf

    def worth(self, worth: Worth) -> float:
        inner = sum(
            cost for block, grid in enumerate(self.label) for other, _, cost in self.graph.beside[block]
            if other > block and self.label[other] != grid
        )  # fmt: skip
        each = map(worth.of, self.load, self.area_m2, self.outer_m)
        return sum(each) + worth.border * worth.metre * inner

    def stays_whole(self, block: int) -> bool:
        """Whether the block's grid is still connected without it."""
        grid, label, beside = self.label[block], self.label, self.graph.beside
        near = [other for other, _, _ in beside[block] if label[other] == grid]
        if len(near) < 2:
            return True
        wanted, seen, stack = set(near[1:]), {block, near[0]}, [near[0]]
        while stack:
            for other, _, _ in beside[stack.pop()]:
                if label[other] == grid and other not in seen:
                    seen.add(other)
                    wanted.discard(other)
                    if not wanted:
                        return True
                    stack.append(other)
        return False

    def connected(self, grid: int) -> bool:
        mine = [block for block, label in enumerate(self.label) if label == grid]
        seen, stack = {mine[0]}, [mine[0]]
        while stack:
            for other, _, _ in self.graph.beside[stack.pop()]:
                if self.label[other] == grid and other not in seen:
                    seen.add(other)
                    stack.append(other)
        return len(seen) == len(mine)

    def hand(self, block: int, to: int) -> None:
        graph, grid = self.graph, self.label[block]
        here = sum(m for other, m, _ in graph.beside[block] if self.label[other] == grid)
        there = sum(m for other, m, _ in graph.beside[block] if self.label[other] == to)
        outer = graph.outer_m[block]
        self.outer_m[grid] += 2 * here - outer
        self.outer_m[to] += outer - 2 * there
        for sums, each in ((self.load, graph.load), (self.area_m2, graph.area_m2)):
            sums[grid] -= each[block]
            sums[to] += each[block]
        self.size[grid] -= 1
        self.size[to] += 1
        self.label[block] = to


def anneal(cut: Cut, worth: Worth, movable: Sequence[int], tries: int, seed: int, hot: float = HOT) -> None:
    """Changes `cut`. The heat falls evenly in its logarithm; the last fifth only takes what is better."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    blocks = len(movable)
    each = [worth.of(*sums) for sums in zip(cut.load, cut.area_m2, cut.outer_m, strict=True)]
    cooling = (COLD / hot) ** (1 / max(1, 0.8 * tries))
    heat = hot
    for turn in range(tries):
        heat = heat * cooling if turn < 0.8 * tries else 0.0
        block = movable[int(draw.random() * blocks)]
        _try(cut, worth, each, block, draw, heat)


def _try(cut: Cut, worth: Worth, each: list[float], block: int, draw: random.Random, heat: float) -> None:
    label, graph = cut.label, cut.graph
    grid = label[block]
    others = [label[other] for other, _, _ in graph.beside[block] if label[other] != grid]
    if not others or cut.size[grid] == 1:
        return
    to = others[int(draw.random() * len(others))]
    here = there = saved = 0.0
    for other, metres, cost in graph.beside[block]:
        if label[other] == grid:
            here += metres
            saved -= cost
        elif label[other] == to:
            there += metres
            saved += cost
    load, area_m2, outer_m = graph.load[block], graph.area_m2[block], graph.outer_m[block]
    left = worth.of(
        cut.load[grid] - load, cut.area_m2[grid] - area_m2, cut.outer_m[grid] + 2 * here - outer_m
    )
    right = worth.of(cut.load[to] + load, cut.area_m2[to] + area_m2, cut.outer_m[to] + outer_m - 2 * there)
    worse = left + right - each[grid] - each[to] - worth.border * worth.metre * saved
    if worse > 0 and (heat == 0.0 or draw.random() >= math.exp(-worse / heat)):
        return
    if worse == 0 or not cut.stays_whole(block):
        return
    cut.hand(block, to)
    each[grid], each[to] = left, right
