"""The facts of one case that counts are made of, read from where it stands, or stood at some moment.

A subject is the fold of its transitions, so the same reading gives the facts of any day: fold up to it and read.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xiuhua.domain.division import Point
from xiuhua.domain.due_state import DueState, due_state_in
from xiuhua.domain.moves import Group
from xiuhua.domain.notice import Channel
from xiuhua.domain.subject import Subject


@dataclass(frozen=True, slots=True)
class CountedCase:
    """The facts of one case that counts are made of. What is said of handling is that of the round that stands.

    `grid` is the responsibility grid of its day, `grid_now` that of today's division, `former_grid` that of the line of
    former grids asked for. `dispatched_at`: of the first dispatch, by which its accuracy is judged. `handled_at`: the
    desk's confirmation. `in_time`: as fixed at that moment, None where there was no limit, which counts as on time.
    `due`: of the handling clock, with extensions and pauses. `closings`: all of them.
    """

    number: str
    channel: Channel
    stage: str
    unit: str
    class_key: str
    street: str
    due_state: DueState
    opened_at: datetime
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    due: datetime | None = None
    handled_at: datetime | None = None
    in_time: bool | None = None
    closed_at: datetime | None = None
    closings: tuple[datetime, ...] = ()
    reworks: int = 0
    reopenings: int = 0
    extensions: int = 0
    dispatch_errors: int = 0
    suspended: bool = False
    exempt: bool = False
    void: bool = False
    refused: bool = False
    grid: str = ""
    grid_now: str = ""
    former_grid: str = ""
    place: Point | None = None


def corrected(then: CountedCase, now: CountedCase) -> CountedCase:
    """With what was found of it since: that it counts nowhere, was sent wrongly, or has its lateness excused.

    What was excused after it was opened again is not the lateness of before.
    """
    excused = now.exempt and now.reopenings == then.reopenings
    return replace(then, void=now.void, dispatch_errors=now.dispatch_errors, exempt=then.exempt or excused)


def counted_case(case: Subject, group: Group, at: datetime) -> CountedCase:
    """As it stands at that moment; `group` is that of its stage. Raises KeyError for what was never opened."""
    clock, was = case.clocks.get("handling"), case.facts.get
    return CountedCase(
        number=case.number, channel=Channel(case.fact("channel")), stage=case.stage, unit=case.fact("unit"),
        class_key=case.fact("class"), street=case.fact("street"),
        due_state=due_state_in(group, case.due, case.warn, at), opened_at=_moment(str(case.facts["opened_at"])),
        filed_at=_when(case, "filed_at"), dispatched_at=_when(case, "dispatched_at"), due=clock.due if clock else None,
        handled_at=_when(case, "handled_at"), in_time=_yes_or_no(was("handled_in_time")),
        closed_at=_when(case, "closed_at"), closings=tuple(_moment(str(one)) for one in case.list_fact("closings")),
        reworks=_since_reopened(case, "reworks"), reopenings=case.number_fact("reopenings"),
        extensions=_since_reopened(case, "extensions"), dispatch_errors=case.number_fact("dispatch_errors"),
        suspended=group is Group.PAUSED, exempt=was("exempt") is True, void=group is Group.VOID,
        refused=group is Group.REFUSED, grid=case.fact("responsibility_grid"), place=_place(case),
    )  # fmt: skip


def _place(case: Subject) -> Point | None:
    place: Any = case.facts.get("place")
    return (place[0], place[1]) if place else None


def _since_reopened(case: Subject, fact: str) -> int:
    """Those of the handling that stands; what was before is counted with the handling of before."""
    return case.number_fact(fact) - case.number_fact(f"{fact}_before")


def _when(case: Subject, fact: str) -> datetime | None:
    text = case.fact(fact)
    return _moment(text) if text else None


def _yes_or_no(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


_moment = datetime.fromisoformat
