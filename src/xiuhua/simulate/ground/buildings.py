"""Buildings: slabs along an estate's rows, houses of lanes and villages, halls of works, shops, schools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.lanes import Inside, Parts, Rows
from xiuhua.simulate.ground.plots import Layout
from xiuhua.simulate.ground.splitting import Sizes, split
from xiuhua.simulate.ground.ways import Line

DEPTH_M: Final = 13.0  # of a slab of flats
OFF_PATH_M: Final = 9.0
LEAST_M2: Final = 60.0  # ours: less is not drawn
PAVEMENT_M: Final = 4.5
WIDE_M: Final = 3.4  # half of a road that has a pavement
HOUSE_M2: Final = 620.0  # ours: houses that stand together, drawn as one


@dataclass(frozen=True, slots=True)
class Setback:
    """`kept`: share of the parts that are built on; `off_m`: from the edge of the part."""

    kept: float
    off_m: float


SETBACKS: Final[dict[str, Setback]] = {
    "old-quarter": Setback(0.93, 2.2),
    "village": Setback(0.86, 3.5),
    "commercial": Setback(0.88, 11.0),
    "market": Setback(0.85, 9.0),
    "hospital": Setback(0.75, 16.0),
    "campus": Setback(0.6, 20.0),
    "works": Setback(0.82, 14.0),
}


def buildings(found: Layout, here: Inside, lines: Sequence[Line], seed: int) -> Any:
    shapes = np.concatenate(
        [_slabs(here.rows, found), _on_parts(found, here.parts, seed), _schools(found, seed)]
    )
    return _off_roads(shapes, lines)


def _off_roads(shapes: Any, lines: Sequence[Line]) -> Any:
    """A wall stands behind the pavement: what reaches further is cut back to it, and goes where little is left."""
    wide = [line for line in lines if line.way.road and line.half_m >= WIDE_M]
    bands = shapely.buffer(
        [line.shape for line in wide], [line.half_m + PAVEMENT_M for line in wide], cap_style="flat"
    )
    which, band = shapely.STRtree(bands).query(shapes, predicate="intersects")
    shapes = shapes.copy()
    for at, first, last in _runs(which):
        shapes[at] = _largest(shapely.difference(shapes[at], shapely.union_all(bands[band[first:last]])))
    return shapes[shapely.area(shapes) > LEAST_M2]


def _runs(which: Any) -> Iterator[tuple[int, int, int]]:
    """Each number of a sorted row with where it begins and ends."""
    numbers, first = np.unique(which, return_index=True)
    return zip(numbers.tolist(), first.tolist(), [*first[1:].tolist(), len(which)], strict=True)


def _largest(shape: Any) -> Any:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area, default=shapely.Polygon())


def _slabs(rows: Rows, found: Layout) -> Any:
    """North of each path, with gaps for light and fire engines."""
    start = shapely.get_coordinates(shapely.get_point(rows.shapes, 0))
    along = shapely.get_coordinates(shapely.get_point(rows.shapes, -1)) - start
    length = np.hypot(*along.T)
    west = along[:, :1] < 0
    start, along = np.where(west, start + along, start), np.where(west, -along, along)
    unit = along / length[:, None]
    count = np.maximum((length - 8) // 58, 1).astype(int)
    which = np.repeat(np.arange(len(rows.shapes)), count)
    number = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    each = (length - 8) / count
    side = np.column_stack([-unit[:, 1], unit[:, 0]])
    near = start[which] + unit[which] * (4 + number * each[which])[:, None] + side[which] * OFF_PATH_M
    far = near + unit[which] * (each[which] - 9)[:, None]
    up = side[which] * DEPTH_M
    boxes = np.asarray(shapely.polygons(np.stack([near, far, far + up, near + up], axis=1)))
    return boxes[shapely.contains(found.plots.shapes[rows.plot[which]], boxes)]


def _on_parts(found: Layout, parts: Parts, seed: int) -> Any:
    uses = found.estates.use[found.plots.estate[parts.plot]]
    small = np.isin(uses, ["old-quarter", "village"])
    fine = np.full(small.sum(), HOUSE_M2)
    houses = split(parts.shapes[small], Sizes(fine, fine * 0 + 0.05, fine * 0), seed, "houses")
    shapes = np.concatenate([parts.shapes[~small], houses.parts])
    rules = [SETBACKS[use] for use in np.concatenate([uses[~small], uses[small][houses.root]])]
    off = np.array([rule.off_m for rule in rules])
    shapes = np.asarray(shapely.buffer(shapes, -off, join_style="mitre"))
    return _solid(shapes, np.array([rule.kept for rule in rules]), seed)


def _solid(shapes: Any, share: Any, seed: int) -> Any:
    good = (shapely.get_type_id(shapes) == 3) & (shapely.area(shapes) > LEAST_M2)
    shapes, share = shapes[good], share[good]
    return shapes[at_places(seed, "built", shapely.get_coordinates(shapely.centroid(shapes))) < share]


def _schools(found: Layout, seed: int) -> Any:
    """The northern half of a school's ground; the rest is its sports ground."""
    schools = found.estates.shapes[found.estates.use == "school"]
    box = shapely.bounds(schools)
    half = shapely.box(box[:, 0], (box[:, 1] * 0.45 + box[:, 3] * 0.55), box[:, 2], box[:, 3])
    return _solid(
        shapely.buffer(shapely.intersection(schools, half), -22, join_style="mitre"),
        np.ones(len(schools)),
        seed,
    )
