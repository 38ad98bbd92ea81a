"""The divider from end to end: lines to faces, faces to blocks, blocks to grids, grids to codes."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np
import shapely

from xiuhua.space.divide.apportion import apportion
from xiuhua.space.divide.blocks import blocks_of, graphs
from xiuhua.space.divide.bound import bound
from xiuhua.space.divide.faces import faces_of
from xiuhua.space.divide.given import CROSSING, GAP, Area, Lines, Rules, Weights
from xiuhua.space.divide.join import joined
from xiuhua.space.divide.load import point_loads, road_metres, shared_out
from xiuhua.space.divide.narrow import crossings, narrow, within
from xiuhua.space.divide.network import gaps, network
from xiuhua.space.divide.partition import partition, settled
from xiuhua.space.divide.result import Division
from xiuhua.space.divide.told import Made, told


class Clock:
    """Seconds of each phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def phase(self, name: str) -> None:
        now = perf_counter()
        self.seconds[name] = now - self._last
        self._last = now


def divide(
    areas: Sequence[Area], lines: Lines, weights: Weights | None, count: int, rules: Rules
) -> Division:
    """`count` grids in all. Without weights the load is the length of road. Everything in metres of one plane."""
    clock = Clock()
    grounds = [area.ground for area in areas]
    net = network(grounds, lines, rules)
    net = net.with_lines(gaps(net, shapely.union_all(grounds), rules.gap_m), GAP)
    clock.phase("network")
    faces = faces_of(net, grounds)
    first = narrow(faces, net.table, rules)
    medians = faces.shapes[first.median]
    net = net.with_lines(crossings(net, faces, first), CROSSING)
    faces = faces_of(net, grounds)
    loose = narrow(faces, net.table, rules).any | within(faces.shapes, medians)
    clock.phase("faces")
    metres = road_metres(faces, net, lines, rules)
    every = np.arange(len(faces.shapes))
    if weights is None:
        load = shared_out(metres, blocks_of(faces, every, metres, net.table.costs), loose)
    else:
        load, _ = point_loads(faces, weights)
    fine = blocks_of(faces, every, load, net.table.costs)
    clock.phase("load")
    blocks = blocks_of(faces, joined(faces, fine, loose), load, net.table.costs)
    streets = graphs(blocks, len(areas))
    clock.phase("blocks")
    loads = [sum(graph.load) for graph in streets]
    shares = apportion(loads, count, [area.count for area in areas], [len(graph) for graph in streets])
    label = np.zeros(len(blocks.load), dtype=np.int64)
    start = np.cumsum([0, *shares])
    for graph, share, begin in zip(streets, shares, start[:-1], strict=True):
        label[graph.blocks] = partition(graph, share, rules) + begin
    grid = label[blocks.of_face]
    clock.phase("grids")
    for graph, share, begin in zip(graphs(fine, len(areas)), shares, start[:-1], strict=True):
        grid[graph.blocks] = (
            settled(graph, grid[graph.blocks] - begin, share, loose[graph.blocks], rules) + begin
        )
    clock.phase("borders")
    bounds = [bound(graph, share) for graph, share in zip(streets, shares, strict=True)]
    made = Made(areas, net, faces, grid, load, metres, streets, shares, bounds)
    grids, borders, departures, facts = told(made, rules)
    clock.phase("shapes")
    return Division(grids, borders, departures, facts, {}, clock.seconds)
