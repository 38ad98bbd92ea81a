"""Ways of cutting streets into grids, on the same blocks: METIS, three of spopt's regionalisations, and ours.

    python -m venv rivals && rivals/bin/pip install shapely pyproj pyogrio pymetis spopt
    PYTHONPATH=src:. rivals/bin/python -m bench.rivals [STREETS ROADS COUNT]

Without files the made-up city is taken. A rival that is not installed is left out, and that is said.
"""

import importlib
import math
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.city import city
from xiuhua.space.divide import Rules
from xiuhua.space.divide.blocks import Graph
from xiuhua.space.divide.exchange import Cut
from xiuhua.space.divide.grow import first_cut
from xiuhua.space.divide.partition import partition
from xiuhua.space.divide.whole import Clock, ready

PIECES, STREETS, GRIDS = 12_000, 5, 60
DETOUR: Final = 1.3  # ours: the way by road over the straight one
WALK_M_A_MINUTE: Final = 75.0
MAX_P_BLOCKS, SKATER_GRIDS = 300, 40  # of a street; with more they take many minutes
HEAD: Final = (
    "way", "grids", "ratio, mean", "worst", "compact, mean", "least", "border km", "cost of a metre", "walk, min",
    "apart", "s",
)  # fmt: skip
Job = tuple[Graph, int]
Labels = Sequence[int]


@dataclass(frozen=True)
class Score:
    """Over all streets. `walk` is from the middle of a grid to its load, on average, in minutes."""

    ratio: float
    worst: float
    compact: float
    least: float
    border_km: float
    cost: float
    walk: float
    apart: int  # grids that are not connected
    grids: int


def jobs_of(areas: Any, lines: Any, count: int) -> list[Job]:
    """The blocks of each street, as the divider makes them, with the number of grids each gets."""
    found = ready(areas, lines, None, count, Rules(), Clock())
    return list(zip(found.streets, found.shares, strict=True))


def metis(graph: Graph, count: int) -> Labels:
    pymetis: Any = importlib.import_module("pymetis")
    order = [[other for other, _, _ in near] for near in graph.beside]
    weights = [max(1, round(load)) for load in graph.load]
    borders = [max(1, round(cost)) for near in graph.beside for _, _, cost in near]
    starts = np.concatenate([[0], np.cumsum([len(near) for near in order])])
    options = pymetis.Options(contig=1, seed=1, ufactor=200)
    given = {"xadj": starts, "adjncy": [other for near in order for other in near]}
    cut = pymetis.part_graph(
        count, **given, vweights=weights, eweights=borders, recursive=False, options=options
    )
    return [int(label) for label in np.unique(cut[1], return_inverse=True)[1]]  # it may leave grids empty


def _solved(graph: Graph, model: str, *given: Any, **more: Any) -> Labels:
    """One of spopt's, by the centres of blocks that lie side by side."""
    geopandas: Any = importlib.import_module("geopandas")
    weights: Any = importlib.import_module("libpysal.weights")
    region: Any = importlib.import_module("spopt.region")
    places = geopandas.points_from_xy(graph.centre[:, 0], graph.centre[:, 1])
    columns = {"load": graph.load, "x": graph.centre[:, 0], "y": graph.centre[:, 1]}
    frame = geopandas.GeoDataFrame(columns, geometry=places)
    near = {block: [other for other, _, _ in beside] for block, beside in enumerate(graph.beside)}
    found = getattr(region, model)(frame, weights.W(near, silence_warnings=True), ["x", "y"], *given, **more)
    found.solve()
    return [int(label) for label in np.unique(found.labels_, return_inverse=True)[1]]


def ward(graph: Graph, count: int) -> Labels:
    return _solved(graph, "WardSpatial", count)


def skater(graph: Graph, count: int) -> Labels:
    return _solved(graph, "Skater", n_clusters=count, floor=max(1, len(graph) // count // 2))


def max_p(graph: Graph, count: int) -> Labels:
    """As many regions as have a load of nine tenths of a grid each: their number is its own."""
    np.random.seed(1)
    least = 0.9 * sum(graph.load) / count
    return _solved(graph, "MaxPHeuristic", "load", least, top_n=2, max_iterations_construction=9)


def grown(graph: Graph, count: int) -> Labels:
    return first_cut(graph, count)


def ours(graph: Graph, count: int) -> Labels:
    return [int(label) for label in partition(graph, count, Rules())]


WAYS: Final[dict[str, tuple[Callable[[Graph, int], Labels], str]]] = {
    "METIS, k-way, contiguous": (metis, "pymetis"),
    "spopt WardSpatial": (ward, "spopt"),
    "spopt Skater": (skater, "spopt"),
    "spopt MaxPHeuristic": (max_p, "spopt"),
    "ours: halving, shifting, growing": (grown, "numpy"),
    "ours, with exchange and mending": (ours, "numpy"),
}


def score(jobs: Sequence[Job], labels: Sequence[Labels]) -> Score:
    cuts = [Cut(graph, list(found), max(found) + 1) for (graph, _), found in zip(jobs, labels, strict=True)]
    compact = [4 * math.pi * area / outer**2 for cut in cuts
               for area, outer in zip(cut.area_m2, cut.outer_m, strict=True)]  # fmt: skip
    inner = [(metres, cost) for cut in cuts for block, near in enumerate(cut.graph.beside)
             for other, metres, cost in near if other > block and cut.label[other] != cut.label[block]]  # fmt: skip
    metres = sum(metres for metres, _ in inner)
    ratios = [cut.ratio() for cut in cuts]
    return Score(
        sum(ratios) / len(ratios), max(ratios), sum(compact) / len(compact), min(compact), metres / 1000,
        sum(cost for _, cost in inner) / metres, _walk(cuts),
        sum(not cut.connected(grid) for cut in cuts for grid in range(cut.count)), sum(cut.count for cut in cuts),
    )  # fmt: skip


def _walk(cuts: Sequence[Cut]) -> float:
    away = load = 0.0
    for cut in cuts:
        label, weight = np.array(cut.label), np.array(cut.graph.load)
        for grid in range(cut.count):
            mine = label == grid
            middle = np.average(cut.graph.centre[mine], axis=0, weights=weight[mine] + 1e-9)
            away += float((np.hypot(*(cut.graph.centre[mine] - middle).T) * weight[mine]).sum())
            load += float(weight[mine].sum())
    return away / load * DETOUR / WALK_M_A_MINUTE


def _from_files(streets: str, roads: str, count: str) -> list[Job]:
    from xiuhua.space.divide.files import Files, read
    from xiuhua.space.divide.tags import Tags

    given = read(Files(Path(streets), Path(roads)), Tags(), {}, Rules())
    return jobs_of(given.areas, given.lines, int(count))


def _too_much(way: Callable[[Graph, int], Labels], jobs: Sequence[Job]) -> bool:
    blocks, grids = max(len(graph) for graph, _ in jobs), max(count for _, count in jobs)
    return (way is max_p and blocks > MAX_P_BLOCKS) or (way is skater and grids > SKATER_GRIDS)


def main(arguments: list[str]) -> int:
    warnings.simplefilter("ignore")
    jobs = _from_files(*arguments) if arguments else jobs_of(*city(PIECES, STREETS), GRIDS)
    blocks, grids = sum(len(graph) for graph, _ in jobs), sum(count for _, count in jobs)
    print(f"{len(jobs)} streets, {blocks} blocks, {grids} grids")
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    for name, (way, package) in WAYS.items():
        try:
            importlib.import_module(package)
        except ImportError:
            print(f"| {name} | {package} is not installed |")
            continue
        if _too_much(way, jobs):
            print(f"| {name} | left out: minutes, and no end |")
            continue
        began = time.perf_counter()
        labels = [way(graph, count) for graph, count in jobs]
        seconds, it = time.perf_counter() - began, score(jobs, labels)
        print(
            f"| {name} | {it.grids} | {it.ratio:.2f} | {it.worst:.2f} | {it.compact:.2f} | {it.least:.2f} | "
            f"{it.border_km:.1f} | {it.cost:.2f} | {it.walk:.1f} | {it.apart} | {seconds:.1f} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
