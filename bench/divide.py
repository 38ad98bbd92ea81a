"""Dividing a city of 60,000 pieces of road into 291 grids. The floor is what nobody can leave out: cutting the same
lines at their crossings and making polygons between them, by the same library in the same run."""

import json

import numpy as np
import shapely

from bench.city import city
from bench.figure import Figure
from bench.measure import span
from xiuhua.space.divide import Area, Lines, Rules, divide

PIECES, STREETS, GRIDS = 60_000, 10, 291


def figures() -> list[Figure]:
    areas, lines = city(PIECES, STREETS)
    floor = _floor(areas, lines)
    with span() as took:
        division = divide(areas, lines, None, GRIDS, Rules())
    phases = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in division.seconds.items())
    ratio = max(street.ratio for street in division.streets)
    note = f"{len(lines.shapes):,} pieces, {GRIDS} grids, worst ratio {ratio:.2f}; {phases}"
    return [
        Figure("divide a city into grids", took.seconds, "s", floor, took.cpu * 1000, aim="60", note=note),
    ]


def _floor(areas: list[Area], lines: Lines) -> float:
    with span() as took:
        rings = shapely.boundary(np.array([area.ground for area in areas], dtype=object))
        shapely.polygonize(shapely.get_parts(shapely.union_all(np.concatenate([lines.shapes, rings]))))
    return took.seconds


if __name__ == "__main__":
    for figure in figures():
        print(json.dumps(figure.row(), ensure_ascii=False))
