"""The layers of a ground, in one of three sizes.

The small size is a part of the full one, cut at whole plots; the million has the same ground with more components.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.simulate.ground import components, places, standing, surface
from xiuhua.simulate.ground.buildings import buildings
from xiuhua.simulate.ground.drawing import Drawing
from xiuhua.simulate.ground.lanes import Inside, inside
from xiuhua.simulate.ground.layers import Table
from xiuhua.simulate.ground.mesh import cut
from xiuhua.simulate.ground.network import network
from xiuhua.simulate.ground.plan import box_of


class Size(StrEnum):
    SMALL = "small"
    FULL = "full"
    MILLION = "million"


WITHIN_M: Final = 1.0  # a survey ends at the border
MILLION: Final = 4.4  # times the components of the full size


@dataclass(frozen=True)
class Shown:
    """How much of the ground: `part` is None for all of it. `named` and `houses` are the places and buildings in it."""

    part: Any
    size: Size
    named: list[places.Named]
    houses: Any


def layers(drawn: Drawing, size: Size) -> Mapping[str, Table]:
    here = _part(drawn) if size is Size.SMALL else None
    plots = drawn.layout.plots.shapes
    chosen = np.arange(len(plots)) if here is None else np.flatnonzero(shapely.intersects(plots, here))
    inner = inside(drawn.layout, chosen, drawn.plan.turn_deg, drawn.plan.seed)
    land = surface.land(drawn.layout.estates, drawn.bones, drawn.plan.seed)
    named = _places(drawn, land, here)
    areas = _surface(drawn, inner, land, here)
    return {
        "road": _roads(drawn, inner, here),
        **areas,
        "place": places.table(named),
        "component": _components(drawn, inner, Shown(here, size, named, areas["building"].shapes)),
    }


def _part(drawn: Drawing) -> Any:
    return drawn.bones.bend(box_of(drawn.plan.walk))


def _here(shapes: Any, part: Any) -> Any:
    """Places of the shapes that are shown."""
    return np.arange(len(shapes)) if part is None else np.flatnonzero(shapely.intersects(shapes, part))


def _roads(drawn: Drawing, inner: Inside, part: Any) -> Table:
    lines = [*drawn.cells.lines, *inner.lines]
    here = [lines[at] for at in _here([line.shape for line in lines], part)]
    pieces = network(here, drawn.bones.main, drawn.frame, drawn.plan.seed)
    pieces += [line for line in drawn.bones.lines if line.kind == "railway"]
    pieces = [pieces[at] for at in _here([piece.shape for piece in pieces], part)]
    named = [drawn.named.get(piece.name) for piece in pieces]
    return Table(
        np.array([piece.shape for piece in pieces]),
        {
            "code": [f"road-{number:06d}" for number in range(1, len(pieces) + 1)],
            "kind": [piece.kind for piece in pieces],
            "name_zh": [road.name.zh if road else "" for road in named],
            "name_en": [road.name.en if road else "" for road in named],
            "road": [road.code if road else "" for road in named],
            "lanes": [piece.way.lanes for piece in pieces],
            "width_m": [piece.way.width_m for piece in pieces],
        },
    )


def _surface(drawn: Drawing, inner: Inside, land: surface.Land, part: Any) -> Mapping[str, Table]:
    found = surface.tables(
        land, drawn.bones, buildings(drawn.layout, inner, drawn.cells.lines, drawn.plan.seed)
    )
    return {name: _chosen(table, _here(table.shapes, part)) for name, table in found.items()}


def _chosen(table: Table, at: Any) -> Table:
    columns = {name: np.asarray(values, dtype=object)[at] for name, values in table.columns.items()}
    return Table(table.shapes[at], columns)


def _places(drawn: Drawing, land: surface.Land, part: Any) -> list[places.Named]:
    found = [
        *places.areas(drawn.plan, drawn.streets, drawn.bones.villages),
        *places.landmarks(drawn.plan, drawn.bones.bend),
        *places.roads(drawn.named),
        *places.of_land(land),
        *places.plates(drawn.named, drawn.platform),
        *places.restaurants(land, drawn.plan, drawn.platform),
        *places.toilets(land, drawn.plan),
    ]
    return [found[at] for at in _here(shapely.points(np.array([one.at for one in found])), part)]


def _components(drawn: Drawing, inner: Inside, shown: Shown) -> Table:
    plan, part, named = drawn.plan, shown.part, shown.named
    density = plan.density * (MILLION if shown.size is Size.MILLION else 1.0)
    lines = [*drawn.cells.lines, *inner.lines]
    lines = [lines[at] for at in _here([line.shape for line in lines], part)]
    pieces = [piece for piece in cut(lines, drawn.frame).of(lines) if piece.way.road]
    kerbs = standing.Kerbs.of(pieces)
    waters = [(water.middle, water.plan.width_m / 2, water.plan.bank_m) for water in drawn.bones.waters]
    crossing = kerbs.shapes[
        np.isin(kerbs.kinds, ["trunk", "primary", "secondary", "tertiary", "unclassified"])
    ]
    found = standing.joined(
        [
            standing.along(kerbs, density, plan.seed),
            standing.at_junctions(kerbs, np.array([piece.way.rank for piece in pieces])),
            standing.at_waters(waters, crossing, density),
            standing.at_uses(
                np.array([one.at for one in named]).reshape(-1, 2), np.array([one.use for one in named])
            ),
        ]
    )
    ground = shapely.buffer(drawn.platform, -WITHIN_M)
    ground = ground if part is None else shapely.intersection(ground, part)
    shapely.prepare(ground)
    found = found.only(shapely.contains_xy(ground, found.points))
    found = found.only(~standing.too_near(found))
    wet = shapely.union_all([water.area for water in drawn.bones.waters] + _lakes(drawn))
    found = found.only(standing.with_room(found, kerbs, wet, shown.houses))
    roads = [road.code if (road := drawn.named.get(piece.name)) else "" for piece in pieces]
    return components.table(components.Survey(plan, found, roads))


def _lakes(drawn: Drawing) -> list[Any]:
    return [area.shape for area in drawn.bones.zones if area.zone.use == "lake"]
