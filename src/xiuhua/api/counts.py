"""Registered figures of a filter: which one, of which days, by what, in which division."""

from collections.abc import Callable, Mapping
from typing import Final

from xiuhua.api.door import Request
from xiuhua.api.filtering import Counted, Filters
from xiuhua.api.outcome import good
from xiuhua.api.problems import Refused
from xiuhua.api.saying import Said, figure, words
from xiuhua.domain.counting import By
from xiuhua.domain.district import District
from xiuhua.domain.due_state import DueState
from xiuhua.domain.former_grid import Line, names_of
from xiuhua.domain.metric import metric_of, parts_by
from xiuhua.domain.moves import Table
from xiuhua.domain.notice import CHANNELS, Channel
from xiuhua.domain.people import Right
from xiuhua.domain.words import Words
from xiuhua.operations.days import span_of
from xiuhua.operations.dividing import division_of
from xiuhua.operations.seeing import scope
from xiuhua.store.queries import Question, figures_of

NOWHERE = Words("无", "none")  # cases without a unit, outside every grid


def figures(request: Request, table: Table, filters: Filters, wanted: Counted) -> Said:
    """Of the subjects in view, as of now or of the end of the days. Names and wording are the registry's."""
    now = request.world.now()
    lacking = request.auth.lacks(Right.SEE_FIGURES)
    if lacking:
        raise Refused(lacking)
    metric = metric_of(wanted.metric)
    by = parts_by(metric, wanted.by)
    span = good(span_of(wanted.first, wanted.until, request.world))
    elsewhere = good(division_of(by, wanted.division, wanted.line, request.world))
    question = Question((metric,), span, by, elsewhere, wanted.corrected)
    (found,) = figures_of(question, filters.filter(table, request.auth), scope(request.auth), now, table)
    return {
        "metric": metric.key, "names": words(metric.names), "by": by.value if by else None,
        "division": wanted.division.value, "start": span.start if span else None, "end": span.end if span else None,
        "as_of": min(now, span.end) if span else now, "corrected": wanted.corrected,
        "total": found.whole.numerator, "whole": figure(found.whole),
        "figures": [figure(it, _bucket(request, table, by, wanted.line, it.bucket)) for it in found.parts],
    }  # fmt: skip


def _bucket(request: Request, table: Table, by: By | None, line: str, bucket: str) -> Words | None:
    district = request.world.district
    if by is None:
        return None
    if not bucket:
        return NOWHERE
    if by is By.FORMER_GRID:
        return names_of(district.former_grids, Line(line)).get(bucket)
    return _NAMES[by](district, table, bucket)


_NAMES: Final[Mapping[By, Callable[[District, Table, str], Words | None]]] = {
    By.STAGE: lambda district, table, it: table.stages[it].words,
    By.CHANNEL: lambda district, table, it: CHANNELS[Channel(it)] if it in set(Channel) else None,
    By.DUE_STATE: lambda district, table, it: DueState(it).words,
    By.UNIT: lambda district, table, it: district.words("organisation", it),
    By.CLASS: lambda district, table, it: district.words("class", it),
    By.STREET: lambda district, table, it: district.words("grid", it),
    By.GRID: lambda district, table, it: district.words("grid", it),
}
