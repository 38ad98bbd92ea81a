"""What lies on a piece of ground, for measuring it: roads, built-up land, components and cases in a box."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from xiuhua.domain.case import KIND
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where, features_where

_FEATURES: Final = "SELECT code, kind, shape, attributes FROM feature WHERE layer = %s AND {where} ORDER BY code"
_ANY: Final = "SELECT 1 FROM feature WHERE layer = %s LIMIT 1"
_COMPONENTS: Final = "SELECT longitude, latitude FROM component WHERE {where} AND state NOT IN ('removed', 'disused')"
_CASES: Final = (
    "SELECT longitude, latitude FROM subject WHERE kind = %s AND opened_at >= %s AND opened_at <= %s "
    "AND longitude BETWEEN %s AND %s AND latitude BETWEEN %s AND %s AND stage NOT IN ({void})"
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A feature of the base map; `shape` is WKB."""

    code: str
    kind: str
    shape: bytes
    attributes: dict[str, Any] = field(default_factory=dict)

    def number(self, name: str) -> int:
        value = self.attributes.get(name)
        return int(value) if isinstance(value, int | float) else 0


def has_layer(layer: str) -> bool:
    """Whether anything of it was loaded: none there and not loaded are two things."""
    return sql.one(_ANY, [layer]) is not None


def has_components() -> bool:
    return sql.one("SELECT 1 FROM component LIMIT 1") is not None


def features_in(layer: str, box: Box) -> list[Drawn]:
    where, values = features_where(box)
    return [_drawn(*row) for row in sql.rows(_FEATURES.format(where=where), [layer, *values])]


def road_of(code: str, box: Box) -> list[Drawn]:
    """The pieces of a road by its own code or by that of the road they belong to."""
    return [one for one in features_in("road", box) if code in (one.code, one.attributes.get("road"))]


def components_in(box: Box) -> list[Point]:
    where, values = components_where(box)
    return [(lon, lat) for lon, lat in sql.rows(_COMPONENTS.format(where=where), values)]


def cases_in(box: Box, since: datetime, until: datetime, void: Collection[str]) -> list[Point]:
    """Where the cases were that were opened in that time; void and merged ones count nowhere."""
    span = [sql.moment(since), sql.moment(until)]
    values = [KIND, *span, box.west, box.east, box.south, box.north, *void]
    return [(lon, lat) for lon, lat in sql.rows(_CASES.format(void=sql.marks(void)), values)]


def _drawn(code: str, kind: str, shape: Any, attributes: str) -> Drawn:
    return Drawn(code, kind, bytes(shape), json.loads(attributes))
