"""Which components and features touch a box, from the index of the database: R*Tree on SQLite, GiST on PostgreSQL.

The only place that knows how either is asked. R*Tree keeps 32-bit floats rounded outwards, so the exact comparison is
made again on the rows.
"""

from dataclasses import dataclass
from typing import Final

from xiuhua.store import sql


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees, WGS 84."""

    west: float
    south: float
    east: float
    north: float


_COMPONENTS: Final = {
    True: "component.id IN (SELECT id FROM component_box WHERE west <= %s AND east >= %s AND south <= %s "
    "AND north >= %s) AND longitude BETWEEN %s AND %s AND latitude BETWEEN %s AND %s",
    False: "point(longitude, latitude) <@ box(point(%s, %s), point(%s, %s))",
}
_FEATURES: Final = {
    True: "feature.id IN (SELECT id FROM feature_box WHERE west <= %s AND east >= %s AND south <= %s AND north >= %s)",
    False: "box(point(west, south), point(east, north)) && box(point(%s, %s), point(%s, %s))",
}


def components_where(box: Box) -> tuple[str, list[float]]:
    """The condition on `component` and its values; a component on the rim is inside."""
    around = [box.east, box.west, box.north, box.south]
    here = [box.west, box.east, box.south, box.north]
    values = [*around, *here] if sql.on_sqlite() else [box.west, box.south, box.east, box.north]
    return _COMPONENTS[sql.on_sqlite()], values


def features_where(box: Box) -> tuple[str, list[float]]:
    """The condition on `feature` and its values, by the boxes of the shapes."""
    touching = [box.east, box.west, box.north, box.south]
    values = touching if sql.on_sqlite() else [box.west, box.south, box.east, box.north]
    return _FEATURES[sql.on_sqlite()], values
