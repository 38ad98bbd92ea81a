"""Components for those who look: near a place, one whole with its past; the list is in `component_list`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from xiuhua.domain.component import Component
from xiuhua.domain.component_file import component_of, plain
from xiuhua.domain.place import EARTH_RADIUS_M, Wgs84, distance_m
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where
from xiuhua.store.components import COLUMNS, GONE, component_of_row, standing

MOST: Final = 200  # ours: those near a place
_NEAR: Final = f"SELECT {COLUMNS} FROM component WHERE "  # noqa: S608 - our own names
_PAST: Final = (
    "SELECT version, body, survey, ended_at, ended_by FROM component_past WHERE code = %s ORDER BY version DESC"
)


@dataclass(frozen=True, slots=True)
class Near:
    component: Component
    distance_m: float


@dataclass(frozen=True, slots=True)
class Past:
    """A version that was replaced, by whom and when; `entry` is the journal's entry that wrote it."""

    component: Component
    version: int
    entry: str
    ended_at: datetime
    ended_by: str


@dataclass(frozen=True, slots=True)
class WholeComponent:
    component: Component
    version: int
    entry: str
    past: tuple[Past, ...]


def near(place: Wgs84, radius_m: float, classes: Sequence[str] = (), most: int = MOST) -> tuple[Near, ...]:
    """Those that are there, nearest first by metres along a great circle; degrees would put east before north."""
    condition, values = components_where(box_around(place, radius_m))
    wanted = set(classes)
    found = []
    for row in sql.rows(f"{_NEAR}{condition}", values):
        if row[5] in GONE or (wanted and row[1] not in wanted):
            continue
        metres = distance_m(place, Wgs84(row[3], row[4]))
        if metres <= radius_m:
            found.append((metres, row))
    found.sort(key=lambda pair: (pair[0], pair[1][0]))
    return tuple(Near(component_of_row(row), metres) for metres, row in found[:most])


def box_around(place: Wgs84, radius_m: float) -> Box:
    """That no point of the circle lies outside of; at a pole all longitudes."""
    north = math.degrees(radius_m / EARTH_RADIUS_M) * 1.000001
    nearest_pole = math.radians(min(89.9, abs(place.lat) + north))
    east = north / math.cos(nearest_pole)
    return Box(place.lon - east, place.lat - north, place.lon + east, place.lat + north)


def whole_component(code: str) -> WholeComponent | None:
    typed = plain(code)
    now = standing([typed]).get(typed)
    if now is None:
        return None
    past = tuple(
        Past(component_of(body), version, entry, sql.moment_read(at), by)
        for version, body, entry, at, by in sql.rows(_PAST, [typed])
    )
    return WholeComponent(now.component, now.version, now.survey, past)


def count_by_class() -> dict[str, int]:
    """Of those that are there."""
    marks = sql.marks(GONE)
    asked = f"SELECT class_key, COUNT(*) FROM component WHERE state NOT IN ({marks}) GROUP BY class_key"  # noqa: S608
    return dict(sql.rows(asked, GONE))
