"""Why a street cannot be more even: the least that the largest load over the smallest can be, and the block behind it.

No road cuts a block, so no grid has less than the heaviest block it holds. Three proofs, the strongest counts:
heavy: the j heaviest blocks fill at most j grids, the others share what is left;
few: with n blocks in k grids at least 2k - n grids are one block alone;
behind: what only one block joins to the rest is a grid no heavier than itself, or goes whole to that block's grid. This
one takes blocks as they lie beside each other; that loose ground is led round a block is not thought of.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiuhua.space.divide.pockets import Beside, Pocket, pockets


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


def bound(core: Sequence[float], load: Sequence[float], count: int, beside: Beside = ()) -> Bound:
    """`core` is each block without the loose ground around, which may go elsewhere, `load` is with it.

    Without `beside` the third proof is left out.
    """
    if count == 1:
        return Bound(1.0, "", -1)
    order = sorted(range(len(core)), key=lambda block: (-core[block], block))
    given = Given(core, sum(load), order, count)
    found = [_heavy(given), _few(given)]
    if beside:
        found.append(_behind(given, pockets(core, load, beside)))
    best = max(found, key=lambda each: each.ratio)
    return best if best.ratio > 1 else Bound(1.0, "", -1)


def _behind(given: Given, behind: Mapping[int, Sequence[Pocket]]) -> Bound:
    best = Bound(1.0, "behind", -1)
    for block, parts in sorted(behind.items()):
        ratio = _least(given, given.loads[block], parts)
        if ratio > best.ratio:
            best = Bound(ratio, "behind", block)
    return best


def _least(given: Given, heavy: float, parts: Sequence[Pocket]) -> float:
    """The lightest pockets go to the block's grid, so many as is best; each of the others has a grid of its own."""
    least, mean = math.inf, given.total / given.count
    for part in parts:
        others = (given.total - heavy) / (given.count - 1)
        light = min(part.load, others)
        least = min(least, max(heavy, mean) / light if light > 0 else math.inf)
        heavy += part.core
    return least


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
