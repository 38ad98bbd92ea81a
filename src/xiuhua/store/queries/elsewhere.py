"""Which cases are here already under their number elsewhere."""

from collections.abc import Sequence

from xiuhua.store.models import SubjectRow

_AT_ONCE = 500  # SQLite's old limit of 999 variables


def known_elsewhere(references: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    brought = SubjectRow.objects.exclude(external="")  # said again, so that the partial index is used
    for start in range(0, len(references), _AT_ONCE):
        part = references[start : start + _AT_ONCE]
        found.update(brought.filter(external__in=part).values_list("external", flat=True))
    return frozenset(found)
