"""Loose ground (medians, islands, roundabouts) put to the block that it shares most border with.

Where both sides are the same, to the one in the north or west, so that a whole road is treated alike.
"""

import numpy as np

from xiuhua.space.divide.blocks import Blocks
from xiuhua.space.divide.faces import Faces
from xiuhua.space.divide.given import Flags, Floats, Ints, totals

ALIKE = 0.85  # ours: two shares of border this near are the same


def joined(faces: Faces, fine: Blocks, loose: Flags) -> Ints:
    """The block of each face. Ground that meets no block in its street stays by itself."""
    block = np.arange(len(faces.shapes))
    waiting = loose.copy()
    pairs, shares = _directed(fine)
    north_west = _north_west(faces, fine, pairs)
    while waiting.any():
        open_pair = waiting[pairs[:, 0]] & ~waiting[pairs[:, 1]]
        if not open_pair.any():
            break
        face, to = _best(pairs[open_pair], shares[open_pair], north_west[open_pair])
        block[face] = block[to]
        waiting[face] = False
    return np.unique(block, return_inverse=True)[1]


def _directed(fine: Blocks) -> tuple[Ints, Floats]:
    return np.concatenate([fine.beside, fine.beside[:, ::-1]]), np.concatenate(
        [fine.beside_cost, fine.beside_cost]
    )


def _best(pairs: Ints, shares: Floats, north_west: Floats) -> tuple[Ints, Ints]:
    """For each face its best neighbour."""
    faces, place = np.unique(pairs[:, 0], return_inverse=True)
    most = np.zeros(len(faces))
    np.maximum.at(most, place, shares)
    near = np.flatnonzero(shares >= ALIKE * most[place])
    order = near[np.lexsort((pairs[near, 1], -north_west[near], place[near]))]
    first = np.unique(place[order], return_index=True)[1]
    return faces, pairs[order[first], 1]


def _north_west(faces: Faces, fine: Blocks, pairs: Ints) -> Floats:
    """How far to the north-west of the first face the border with the second lies."""
    sides, count = faces.pieces.sides, len(fine.load)
    both = (sides >= 0).all(axis=1)
    low, high = sides[both].min(axis=1), sides[both].max(axis=1)
    middle = ((faces.pieces.start + faces.pieces.end) / 2)[both]
    length = faces.pieces.length[both]
    keys = fine.beside[:, 0] * count + fine.beside[:, 1]
    place = np.searchsorted(keys, low * count + high).clip(0, max(0, len(keys) - 1))
    known = keys[place] == low * count + high if len(keys) else np.zeros(0, dtype=bool)
    at = [
        totals(place[known], (middle[known, axis] * length[known]), len(keys)) / fine.beside_m
        for axis in (0, 1)
    ]
    east, north = (
        np.concatenate([each, each]) - fine.centre[pairs[:, 0], axis] for axis, each in enumerate(at)
    )
    return np.asarray(north - 0.5 * east)
