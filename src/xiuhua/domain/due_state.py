"""The light of a case: how its due moment lies to the moment at which somebody looks."""

from datetime import datetime
from enum import StrEnum

from xiuhua.domain.moves import Group
from xiuhua.domain.words import Words


class DueState(StrEnum):
    """The light of a case at a moment: green, yellow from 80 % of the limit, red past it."""

    IN_TIME = "in-time"
    WARNING = "warning"
    OVERDUE = "overdue"
    PAUSED = "paused"
    NO_CLOCK = "no-clock"

    @property
    def words(self) -> Words:
        return DUE_STATES[self]


DUE_STATES: dict[DueState, Words] = {
    DueState.IN_TIME: Words("未超时", "In time"),
    DueState.WARNING: Words("即将超时", "Due soon"),
    DueState.OVERDUE: Words("已超时", "Overdue"),
    DueState.PAUSED: Words("暂停计时", "Clock paused"),
    DueState.NO_CLOCK: Words("不计时", "No clock"),
}


def due_state(due: datetime | None, warn: datetime | None, at: datetime, *, paused: bool = False) -> DueState:
    if paused:
        return DueState.PAUSED
    if due is None:
        return DueState.NO_CLOCK
    if at > due:
        return DueState.OVERDUE
    return DueState.WARNING if warn is not None and at >= warn else DueState.IN_TIME


def due_state_in(group: Group, due: datetime | None, warn: datetime | None, at: datetime) -> DueState:
    """Of a subject in a stage of that group: nobody answers for a clock once it is done."""
    if not group.is_open:
        return DueState.NO_CLOCK
    return due_state(due, warn, at, paused=group is Group.PAUSED)
