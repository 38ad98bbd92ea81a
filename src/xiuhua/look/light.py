"""The lights: how a running limit stands, as a colour and a shape.

Green circle in time, yellow triangle from 80 % of the limit, red square overdue, hollow grey while the clock stands.
Source: workflow of digital city management, clocks and lights (source); the shapes are ours, for eyes and for print.
"""

from datetime import datetime
from enum import StrEnum

from xiuhua.domain.words import Words


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    PAUSED = "paused"
    NONE = "none"

    @property
    def words(self) -> Words:
        return LIGHTS[self]


LIGHTS: dict[Light, Words] = {
    Light.GREEN: Words("时限内", "in time"),
    Light.YELLOW: Words("临近时限", "due soon"),
    Light.RED: Words("已超时", "overdue"),
    Light.PAUSED: Words("计时暂停", "clock stands"),
    Light.NONE: Words("无时限", "no limit running"),
}


def light(due: datetime | None, warn: datetime | None, now: datetime, *, paused: bool = False) -> Light:
    if paused:
        return Light.PAUSED
    if due is None:
        return Light.NONE
    if now > due:
        return Light.RED
    return Light.YELLOW if warn is not None and now >= warn else Light.GREEN
