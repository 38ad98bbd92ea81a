"""Reading one layer of a file into arrays. Nothing is repaired; what is left out or supposed is said in `notes`."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.layers.checks import plausible
from xiuhua.space.layers.crs import WGS84, Crs, crs_of
from xiuhua.space.layers.csv_points import read_csv
from xiuhua.space.layers.encoding import Raw, fields_decoded
from xiuhua.space.layers.gdal import FAILURES, listening, pyogrio, raw
from xiuhua.space.layers.layer_file import LayerFile
from xiuhua.space.layers.source import Format, format_of, opened
from xiuhua.space.layers.wrong import LayerWrong, wrong

MOST_FEATURES: Final = 20_000_000  # ours: about 10 GB of memory; a province's components are split by city
_LOOK: Final = 1 << 16  # bytes at either end of a GeoJSON file in which its crs member is looked for
_CRS_MEMBER: Final = re.compile(rb'"crs"\s*:\s*(?=\{\s*"(?:type|properties)"|null)')

HEIGHTS: Final = Words("高程（Z）与量测值（M）未读入", "heights (Z) and measures (M) are left out")
CURVES: Final = Words("曲线已按折线读入", "curves were read as lines of short pieces")
OVERRULED: Final = Words(
    "文件写的坐标系是 {said}，按要求作 {given} 读入", "the file says {said}; it was read as {given}, as asked"
)


@dataclass
class _Reading:
    path: Path
    form: Format
    crs: str | None
    encoding: str | None
    notes: list[Words] = field(default_factory=list)


def read_layer(path: Path, layer: str | None = None, crs: str | None = None, encoding: str | None = None) -> LayerFile:
    """`crs` where the file does not say its own, or says a wrong one; `encoding` of a Shapefile's text, such as GBK."""
    asked = _Reading(path, format_of(path), crs, encoding)
    if asked.form is Format.CSV:
        return read_csv(path, crs or WGS84, encoding)
    with opened(path, asked.form) as file:
        return _read(asked, file, _layer_name(asked, file, layer))


def layer_names(path: Path) -> tuple[str, ...]:
    """The layers with shapes; a CSV is one layer of its own name."""
    form = format_of(path)
    if form is Format.CSV:
        return (path.stem,)
    with opened(path, form) as file:
        return _names(path, file)


def _names(path: Path, file: Path) -> tuple[str, ...]:
    try:
        return tuple(str(name) for name, kind in pyogrio.list_layers(file) if kind is not None)
    except FAILURES as error:
        raise wrong("broken", "file", path=path.name, error=_reason(error)) from None


def _reason(error: Exception) -> str:
    """GDAL's own, without its advice to name a driver: only the file's own format is ever tried."""
    return str(error).split("; It might help")[0]


def _layer_name(asked: _Reading, file: Path, layer: str | None) -> str:
    names = _names(asked.path, file)
    if not names:
        raise wrong("no-layer", "layer", path=asked.path.name)
    if layer is None and len(names) > 1:
        raise wrong("which-layer", "layer", names=", ".join(names))
    if layer is not None and layer not in names:
        raise wrong("no-such-layer", "layer", layer=layer, names=", ".join(names))
    return layer or names[0]


def _read(asked: _Reading, file: Path, layer: str) -> LayerFile:
    with listening(asked.notes):
        meta, numbers, wkb, columns = _raw(asked, file, layer)
    if not len(wkb):
        raise wrong("no-feature", layer=layer)
    shapes = _shapes(asked, wkb, numbers, str(meta["geometry_type"]))
    crs = _crs(asked, file, meta["crs"])
    plausible(shapes, crs, numbers)
    return LayerFile(asked.path.name, layer, crs, shapes, columns, numbers, tuple(asked.notes))


def _raw(asked: _Reading, file: Path, layer: str) -> Raw:
    try:
        count = pyogrio.read_info(file, layer=layer, force_feature_count=True)["features"]
        if count > MOST_FEATURES:
            raise wrong("too-many", path=asked.path.name, count=count, most=MOST_FEATURES)
        if asked.form is Format.SHAPEFILE:
            return fields_decoded(file, layer, asked.encoding, asked.notes)
        meta, numbers, wkb, values = raw.read(file, layer=layer, return_fids=True)
    except FAILURES as error:
        raise wrong("broken", "file", path=asked.path.name, error=_reason(error)) from None
    return meta, numbers, wkb, dict(zip(meta["fields"], values, strict=True))


def _shapes(asked: _Reading, wkb: Any, numbers: Any, kind: str) -> Any:
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    lost = shapely.is_missing(shapes) & np.array([it is not None for it in wkb], dtype=bool)
    if lost.any():
        feature = numbers[lost][0]
        raise wrong("shape-unreadable", "geometry", path=asked.path.name, feature=feature)
    if any(word in kind for word in ("Curve", "Surface", "Compound", "Circular")):
        asked.notes.append(CURVES)
    if shapely.has_z(shapes).any() or shapely.has_m(shapes).any():
        asked.notes.append(HEIGHTS)
        shapes = shapely.force_2d(shapes)
    return shapes


def _crs(asked: _Reading, file: Path, said: str | None) -> Crs:
    """What was asked for wins over what the file says, and that is noted; a guess is never made."""
    own = _member(file) if asked.form is Format.GEOJSON else said
    if asked.crs is None and not own:
        raise wrong("no-crs", "crs", path=asked.path.name)
    if asked.crs is None:
        return crs_of(own or "")
    given = crs_of(asked.crs)
    if own and own != given.name:
        asked.notes.append(OVERRULED.filled(said=own.split(",")[0][:60], given=given.name))
    return given


def _member(file: Path) -> str:
    """A GeoJSON file is WGS 84 (RFC 7946) unless it says otherwise in the way of 2008. GDAL passes over what it cannot
    understand there, and takes WGS 84: hundreds of metres away without a word."""
    with file.open("rb") as opened_file:
        head = opened_file.read(_LOOK)
        opened_file.seek(max(0, file.stat().st_size - _LOOK))
        tail = opened_file.read()
    found = _CRS_MEMBER.search(head) or _CRS_MEMBER.search(tail)
    if not found:
        return WGS84
    text = found.string[found.end() :].decode("utf-8", "replace")
    try:
        member = json.JSONDecoder().raw_decode(text)[0]
        name = member["properties"]["name"]
    except (ValueError, KeyError, TypeError):
        raise wrong("odd-crs", "crs", path=file.name, crs=text.split(",")[0][:60]) from None
    return _understood(file, str(name))


def _understood(file: Path, name: str) -> str:
    try:
        return crs_of(name).name
    except LayerWrong as error:
        if error.code != "layer-unknown-crs":
            raise
        raise wrong("odd-crs", "crs", path=file.name, crs=name[:60]) from None
