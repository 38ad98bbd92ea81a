"""The main lines of the ground, cut at each other: what the blocks lie between.

Lesser roads end at the roads along a water's banks unless they have a bridge; a road that leads nowhere is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.simulate.ground import arterials, rural, waters
from xiuhua.simulate.ground.chance import chance
from xiuhua.simulate.ground.curves import Bend
from xiuhua.simulate.ground.frame import Frame
from xiuhua.simulate.ground.mesh import cut, dead_ends, faces
from xiuhua.simulate.ground.plan import Plan, Zone, box_of
from xiuhua.simulate.ground.ways import Line

BRIDGED: Final = 0.45  # ours: share of secondary roads that cross a water
SMALL_M: Final = 30.0  # ours: a narrower water is crossed by all
STUB_M: Final = 330.0  # ours: a shorter dead end of a generated road is left out
LESSER: Final = frozenset({"secondary", "tertiary", "unclassified", "track"})


@dataclass(frozen=True)
class Area:
    """A zone of the plan, bent."""

    zone: Zone
    shape: Any


@dataclass(frozen=True)
class Skeleton:
    """`lines` are pieces between junctions, `blocks` the faces between them; `main` the roads of the plan, uncut."""

    plan: Plan
    frame: Frame
    bend: Bend
    town: Any
    outline: Any
    waters: tuple[waters.Water, ...]
    zones: tuple[Area, ...]
    villages: list[rural.Village]
    main: list[Line]
    lines: list[Line]
    blocks: Any


def skeleton(plan: Plan, village_names: list[Words]) -> Skeleton:
    phase = tuple(chance(plan.seed, "bend").uniform(0, 6.28, 4))
    bend = Bend(plan.turn_deg, plan.sway_m, plan.wave_m, phase)
    frame = Frame(plan.lon, plan.lat)
    town, outline = arterials.rounded(plan.town, bend), arterials.rounded(plan.outline, bend)
    found = waters.waters(plan, bend)
    zones = tuple(Area(z, _area(z, bend)) for z in plan.zones)
    sheet = box_of(plan.sheet)
    main = list(_on_sheet(arterials.planned(plan, bend, town), sheet))
    great = [*main, *waters.water_lines(found, town)]
    inside = _within(great, town)
    closed = rural.closed_to_villages(plan, bend, inside, shapely.union_all([w.area for w in found]))
    places = rural.village_places(plan, bend, closed)
    villages = rural.villages(plan, places, village_names, plan.turn_deg)
    edges = [Line(village.area.exterior, "residential") for village in villages]
    edges += [Line(area.shape.exterior, "living_street") for area in zones if area.zone.use == "lake"]
    country = _outside(rural.village_roads(places, plan.seed), inside)
    lesser = _to_banks([*arterials.secondary(plan, bend, inside), *country], found, plan.seed)
    lines = [*great, *edges, *lesser]
    kept = _without_stubs([*_on_sheet(lines, sheet), Line(sheet.exterior, "plot")], frame)
    blocks = faces(np.array([line.shape for line in kept]), frame)
    return Skeleton(plan, frame, bend, town, outline, found, zones, villages, main, kept, blocks)


def _on_sheet(lines: Iterable[Line], sheet: Any) -> Iterator[Line]:
    for line in lines:
        inside = sheet.covers(line.shape)
        for part in (line.shape,) if inside else shapely.get_parts(shapely.intersection(line.shape, sheet)):
            yield Line(part, line.kind, line.name, line.dual)


def _area(zone: Zone, bend: Bend) -> Any:
    return (arterials.rounded if zone.use == "lake" else arterials.area_of)(zone.outline, bend)


def _within(great: Iterable[Line], town: Any) -> Any:
    """The town and what its ring road encloses."""
    rings = [shapely.Polygon(line.shape) for line in great if line.shape.is_closed]
    return shapely.union_all([town, *rings])


def _outside(roads: Iterable[Line], inside: Any) -> Iterator[Line]:
    for line in roads:
        for part in shapely.get_parts(shapely.difference(line.shape, inside)):
            yield Line(part, line.kind)


def _to_banks(roads: Iterable[Line], found: tuple[waters.Water, ...], seed: int) -> Iterator[Line]:
    for number, road in enumerate(roads):
        shape = road.shape
        for water in found:
            if water.plan.width_m < SMALL_M or not shape.intersects(water.corridor):
                continue
            bridged = road.kind == "secondary" and chance(seed, "bridge", number).random() < BRIDGED
            shape = shape if bridged else shapely.difference(shape, water.corridor)
        for part in shapely.get_parts(shape):
            if part.length > 20:
                yield Line(part, road.kind, road.name)


def _without_stubs(lines: list[Line], frame: Frame) -> list[Line]:
    """Short dead ends of lesser roads go, and what is a dead end without them."""
    pieces = cut(lines, frame).of(lines)
    for _ in range(4):
        dead = dead_ends(np.array([piece.shape for piece in pieces]))
        kept = [
            piece
            for piece, ends in zip(pieces, dead, strict=True)
            if not (ends and piece.kind in LESSER and piece.shape.length < STUB_M)
        ]
        if len(kept) == len(pieces):
            break
        pieces = kept
    return pieces
