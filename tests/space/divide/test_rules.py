"""The small rules of the divider, as tables: shares, order, bounds, parts."""

import itertools
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.words import Wrong
from xiuhua.space.divide.apportion import apportion
from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.bound import bound
from xiuhua.space.divide.codes import reading_order
from xiuhua.space.divide.partition import target
from xiuhua.space.divide.parts import parts

# What streets weigh, grids in all, what each gets.
SHARES = [
    ("负荷相同", [10, 10, 10], 6, [2, 2, 2]),
    ("按负荷", [60, 30, 10], 10, [6, 3, 1]),
    ("每个街道至少一个", [1000, 1, 0], 5, [3, 1, 1]),
    ("几何平均取整", [53, 24, 23], 4, [2, 1, 1]),  # a third of 53 is more than half of 24
    ("都没有负荷", [0, 0], 2, [1, 1]),
]


@pytest.mark.parametrize(
    ("loads", "count", "shares"), [row[1:] for row in SHARES], ids=[row[0] for row in SHARES]
)
def test_grids_are_shared_among_streets_by_load(loads: list[float], count: int, shares: list[int]) -> None:
    assert apportion(loads, count, [None] * len(loads), [1000] * len(loads)) == shares


def test_one_grid_more_takes_none_from_any_street() -> None:
    """Largest remainders do: with 25 grids a street may get one less than with 24 (the Alabama paradox)."""
    loads = [603.0, 207.0, 105.0, 53.0, 32.0]
    shares = [apportion(loads, count, [None] * 5, [1000] * 5) for count in range(5, 200)]
    assert all((np.array(more) >= np.array(less)).all() for less, more in itertools.pairwise(shares))


def test_a_street_gets_no_more_grids_than_it_has_blocks() -> None:
    assert apportion([90.0, 10.0], 10, [None, None], [4, 20]) == [4, 6]


def test_a_fixed_count_is_kept() -> None:
    assert apportion([50.0, 50.0], 10, [3, None], [99, 99]) == [3, 7]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(Wrong, match="do not fit"):
        apportion([1.0], 3, [None], [2])


# Centres of grids (east, north) and the order of their numbers; the street is 300 m by 200 m.
ORDERS = [
    ("两行三列", [(50, 50), (150, 50), (250, 50), (50, 150), (150, 150), (250, 150)], [3, 4, 5, 0, 1, 2]),
    ("同行略有高低", [(250, 160), (50, 140), (150, 150), (250, 40), (50, 60), (150, 50)], [1, 2, 0, 4, 5, 3]),
    ("一个", [(1, 1)], [0]),
]


@pytest.mark.parametrize(("centres", "order"), [row[1:] for row in ORDERS], ids=[row[0] for row in ORDERS])
def test_numbers_run_row_by_row_from_the_north_west(
    centres: list[tuple[float, float]], order: list[int]
) -> None:
    assert reading_order(centres, 60_000.0) == order


# Loads of blocks, grids, the least ratio, the block behind it.
BOUNDS = [
    ("可以均分", [1, 1, 1, 1], 2, 1.0, -1),
    ("一块太重", [9, 1, 1, 1, 1, 1], 3, 9 * 2 / 5, 0),  # 9 alone, two grids share 5
    ("两块都重", [8, 8, 1, 1, 1, 1, 1, 1], 4, 8 * 2 / 6, 0),  # 8, 8, two grids share 6
    ("块数等于网格数", [4, 3, 2, 1], 4, 4.0, 0),
    ("块数少于两倍", [3, 3, 1], 2, 3.5 / 3, 0),  # one of two grids is one block, at most 3; the mean is 3.5
    ("只有一个网格", [9, 1], 1, 1.0, -1),
]


@pytest.mark.parametrize(
    ("loads", "count", "ratio", "block"), [row[1:] for row in BOUNDS], ids=[row[0] for row in BOUNDS]
)
def test_a_block_too_heavy_bounds_the_ratio(loads: list[float], count: int, ratio: float, block: int) -> None:
    found = bound(loads, loads, count)
    assert found.ratio == pytest.approx(ratio)
    assert found.block == block


# A pocket (the first block) joined to the rest by the second: loads, grids, the least ratio.
POCKETS = [
    ("死胡同里的轻块", [2, 9, 8, 8, 9], 4, 11 / (25 / 3)),  # 2 goes with 9, or it is a grid of 2
    ("重块后面的半大地块", [6, 14, 10, 10, 10], 5, 14 / 6),
    ("地块后面正好一个网格", [10, 10, 10, 10], 4, 1.0),
]


@pytest.mark.parametrize(("loads", "count", "ratio"), [row[1:] for row in POCKETS], ids=[row[0] for row in POCKETS])
def test_what_lies_behind_a_block_bounds_the_ratio(loads: list[float], count: int, ratio: float) -> None:
    chain = row_of(loads, [(place, place + 1) for place in range(len(loads) - 1)])
    assert bound(loads, loads, count, chain.beside).ratio == pytest.approx(ratio)


@given(st.data())
def test_no_way_to_cut_a_street_is_more_even_than_the_bound(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 7), "blocks")
    loads = data.draw(st.lists(st.integers(1, 30).map(float), min_size=size, max_size=size), "loads")
    joints = {(data.draw(st.integers(0, block - 1)), block) for block in range(1, size)}
    joints |= data.draw(st.sets(st.sampled_from(sorted((a, b) for b in range(size) for a in range(b))), max_size=4))
    graph = row_of(loads, sorted(joints))
    count = data.draw(st.integers(2, min(4, size)), "grids")
    least = min(
        max(sums) / min(sums)
        for label in product(range(count), repeat=size)
        if set(label) == set(range(count)) and all(whole(graph, label, grid) for grid in range(count))
        for sums in [[sum(load for load, grid in zip(loads, label, strict=True) if grid == one) for one in range(count)]]
    )
    assert bound(loads, loads, count, graph.beside).ratio <= least * 1.000001


def whole(graph: Graph, label: Sequence[int], grid: int) -> bool:
    mine = {block for block, one in enumerate(label) if one == grid}
    seen, stack = set(), [min(mine)]
    while stack:
        block = stack.pop()
        seen.add(block)
        stack += [other for other, _, _ in graph.beside[block] if other in mine and other not in seen]
    return seen == mine


def test_heavy_blocks_are_left_aside_in_the_target() -> None:
    assert target([9.0, 1.0, 1.0, 1.0], 3) == 1.5


def row_of(loads: list[float], joints: list[tuple[int, int]]) -> Graph:
    beside: list[list[tuple[int, float, float]]] = [[] for _ in loads]
    for a, b in joints:
        beside[a].append((b, 10.0, 10.0))
        beside[b].append((a, 10.0, 10.0))
    centre = np.array([(100.0 * place, 0.0) for place in range(len(loads))])
    return Graph(loads, [100.0] * len(loads), [40.0] * len(loads), centre, beside, np.arange(len(loads)))


def test_an_island_heavy_enough_gets_its_own_grids() -> None:
    found = parts(row_of([5, 5, 5, 5], [(0, 1), (2, 3)]), 4)
    assert [(part.mine.tolist(), part.count) for part in found] == [([0, 1], 2), ([2, 3], 2)]


def test_an_island_too_light_goes_with_the_nearest_block() -> None:
    (part,) = parts(row_of([9, 9, 1], [(0, 1)]), 2)
    assert part.mine.tolist() == [0, 1, 2]
    assert part.graph.beside[2] == [(1, 0.0, 0.0)]
