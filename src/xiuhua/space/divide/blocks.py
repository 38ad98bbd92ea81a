"""Blocks: faces put together that no grid divides, with what each weighs, and which lie side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from xiuhua.space.divide.faces import Faces
from xiuhua.space.divide.given import Floats, Ints, totals


@dataclass(frozen=True)
class Blocks:
    """`of_face` says which block a face is in; `beside` are pairs of blocks of one street, with metres and cost."""

    of_face: Ints
    area: Ints
    load: Floats
    area_m2: Floats
    outer_m: Floats
    centre: Floats
    beside: Ints
    beside_m: Floats
    beside_cost: Floats


@dataclass(frozen=True, slots=True)
class Graph:
    """The blocks of one street by number from 0, as plain lists: what is looked at a million times."""

    load: list[float]
    area_m2: list[float]
    outer_m: list[float]
    centre: Floats
    beside: list[list[tuple[int, float, float]]]
    blocks: Ints  # their numbers in the whole

    def __len__(self) -> int:
        return len(self.load)


def blocks_of(faces: Faces, of_face: Ints, load: Floats, costs: Floats) -> Blocks:
    count = int(of_face.max()) + 1
    weighed = totals(of_face, load, count)
    area_m2 = shapely.area(faces.shapes)
    middle = shapely.get_coordinates(shapely.centroid(faces.shapes))
    area = np.zeros(count, dtype=np.int64)
    area[of_face] = faces.area
    ground = totals(of_face, area_m2, count)
    centre = np.column_stack([totals(of_face, middle[:, axis] * area_m2, count) / ground for axis in (0, 1)])
    a, b = np.where(faces.pieces.sides >= 0, of_face[faces.pieces.sides], -1).T
    outer = np.zeros(count)
    for side, other in ((a, b), (b, a)):
        edge = (side >= 0) & (side != other)
        outer += totals(side[edge], faces.pieces.length[edge], count)
    inner = (a >= 0) & (b >= 0) & (a != b)
    inner[inner] = area[a[inner]] == area[b[inner]]
    pair = np.column_stack([np.minimum(a, b), np.maximum(a, b)])[inner]
    beside, place = np.unique(pair[:, 0] * count + pair[:, 1], return_inverse=True)
    length = faces.pieces.length[inner]
    return Blocks(
        of_face, area, weighed, ground, outer, centre, np.column_stack([beside // count, beside % count]),
        totals(place, length, len(beside)),
        totals(place, length * costs[faces.pieces.kind[inner]], len(beside)),
    )  # fmt: skip


def graphs(blocks: Blocks, areas: int) -> list[Graph]:
    """One for each street."""
    order = np.argsort(blocks.area, kind="stable")
    bounds = np.searchsorted(blocks.area[order], np.arange(areas + 1))
    local = np.zeros(len(order), dtype=np.int64)
    beside: list[list[tuple[int, float, float]]] = [[] for _ in order]
    for area in range(areas):
        mine = order[bounds[area] : bounds[area + 1]]
        local[mine] = np.arange(len(mine))
    rows = zip(blocks.beside.tolist(), blocks.beside_m.tolist(), blocks.beside_cost.tolist(), strict=True)
    for (a, b), metres, cost in rows:
        beside[a].append((int(local[b]), metres, cost))
        beside[b].append((int(local[a]), metres, cost))
    return [_graph(blocks, order[bounds[area] : bounds[area + 1]], beside) for area in range(areas)]


def _graph(blocks: Blocks, mine: Ints, beside: Sequence[list[tuple[int, float, float]]]) -> Graph:
    return Graph(
        blocks.load[mine].tolist(), blocks.area_m2[mine].tolist(), blocks.outer_m[mine].tolist(),
        blocks.centre[mine], [beside[block] for block in mine.tolist()], mine,
    )  # fmt: skip
