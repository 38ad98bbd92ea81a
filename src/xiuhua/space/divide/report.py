"""A division as a report and as layers. Nothing in them depends on the hour or on the machine: the same input with the
same versions gives the same bytes."""

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.divide import kinds
from xiuhua.space.divide.departures import ADDED
from xiuhua.space.divide.files import Files, Given
from xiuhua.space.divide.given import Area, Rules
from xiuhua.space.divide.result import Cell, Departure, Division, StreetFacts
from xiuhua.space.layers import LayerOut

PACKAGES: Final = ("xiuhua", "numpy", "shapely", "pyproj", "pyogrio")


@dataclass(frozen=True)
class Done:
    """What was given, what was asked, what came out."""

    files: Files
    given: Given
    rules: Rules
    count: int
    division: Division

    @property
    def unknown(self) -> Mapping[str, int]:
        return kinds.unknown(self.given.lines.kinds, self.rules)

    def notes(self) -> list[Words]:
        """What was supposed or left out while reading."""
        read = [note for layer in self.given.layers.values() for note in layer.notes]
        return [*dict.fromkeys(read), *kinds.said(self.unknown)]

    def place(self, x: float, y: float) -> list[float]:
        """Longitude and latitude."""
        lon, lat = shapely.get_coordinates(self.given.projection.degrees(shapely.Point(x, y)))[0].tolist()
        return [round(lon, 6), round(lat, 6)]


def report(done: Done) -> dict[str, Any]:
    division = done.division
    return {
        "totals": _totals(division),
        "borders_m": _borders(division),
        "cleaned": {
            name: {"count": count, "length_m": round(metres, 1)}
            for name, (count, metres) in division.cleaned.items()
        },
        "streets": [_street(done, street) for street in division.streets],
        "exceptions": [_departure(done, departure) for departure in division.departures],
        "notes": [{"zh": note.zh, "en": note.en} for note in done.notes()],
        "unknown_kinds": done.unknown,
        "grids": [_grid(done, grid) for grid in division.grids],
        "input": {role: _layer(done, role) for role in done.given.layers},
        "rules": _rules(done.rules),
        "asked": {
            "count": done.count,
            "per_street": {area.code: area.count for area in done.given.areas if area.count is not None},
            "load": "points" if done.given.weights else "metres of road",
            "plane": done.given.projection.crs.name,
        },
        "versions": {name: version(name) for name in PACKAGES}
        | {"geos": shapely.geos_version_string, "python": platform.python_version()},
    }


def _totals(division: Division) -> dict[str, Any]:
    metres = sum(border.length_m for border in division.borders)
    off = sum(border.length_m for border in division.borders if border.kind in ADDED)
    compact = [grid.compactness for grid in division.grids]
    return {
        "grids": len(division.grids),
        "streets": len(division.streets),
        "area_m2": round(sum(grid.area_m2 for grid in division.grids), 1),
        "load": round(sum(grid.load for grid in division.grids), 3),
        "road_m": round(sum(grid.road_m for grid in division.grids), 1),
        "border_m": round(metres, 1),
        "border_on_lines_share": round(1 - off / metres, 6) if metres else 1.0,
        "gap_m2": round(sum(street.gap_m2 for street in division.streets), 4),
        "overlap_m2": round(sum(street.overlap_m2 for street in division.streets), 4),
        "worst_ratio": _finite(max(street.ratio for street in division.streets)),
        "compactness_mean": round(float(np.mean(compact)), 4),
        "compactness_least": round(min(compact), 4),
        "walk_minutes_mean": round(float(np.mean([grid.walk_minutes for grid in division.grids])), 1),
        "exceptions": len(division.departures),
    }


def _finite(value: float) -> float | None:
    """JSON knows no infinity: a grid without load has no ratio."""
    return round(value, 4) if np.isfinite(value) else None


def _borders(division: Division) -> dict[str, float]:
    metres: dict[str, float] = {}
    for border in division.borders:
        metres[border.kind] = metres.get(border.kind, 0.0) + border.length_m
    return {kind: round(length, 1) for kind, length in sorted(metres.items())}


def _street(done: Done, street: StreetFacts) -> dict[str, Any]:
    area = next(area for area in done.given.areas if area.code == street.area)
    block = None
    if street.block is not None:
        block = {
            "place": done.place(*street.block),
            "load": round(street.block_load, 3),
            "proof": street.proof,
        }
    return {
        "code": street.area,
        "name_zh": area.name.zh,
        "name_en": area.name.en,
        "grids": street.count,
        "blocks": street.blocks,
        "load": round(street.load, 3),
        "ratio": _finite(street.ratio),
        "least_ratio_possible": _finite(street.bound),
        "rest_ratio": _finite(street.rest_ratio),
        "indivisible_block": block,
        "area_m2": round(area.ground.area, 1),
        "gap_m2": round(street.gap_m2, 4),
        "overlap_m2": round(street.overlap_m2, 4),
    }


def _departure(done: Done, departure: Departure) -> dict[str, Any]:
    return {
        "code": departure.code,
        "street": departure.area,
        "place": done.place(departure.x, departure.y),
        "length_m": round(departure.length_m, 1),
        "area_m2": round(departure.area_m2, 1),
        "zh": departure.words.zh,
        "en": departure.words.en,
    }


def _grid(done: Done, grid: Cell) -> dict[str, Any]:
    at = grid.ground.representative_point()
    return {"code": grid.code, "street": grid.area, "place": done.place(at.x, at.y)} | _facts(grid) | {
        "neighbours": list(grid.neighbours)
    }  # fmt: skip


def _facts(grid: Cell) -> dict[str, float]:
    return {
        "load": round(grid.load, 3),
        "area_m2": round(grid.area_m2, 1),
        "road_m": round(grid.road_m, 1),
        "outer_m": round(grid.outer_m, 1),
        "compactness": round(grid.compactness, 4),
        "walk_minutes": round(grid.walk_minutes, 1),
    }


def _layer(done: Done, role: str) -> dict[str, Any]:
    layer = done.given.layers[role]
    path: Path = getattr(done.files, role)
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return {
        "file": path.name,
        "sha256": digest,
        "layer": layer.name,
        "crs": layer.crs.name,
        "features": len(layer),
    }


def _rules(rules: Rules) -> dict[str, Any]:
    plain = {
        name: getattr(rules, name)
        for name in rules.__dataclass_fields__
        if name not in ("costs", "not_walked")
    }
    return plain | {"costs": dict(sorted(rules.costs.items())), "not_walked": sorted(rules.not_walked)}


def layers(done: Done, crs: str) -> list[LayerOut]:
    """`grid` polygons, `border` lines with what they run on, `exception` points."""
    return [_grid_layer(done, crs), _border_layer(done, crs), _exception_layer(done, crs)]


def _grid_layer(done: Done, crs: str) -> LayerOut:
    grids = done.division.grids
    names: Mapping[str, Area] = {area.code: area for area in done.given.areas}
    texts = {
        "code": [grid.code for grid in grids],
        "street": [grid.area for grid in grids],
        "street_zh": [names[grid.area].name.zh for grid in grids],
        "street_en": [names[grid.area].name.en for grid in grids],
    }
    facts = [_facts(grid) for grid in grids]
    numbers = {name: np.array([each[name] for each in facts]) for name in facts[0]}
    columns = {name: np.array(values, dtype=object) for name, values in texts.items()} | numbers
    shapes = done.given.projection.degrees(np.array([grid.ground for grid in grids], dtype=object))
    return LayerOut("grid", shapes, columns, crs, _type(shapes, "Polygon"))


def _border_layer(done: Done, crs: str) -> LayerOut:
    borders = done.division.borders
    columns = {
        "kind": np.array(["exception" if it.kind in ADDED else it.kind for it in borders], dtype=object),
        "left": np.array([border.left for border in borders], dtype=object),
        "right": np.array([border.right for border in borders], dtype=object),
        "length_m": np.array([round(border.length_m, 1) for border in borders], dtype=np.float64),
    }
    shapes = done.given.projection.degrees(np.array([border.line for border in borders], dtype=object))
    return LayerOut("border", shapes, columns, crs, _type(shapes, "LineString"))


def _exception_layer(done: Done, crs: str) -> LayerOut:
    found = done.division.departures
    columns = {
        "code": np.array([each.code for each in found], dtype=object),
        "street": np.array([each.area for each in found], dtype=object),
        "length_m": np.array([round(each.length_m, 1) for each in found], dtype=np.float64),
        "area_m2": np.array([round(each.area_m2, 1) for each in found], dtype=np.float64),
        "zh": np.array([each.words.zh for each in found], dtype=object),
        "en": np.array([each.words.en for each in found], dtype=object),
    }
    shapes = done.given.projection.degrees(np.array([shapely.Point(e.x, e.y) for e in found], dtype=object))
    return LayerOut("exception", shapes, columns, crs, "Point")


def _type(shapes: Any, single: str) -> str:
    """One type for the whole layer, though it may be empty."""
    return f"Multi{single}" if any(shape.geom_type.startswith("Multi") for shape in shapes) else single
