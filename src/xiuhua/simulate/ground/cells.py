"""The smallest faces of the ground, which every grid of every tier is made of, and which of them lie side by side."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.frame import Frame

ROUNDS: Final = 20  # more than a part is ever away from its neighbour


@dataclass(frozen=True)
class Sides:
    """Pairs of cells with a common border (`first` < `second`) and its length."""

    first: Any
    second: Any
    metres: Any


def sides(cells: Any, frame: Frame) -> Sides:
    """Neighbours share every vertex, so a common border is made of segments that both have."""
    coords, owner = shapely.get_coordinates(cells, return_index=True)
    micro = np.rint(coords / frame.step).astype(np.int64)
    same = owner[1:] == owner[:-1]
    ends = np.stack([micro[:-1][same], micro[1:][same]], axis=1)
    length = np.hypot(*(coords[1:][same] - coords[:-1][same]).T)
    owner = owner[1:][same]
    swapped = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[swapped] = ends[swapped][:, ::-1]
    order = np.lexsort((owner, *ends.reshape(-1, 4).T))
    ends, owner, length = ends.reshape(-1, 4)[order], owner[order], length[order]
    twin = np.flatnonzero((ends[1:] == ends[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    return _summed(owner[twin], owner[twin + 1], length[twin])


def between(found: Sides, label: Any) -> Sides:
    """The same for groups of cells."""
    first, second = label[found.first], label[found.second]
    apart = first != second
    return _summed(np.minimum(first, second)[apart], np.maximum(first, second)[apart], found.metres[apart])


def _summed(first: Any, second: Any, metres: Any) -> Sides:
    pairs, which = np.unique(np.column_stack([first, second]).reshape(-1, 2), axis=0, return_inverse=True)
    return Sides(pairs[:, 0], pairs[:, 1], np.bincount(which.ravel(), weights=metres, minlength=len(pairs)))


def united(cells: Any, label: Any, count: int) -> list[Any]:
    """One shape for each label, exact: made of the cells' own segments."""
    order = np.argsort(label, kind="stable")
    bounds = np.searchsorted(label[order], np.arange(count + 1))
    return [shapely.coverage_union_all(cells[order[a:b]]) for a, b in pairwise(bounds)]


def parts_of(label: Any, found: Sides, count: int) -> Any:
    """For each cell the number of the connected part of its label that it lies in (the lowest cell in it)."""
    part = np.arange(count)
    inner = label[found.first] == label[found.second]
    first, second = found.first[inner], found.second[inner]
    while True:
        low = np.minimum(part[first], part[second])
        before = part.copy()
        np.minimum.at(part, first, low)
        np.minimum.at(part, second, low)
        part = part[part]
        if (part == before).all():
            return part


def whole(label: Any, bounds: Any, cells: Any, found: Sides) -> Any:
    """Each label in one piece: what is cut off goes to the label it has most border with, within the same `bounds`."""
    label = label.copy()
    area = shapely.area(cells)
    for _ in range(ROUNDS):
        part = parts_of(label, found, len(label))
        loose = _loose(label, part, np.bincount(part, weights=area, minlength=len(label)))
        if not loose:
            break
        next_to = between(found, part)
        for at in loose:
            label[part == at] = _longest(at, next_to, label, bounds)
    return label


def _loose(label: Any, part: Any, area: Any) -> list[int]:
    """The parts that are not the largest of their label; -1 is no label."""
    parts = np.unique(part[label >= 0])
    order = np.lexsort((parts, -area[parts], label[parts]))
    first = np.r_[True, np.diff(label[parts][order]) != 0]
    return sorted(parts[order][~first].tolist())


def _longest(part: int, next_to: Sides, label: Any, bounds: Any) -> Any:
    mine = (next_to.first == part) | (next_to.second == part)
    other = np.where(next_to.first[mine] == part, next_to.second[mine], next_to.first[mine])
    good = bounds[other] == bounds[part]
    return label[other[good][np.argmax(next_to.metres[mine][good])]] if good.any() else label[part]
