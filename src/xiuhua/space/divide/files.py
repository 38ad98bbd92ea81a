"""From layer files to what `divide` takes: streets, roads, weights, in the metres of the place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words, Wrong
from xiuhua.space.divide import kinds
from xiuhua.space.divide.checks import Place, check_ground, check_lines, check_points, check_streets
from xiuhua.space.divide.given import Area, Lines, Rules, Shapes, Weights
from xiuhua.space.divide.tags import Tags, kinds_of_roads
from xiuhua.space.layers import (
    LINES,
    LINES_AND_POLYGONS,
    POINTS,
    POLYGONS,
    Crs,
    LayerFile,
    LayerWrong,
    Projection,
    read_layer,
)

CODE_COLUMNS: Final = ("code", "street", "street_code", "adcode", "代码", "街道代码", "SZJDDM")
NAME_COLUMNS: Final = ("name_zh", "name", "名称", "街道名称", "SZJDMC")
STRAIGHT_M: Final = (
    50.0  # a straight line of this length bends by less than a tenth of a millimetre between planes
)
STRAIGHT_DEGREES: Final = STRAIGHT_M / 111_000

NO_CODE: Final = Words(
    "图层“{layer}”没有街道代码列（{wanted}）；现有列：{names}。请用 --street-code 指明",
    "the layer “{layer}” has no column with the code of the street ({wanted}); there are: {names}. Name it with "
    "--street-code",
)
NO_STREET: Final = Words(
    "{path} 中的街道 {code} 不在街道图层中", "{path} names street {code}, which is in no layer of streets"
)
ALL_UNKNOWN: Final = Words(
    "图层“{layer}”没有一条线的道路等级是认识的：{words}；请用 --mapping 说明各相当于 OSM 的什么"
    "（primary、residential …），或等级在哪一列",
    "no line of the layer “{layer}” has a kind that is known: {words}; say with --mapping what each is in OSM's words "
    "(primary, residential …), or in which column the kind stands",
)
NOT_NUMBER: Final = Words(
    "“{column}”列第 {row} 行不是数：{value}", "the column “{column}” has no number in row {row}: {value}"
)


@dataclass(frozen=True, slots=True)
class Files:
    """What was named on the command line. `crs` by role wins over what a file says; by "" it is for the silent."""

    streets: Path
    roads: Path
    borders: Path | None = None
    weights: Path | None = None
    crs: Mapping[str, str] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)  # of files that hold several
    street_code: str = ""
    street_name: str = ""
    weight_column: str = ""
    encoding: str | None = None


@dataclass(frozen=True)
class Given:
    areas: list[Area]
    lines: Lines
    weights: Weights | None
    projection: Projection
    layers: Mapping[str, LayerFile]


def read(files: Files, tags: Tags, counts: Mapping[str, int], rules: Rules) -> Given:
    """What is wrong is said in degrees: nobody knows the plane that is worked in."""
    streets = _layer(files, "streets", files.streets).of(POLYGONS)
    for area in _areas(files, streets, streets.shapes, counts):
        check_ground(area, _place(streets.crs))  # before points are put between, which hide that a ring crosses itself
    shapes, projection = _straightened(streets).metres()
    areas = _areas(files, streets, shapes, counts)
    check_streets(areas, _place(projection.crs))
    layers = {"streets": streets, "roads": _layer(files, "roads", files.roads).of(LINES)}
    lines = _lines(layers["roads"], projection, tags)
    _check_known(layers["roads"], lines, rules)
    if files.borders:
        layers["borders"] = _layer(files, "borders", files.borders).of(LINES_AND_POLYGONS)
        lines = _joined(lines, _lines(layers["borders"], projection, tags))
    drawn = [_outlines(layers[role].wgs84()) for role in ("roads", "borders") if role in layers]
    check_lines(streets.wgs84(), np.concatenate(drawn), _degrees)
    weights = None
    if files.weights:
        layers["weights"] = _layer(files, "weights", files.weights).of(POINTS)
        weights = _weights(layers["weights"], projection, files.weight_column)
        there = shapely.get_coordinates(layers["weights"].wgs84())
        check_points(streets.wgs84(), replace(weights, points=there), _degrees)
    return Given(areas, lines, weights, projection, layers)


def _check_known(layer: LayerFile, lines: Lines, rules: Rules) -> None:
    found = kinds.unknown(lines.kinds, rules)
    if sum(found.values()) == len(lines.kinds):
        raise Wrong("unknown-kinds", ALL_UNKNOWN.filled(layer=layer.name, words=kinds.named(found)))


def _layer(files: Files, role: str, path: Path) -> LayerFile:
    """The option says a system only where the file does not."""
    name = files.layers.get(role)
    try:
        return read_layer(path, name, files.crs.get(role), files.encoding)
    except LayerWrong as missing:
        if missing.code != "layer-no-crs" or "" not in files.crs:
            raise
        return read_layer(path, name, files.crs[""], files.encoding)


def _degrees(lon: float, lat: float) -> str:
    return f"{abs(lon):.6f}°{'E' if lon >= 0 else 'W'} {abs(lat):.6f}°{'N' if lat >= 0 else 'S'}"


def _place(crs: Crs) -> Place:
    """From the coordinates of a system to degrees in words."""
    return lambda x, y: _degrees(*crs.to_wgs84(np.array([[x, y]]))[0].tolist())


def _straightened(layer: LayerFile) -> LayerFile:
    """Points put between, so that a line is the same in degrees and in metres, and roads stay on edges of streets."""
    step = STRAIGHT_M if layer.crs.projected else STRAIGHT_DEGREES
    return replace(layer, shapes=shapely.segmentize(layer.shapes, step))


def _areas(files: Files, streets: LayerFile, shapes: Any, counts: Mapping[str, int]) -> list[Area]:
    column = files.street_code or next((name for name in CODE_COLUMNS if name in streets.columns), "")
    if column not in streets.columns:
        wanted, names = column or " / ".join(CODE_COLUMNS), ", ".join(streets.columns) or "-"
        raise Wrong("no-code-column", NO_CODE.filled(layer=streets.name, wanted=wanted, names=names))
    codes = streets.codes(column).tolist()
    for code in counts:
        if code not in codes:
            raise Wrong("no-street", NO_STREET.filled(path="--per-street", code=code))
    chinese = _texts(streets, files.street_name, NAME_COLUMNS) or codes
    english = _texts(streets, "", ("name_en",)) or chinese
    rows = zip(codes, chinese, english, shapes, strict=True)
    areas = [
        Area(code, Words(zh or code, en or code), ground, counts.get(code)) for code, zh, en, ground in rows
    ]
    return sorted(areas, key=lambda area: area.code)


def _texts(layer: LayerFile, asked: str, usual: tuple[str, ...]) -> list[str]:
    column = asked or next((name for name in usual if name in layer.columns), "")
    return layer.texts(column).tolist() if column else []


def _lines(layer: LayerFile, projection: Projection, tags: Tags) -> Lines:
    """Each line by itself; an area counts by its outline."""
    flat = _outlines(projection.flat(_straightened(layer).wgs84()))
    parts, place = shapely.get_parts(flat, return_index=True)
    return Lines(parts, kinds_of_roads(layer, tags)[place])


def _outlines(shapes: Shapes) -> Shapes:
    areas = np.isin(shapely.get_type_id(shapes), list(POLYGONS.types))
    return np.where(areas, shapely.boundary(shapes), shapes)


def _joined(lines: Lines, more: Lines) -> Lines:
    return Lines(np.concatenate([lines.shapes, more.shapes]), np.concatenate([lines.kinds, more.kinds]))


def _weights(layer: LayerFile, projection: Projection, column: str) -> Weights:
    points = shapely.get_coordinates(projection.flat(layer.wgs84()))
    if not column:
        return Weights(points, np.ones(len(points)))
    values = layer.column(column)
    try:
        return Weights(points, values.astype(np.float64))
    except (TypeError, ValueError):
        row = next(place for place, value in enumerate(values.tolist()) if not _is_number(value))
        words = NOT_NUMBER.filled(column=column, row=row + 1, value=values[row])
        raise Wrong("weight-no-number", words) from None


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True
