"""A city that is made up: crooked blocks of 110 m, main roads of two carriageways, lanes missing here and there."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.divide import Area, Lines

BLOCK_M: Final = 110.0
CROOKED_M, BENT_M, MEDIAN_M, MISSING = 14.0, 4.0, 14.0, 0.12
ACROSS: Final = 5  # streets side by side


def city(pieces: int, streets: int, seed: int = 1) -> tuple[list[Area], Lines]:
    """About so many pieces of road."""
    draw = np.random.default_rng(seed)
    side = int((pieces / 2) ** 0.5)
    corners = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1) * BLOCK_M
    corners = corners + draw.normal(0, CROOKED_M, corners.shape)
    rows = list(_roads(corners, draw))
    lines = Lines(np.array([line for _, line in rows], dtype=object), np.array([kind for kind, _ in rows]))
    return list(_streets((side - 1) * BLOCK_M, streets)), lines


def _roads(corners: Any, draw: Any) -> Iterator[tuple[str, shapely.LineString]]:
    side = len(corners)
    for row in range(side):
        for column in range(side):
            for down, right in ((0, 1), (1, 0)):
                kind = _kind(column if down else row)
                there = row + down < side and column + right < side
                if not there or (kind == "residential" and draw.random() < MISSING):
                    continue
                ends = corners[row, column], corners[row + down, column + right]
                middle = (ends[0] + ends[1]) / 2 + draw.normal(0, BENT_M, 2)
                yield kind, shapely.LineString([ends[0], middle, ends[1]])
                if kind == "primary":
                    yield (
                        kind,
                        shapely.LineString(
                            np.array([ends[0], middle, ends[1]]) + MEDIAN_M * np.array([down, right])
                        ),
                    )


def _kind(place: int) -> str:
    steps = ((12, "primary"), (6, "secondary"), (3, "tertiary"))
    return next((kind for step, kind in steps if place % step == 0), "residential")


def _streets(side_m: float, streets: int) -> Iterator[Area]:
    down = max(1, streets // ACROSS)
    wide, high = side_m / min(streets, ACROSS), side_m / down
    for place in range(streets):
        west, south = place % ACROSS * wide, place // ACROSS * high
        ground = shapely.box(west, south, west + wide, south + high)
        yield Area(f"{990101001 + place}", Words(f"街道{place + 1}", f"Street {place + 1}"), ground)
