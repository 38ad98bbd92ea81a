"""Grid changes that name a grid, the newest first: few, so they are looked through by their snapshots."""

import json

from xiuhua.domain.grid_change_flow import IN_FORCE, KIND
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.scope import Scope


def promised_codes() -> frozenset[str]:
    """Codes that open changes have given to grids that do not hold yet: another change takes others."""
    bodies = SubjectRow.objects.filter(kind=KIND, is_open=True).values_list("body", flat=True)
    plans = (json.loads(body)["facts"].get("plan") for body in bodies)
    return frozenset(begun["code"] for plan in plans if plan for begun in plan["begins"])


def codes_in_force() -> frozenset[str]:
    """Codes of grids that changes have put into the district's data."""
    bodies = SubjectRow.objects.filter(kind=KIND, stage__in=IN_FORCE).values_list("body", flat=True)
    return frozenset(begun["code"] for body in bodies for begun in json.loads(body)["facts"]["plan"]["begins"])


def changes_naming(code: str, scope: Scope) -> tuple[str, ...]:
    """Their numbers. The snapshot is canonical JSON, so a code stands in it between quotes."""
    rows = SubjectRow.objects.filter(scope.filter, kind=KIND, body__contains=f'"{code}"')
    return tuple(rows.order_by("-opened_at", "-number").values_list("number", flat=True))
