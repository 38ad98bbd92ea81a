"""Ground for data that come with points only: squares of a fixed size over all of them, without a gap.

The squares are ours, not the city's: a number of them a side makes a street, so that lists and counts have parts.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import EARTH_RADIUS_M, Wgs84
from xiuhua.domain.words import Words

DEGREE_M = math.radians(1) * EARTH_RADIUS_M


@dataclass(frozen=True, slots=True)
class Squares:
    """South-west corner and size of a net of squares, in degrees. Corners are shared, so nothing lies between."""

    west: float
    south: float
    wide: float
    high: float
    columns: int
    rows: int

    @classmethod
    def over(cls, places: Iterable[Wgs84], square_m: int) -> "Squares":
        points = list(places)
        west, east = min(p.lon for p in points), max(p.lon for p in points)
        south, north = min(p.lat for p in points), max(p.lat for p in points)
        high = square_m / DEGREE_M
        wide = high / math.cos(math.radians((south + north) / 2))
        columns, rows = math.floor((east - west) / wide) + 2, math.floor((north - south) / high) + 2
        return cls(west - wide / 2, south - high / 2, wide, high, columns, rows)

    def outline(self, column: int, row: int, columns: int, rows: int) -> tuple[Wgs84, ...]:
        """The rectangle from one square on, so many squares wide and high."""
        xs, ys = (column, column + columns), (row, row + rows)
        return tuple(self._corner(x, y) for x, y in ((xs[0], ys[0]), (xs[1], ys[0]), (xs[1], ys[1]), (xs[0], ys[1])))

    def _corner(self, column: int, row: int) -> Wgs84:
        return Wgs84(round(self.west + column * self.wide, 6), round(self.south + row * self.high, 6))


def grids_of(squares: Squares, division: str, name: Words, side: int, first: date) -> tuple[Grid, ...]:
    """District, streets of `side` by `side` squares, and the squares as responsibility grids."""
    whole = squares.outline(0, 0, squares.columns, squares.rows)
    district = Grid(division, Tier.DISTRICT, "", name, "", "", whole, first)
    return (district, *_streets(squares, division, side, first))


def _streets(squares: Squares, division: str, side: int, first: date) -> Iterator[Grid]:
    starts = [(c, r) for r in range(0, squares.rows, side) for c in range(0, squares.columns, side)]
    for number, (column, row) in enumerate(starts, 1):
        columns, rows = min(side, squares.columns - column), min(side, squares.rows - row)
        street = f"{division}{number:03d}"
        words = Words(f"第{number}片区", f"Area {number}")
        outline = squares.outline(column, row, columns, rows)
        yield Grid(street, Tier.STREET, division, words, street, "", outline, first)
        cells = [(c, r) for r in range(row, row + rows) for c in range(column, column + columns)]
        for place, (c, r) in enumerate(cells, 1):
            name = Words(f"方格 {c + 1}-{r + 1}", f"Square {c + 1}-{r + 1}")
            code, square = f"{street}{place:03d}", squares.outline(c, r, 1, 1)
            yield Grid(code, Tier.RESPONSIBILITY, street, name, street, "", square, first)
