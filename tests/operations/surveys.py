"""Components of the little district, and surveys of them, as lines."""

import hashlib
from datetime import date
from typing import Any

import numpy as np

from tests.cast import COVER, EAST, LAMP, Time, tiny_world
from xiuhua.domain.component import Component, Origin, State
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import Row
from xiuhua.operations.check_survey import Lines
from xiuhua.operations.survey import Asked, Surveyed, survey
from xiuhua.operations.world import World

FIRST, SECOND, THIRD = (f"990101010100000{i}" for i in (1, 2, 3))
LAMP_ONE = "9901010137000001"
M = 1 / 111_195  # a metre in degrees of latitude


def line(code: str = FIRST, north_m: float = 0, east_m: float = 0, **more: str) -> dict[str, Any]:
    """A cover (or what `more` says) so many metres from the middle of the eastern unit grid."""
    lon, lat = EAST.lon + east_m * M / 0.866, EAST.lat + north_m * M
    told = {"class": LAMP if code[6:10] == "0137" else COVER, "state": "完好", "recorded": "20220301", **more}
    return {"code": code, "lon": lon, "lat": lat, **told}


def lines_of(*told: dict[str, Any]) -> Lines:
    rows = [
        Row("survey.csv", 2 + i, {k: v for k, v in one.items() if k not in ("lon", "lat")})
        for i, one in enumerate(told)
    ]
    return Lines(rows, np.array([one["lon"] for one in told]), np.array([one["lat"] for one in told]))


def surveyed(*told: dict[str, Any], world: World | None = None, name: str = "spring", **how: Any) -> Surveyed:
    digest = hashlib.sha256(repr(told).encode()).hexdigest()
    asked = Asked(name, "survey.csv", digest, **how)
    return survey(lines_of(*told), asked, SYSTEM, world or tiny_world(Time()))


def cover(code: str = FIRST, place: Wgs84 = EAST) -> Component:
    return Component(
        code, COVER, "井盖", place, State.INTACT, "C", Origin.OTHER, date(2022, 3, 1),
        grid="990101001001001", street="990101001",
    )  # fmt: skip
