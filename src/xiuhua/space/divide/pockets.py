"""What lies behind a block: ground that only this block joins to the rest of its street.

A grid in such a pocket is no heavier than the pocket, and a pocket without a grid of its own goes whole to the block's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TypeAlias

Beside: TypeAlias = Sequence[Sequence[tuple[int, float, float]]]


@dataclass(frozen=True, slots=True)
class Pocket:
    """Its load without the loose ground around its blocks, and with it."""

    core: float
    load: float


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk in depth through the blocks: when each was met, from which, and how early a way round leads back."""

    order: list[int]
    met: list[int]
    parent: list[int]
    low: list[int]


def pockets(core: Sequence[float], load: Sequence[float], beside: Beside) -> dict[int, list[Pocket]]:
    """By block, the lightest first; the rest of the street is one of them. Blocks without are left out."""
    walk = _walk(beside)
    held = [list(core), list(load)]
    found: dict[int, list[Pocket]] = {}
    for block in reversed(walk.order):
        above = walk.parent[block]
        if above < 0:
            continue
        if walk.low[block] >= walk.met[above]:
            found.setdefault(above, []).append(Pocket(held[0][block], held[1][block]))
        for sums in held:
            sums[above] += sums[block]
    whole = sum(core), sum(load)
    for block, behind in found.items():
        rest = [
            total - own[block] - sum(parts)
            for total, own, parts in zip(
                whole, (core, load), ([p.core for p in behind], [p.load for p in behind]), strict=True
            )
        ]
        if walk.parent[block] >= 0 or rest[1] > 1e-6 * whole[1]:
            behind.append(Pocket(*rest))
        behind.sort(key=lambda pocket: pocket.load)
    return {block: behind for block, behind in found.items() if len(behind) > 1}


def _walk(beside: Beside) -> Walk:
    count = len(beside)
    walk = Walk([], list(repeat(-1, count)), list(repeat(-1, count)), list(repeat(count, count)))
    for start in range(count):
        if walk.met[start] < 0:
            _from(start, beside, walk)
    for block in reversed(walk.order):
        above = walk.parent[block]
        back = [walk.met[other] for other, _, _ in beside[block] if other != above]
        walk.low[block] = min(walk.low[block], walk.met[block], *back)
        if above >= 0:
            walk.low[above] = min(walk.low[above], walk.low[block])
    return walk


def _from(start: int, beside: Beside, walk: Walk) -> None:
    walk.met[start] = len(walk.order)
    walk.order.append(start)
    stack = [(start, iter(beside[start]))]
    while stack:
        block, others = stack[-1]
        new = next((other for other, _, _ in others if walk.met[other] < 0), None)
        if new is None:
            stack.pop()
            continue
        walk.met[new] = len(walk.order)
        walk.parent[new] = block
        walk.order.append(new)
        stack.append((new, iter(beside[new])))
