"""Blocks cut into estates by lanes and estates into plots, each with a use: the leaves are about a unit grid large."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.skeleton import Skeleton
from xiuhua.simulate.ground.splitting import Cuts, Sizes, split
from xiuhua.simulate.ground.uses import CUTTING, SHARES, USES
from xiuhua.simulate.ground.ways import Line

FRINGE_M: Final = 260.0  # ours: the edge of the town is not a line on paper
RING_GREEN: Final = 0.5  # ours: share of open blocks inside the ring that are woods rather than fields


@dataclass(frozen=True)
class Estates:
    """Areas with one use and one owner: an estate, a school, a field. `name` is the zone's or village's, if any."""

    shapes: Any
    block: Any
    use: Any
    zone: Any


@dataclass(frozen=True)
class Plots:
    shapes: Any
    estate: Any


@dataclass(frozen=True)
class Layout:
    zones: Any  # of each block
    estates: Estates
    plots: Plots
    lines: list[Line]  # inside the blocks


def layout(bones: Skeleton, seed: int) -> Layout:
    zones = zones_of(bones)
    first = split(bones.blocks, _sizes(zones, "estate_m2"), seed, "estates")
    lines = _lines(first, zones, lambda zone: CUTTING[zone].lane)
    zone = zones[first.root]
    estates = Estates(first.parts, first.root, uses_of(first.parts, zone, seed), zone)
    second = split(estates.shapes, _plot_sizes(estates), seed, "plots")
    lines += _lines(second, estates.use, lambda use: USES[use].inner)
    return Layout(zones, estates, Plots(second.parts, second.root), lines)


def zones_of(bones: Skeleton) -> Any:
    """Of each block; what a later line says overrides an earlier one."""
    points = shapely.point_on_surface(bones.blocks)
    xy = shapely.get_coordinates(points)
    zones = np.full(len(points), "field", dtype=object)
    ring = _ring(bones)
    zones[shapely.contains_xy(ring, xy) & (at_places(bones.plan.seed, "open", xy) < RING_GREEN)] = "verge"
    away = shapely.distance(points, bones.town)
    depth = np.where(away > 0, away, -shapely.distance(points, bones.town.exterior))
    fringe = (at_places(bones.plan.seed, "fringe", xy) - 0.5) * 2 * FRINGE_M
    zones[depth < np.minimum(fringe, FRINGE_M / 2)] = "town"
    for use in ("new-town", "old-quarter", "works"):
        for area in (a.shape for a in bones.zones if a.zone.use == use):
            zones[shapely.contains_xy(area, xy) & (zones == "town")] = use
    settled = shapely.union_all([village.area for village in bones.villages])
    zones[shapely.contains_xy(settled, xy)] = "village"
    for use in ("campus", "park", "lake"):
        for area in (a.shape for a in bones.zones if a.zone.use == use):
            zones[shapely.contains_xy(area, xy)] = use
    wet = shapely.union_all([w.corridor for w in bones.waters if w.plan.bank_m])
    zones[shapely.contains_xy(wet, xy)] = "water"
    return zones


def _ring(bones: Skeleton) -> Any:
    trunk = [line.shape for line in bones.lines if line.kind == "trunk"]
    return shapely.union_all(shapely.get_parts(shapely.polygonize(trunk))) if trunk else shapely.Polygon()


def uses_of(shapes: Any, zone: Any, seed: int) -> Any:
    """By chance in the shares of its zone; a zone without shares is itself the use."""
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    drawn = at_places(seed, "use", xy)
    uses = zone.copy()
    for name, shares in SHARES.items():
        here = np.flatnonzero(zone == name)
        heights = np.cumsum(list(shares.values()))
        uses[here] = np.array(list(shares), dtype=object)[np.searchsorted(heights / heights[-1], drawn[here])]
    return uses


def _sizes(zones: Any, size: str) -> Sizes:
    def each(field: str) -> Any:
        return np.array([getattr(CUTTING[zone], field) for zone in zones], dtype=float)

    return Sizes(each(size), each("sway"), each("skew_deg"))


def _plot_sizes(estates: Estates) -> Sizes:
    sizes = _sizes(estates.zone, "plot_m2")
    return replace(sizes, target_m2=sizes.target_m2 * np.array([USES[use].larger for use in estates.use]))


def _lines(cuts: Cuts, of: Any, kind: Any) -> list[Line]:
    return [Line(shape, kind(of[root])) for shape, root in zip(cuts.lines, cuts.line_root, strict=True)]


def within(shapes: Any, areas: Any) -> Any:
    """For each shape the place of the area its inner point lies in; the nearest where rounding left it in none."""
    points = shapely.point_on_surface(shapes)
    tree = shapely.STRtree(areas)
    which, found = tree.query(points, predicate="intersects")
    place = np.full(len(points), -1)
    place[which[::-1]] = found[::-1]
    lost = np.flatnonzero(place < 0)
    if len(lost):
        place[lost] = tree.nearest(points[lost])
    return place
