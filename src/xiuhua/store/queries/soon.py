"""What falls due next: the first few open subjects by their due moment, from its index."""

from datetime import datetime

from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.lists import COLUMNS, Line
from xiuhua.store.queries.scope import Scope


def soonest(kind: str, scope: Scope, now: datetime, size: int = 5) -> tuple[Line, ...]:
    rows = SubjectRow.objects.filter(scope.filter, kind=kind, is_open=True, due_at__gte=now)
    return tuple(Line(*row) for row in rows.order_by("due_at", "number").values_list(*COLUMNS)[:size])
