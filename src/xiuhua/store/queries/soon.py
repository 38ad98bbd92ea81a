"""What falls due next: the first few open subjects by their due moment, walked along that index."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Concat

from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.lists import COLUMNS, Line
from xiuhua.store.queries.scope import Scope

# SQLite would rather take an index that begins with the kind, read it all and sort; so it is not offered one.
_KIND = Concat("kind", Value(""))


def soonest(kind: str, scope: Scope, now: datetime, size: int = 5) -> tuple[Line, ...]:
    rows = SubjectRow.objects.alias(of_kind=_KIND).filter(
        scope.filter, of_kind=kind, due_at__gte=now, is_open=True
    )
    return tuple(Line(*row) for row in rows.order_by("due_at", "number").values_list(*COLUMNS)[:size])
