"""grids.geojson and former_grids.geojson: one feature a line, its code and one ring in WGS 84.

A code is the same ground on all days; that of a former grid within its line.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from xiuhua.domain.fault import Fault
from xiuhua.domain.former_grid import FormerGrid
from xiuhua.domain.grid import Grid
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words, Wrong

Outline = tuple[Wgs84, ...]
K = TypeVar("K", bound=Hashable)

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
NO_FORMER = Words(
    "former_grids.csv 中没有“{line}”的编码“{code}”", "there is no “{code}” of “{line}” in former_grids.csv"
)
NO_GRID = Words("grids.csv 中没有编码“{code}”", "there is no “{code}” in grids.csv")


def outlines_of(file: str, text: str) -> tuple[dict[str, Outline], list[Fault]]:
    return _outlines(file, text, code_of)


def former_outlines_of(file: str, text: str) -> tuple[dict[tuple[str, str], Outline], list[Fault]]:
    """By line and code."""
    return _outlines(file, text, lambda feature: (str(feature["properties"]["line"]), code_of(feature)))


def _outlines(file: str, text: str, key_of: Callable[[Any], K]) -> tuple[dict[K, Outline], list[Fault]]:
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        return {}, [Fault(file, error.lineno, "", NOT_JSON.filled(error=error.msg))]
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        return {}, [Fault(file, 1, "type", NOT_A_COLLECTION)]
    outlines: dict[K, Outline] = {}
    faults: list[Fault] = []
    for place, feature in enumerate(features):
        line = place + 2  # one feature a line, after the opening
        try:
            key, ring = key_of(feature), _ring(feature["geometry"])
        except (KeyError, TypeError, ValueError, IndexError):
            faults.append(Fault(file, line, "geometry", NOT_A_FEATURE))
            continue
        except Wrong as wrong:  # a point outside the globe
            faults.append(Fault(file, line_of_code(text, code_of(feature)), "geometry", wrong.words))
            continue
        if key in outlines:
            line, code = line_of_code(text, code_of(feature)), code_of(feature)
            faults.append(Fault(file, line, "code", CODE_TWICE.filled(code=code)))
        elif ring[0] != ring[-1]:
            faults.append(Fault(file, line_of_code(text, code_of(feature)), "geometry", NOT_CLOSED))
        outlines[key] = ring[:-1] if ring[0] == ring[-1] else ring
    return outlines, faults


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


def faults_of_former(
    file: str, text: str, drawn: Iterable[tuple[str, str]], known: Iterable[tuple[str, str]]
) -> list[Fault]:
    there = frozenset(known)
    return [
        Fault(file, line_of_code(text, code), "code", NO_FORMER.filled(line=line, code=code))
        for line, code in drawn
        if (line, code) not in there
    ]


def text_of_outlines(grids: Iterable[Grid]) -> str:
    """Empty where no grid has an outline."""
    outlines = {grid.code: grid.outline for grid in grids if grid.outline}
    return _collection(_feature({"code": code}, outlines[code]) for code in sorted(outlines))


def text_of_former(grids: Iterable[FormerGrid]) -> str:
    outlines = {(grid.line.value, grid.code): grid.outline for grid in grids if grid.outline}
    return _collection(
        _feature({"line": line, "code": code}, outlines[line, code]) for line, code in sorted(outlines)
    )


def _collection(features: Iterable[Mapping[str, Any]]) -> str:
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n' if lines else ""


def _feature(properties: Mapping[str, str], outline: Outline) -> Mapping[str, Any]:
    ring = [[point.lon, point.lat] for point in (*outline, outline[0])]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
