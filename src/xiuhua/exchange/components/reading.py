"""A file of components as lines: its cells under our names, its place in WGS 84.

A line of a CSV whose place cannot be read is a fault of that line; the others go on. Lines and areas are kept by a
point on them (grid_and_codes clause 3.1, inferred).
"""

import csv
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Words
from xiuhua.exchange.components.mapping import Mapping, columns_of
from xiuhua.exchange.fault import CannotImport
from xiuhua.operations.check_survey import Lines
from xiuhua.space.layers import WGS84, crs_of, layer_names, read_layer
from xiuhua.space.layers.checks import plausible
from xiuhua.space.layers.csv_points import PAIRS, Records, place_columns

LAYER: Final = "component"  # ours: which layer is meant where a file has several and none is named

NO_FILE: Final = Words("没有这个文件", "there is no such file")
NOT_ENCODED: Final = Words("不是 {encoding} 编码", "is not in {encoding}")
QUOTING: Final = Words("引号有误：{error}", "the quotes are wrong: {error}")
EMPTY: Final = Words("文件是空的", "the file is empty")
NO_PLACE_COLUMNS: Final = Words(
    "没有坐标列（{pairs}）；文件有：{names}", "there are no columns of a place ({pairs}); the file has: {names}"
)
CELLS: Final = Words("应有 {wanted} 栏，现有 {found} 栏", "must have {wanted} cells, has {found}")
NOT_A_PLACE: Final = Words("“{x}, {y}”不是坐标", "“{x}, {y}” is no place")
NO_SHAPE: Final = Words("没有图形", "has no shape")


def read_survey(path: Path, mapping: Mapping, layer: str = "", crs: str = "") -> Lines:
    """Raises CannotImport or LayerWrong where the file as a whole cannot be read."""
    crs, layer = crs or mapping.crs, layer or mapping.layer
    if not path.is_file():
        raise CannotImport([Fault(path.name, 0, "", NO_FILE)])
    if path.suffix.lower() in (".csv", ".txt"):
        return _csv(path, mapping, crs or WGS84)
    return _layer(path, mapping, layer or None, crs or None)


def _layer(path: Path, mapping: Mapping, layer: str | None, crs: str | None) -> Lines:
    if layer is None and LAYER in layer_names(path):
        layer = LAYER
    found = read_layer(path, layer, crs, mapping.encoding or None)
    columns = columns_of(path.name, list(found.columns), mapping)
    shapes = found.wgs84()
    bare = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    points = np.where(is_point, shapes, shapely.point_on_surface(shapes))
    texts = {ours: found.texts(theirs) for ours, theirs in columns.items()}
    names = list(texts)
    numbers = found.features.tolist()
    rows = [
        Row(path.name, number, dict(zip(names, cells, strict=True)))
        for number, *cells in zip(numbers, *texts.values(), strict=True)
    ]
    faults = [Fault(path.name, numbers[i], "geometry", NO_SHAPE) for i in np.flatnonzero(bare)]
    return Lines(rows, shapely.get_x(points), shapely.get_y(points), faults, mapping.words)


def _csv(path: Path, mapping: Mapping, crs: str) -> Lines:
    header, numbered = _cells(path, mapping.encoding or "utf-8-sig")
    columns = {ours: header.index(theirs) for ours, theirs in columns_of(path.name, header, mapping).items()}
    x_at, y_at = _places(path, header)
    rows, pairs, faults = [], [], []
    for line, cells in numbered:
        if len(cells) != len(header):
            faults.append(Fault(path.name, line, "", CELLS.filled(wanted=len(header), found=len(cells))))
            continue
        pair = _pair(cells[x_at], cells[y_at])
        if pair is None:
            words = NOT_A_PLACE.filled(x=cells[x_at][:20], y=cells[y_at][:20])
            faults.append(Fault(path.name, line, header[x_at], words))
        rows.append(Row(path.name, line, {ours: cells[at] for ours, at in columns.items()}))
        pairs.append(pair or (np.nan, np.nan))
    degrees = _degrees(np.array(pairs, float).reshape(-1, 2), crs, np.array([row.line for row in rows], np.int64))
    return Lines(rows, degrees[:, 0], degrees[:, 1], faults, mapping.words)


def _cells(path: Path, encoding: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    records = Records(path, encoding)
    try:
        header, numbered = records.read()
    except (UnicodeDecodeError, LookupError):
        raise CannotImport([Fault(path.name, records.begins, "", NOT_ENCODED.filled(encoding=encoding))]) from None
    except csv.Error as error:
        raise CannotImport([Fault(path.name, records.begins, "", QUOTING.filled(error=error))]) from None
    if not numbered:
        raise CannotImport([Fault(path.name, 0, "", EMPTY)])
    return header, numbered


def _places(path: Path, header: list[str]) -> tuple[int, int]:
    found = place_columns(header)
    if found is not None:
        return found
    words = NO_PLACE_COLUMNS.filled(pairs=", ".join("/".join(pair) for pair in PAIRS), names=", ".join(header))
    raise CannotImport([Fault(path.name, 1, "place", words)])


def _pair(x: str, y: str) -> tuple[float, float] | None:
    try:
        pair = float(x), float(y)
    except ValueError:
        return None
    return pair if np.isfinite(pair).all() else None


def _degrees(pairs: Any, crs: str, lines: Any) -> Any:
    """Where none of a line's numbers can be read it stays without a place."""
    known = np.isfinite(pairs).all(axis=1)
    if (np.abs(pairs[known]) <= (180, 90)).all():  # degrees; a single wild number is a fault of its line
        plausible(shapely.points(pairs[known]), crs_of(crs), lines[known])
    degrees = np.full_like(pairs, np.nan)
    degrees[known] = crs_of(crs).to_wgs84(pairs[known])
    return degrees
