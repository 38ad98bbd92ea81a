"""What lies on a piece of ground, for measuring it: roads, built-up land, components and cases in a box."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from xiuhua.domain.case import KIND
from xiuhua.domain.ground import Feature, Layer
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where
from xiuhua.store.queries.features import features_in

_ANY: Final = "SELECT 1 FROM feature WHERE layer = %s LIMIT 1"
_COMPONENTS: Final = "SELECT longitude, latitude FROM component WHERE {where} AND state NOT IN ('removed', 'disused')"
_CASES: Final = (
    "SELECT longitude, latitude FROM subject WHERE kind = %s AND opened_at >= %s AND opened_at <= %s "
    "AND longitude BETWEEN %s AND %s AND latitude BETWEEN %s AND %s AND stage NOT IN ({void})"
)

Point = tuple[float, float]


def has_layer(layer: Layer) -> bool:
    """Whether anything of it was loaded: none there and not loaded are two things."""
    return sql.one(_ANY, [layer.value]) is not None


def has_components() -> bool:
    return sql.one("SELECT 1 FROM component LIMIT 1") is not None


def road_of(code: str, box: Box) -> list[Feature]:
    """The pieces of a road by its own code or by that of the road they belong to."""
    found = (one.feature for one in features_in(box, (Layer.ROAD,)))
    return [one for one in found if code in (one.code, one.attributes.get("road"))]


def components_in(box: Box) -> list[Point]:
    where, values = components_where(box)
    return [(lon, lat) for lon, lat in sql.rows(_COMPONENTS.format(where=where), values)]


def cases_in(box: Box, since: datetime, until: datetime, void: Collection[str]) -> list[Point]:
    """Where the cases were that were opened in that time; void and merged ones count nowhere."""
    span = [sql.moment(since), sql.moment(until)]
    values = [KIND, *span, box.west, box.east, box.south, box.north, *void]
    return [(lon, lat) for lon, lat in sql.rows(_CASES.format(void=sql.marks(void)), values)]
