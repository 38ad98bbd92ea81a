"""What can be counted of cases, one definition each; a plain reference for every faster counter.

A case counts here as frozen facts; how they are fetched is the store's. Void and merged cases drop out of everything,
a granted timeout appeal takes a case out of the in-time counts, a suspended case is not overdue.
Source: ../standards indicators clause 1 (source) and workflow clause 7.5; processes 0.4 for what goes into each rate.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from xiuhua.domain.counted_case import CountedCase
from xiuhua.domain.division import Division
from xiuhua.domain.notice import MACHINES, Channel
from xiuhua.domain.words import Words


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to, not including, another; the last one is also the moment as of which things stand."""

    start: datetime
    end: datetime

    def holds(self, at: datetime | None) -> bool:
        return at is not None and self.start <= at < self.end

    @property
    def last(self) -> datetime:
        """The last moment in it."""
        return self.end - timedelta.resolution

    def over(self, at: datetime | None) -> bool:
        """Whether it had happened by the end."""
        return at is not None and at < self.end


Counted = Callable[[CountedCase, Span], int]


@dataclass(frozen=True, slots=True)
class Count:
    """How often a case counts, 0 or 1 for most. `names` say what is counted.

    Void and merged cases count nowhere but where `with_void` says so: there they can be seen.
    """

    key: str
    names: Words
    of: Counted
    with_void: bool = False


def _opened(case: CountedCase, span: Span) -> bool:
    return span.holds(case.opened_at)


def _is_quick(case: CountedCase) -> bool:
    return case.channel is Channel.QUICK_REPORT


def _handled(case: CountedCase, span: Span) -> bool:
    return span.holds(case.handled_at)


def _open_overdue(case: CountedCase, span: Span) -> bool:
    """Past its due moment, neither handled nor closed by the end, not suspended. A limit runs once it has a unit."""
    waiting = not span.over(case.handled_at) and not span.over(case.closed_at)
    return waiting and not case.suspended and case.due is not None and case.due < span.last


def _due_to_handle(case: CountedCase, span: Span) -> bool:
    return _handled(case, span) or _open_overdue(case, span)


def _judged(case: CountedCase, span: Span) -> bool:
    return _due_to_handle(case, span) and not case.exempt


def _on_time(case: CountedCase, span: Span) -> bool:
    return _handled(case, span) and not case.exempt and case.in_time is not False


_COUNTS: tuple[Count, ...] = (
    Count(
        "registered",
        Words("期内登记（含作废、并案）", "registered in the period, with void and merged ones"),
        _opened,
        with_void=True,
    ),
    Count("opened", Words("期内登记案件", "cases opened in the period"), _opened),
    Count(
        "opened-not-quick",
        Words("期内登记案件（不含快速上报）", "cases opened in the period without quick reports"),
        lambda c, s: _opened(c, s) and not _is_quick(c),
    ),
    Count(
        "opened-closed",
        Words("其中期末已结案", "of these closed by its end"),
        lambda c, s: _opened(c, s) and s.over(c.closed_at),
    ),
    Count(
        "opened-closed-not-quick",
        Words("其中期末已结案（不含快速上报）", "of these closed by its end without quick reports"),
        lambda c, s: _opened(c, s) and s.over(c.closed_at) and not _is_quick(c),
    ),
    Count(
        "opened-filed",
        Words("其中期末已立案", "of these filed by its end"),
        lambda c, s: _opened(c, s) and s.over(c.filed_at),
    ),
    Count(
        "quick",
        Words("期内快速上报", "quick reports in the period"),
        lambda c, s: _opened(c, s) and _is_quick(c),
    ),
    Count(
        "machine-found",
        Words("期内机器发现案件", "cases found by machines in the period"),
        lambda c, s: _opened(c, s) and c.channel in MACHINES,
    ),
    Count(
        "closings",
        Words("期内结案次数", "closings in the period"),
        lambda c, s: sum(map(s.holds, c.closings)),
    ),
    Count(
        "open-at-end",
        Words("期末未结案件", "cases open at the end"),
        lambda c, s: s.over(c.opened_at) and not s.over(c.closed_at) and not c.refused,
    ),
    Count(
        "dispatched",
        Words("期内派遣案件", "cases dispatched in the period"),
        lambda c, s: s.holds(c.dispatched_at),
    ),
    Count(
        "first-dispatch-kept",
        Words("其中首次派遣准确", "of these right at the first dispatch"),
        lambda c, s: s.holds(c.dispatched_at) and c.dispatch_errors == 0,
    ),
    Count("handled", Words("期内处置案件", "cases handled in the period"), _handled),
    Count("due-to-handle", Words("应处置案件", "cases due to be handled"), _due_to_handle),
    Count(
        "judged",
        Words("应处置案件（不含申诉成立）", "cases due to be handled without exempted ones"),
        _judged,
    ),
    Count("handled-on-time", Words("按期处置案件", "cases handled on time"), _on_time),
    Count("open-overdue", Words("期末超时未处置案件", "cases overdue and open at the end"), _open_overdue),
    Count(
        "extended",
        Words("其中批准延期的案件", "of these with an extension"),
        lambda c, s: _due_to_handle(c, s) and c.extensions > 0,
    ),
    Count(
        "reworked", Words("其中返工案件", "of these reworked"), lambda c, s: _handled(c, s) and c.reworks > 0
    ),
    Count("reworks", Words("返工次数", "reworks"), lambda c, s: c.reworks if _handled(c, s) else 0),
    Count(
        "reopened",
        Words("期内登记后复开的案件", "cases opened in the period and reopened"),
        lambda c, s: _opened(c, s) and c.reopenings > 0,
    ),
)
COUNTS: Mapping[str, Count] = {count.key: count for count in _COUNTS}


class By(StrEnum):
    """What counts can be broken down by."""

    STAGE = "stage"
    CHANNEL = "channel"
    UNIT = "unit"
    CLASS = "class"
    STREET = "street"
    DUE_STATE = "due-state"
    GRID = "grid"
    FORMER_GRID = "former-grid"


_BUCKET: Mapping[By | None, Callable[[CountedCase], str]] = {
    None: lambda c: "",
    By.STAGE: lambda c: c.stage,
    By.CHANNEL: lambda c: c.channel.value,
    By.UNIT: lambda c: c.unit,
    By.CLASS: lambda c: c.class_key,
    By.STREET: lambda c: c.street,
    By.DUE_STATE: lambda c: c.due_state.value,
    By.GRID: lambda c: c.grid,
    By.FORMER_GRID: lambda c: c.former_grid,
}


def _grid_now(case: CountedCase) -> str:
    return case.grid_now


def count(key: str, cases: Iterable[CountedCase], span: Span) -> int:
    return tally(key, None, cases, span).get("", 0)


def tally(
    key: str, by: By | None, cases: Iterable[CountedCase], span: Span, *, division: Division = Division.THEN
) -> dict[str, int]:
    """The count in each bucket; buckets in which nothing counts are left out. They add up to `count`."""
    return tallies([key], by, cases, span, division=division)[key]


def tallies(
    keys: Iterable[str], by: By | None, cases: Iterable[CountedCase], span: Span, *, division: Division = Division.THEN
) -> dict[str, dict[str, int]]:
    """Several counts in one pass over the cases."""
    bucket = _grid_now if by is By.GRID and division is Division.NOW else _BUCKET[by]
    counted = [(COUNTS[key], Counter[str]()) for key in keys]
    for case in cases:
        for it, counts in counted:
            if it.with_void or not case.void:
                counts[bucket(case)] += int(it.of(case, span))
    return {it.key: {name: n for name, n in sorted(counts.items()) if n} for it, counts in counted}
