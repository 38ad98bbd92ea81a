"""grids.geojson: one feature a line, its code and one ring in WGS 84. A code is the same ground on all days."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import Grid
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words, Wrong

Outline = tuple[Wgs84, ...]

NOT_JSON = Words("JSON 有误：{error}", "wrong JSON: {error}")
NOT_A_COLLECTION = Words("应为 FeatureCollection", "must be a FeatureCollection")
NOT_A_FEATURE = Words(
    "应为带 code 的 Feature，其几何为一个环的 Polygon",
    "must be a Feature with a code, its geometry a Polygon of one ring",
)
NOT_CLOSED = Words(
    "环未闭合：首尾两点应相同", "the ring is not closed: its first and last point must be the same"
)
CODE_TWICE = Words("编码“{code}”出现两次", "the code “{code}” is there twice")
NO_GRID = Words("grids.csv 中没有编码“{code}”", "there is no “{code}” in grids.csv")


def outlines_of(file: str, text: str) -> tuple[dict[str, Outline], list[Fault]]:
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [Fault(file, error.lineno, "", NOT_JSON.filled(error=error.msg))]
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        return {}, [Fault(file, 1, "type", NOT_A_COLLECTION)]
    outlines: dict[str, Outline] = {}
    faults: list[Fault] = []
    for place, feature in enumerate(features):
        _take(feature, place, outlines, faults, file, text)
    return outlines, faults


def _take(
    feature: Any, place: int, outlines: dict[str, Outline], faults: list[Fault], file: str, text: str
) -> None:
    try:
        code, ring = str(feature["properties"]["code"]), _ring(feature["geometry"])
    except (KeyError, TypeError, ValueError, IndexError):
        line = place + 2  # one feature a line, after the opening
        faults.append(Fault(file, line, "geometry", NOT_A_FEATURE))
        return
    except Wrong as wrong:  # a point outside the globe
        faults.append(Fault(file, line_of_code(text, code_of(feature)), "geometry", wrong.words))
        return
    if code in outlines:
        faults.append(Fault(file, line_of_code(text, code), "code", CODE_TWICE.filled(code=code)))
    elif ring[0] != ring[-1]:
        faults.append(Fault(file, line_of_code(text, code), "geometry", NOT_CLOSED))
    outlines[code] = ring[:-1] if ring[0] == ring[-1] else ring


def code_of(feature: Any) -> str:
    return str(feature["properties"]["code"])


def _ring(geometry: Any) -> Outline:
    (ring,) = geometry["coordinates"]
    if geometry["type"] != "Polygon" or not ring:
        raise ValueError("not a polygon")
    return tuple(Wgs84(float(lon), float(lat)) for lon, lat in ring)


def line_of_code(text: str, code: str) -> int:
    """Where the feature stands; the last of two with the same code."""
    place = text.rfind(f'"{code}"')
    return text.count("\n", 0, place) + 1 if place >= 0 else 0


def faults_of_codes(file: str, text: str, codes: Iterable[str], known: Iterable[str]) -> list[Fault]:
    there = frozenset(known)
    return [
        Fault(file, line_of_code(text, code), "code", NO_GRID.filled(code=code))
        for code in codes
        if code not in there
    ]


def text_of_outlines(grids: Iterable[Grid]) -> str:
    """Empty where no grid has an outline."""
    outlines = {grid.code: grid.outline for grid in grids if grid.outline}
    features = ",\n".join(
        json.dumps(_feature(code, outlines[code]), separators=(",", ":")) for code in sorted(outlines)
    )
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n' if outlines else ""


def _feature(code: str, outline: Outline) -> Mapping[str, Any]:
    ring = [[point.lon, point.lat] for point in (*outline, outline[0])]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
