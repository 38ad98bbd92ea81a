"""The order of grids in a street: rows from north to south, in each row from west to east; numbers from 1.

A row is as high as a grid of middling size is wide. Source: within a street from west to east and from north to south
(grid_and_codes clause 1, source); rows are how we read it.
"""

import math
from collections.abc import Sequence


def reading_order(centres: Sequence[tuple[float, float]], area_m2: float) -> list[int]:
    """Places in `centres`, in the order of their numbers. `area_m2` is all of the street's ground."""
    height = math.sqrt(area_m2 / max(1, len(centres)))
    left = sorted(range(len(centres)), key=lambda place: (-centres[place][1], centres[place][0]))
    order: list[int] = []
    while left:
        row = [place for place in left if centres[place][1] > centres[left[0]][1] - height * 0.75]
        order += sorted(row, key=lambda place: (centres[place][0], -centres[place][1]))
        left = [place for place in left if place not in set(row)]
    return order
