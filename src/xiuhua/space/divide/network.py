"""Lines made into a network: what may be no border is left out, all is cut at crossings, ends just short of the next
line are led on to it.

Leaves out bridges: what crosses on the map meets. An end that reaches nothing divides nothing and stays in its block.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from xiuhua.space.divide.arrangement import NEAR_M, STEP_M, Keys, cut
from xiuhua.space.divide.given import (
    ADDED_COST,
    CROSSING,
    GAP,
    STREET_BORDER,
    Floats,
    Ints,
    Lines,
    Rules,
    Shapes,
)

AHEAD: Final = 0.5  # cosine: an end is led on within 60 degrees of where it points


@dataclass(frozen=True)
class Kinds:
    """Kinds of lines by number, the preferred ones first."""

    names: tuple[str, ...]
    costs: Floats

    def number(self, name: str) -> int:
        return self.names.index(name)


@dataclass(frozen=True)
class Network:
    edges: Shapes
    kinds: Ints
    table: Kinds
    sources: Shapes  # what the edges were cut from
    source_kinds: Ints

    def with_lines(self, added: Shapes, kind: str) -> "Network":
        """Cut again where the lines were added."""
        if not len(added):
            return self
        added = np.asarray(shapely.set_precision(added, STEP_M))
        edges = _cut_again(self.edges, added)
        sources = np.concatenate([self.sources, added])
        kinds = np.concatenate([self.source_kinds, np.full(len(added), self.table.number(kind))])
        return Network(edges, _kinds(edges, sources, kinds), self.table, sources, kinds)


def kinds_of(costs: Mapping[str, float]) -> Kinds:
    by_cost = sorted(costs, key=lambda kind: (costs[kind], kind))
    names = (*by_cost, GAP, CROSSING, STREET_BORDER)
    return Kinds(names, np.array([costs.get(name, ADDED_COST) for name in names]))


def network(grounds: Sequence[shapely.Geometry], lines: Lines, rules: Rules) -> Network:
    table = kinds_of(rules.costs)
    whole = shapely.union_all(grounds)
    usable = np.isin(lines.kinds, list(rules.costs)) & _meets(lines.shapes, whole)
    rings = shapely.get_parts(shapely.get_rings(shapely.get_parts(np.array(grounds, dtype=object))))
    sources = np.concatenate([lines.shapes[usable], rings])
    numbers = {name: number for number, name in enumerate(table.names)}
    kinds = np.array(
        [numbers[kind] for kind in lines.kinds[usable]] + [table.number(STREET_BORDER)] * len(rings)
    )
    edges = cut(sources)
    return Network(edges, _kinds(edges, sources, kinds), table, sources, kinds)


def _meets(shapes: Shapes, whole: shapely.Geometry) -> Ints:
    shapely.prepare(whole)
    return np.asarray(shapely.intersects(whole, shapes))


def _kinds(edges: Shapes, sources: Shapes, kinds: Ints) -> Ints:
    """An edge is of the most preferred kind among the lines that it is part of."""
    found = np.full(len(edges), len(kinds) and kinds.max(), dtype=np.int64)
    middle = shapely.line_interpolate_point(edges, 0.5, normalized=True)
    edge, source = shapely.STRtree(sources).query(middle, predicate="dwithin", distance=NEAR_M)
    np.minimum.at(found, edge, kinds[source])
    return found


def gaps(net: Network, whole: shapely.Geometry, gap_m: float) -> Shapes:
    """Lines from ends that stop short, each to the nearest line ahead of it."""
    edges = net.edges
    at, ahead, own = _ends(edges, whole)
    if not len(at):
        return np.array([], dtype=object)
    end, edge = shapely.STRtree(edges).query(shapely.points(at), predicate="dwithin", distance=gap_m)
    other = edge != own[end]
    end, edge = end[other], edge[other]
    bridges = shapely.shortest_line(shapely.points(at[end]), edges[edge])
    length = shapely.length(bridges)
    way = shapely.get_coordinates(bridges).reshape(-1, 2, 2)
    step = way[:, 1] - way[:, 0]
    forward = (step * ahead[end]).sum(axis=1) >= AHEAD * length
    good = np.flatnonzero(forward & (length > STEP_M))
    nearest = good[np.lexsort((edge[good], length[good], end[good]))]
    _, first = np.unique(end[nearest], return_index=True)
    return np.asarray(bridges[nearest[first]])


def _ends(edges: Shapes, whole: shapely.Geometry) -> tuple[Floats, Floats, Ints]:
    """Dead ends within the ground: where they are, where they point to, and the edge that ends there."""
    coordinates, edge = shapely.get_coordinates(edges, return_index=True)
    last = np.flatnonzero(np.diff(edge, append=-1))
    first = np.concatenate([[0], last[:-1] + 1])
    at = np.concatenate([coordinates[first], coordinates[last]])
    before = np.concatenate([coordinates[first + 1], coordinates[last - 1]])
    own = np.concatenate([edge[first], edge[last]])
    nodes = Keys(np.floor(shapely.total_bounds(edges)[:2])).nodes(at)
    _, place, times = np.unique(nodes, return_inverse=True, return_counts=True)
    dead = (times[place] == 1) & shapely.contains_xy(whole, at)
    at, before, own = at[dead], before[dead], own[dead]
    ahead = at - before
    return at, ahead / np.hypot(*ahead.T)[:, None], own


def _cut_again(edges: Shapes, added: Shapes) -> Shapes:
    """Only where something was added."""
    touched = np.unique(shapely.STRtree(edges).query(added, predicate="dwithin", distance=NEAR_M)[1])
    rest = np.delete(edges, touched)
    return np.concatenate([rest, cut(np.concatenate([edges[touched], added]))])
