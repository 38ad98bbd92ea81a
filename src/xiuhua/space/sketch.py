"""GeoJSON that somebody drew: a line that divides, or the outlines of new grids. Everything in it is distrusted.

WGS 84 in degrees, as GeoJSON has it (RFC 7946). What cannot be read is refused with the feature it stands in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words

MOST_POINTS: Final = 50_000  # ours: a street has some thousands
Line = tuple[tuple[float, float], ...]

NOT_GEOJSON = Words(
    "图形应为 GeoJSON：分界线（LineString）或新网格（Polygon）",
    "draw GeoJSON: a line (LineString) or the new grids (Polygon)",
)
MIXED = Words("图形里只能有线，或只能有面", "draw either lines or areas, not both")
NOT_DEGREES = Words(
    "第 {n} 个图形的坐标不是经纬度（WGS 84，度）", "feature {n}: the coordinates are not degrees (WGS 84)"
)
SHORT = Words("第 {n} 个图形的点太少", "feature {n} has too few points")
HOLES = Words("第 {n} 个图形不是一个环的面", "feature {n} is not an area of one ring")
TOO_MANY = Words("图形超过 {most} 个点", "the drawing has more than {most} points")
OPEN_RING = Words("第 {n} 个图形的环未闭合", "feature {n}: the ring is not closed")


@dataclass(frozen=True, slots=True)
class Area:
    """An outline with what was written beside it; empty where nothing was."""

    outline: tuple[Wgs84, ...]
    code: str = ""
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """Lines or areas, never both."""

    lines: tuple[Line, ...] = ()
    areas: tuple[Area, ...] = ()


class _Wrong(Exception):  # noqa: N818 - caught in this file
    def __init__(self, code: str, words: Words) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, words, "drawing")


def read_sketch(given: Mapping[str, Any]) -> Sketch | Refusal:
    try:
        features = list(_features(given))
        lines = [line for n, (geometry, _) in enumerate(features, 1) for line in _lines(geometry, n)]
        areas = [area for n, one in enumerate(features, 1) for area in _areas(*one, n)]
    except _Wrong as wrong:
        return wrong.refusal
    if sum(map(len, lines)) + sum(len(area.outline) for area in areas) > MOST_POINTS:
        return Refusal("drawing-large", TOO_MANY.filled(most=MOST_POINTS), "drawing")
    if lines and areas:
        return Refusal("drawing-mixed", MIXED, "drawing")
    if not lines and not areas:
        return Refusal("drawing-wrong", NOT_GEOJSON, "drawing")
    return Sketch(tuple(lines), tuple(areas))


def _features(given: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Geometry and properties of each feature; a bare geometry is one without properties."""
    kind = given.get("type")
    listed = given.get("features") if kind == "FeatureCollection" else [given]
    if not isinstance(listed, list):
        raise _Wrong("drawing-wrong", NOT_GEOJSON)
    for one in listed:
        if not isinstance(one, dict):
            raise _Wrong("drawing-wrong", NOT_GEOJSON)
        geometry = one.get("geometry") if one.get("type") == "Feature" else one
        if not isinstance(geometry, dict) or geometry.get("type") not in _KINDS:
            raise _Wrong("drawing-wrong", NOT_GEOJSON)
        properties = one.get("properties")
        yield geometry, properties if isinstance(properties, dict) else {}


_KINDS: Final = frozenset({"LineString", "MultiLineString", "Polygon", "MultiPolygon"})


def _lines(geometry: Mapping[str, Any], n: int) -> Iterator[Line]:
    parts = geometry.get("coordinates")
    if geometry["type"] == "LineString":
        parts = [parts]
    elif geometry["type"] != "MultiLineString":
        return
    for part in _listed(parts, n):
        points = _points(part, n)
        if len(set(points)) < 2:
            raise _Wrong("drawing-short", SHORT.filled(n=n))
        yield points


def _areas(geometry: Mapping[str, Any], properties: Mapping[str, Any], n: int) -> Iterator[Area]:
    parts = geometry.get("coordinates")
    if geometry["type"] == "MultiPolygon" and isinstance(parts, list) and len(parts) == 1:
        parts = parts[0]
    elif geometry["type"] == "MultiPolygon":
        raise _Wrong("drawing-holes", HOLES.filled(n=n))
    elif geometry["type"] != "Polygon":
        return
    rings = _listed(parts, n)
    if len(rings) != 1:
        raise _Wrong("drawing-holes", HOLES.filled(n=n))
    points = _points(rings[0], n)
    if len(set(points)) < 3:
        raise _Wrong("drawing-short", SHORT.filled(n=n))
    if points[0] != points[-1]:
        raise _Wrong("drawing-open", OPEN_RING.filled(n=n))
    yield Area(
        tuple(Wgs84(lon, lat) for lon, lat in points[:-1]), _text(properties, "code"), _name(properties)
    )


def _name(properties: Mapping[str, Any]) -> Words | None:
    zh, en = _text(properties, "name_zh"), _text(properties, "name_en")
    return Words(zh or en, en or zh) if zh or en else None


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return value.strip()[:120] if isinstance(value, str) else ""


def _points(part: Any, n: int) -> Line:
    return tuple(_point(pair, n) for pair in _listed(part, n))


def _point(pair: Any, n: int) -> tuple[float, float]:
    """A third number, the height, is passed over."""
    if isinstance(pair, Sequence) and not isinstance(pair, str) and len(pair) in (2, 3):
        lon, lat = pair[0], pair[1]
        numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (lon, lat))
        if numbers and abs(lon) <= 180 and abs(lat) <= 90:
            return float(lon), float(lat)
    raise _Wrong("drawing-degrees", NOT_DEGREES.filled(n=n))


def _listed(value: Any, n: int) -> list[Any]:
    if not isinstance(value, list):
        raise _Wrong("drawing-degrees", NOT_DEGREES.filled(n=n))
    return value
