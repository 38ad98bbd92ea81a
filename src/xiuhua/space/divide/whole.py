"""The divider from end to end: lines to faces, faces to blocks, blocks to grids, grids to codes."""

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from xiuhua.space.divide.apportion import apportion
from xiuhua.space.divide.blocks import Graph, blocks_of, graphs
from xiuhua.space.divide.bound import Bound, bound
from xiuhua.space.divide.exchange import Cut, Worth, anneal
from xiuhua.space.divide.faces import faces_of
from xiuhua.space.divide.given import Area, Lines, Rules, Weights
from xiuhua.space.divide.grow import first_cut
from xiuhua.space.divide.load import point_loads, road_metres
from xiuhua.space.divide.network import network
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
    net = network([area.ground for area in areas], lines, rules)
    clock.phase("network")
    faces = faces_of(net, [area.ground for area in areas])
    clock.phase("faces")
    metres = road_metres(faces, net, lines, rules)
    load, _ = (metres, 0.0) if weights is None else point_loads(faces, weights)
    clock.phase("load")
    blocks = blocks_of(faces, np.arange(len(faces.shapes)), load, net.table.costs)
    streets = graphs(blocks, len(areas))
    clock.phase("blocks")
    loads = [sum(graph.load) for graph in streets]
    shares = apportion(loads, count, [area.count for area in areas], [len(graph) for graph in streets])
    label = np.zeros(len(blocks.load), dtype=np.int64)
    first = 0
    bounds: list[Bound] = []
    for graph, share in zip(streets, shares, strict=True):
        label[graph.blocks] = np.array(partition(graph, share, rules)) + first
        bounds.append(bound(graph, share))
        first += share
    clock.phase("grids")
    made = Made(areas, net, faces, label[blocks.of_face], load, metres, streets, shares, bounds)
    grids, borders, departures, facts = told(made, rules)
    clock.phase("shapes")
    return Division(grids, borders, departures, facts, {}, clock.seconds)


def partition(graph: Graph, count: int, rules: Rules) -> list[int]:
    cut = Cut(graph, first_cut(graph, count), count)
    target = sum(graph.load) / count
    worth = Worth(target or 1.0, (count / sum(graph.area_m2)) ** 0.5)
    anneal(cut, worth, rules.effort * (len(graph) + 1000), rules.seed)
    return cut.label
