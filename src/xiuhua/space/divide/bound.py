"""Why a street cannot be more even: the least that the largest load over the smallest can be, and the block behind it.

No road cuts a block, so no grid has less than the heaviest block it holds. Three proofs, the strongest counts:
heavy: the j heaviest blocks fill at most j grids, the others share what is left;
few: with n blocks in k grids at least 2k - n grids are one block alone;
pendant: ground that is reached only through one block and is too light for a grid goes with that block.
"""

from dataclasses import dataclass

from xiuhua.space.divide.blocks import Graph


@dataclass(frozen=True, slots=True)
class Bound:
    """`ratio` is 1 where nothing stands in the way; `block` is the number of the block that does, otherwise -1."""

    ratio: float
    proof: str
    block: int


def bound(graph: Graph, count: int) -> Bound:
    if count == 1:
        return Bound(1.0, "", -1)
    order = sorted(range(len(graph)), key=lambda block: (-graph.load[block], block))
    found = [_heavy(graph, order, count), _few(graph, order, count)]
    best = max(found, key=lambda each: each.ratio)
    return best if best.ratio > 1 else Bound(1.0, "", -1)


def _heavy(graph: Graph, order: list[int], count: int) -> Bound:
    heaviest, left, most = graph.load[order[0]], sum(graph.load), 1.0
    for held, block in enumerate(order[: count - 1], 1):
        left -= graph.load[block]
        most = max(most, heaviest * (count - held) / left if left > 0 else float("inf"))
    return Bound(most, "heavy", order[0])


def _few(graph: Graph, order: list[int], count: int) -> Bound:
    """The s-th heaviest of s lone blocks bounds the lightest grid; the heaviest grid has at least the mean."""
    alone = 2 * count - len(graph)
    if alone < 1:
        return Bound(1.0, "few", -1)
    light = graph.load[order[alone - 1]]
    mean = sum(graph.load) / count
    return Bound(
        max(mean, graph.load[order[0]]) / light if light > 0 else float("inf"), "few", order[alone - 1]
    )
