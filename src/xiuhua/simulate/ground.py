"""Invented ground for a district: streets, responsibility grids and unit grids without a gap, from a short plan.

All outlines run along the nodes of one lattice, pushed a little out of line by a seed, so that neighbours share their
border to the last digit. The same plan gives the same bytes. `python -m xiuhua.simulate.ground districts/NAME` reads
`plan/ground.toml` in that pack and writes its grids.csv and grids.geojson.
"""

import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.grid_file import rows_of_grids
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.store.pack.csv_text import text_of_rows
from xiuhua.store.pack.layout import COLUMNS, OUTLINES
from xiuhua.store.pack.outlines import text_of_outlines

Box: TypeAlias = tuple[
    int, int, int, int
]  # west, north, east, south in lattice lines; south counts downwards
DIGITS = 5  # of a degree: about a metre


@dataclass(frozen=True, slots=True)
class Block:
    """One street: a rectangle of the lattice, with so many responsibility grids in bands of so many lattice rows."""

    code: str
    name: Words
    short: Words
    area_class: str
    west: int
    north: int
    columns: int
    rows: int
    grids: int
    bands: int

    def __post_init__(self) -> None:
        if self.grids and not (self.bands <= self.rows and self.grids <= self.bands * self.columns):
            raise ValueError(f"{self.code}: {self.grids} grids do not fit into {self.bands} bands")

    @property
    def box(self) -> Box:
        return self.west, self.north, self.west + self.columns, self.north + self.rows


@dataclass(frozen=True, slots=True)
class Plan:
    """`lon`, `lat` are the north-west corner, `step_lon`, `step_lat` a cell in degrees, `sway` a share of a cell."""

    division: str
    name: Words
    lon: float
    lat: float
    step_lon: float
    step_lat: float
    sway: float
    seed: int
    valid_from: date
    blocks: tuple[Block, ...]


class Lattice:
    def __init__(self, plan: Plan) -> None:
        east = max(block.box[2] for block in plan.blocks)
        south = max(block.box[3] for block in plan.blocks)
        chance = random.Random(plan.seed)  # noqa: S311 - not a secret: the same ground every time
        self._nodes = {
            (column, row): _node(plan, column, row, chance)
            for row in range(south + 1)
            for column in range(east + 1)
        }
        self.box = (0, 0, east, south)

    def ring(self, box: Box) -> tuple[Wgs84, ...]:
        """Every node on the rim of a box, from its north-west corner to the south and round."""
        west, north, east, south = box
        rim = [(west, row) for row in range(north, south)]
        rim += [(column, south) for column in range(west, east)]
        rim += [(east, row) for row in range(south, north, -1)]
        rim += [(column, north) for column in range(east, west, -1)]
        return tuple(self._nodes[node] for node in rim)


def _node(plan: Plan, column: int, row: int, chance: random.Random) -> Wgs84:
    lon = plan.lon + plan.step_lon * (column + chance.uniform(-plan.sway, plan.sway))
    lat = plan.lat - plan.step_lat * (row + chance.uniform(-plan.sway, plan.sway))
    return Wgs84(round(lon, DIGITS), round(lat, DIGITS))


def ground(plan: Plan) -> tuple[Grid, ...]:
    lattice = Lattice(plan)
    outline = lattice.ring(lattice.box)
    district = Grid(plan.division, Tier.DISTRICT, "", plan.name, "", "", outline, plan.valid_from)
    return (district, *(grid for block in plan.blocks for grid in _street(block, plan, lattice)))


def _street(block: Block, plan: Plan, lattice: Lattice) -> Iterator[Grid]:
    yield Grid(
        block.code, Tier.STREET, plan.division, block.name, block.code, block.area_class,
        lattice.ring(block.box), plan.valid_from,
    )  # fmt: skip
    for number, box in enumerate(_boxes(block), 1):
        yield from _responsibility(number, box, block, plan, lattice)


def _responsibility(number: int, box: Box, block: Block, plan: Plan, lattice: Lattice) -> Iterator[Grid]:
    code = f"{block.code}Z{number:03d}"
    name = Words(f"{block.short.zh}{number:02d}网格", f"{block.short.en} grid {number:02d}")
    yield Grid(
        code, Tier.RESPONSIBILITY, block.code, name, block.code, block.area_class, lattice.ring(box),
        plan.valid_from,
    )  # fmt: skip
    for place, cell in enumerate(_cells(box), 1):
        unit = Words(f"{block.short.zh}{number:02d}-{place}", f"{block.short.en} {number:02d}-{place}")
        yield Grid(
            f"{block.code}{number:03d}{place:03d}", Tier.UNIT, code, unit, block.code, "", lattice.ring(cell),
            plan.valid_from,
        )  # fmt: skip


def _boxes(block: Block) -> Iterator[Box]:
    """The responsibility grids of a street, from west to east in each band, the bands from north to south."""
    if not block.grids:
        return
    west, north, east, south = block.box
    for band, (top, bottom) in enumerate(pairwise(_cuts(north, south, block.bands))):
        share = _cuts(0, block.grids, block.bands)
        for left, right in pairwise(_cuts(west, east, share[band + 1] - share[band])):
            yield left, top, right, bottom


def _cuts(first: int, last: int, parts: int) -> list[int]:
    """Whole numbers that divide a length into parts as equal as they can be."""
    return [first + (last - first) * part // parts for part in range(parts + 1)]


def _cells(box: Box) -> Iterator[Box]:
    west, north, east, south = box
    for row in range(north, south):
        for column in range(west, east):
            yield column, row, column + 1, row + 1


def plan_of(table: dict[str, Any]) -> Plan:
    streets = table.pop("street")
    return Plan(name=_words(table, "name"), blocks=tuple(_block(street) for street in streets), **table)


def _block(table: dict[str, Any]) -> Block:
    return Block(name=_words(table, "name"), short=_words(table, "short"), **table)


def _words(table: dict[str, Any], key: str) -> Words:
    return Words(table.pop(f"{key}_zh"), table.pop(f"{key}_en"))


def write(pack: Path) -> None:
    plan = plan_of(tomllib.loads((pack / "plan" / "ground.toml").read_text(encoding="utf-8")))
    grids = ground(plan)
    texts = {
        "grids.csv": text_of_rows(COLUMNS["grids.csv"], rows_of_grids(grids)),
        OUTLINES: text_of_outlines(grids),
    }
    for file, text in texts.items():
        (pack / file).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
