"""A little ground with what the tiny pack has not: communities beside responsibility grids, rules, an exclave.

Two streets, west (110.00 to 110.02) and east (to 110.04), 0.02 degrees high. Units of 0.01 lie in communities; the
responsibility grids stand directly below the streets. One unit of the west street lies far in the east.
"""

from datetime import date

from xiuhua.domain.boundary import BoundaryKind, BoundaryRule
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words

FIRST = date(2020, 1, 1)
NAME = Words("某", "some")
MIDDLE_LON = 110.02  # the border between the streets


def box(west: float, south: float, east: float, north: float) -> tuple[Wgs84, ...]:
    return tuple(Wgs84(lon, lat) for lon, lat in ((west, south), (east, south), (east, north), (west, north)))


def grid(code: str, tier: Tier, parent: str, outline: tuple[Wgs84, ...] = (), street: str = "") -> Grid:
    return Grid(code, tier, parent, NAME, street, "", outline, FIRST)


def ground(*, exclave: bool = True) -> Grids:
    found = [grid("d", Tier.DISTRICT, "")]
    for street, west in (("s1", 110.0), ("s2", MIDDLE_LON)):
        found.append(grid(street, Tier.STREET, "d", box(west, 30, west + 0.02, 30.02), street))
        for half, south in (("a", 30.0), ("b", 30.01)):
            row = box(west, south, west + 0.02, south + 0.01)
            found.append(grid(f"{street}-c{half}", Tier.COMMUNITY, street, row, street))
            found += [
                grid(f"{street}-u{half}{i}", Tier.UNIT, f"{street}-c{half}",
                     box(west + i * 0.01, south, west + (i + 1) * 0.01, south + 0.01), street)
                for i in (0, 1)
            ]  # fmt: skip
        found += [
            grid(f"{street}-g{i}", Tier.RESPONSIBILITY, street,
                 box(west + i * 0.01, 30, west + (i + 1) * 0.01, 30.02), street)
            for i in (0, 1)
        ]  # fmt: skip
    if exclave:
        found.append(grid("s1-uz", Tier.UNIT, "s1-ca", box(110.1, 30, 110.11, 30.01), "s1"))
    return Grids(tuple(found))


def rule(a: str, b: str, side: str, width_m: int = 0, *, first: date = FIRST) -> BoundaryRule:
    kind = BoundaryKind.WHOLE_ROAD if width_m else BoundaryKind.CENTRE_LINE
    return BoundaryRule(a, b, kind, side, width_m, NAME, first)
