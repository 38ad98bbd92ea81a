"""Why a street cannot be more even: the least that the largest load over the smallest can be, and the block behind it.

No road cuts a block, so no grid has less than the heaviest block it holds. Two proofs, the stronger counts:
heavy: the j heaviest blocks fill at most j grids, the others share what is left;
few: with n blocks in k grids at least 2k - n grids are one block alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """`ratio` is 1 where nothing stands in the way; `block` is the number of the block that does, otherwise -1."""

    ratio: float
    proof: str
    block: int


@dataclass(frozen=True, slots=True)
class Given:
    """Blocks by falling load in `order`."""

    loads: Sequence[float]
    total: float
    order: Sequence[int]
    count: int


def bound(loads: Sequence[float], total: float, count: int) -> Bound:
    """`loads` are of the blocks without the loose ground around, which may go elsewhere; `total` is with it."""
    if count == 1:
        return Bound(1.0, "", -1)
    order = sorted(range(len(loads)), key=lambda block: (-loads[block], block))
    given = Given(loads, total, order, count)
    found = [_heavy(given), _few(given)]
    best = max(found, key=lambda each: each.ratio)
    return best if best.ratio > 1 else Bound(1.0, "", -1)


def _heavy(given: Given) -> Bound:
    heaviest, left, most = given.loads[given.order[0]], given.total, 1.0
    for held, block in enumerate(given.order[: given.count - 1], 1):
        left -= given.loads[block]
        most = max(most, heaviest * (given.count - held) / left if left > 0 else math.inf)
    return Bound(most, "heavy", given.order[0])


def _few(given: Given) -> Bound:
    """The s-th heaviest of s lone blocks bounds the lightest grid; the heaviest grid has at least the mean."""
    alone = 2 * given.count - len(given.loads)
    if alone < 1:
        return Bound(1.0, "few", -1)
    block = given.order[alone - 1]
    light = given.loads[block] + max(0.0, given.total - math.fsum(given.loads))
    high = max(given.total / given.count, given.loads[given.order[0]])
    return Bound(high / light if light > 0 else math.inf, "few", block)
