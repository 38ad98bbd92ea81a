"""Cases as the facts that counts are made of, as they stood at the end of a span: from their snapshots, or, where they
have moved since, from their transitions up to it. So a figure of a past span is the same whenever it is asked for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from xiuhua.domain.counted_case import CountedCase, corrected, counted_case
from xiuhua.domain.counting import Span
from xiuhua.domain.division import Elsewhere
from xiuhua.domain.moves import Table
from xiuhua.domain.subject import Subject, fold
from xiuhua.domain.written import subject_of, transition_of
from xiuhua.store.models import SubjectRow, TransitionRow

PIECE: Final = 2_000  # ours: cases in memory at once
_COLUMNS: Final = ("number", "version", "stage", "body", "moved")


@dataclass(frozen=True, slots=True)
class PastCases:
    """The cases of some rows that can count in a span, one piece after the other.

    `corrected`: with what was found of them since the end of the span.
    """

    table: Table
    span: Span
    elsewhere: Elsewhere | None = None
    corrected: bool = False

    def of(self, rows: QuerySet[SubjectRow]) -> Iterator[CountedCase]:
        found = iter(_touching(rows, self.span).values_list(*_COLUMNS).iterator(chunk_size=PIECE))
        while piece := list(islice(found, PIECE)):
            before = self._before(piece)
            yield from self._divided([case for row in piece for case in self._stood(before, row)])

    def _stood(self, before: Mapping[str, Subject], row: Sequence[Any]) -> Iterator[CountedCase]:
        """As it was at the end; nothing where it had not begun."""
        number, version, stage, body, _ = row
        now = subject_of(self.table.kind, number, version, stage, json.loads(body))
        then = before.get(number, now)
        if then.version:
            counted = self._read(then)
            yield corrected(counted, self._read(now)) if self.corrected and then is not now else counted

    def _read(self, case: Subject) -> CountedCase:
        return counted_case(case, self.table.group(case.stage), self.span.last)

    def _before(self, piece: Sequence[Sequence[Any]]) -> dict[str, Subject]:
        """Those that have moved since, folded up to the end; what had not begun by then has no version."""
        kind, end = self.table.kind, self.span.end
        numbers = [number for number, *_, moved in piece if moved >= end]
        steps = TransitionRow.objects.filter(kind=kind, number__in=numbers).order_by("number", "sequence")
        found = groupby(steps.values_list("number", "at", "body"), key=itemgetter(0))
        past = ((number, takewhile(lambda step: step[1] < end, its)) for number, its in found)
        return {number: fold(kind, number, (transition_of(json.loads(it[2])) for it in its)) for number, its in past}

    def _divided(self, cases: Sequence[CountedCase]) -> Sequence[CountedCase]:
        if self.elsewhere is None:
            return cases
        there = self.elsewhere.codes([it.grid for it in cases], [it.place for it in cases])
        return [replace(it, grid_now=code, former_grid=code) for it, code in zip(cases, there, strict=True)]


def _touching(rows: QuerySet[SubjectRow], span: Span) -> QuerySet[SubjectRow]:
    """What is over and has not moved since the span began counts nowhere in it. `moved`: its last transition."""
    last = TransitionRow.objects.filter(kind=OuterRef("kind"), number=OuterRef("number"), sequence=OuterRef("version"))
    began = rows.filter(opened_at__lt=span.end).annotate(moved=Subquery(last.values("at")[:1])).order_by()
    return began.filter(Q(is_open=True) | Q(moved__gte=span.start))
