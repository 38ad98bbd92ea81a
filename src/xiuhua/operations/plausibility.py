"""Ask the ground that is in the database whether components can stand where they are said to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.component import ACCURACY_M, Component
from xiuhua.domain.district import District
from xiuhua.domain.ground import Layer
from xiuhua.domain.place import Wgs84
from xiuhua.domain.plausible import DOUBTS, Doubt, standing_of
from xiuhua.domain.words import Words
from xiuhua.space.plausible import FAR_M, Points, Surroundings, doubted
from xiuhua.store import sql
from xiuhua.store.boxes import Box, features_where

MARGIN: Final = 0.004  # ours: degrees; somewhat more than FAR_M
ROAD_WIDTH_M: Final = 7.0  # ours: where a road does not say: two lanes


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A component to be looked at. `line` is that of the file; 0 where it comes from none."""

    code: str
    class_key: str
    doubt: Doubt
    place: Wgs84
    distance_m: float
    words: Words
    line: int = 0

    def row(self) -> dict[str, Any]:
        return {
            "code": self.code, "class": self.class_key, "doubt": self.doubt.value, "line": self.line or None,
            "place": [self.place.lon, self.place.lat], "distance_m": self.distance_m, "zh": self.words.zh,
            "en": self.words.en,
        }  # fmt: skip


def doubts(components: Sequence[Component], district: District, lines: Sequence[int] = ()) -> tuple[Doubtful, ...]:
    if not components:
        return ()
    points = Points(
        np.array([c.place.lon for c in components]), np.array([c.place.lat for c in components]),
        [c.class_key for c in components], np.array([ACCURACY_M[c.accuracy] for c in components]),
    )  # fmt: skip
    rules = {key: standing_of(district.words("class", key) or Words(key, key)) for key in sorted(set(points.classes))}
    found = []
    for one in doubted(points, rules, _around(points.lon, points.lat)):
        it = components[one.point]
        other = components[one.other].code if one.other >= 0 else ""
        metres = f"≥ {FAR_M:.0f}" if one.distance_m >= FAR_M else one.distance_m
        words = DOUBTS[one.doubt].filled(m=metres, other=other)
        line = lines[one.point] if lines else 0
        found.append(Doubtful(it.code, it.class_key, one.doubt, it.place, one.distance_m, words, line))
    return tuple(found)


def _around(lon: Any, lat: Any) -> Surroundings:
    box = Box(lon.min() - MARGIN, lat.min() - MARGIN, lon.max() + MARGIN, lat.max() + MARGIN)
    water, buildings, roads = (_layer(layer, box) for layer in (Layer.WATER, Layer.BUILDING, Layer.ROAD))
    widths = np.array([float(json.loads(attributes).get("width_m") or ROAD_WIDTH_M) for _, attributes in roads])
    return Surroundings(_shapes(water), _shapes(buildings), _shapes(roads), widths)


def _layer(layer: Layer, box: Box) -> list[sql.Row]:
    condition, values = features_where(box)
    asked = f"SELECT shape, attributes FROM feature WHERE layer = %s AND {condition}"  # noqa: S608 - our own names
    return sql.rows(asked, [layer.value, *map(float, values)])


def _shapes(rows: Sequence[sql.Row]) -> Any:
    return np.asarray(shapely.from_wkb([bytes(shape) for shape, _ in rows]), dtype=object)
