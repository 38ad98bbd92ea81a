"""Cases as the facts that counts are made of, as they stood at the end of a span: from their snapshots, or, where they
have moved since, from their transitions up to it. So a figure of a past span is the same whenever it is asked for.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from xiuhua.domain.counted_case import CountedCase, counted_case
from xiuhua.domain.counting import Span
from xiuhua.domain.division import Elsewhere, Point
from xiuhua.domain.moves import Table
from xiuhua.domain.subject import Subject, fold
from xiuhua.domain.written import subject_of, transition_of
from xiuhua.store.models import SubjectRow, TransitionRow

PIECE: Final = 2_000  # ours: cases in memory at once
_COLUMNS: Final = ("number", "version", "stage", "body", "moved")


@dataclass(frozen=True, slots=True)
class PastCases:
    """The cases of some rows that can count in a span, one piece after the other."""

    table: Table
    span: Span
    elsewhere: Elsewhere | None = None

    def of(self, rows: QuerySet[SubjectRow]) -> Iterator[CountedCase]:
        found = iter(_touching(rows, self.span).order_by("pk").values_list(*_COLUMNS).iterator(chunk_size=PIECE))
        while piece := list(islice(found, PIECE)):
            yield from self._counted(self._stood(piece))

    def _stood(self, piece: Sequence[tuple[Any, ...]]) -> list[Subject]:
        kind, end = self.table.kind, self.span.end
        before = self._folded([number for number, *_, moved in piece if moved >= end])
        stand = [row[:4] for row in piece if row[0] not in before]
        as_is = [subject_of(kind, number, version, stage, json.loads(body)) for number, version, stage, body in stand]
        return [*as_is, *(it for it in before.values() if it.version)]

    def _folded(self, numbers: Sequence[str]) -> dict[str, Subject]:
        """What had not begun by the end has no version."""
        steps: dict[str, list[Any]] = {number: [] for number in numbers}
        past = TransitionRow.objects.filter(kind=self.table.kind, number__in=numbers, at__lt=self.span.end)
        for number, body in past.order_by("number", "sequence").values_list("number", "body"):
            steps[number].append(transition_of(json.loads(body)))
        return {number: fold(self.table.kind, number, its) for number, its in steps.items()}

    def _counted(self, cases: Sequence[Subject]) -> list[CountedCase]:
        table, end = self.table, self.span.end
        counted = [counted_case(it, table.group(it.stage), end) for it in cases]
        if self.elsewhere is None:
            return counted
        there = self.elsewhere.codes([it.grid for it in counted], [_place(it) for it in cases])
        return [replace(it, grid_now=code, former_grid=code) for it, code in zip(counted, there, strict=True)]


def _touching(rows: QuerySet[SubjectRow], span: Span) -> QuerySet[SubjectRow]:
    """What was over before the span counts nowhere in it. `moved` is the moment of the last transition."""
    last = TransitionRow.objects.filter(kind=OuterRef("kind"), number=OuterRef("number"), sequence=OuterRef("version"))
    began = rows.filter(opened_at__lt=span.end).annotate(moved=Subquery(last.values("at")[:1]))
    return began.filter(
        Q(opened_at__gte=span.start)
        | Q(is_open=True)
        | Q(closed_at__gte=span.start)
        | Q(closed_at__isnull=True, moved__gte=span.start)
    )


def _place(case: Subject) -> Point | None:
    place: Any = case.facts.get("place")
    return (place[0], place[1]) if place else None
