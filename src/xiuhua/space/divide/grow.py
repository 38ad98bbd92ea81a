"""The first cut of a street: seeds laid by halving, shifted until each draws the same load, grown until all is taken.

Halving along the longer side gives compact pieces of equal load; shifting follows balanced power diagrams (Cohen-Addad,
Klein and Young 2018); growing makes each piece connected.
"""

import heapq
from collections.abc import Sequence

import numpy as np

from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.given import Floats, Ints, totals

ROUNDS = 30  # of shifting; more changes nothing that can be seen


def first_cut(graph: Graph, count: int) -> list[int]:
    """The grid of each block, from 0 to count - 1; each has at least one and is connected."""
    load = np.array(graph.load) + 1e-9 * (1 + np.sum(graph.load))
    label = _halved(graph.centre, load, np.arange(len(graph)), count)
    label = _shifted(graph.centre, load, label, count)
    return _grown(graph, label, count)


def _halved(centre: Floats, load: Floats, mine: Ints, count: int) -> Ints:
    label = np.zeros(len(load), dtype=np.int64)
    work = [(mine, count, 0)]
    while work:
        mine, count, first = work.pop()
        if count == 1:
            label[mine] = first
            continue
        near, far, left = _half(centre, load, mine, count)
        work += [(near, left, first), (far, count - left, first + left)]
    return label


def _half(centre: Floats, load: Floats, mine: Ints, count: int) -> tuple[Ints, Ints, int]:
    """Across the longer side, so that both parts can hold their grids."""
    spread = np.ptp(centre[mine], axis=0)
    order = mine[np.lexsort((mine, centre[mine][:, int(spread[1] > spread[0])]))]
    left = count // 2
    reached = np.cumsum(load[order])
    place = int(np.searchsorted(reached, reached[-1] * left / count))
    place = max(left, min(place, len(order) - (count - left)))
    return order[:place], order[place:], left


def _shifted(centre: Floats, load: Floats, label: Ints, count: int) -> Ints:
    """Seeds in the middle of what they draw; who draws too much is handicapped."""
    target = load.sum() / count
    handicap = np.zeros(count)
    scale = np.ptp(centre, axis=0).prod() / count
    best, least = label, _spread(label, load, count)
    for turn in range(ROUNDS):
        held = totals(label, load, count)
        if (held == 0).any():
            break
        seed = np.column_stack([totals(label, load * centre[:, axis], count) / held for axis in (0, 1)])
        away = ((centre[:, None, :] - seed[None, :, :]) ** 2).sum(axis=2)
        handicap += scale * 0.3 * (1 - turn / ROUNDS) * np.clip(held / target - 1, -1, 1)
        label = np.argmin(away + handicap, axis=1)
        spread = _spread(label, load, count)
        if spread < least:
            best, least = label, spread
    return best


def _spread(label: Ints, load: Floats, count: int) -> float:
    held = totals(label, load, count)
    return float(held.max() / held.min()) if held.min() > 0 else float("inf")


def _grown(graph: Graph, label: Ints, count: int) -> list[int]:
    """Each grid keeps its heaviest connected part; what is left over goes to the lightest neighbour, piece by piece."""
    kept = _cores(graph, label.tolist(), count)
    held = [0.0] * count
    for block, grid in enumerate(kept):
        if grid >= 0:
            held[grid] += graph.load[block]
    queue = [(held[grid], other, grid) for block, grid in enumerate(kept) if grid >= 0
             for other, _, _ in graph.beside[block] if kept[other] < 0]  # fmt: skip
    heapq.heapify(queue)
    while queue:
        claim, block, grid = heapq.heappop(queue)
        if kept[block] >= 0:
            continue
        if claim < held[grid]:
            heapq.heappush(queue, (held[grid], block, grid))
            continue
        kept[block] = grid
        held[grid] += graph.load[block]
        for other, _, _ in graph.beside[block]:
            if kept[other] < 0:
                heapq.heappush(queue, (held[grid], other, grid))
    return kept


def _cores(graph: Graph, label: Sequence[int], count: int) -> list[int]:
    kept, seen = [-1] * len(label), [False] * len(label)
    best: dict[int, tuple[float, int]] = {}
    parts: list[list[int]] = []
    for start in range(len(label)):
        if seen[start]:
            continue
        part = _part(graph, label, start, seen)
        weight = sum(graph.load[block] for block in part) + 1e-9 * len(part)
        if weight > best.get(label[start], (-1.0, 0))[0]:
            best[label[start]] = (weight, len(parts))
        parts.append(part)
    for grid, (_, place) in best.items():
        for block in parts[place]:
            kept[block] = grid
    return kept


def _part(graph: Graph, label: Sequence[int], start: int, seen: list[bool]) -> list[int]:
    seen[start] = True
    part = [start]
    for block in part:
        for other, _, _ in graph.beside[block]:
            if not seen[other] and label[other] == label[start]:
                seen[other] = True
                part.append(other)
    return part
