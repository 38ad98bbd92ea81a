"""The divider from end to end: lines to faces, faces to blocks, blocks to grids, grids to codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from xiuhua.domain.words import Words, Wrong
from xiuhua.space.divide.apportion import apportion
from xiuhua.space.divide.blocks import Blocks, Graph, blocks_of, graphs
from xiuhua.space.divide.checks import check
from xiuhua.space.divide.given import Area, Floats, Ints, Lines, Rules, Weights
from xiuhua.space.divide.join import joined
from xiuhua.space.divide.kinds import said, unknown
from xiuhua.space.divide.load import point_loads, road_metres, shared_out
from xiuhua.space.divide.partition import partition, settled
from xiuhua.space.divide.parts import parts
from xiuhua.space.divide.result import Division, Outside
from xiuhua.space.divide.told import Made, told
from xiuhua.space.divide.town import Town, town

TOO_MANY = Words(
    "网格数 {count} 多于可划分的地块：最多 {most} 个（{each}）；请减少网格数，或用规则文件允许更多道路作边界",
    "{count} grids are more than there are blocks: at most {most} ({each}); ask for fewer, or let more kinds of road "
    "be borders in the rules",
)


class Clock:
    """Seconds of each phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def phase(self, name: str) -> None:
        now = perf_counter()
        self.seconds[name] = now - self._last
        self._last = now


@dataclass(frozen=True)
class Loads:
    """Of each face: what counts, and the metres of road; and the points in no street."""

    load: Floats
    metres: Floats
    outside: Outside


@dataclass(frozen=True)
class Ready:
    """All that is known before any street is cut: its blocks, and how many grids it gets."""

    ground: Town
    loads: Loads
    fine: Blocks  # every face by itself
    blocks: Blocks
    streets: list[Graph]
    shares: list[int]


def divide(
    areas: Sequence[Area], lines: Lines, weights: Weights | None, count: int, rules: Rules
) -> Division:
    """`count` grids in all. Without weights the load is the length of road. Everything in metres of one plane."""
    check(areas, lines, weights, count)
    clock = Clock()
    it = ready(areas, lines, weights, count, rules, clock)
    grid = _grids(it.blocks, it.streets, it.shares, rules)
    clock.phase("grids")
    grid = _settled(graphs(it.fine, len(areas)), grid, it.shares, it.ground, rules)
    clock.phase("borders")
    made = Made(areas, it.ground, it.blocks, grid, it.loads.load, it.loads.metres, it.streets, it.shares)
    grids, borders, departures, facts = told(made, rules, it.loads.outside)
    clock.phase("shapes")
    return Division(grids, borders, departures, facts, it.ground.cleaned(), clock.seconds)


def ready(
    areas: Sequence[Area], lines: Lines, weights: Weights | None, count: int, rules: Rules, clock: Clock
) -> Ready:
    ground = town([area.ground for area in areas], lines, rules)
    clock.phase("network")
    loads = _loads(ground, lines, weights, rules)
    clock.phase("load")
    every, costs = np.arange(len(ground.faces.shapes)), ground.net.table.costs
    fine = blocks_of(ground.faces, every, loads.load, costs)
    blocks = blocks_of(ground.faces, joined(ground.faces, fine, ground.loose), loads.load, costs)
    streets = graphs(blocks, len(areas))
    shares = _shares(areas, streets, count, said(unknown(lines.kinds, rules)))
    clock.phase("blocks")
    return Ready(ground, loads, fine, blocks, streets, shares)


def _loads(ground: Town, lines: Lines, weights: Weights | None, rules: Rules) -> Loads:
    metres = road_metres(ground.faces, ground.net, lines, rules)
    if weights is not None:
        load, outside = point_loads(ground.faces, weights)
        return Loads(load, metres, outside)
    every = np.arange(len(metres))
    fine = blocks_of(ground.faces, every, metres, ground.net.table.costs)
    return Loads(shared_out(metres, fine, ground.loose), metres, Outside())


def _shares(
    areas: Sequence[Area], streets: Sequence[Graph], count: int, notes: Sequence[Words]
) -> list[int]:
    """`notes` may be why there are too few blocks."""
    most = [len(graph) for graph in streets]
    fixed = [area.count for area in areas]
    beyond = any(wanted is not None and wanted > held for wanted, held in zip(fixed, most, strict=True))
    room = sum(held if wanted is None else wanted for wanted, held in zip(fixed, most, strict=True))
    if beyond or count > room:
        each = ", ".join(f"{area.code}: {held}" for area, held in zip(areas, most, strict=True))
        words = [TOO_MANY.filled(count=count, most=sum(most), each=each), *notes]
        both = Words("。".join(one.zh for one in words), ". ".join(one.en for one in words))
        raise Wrong("too-many-grids", both)
    return apportion([sum(graph.load) for graph in streets], count, fixed, most)


def _grids(blocks: Blocks, streets: Sequence[Graph], shares: Sequence[int], rules: Rules) -> Ints:
    """The grid of each face."""
    label, begin = np.zeros(len(blocks.load), dtype=np.int64), 0
    for graph, share in zip(streets, shares, strict=True):
        for part in parts(graph, share):
            label[part.graph.blocks] = partition(part.graph, part.count, rules) + begin
            begin += part.count
    return label[blocks.of_face]


def _settled(streets: Sequence[Graph], grid: Ints, shares: Sequence[int], ground: Town, rules: Rules) -> Ints:
    grid, begin = grid.copy(), 0
    for graph, share in zip(streets, shares, strict=True):
        mine = graph.blocks
        grid[mine] = settled(graph, grid[mine] - begin, share, ground.loose[mine], rules) + begin
        begin += share
    return grid
