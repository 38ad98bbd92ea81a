"""Areas cut in two across their length until they are small enough, all of one size at a time.

A cut runs square to the longer side of the smallest box round the area, near its middle. An area with a hole is cut
through the hole whatever its size: an outline in a pack is one ring.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.chance import at_places

LEVELS: Final = 24  # more halvings than any district needs
THIN_M: Final = 3.0  # what is thinner is left to its neighbours


@dataclass(frozen=True)
class Cuts:
    """`lines` and the area each was cut from (`root`, a place in what was given); `parts` and theirs."""

    lines: Any
    line_root: Any
    parts: Any
    root: Any


@dataclass(frozen=True, slots=True)
class Sizes:
    """For each area: cut while larger than `target_m2`, how far from the middle and from square a cut may be."""

    target_m2: Any
    sway: Any
    skew_deg: Any


def split(areas: Any, sizes: Sizes, seed: int, purpose: str) -> Cuts:
    waiting, root = np.asarray(areas, dtype=object), np.arange(len(areas))
    lines, line_roots, parts, roots = [], [], [], []
    for level in range(LEVELS):
        large = (shapely.area(waiting) > sizes.target_m2[root]) | (
            shapely.get_num_interior_rings(waiting) > 0
        )
        large &= level < LEVELS - 1
        parts.append(waiting[~large])
        roots.append(root[~large])
        waiting, root = waiting[large], root[large]
        if not len(waiting):
            break
        knives = _knives(waiting, root, sizes, seed, f"{purpose} {level}")
        found, which = _inside(waiting, knives[:, :2])
        lines.append(found)
        line_roots.append(root[which])
        waiting, which = _halves(waiting, knives)
        root = root[which]
    return Cuts(
        *(np.concatenate(found) if found else np.array([]) for found in (lines, line_roots, parts, roots))
    )


def _knives(areas: Any, root: Any, sizes: Sizes, seed: int, purpose: str) -> Any:
    """For each area the ends of the cut and two points far on its left."""
    boxes = shapely.minimum_rotated_rectangle(areas)
    corners = shapely.get_coordinates(boxes).reshape(-1, 5, 2)
    a, b = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]
    longer = np.hypot(*a.T) >= np.hypot(*b.T)
    along = np.where(longer[:, None], a, b)
    middle = corners[:, :4].mean(axis=1)
    first, second = at_places(seed, f"{purpose} place", middle), at_places(seed, f"{purpose} skew", middle)
    centre = _through(areas, shapely.get_coordinates(shapely.centroid(areas)) * 0.5 + middle * 0.5)
    centre = centre + along * ((first - 0.5) * 2 * sizes.sway[root])[:, None]
    turn = np.radians((second - 0.5) * 2 * sizes.skew_deg[root])
    side = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(*along.T)[:, None]
    turned = np.column_stack(
        [
            side[:, 0] * np.cos(turn) - side[:, 1] * np.sin(turn),
            side[:, 0] * np.sin(turn) + side[:, 1] * np.cos(turn),
        ]
    )
    far = np.hypot(*(a + b).T)[:, None] + 10.0
    left = np.column_stack([-turned[:, 1], turned[:, 0]]) * far
    return np.stack([centre - turned * far, centre + turned * far, left], axis=1)


def _through(areas: Any, middle: Any) -> Any:
    holed = np.flatnonzero(shapely.get_num_interior_rings(areas) > 0)
    middle = middle.copy()
    middle[holed] = shapely.get_coordinates(shapely.centroid(shapely.get_interior_ring(areas[holed], 0)))
    return middle


def _inside(areas: Any, ends: Any) -> tuple[Any, Any]:
    """The parts of each cut that lie in its area."""
    found, which = shapely.get_parts(
        shapely.intersection(shapely.linestrings(ends), areas), return_index=True
    )
    lines = shapely.get_dimensions(found) == 1
    return found[lines], which[lines]


def _halves(areas: Any, knives: Any) -> tuple[Any, Any]:
    start, end, left = knives[:, 0], knives[:, 1], knives[:, 2]
    halves, roots = [], []
    for side in (left, -left):
        half = shapely.polygons(np.stack([start, end, end + side, start + side], axis=1))
        found, which = shapely.get_parts(shapely.intersection(areas, half), return_index=True)
        good = (shapely.get_dimensions(found) == 2) & (
            shapely.area(found) > THIN_M * np.sqrt(shapely.area(areas[which]))
        )
        halves.append(found[good])
        roots.append(which[good])
    return np.concatenate(halves), np.concatenate(roots)
