"""A component: one physical public facility with its code, class, owner, state and place, as the survey keeps it.

Leaves out: what happened to it before (`store` keeps past versions) and who answers for it (`duty`).
Sources: attributes of the 2026 series (grid_and_codes clause 3.1, source); accuracy classes A, B, C (clause 3.2: the
values were seen, which class has which is our reading); lines and areas keep a representative point (inferred).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words


class State(StrEnum):
    """GLBJZT of the 2026 attributes (source)."""

    INTACT = "intact"
    DAMAGED = "damaged"
    LOST = "lost"
    DISUSED = "disused"
    REMOVED = "removed"


STATES: dict[State, Words] = {
    State.INTACT: Words("完好", "Intact"),
    State.DAMAGED: Words("破损", "Damaged"),
    State.LOST: Words("丢失", "Lost"),
    State.DISUSED: Words("废弃", "Disused"),
    State.REMOVED: Words("移除", "Removed"),
}


class Origin(StrEnum):
    """SJLY of the 2026 attributes (source): how the record came to be."""

    SURVEYED = "surveyed"
    TOPOGRAPHIC = "topographic"
    BASE = "base"
    OTHER = "other"


ORIGINS: dict[Origin, Words] = {
    Origin.SURVEYED: Words("实测", "Surveyed"),
    Origin.TOPOGRAPHIC: Words("地形图", "Topographic map"),
    Origin.BASE: Words("基础地理数据", "Base data"),
    Origin.OTHER: Words("其他", "Other"),
}

ACCURACY_M: dict[str, float] = {"A": 0.5, "B": 1.0, "C": 10.0}  # grid_and_codes clause 3.2 (recall)


@dataclass(frozen=True, slots=True)
class Component:
    """`code` is the national one, 16 or 17 digits. `label` is what is written on the thing, such as a pole number.

    `competent`, `owner`, `keeper` are codes of organisations, empty where not known. `circuit` ties lamps that fail
    together. `grid`, `street` are those of the day it was last surveyed.
    """

    code: str
    class_key: str
    name: str
    place: Wgs84
    state: State
    accuracy: str
    origin: Origin
    recorded: date
    changed: date | None = None
    competent: str = ""
    owner: str = ""
    keeper: str = ""
    label: str = ""
    circuit: str = ""
    grid: str = ""
    street: str = ""
    note: str = ""
