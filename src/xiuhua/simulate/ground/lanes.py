"""Ways inside the plots: lanes of old quarters and villages, paths before the rows of an estate, yards of works.

No unit grid ends on them; people walk and report on them all the same.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.plots import Layout
from xiuhua.simulate.ground.splitting import Sizes, split
from xiuhua.simulate.ground.ways import Line

WALL_M: Final = 9.0  # ours: a path inside an estate keeps off its outer wall
DEAD_END: Final = 0.22  # ours: share of inner lanes that stop halfway
ROW_M: Final = (34.0, 48.0)  # ours: from one row of houses to the next; the sun decides it


@dataclass(frozen=True, slots=True)
class Inner:
    """How plots of a use are cut further, and what their ways are."""

    part_m2: float
    kind: str
    sway: float
    skew_deg: float


INNER: Final[dict[str, Inner]] = {
    "old-quarter": Inner(2300, "living_street", 0.16, 7.0),
    "village": Inner(3600, "living_street", 0.06, 2.0),
    "commercial": Inner(5200, "service", 0.06, 0.0),
    "market": Inner(3200, "service", 0.04, 0.0),
    "hospital": Inner(6500, "service", 0.06, 0.0),
    "campus": Inner(7000, "service", 0.06, 0.0),
    "works": Inner(11000, "service", 0.06, 0.0),
}


@dataclass(frozen=True)
class Parts:
    """Pieces of plots that a building or a yard stands on."""

    shapes: Any
    plot: Any


@dataclass(frozen=True)
class Rows:
    """Paths of estates, each with its plot and the distance to the next row."""

    shapes: Any
    plot: Any
    apart_m: Any


@dataclass(frozen=True)
class Inside:
    lines: list[Line]
    parts: Parts
    rows: Rows


def inside(found: Layout, chosen: Any, turn_deg: float, seed: int) -> Inside:
    """Of the plots at these places."""
    uses = found.estates.use[found.plots.estate[chosen]]
    cut_up = chosen[np.isin(uses, list(INNER))]
    lines, parts = _cut_up(found, cut_up, seed)
    rows = _rows(found, chosen[uses == "estate"], turn_deg, seed)
    return Inside([*lines, *(Line(shape, "service") for shape in rows.shapes)], parts, rows)


def _cut_up(found: Layout, plots: Any, seed: int) -> tuple[list[Line], Parts]:
    rules = [INNER[use] for use in found.estates.use[found.plots.estate[plots]]]
    sizes = Sizes(
        *(
            np.array([getattr(r, field) for r in rules], dtype=float)
            for field in ("part_m2", "sway", "skew_deg")
        )
    )
    cuts = split(found.plots.shapes[plots], sizes, seed, "lanes")
    middle = shapely.get_coordinates(shapely.centroid(cuts.lines))
    stop = at_places(seed, "dead end", middle)
    shapes = np.where(stop < DEAD_END, _halved(cuts.lines, 0.35 + stop), cuts.lines)
    kinds = [rules[root].kind for root in cuts.line_root]
    return [Line(s, kind) for s, kind in zip(shapes, kinds, strict=True)], Parts(cuts.parts, plots[cuts.root])


def _halved(lines: Any, share: Any) -> Any:
    ends = shapely.line_interpolate_point(lines, share, normalized=True)
    start = shapely.get_point(lines, 0)
    pairs = np.stack([shapely.get_coordinates(start), shapely.get_coordinates(ends)], axis=1)
    return shapely.linestrings(pairs)


def _rows(found: Layout, plots: Any, turn_deg: float, seed: int) -> Rows:
    """Parallel to the paper's east: houses of the north look south. They run on through an estate's plots."""
    estate = found.plots.estate[plots]
    shapes = found.estates.shapes[estate]
    apart = ROW_M[0] + np.diff(ROW_M)[0] * at_places(
        seed, "rows", shapely.get_coordinates(shapely.centroid(shapes))
    )
    turned = _turn(found.plots.shapes[plots], -turn_deg)
    west, south, east, north = shapely.bounds(turned).T
    first = shapely.bounds(_turn(shapes, -turn_deg))[:, 1]
    low = np.ceil((south + 12 - first) / apart)
    count = np.maximum(np.floor((north - 12 - first) / apart) - low + 1, 0).astype(int)
    which = np.repeat(np.arange(len(plots)), count)
    number = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + low[which]
    y = first[which] + number * apart[which]
    lines = shapely.linestrings(
        np.stack([np.column_stack([west[which], y]), np.column_stack([east[which], y])], axis=1)
    )
    kept = shapely.intersection(_turn(lines, turn_deg), shapely.buffer(shapes, -WALL_M)[which])
    kept = shapely.intersection(kept, found.plots.shapes[plots][which])
    parts, of = shapely.get_parts(kept, return_index=True)
    good = (shapely.get_dimensions(parts) == 1) & (shapely.length(parts) > 25)
    return Rows(parts[good], plots[which[of[good]]], apart[which[of[good]]])


def _turn(shapes: Any, degrees: float) -> Any:
    turn = np.radians(degrees)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return shapely.transform(shapes, lambda pairs: pairs @ matrix)
