"""The picture of the invented district in docs/use: responsibility grids on their roads, from the pack and its layers.

    xiuhua ground make districts/rencheng --out ground.gpkg
    python -m docs.pictures ground.gpkg

A plan and not a map: colours only keep neighbours apart. Drawn three times as large and made smaller, for smooth lines.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

from xiuhua.domain.grid import Grid, Tier
from xiuhua.space.layers import Projection, read_layer
from xiuhua.space.metres import polygon
from xiuhua.store.pack import open_district

ROOT: Final = Path(__file__).resolve().parent.parent
PACK, PICTURE = ROOT / "districts" / "rencheng", ROOT / "docs" / "use" / "grids-district.png"
WIDE, LARGER, MARGIN_M = 1300, 3, 400
FONT: Final = "NotoSansCJK-Regular.ttc"
FILLS: Final = ("#dfead2", "#d8e6f3", "#f7dfcf", "#ead9ee", "#f4ecc6", "#d8efea", "#f3d9de", "#e4e4e4")
WATER, BORDER, STREET = "#b5d5ef", "#c0392b", "#7b1113"
ROADS: Final = {  # kind of road: colour and width in metres on the ground
    "trunk": ("#4a4a4a", 40), "primary": ("#5c5c5c", 34), "secondary": ("#7d7d7d", 24), "tertiary": ("#a9a9a9", 16),
    "rail": ("#222222", 18), "residential": ("#cfcfcf", 9), "unclassified": ("#cfcfcf", 9),
}  # fmt: skip


class Plan:
    """A sheet of paper over the ground; north is up."""

    def __init__(self, ground: shapely.Geometry) -> None:
        west, south, east, north = shapely.bounds(ground).tolist()
        self.scale = WIDE * LARGER / (east - west + 2 * MARGIN_M)
        self.west, self.north = west - MARGIN_M, north + MARGIN_M
        size = (WIDE * LARGER, round((north - south + 2 * MARGIN_M) * self.scale))
        self.image = Image.new("RGB", size, "white")
        self.draw = ImageDraw.Draw(self.image)

    def points(self, line: shapely.Geometry) -> list[tuple[float, float]]:
        pairs = shapely.get_coordinates(line)
        return [((x - self.west) * self.scale, (self.north - y) * self.scale) for x, y in pairs.tolist()]

    def area(self, shape: shapely.Geometry, colour: str) -> None:
        for part in shapely.get_parts(shape):
            self.draw.polygon(self.points(shapely.get_exterior_ring(part)), fill=colour)

    def lines(self, shapes: Iterable[shapely.Geometry], colour: str, metres: float) -> None:
        width = max(LARGER, round(metres * self.scale))
        for line in shapes:
            self.draw.line(self.points(line), fill=colour, width=width, joint="curve")

    def written(self, words: str) -> None:
        font = ImageFont.truetype(FONT, 16 * LARGER)
        self.draw.text((14 * LARGER, self.image.height - 32 * LARGER), words, fill=STREET, font=font)

    def kept(self, path: Path) -> None:
        small = self.image.resize((WIDE, self.image.height // LARGER), Image.Resampling.LANCZOS)
        small.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def coloured(shapes: Sequence[shapely.Geometry]) -> list[str]:
    """Each the first colour that no neighbour drawn before it has."""
    tree, chosen = shapely.STRtree(shapes), [-1] * len(shapes)
    for here, shape in enumerate(shapes):
        near = {chosen[i] for i in tree.query(shape, predicate="intersects").tolist()}
        free = [i for i in range(len(FILLS)) if i not in near] or [0]
        chosen[here] = free[here % len(free)]
    return [FILLS[i] for i in chosen]


def outlined(tier: Tier) -> list[Grid]:
    """Of the last division that the pack knows."""
    grids = open_district(PACK).grids
    last = max(grid.valid_from for grid in grids.grids)
    return [grid for grid in grids.active(last, tier) if grid.outline]


def draw(layers: Path) -> None:
    degrees = [np.array([polygon(grid) for grid in outlined(tier)]) for tier in (Tier.RESPONSIBILITY, Tier.STREET)]
    flat = Projection.at(degrees[1])
    cells, streets = (list(flat.flat(shapes)) for shapes in degrees)
    road, water = (read_layer(layers, layer=name) for name in ("road", "water"))
    plan = Plan(shapely.union_all(streets))
    for shape, colour in zip(cells, coloured(cells), strict=True):
        plan.area(shape, colour)
    for shape in flat.flat(water.shapes):
        plan.area(shape, WATER)
    kinds, lines = road.column("kind"), flat.flat(road.shapes)
    for kind, (colour, metres) in reversed(ROADS.items()):
        plan.lines(lines[kinds == kind], colour, metres)
    plan.lines([shapely.get_exterior_ring(shape) for shape in cells], BORDER, 22)
    plan.lines([shapely.get_exterior_ring(shape) for shape in streets], STREET, 40)
    plan.written("虚构地面 · invented ground")
    plan.kept(PICTURE)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
