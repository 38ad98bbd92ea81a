"""Grid changes that name a grid, the newest first: few, so they are looked through by their snapshots."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from xiuhua.domain.grid_change import Plan, plan_of
from xiuhua.domain.grid_change_flow import IN_FORCE, KIND
from xiuhua.store.models import SubjectRow
from xiuhua.store.queries.scope import Scope


def promised_codes() -> frozenset[str]:
    """Codes that open changes have given to grids that do not hold yet: another change takes others."""
    plans = (facts.get("plan") for _, facts in _facts(is_open=True))
    return frozenset(begun["code"] for plan in plans if plan for begun in plan["begins"])


def plans_in_force() -> tuple[tuple[date, Plan], ...]:
    """Of the changes that are in the district's data, with their first days."""
    found = ((date.fromisoformat(facts["day"]), plan_of(facts["plan"])) for _, facts in _facts(stage__in=IN_FORCE))
    return tuple(sorted(found, key=lambda one: one[0]))


def scheduled_end(code: str) -> str:
    """Number of the change that is scheduled and ends this grid; empty where there is none."""
    return next((number for number, facts in _facts(stage="scheduled") if code in facts["plan"]["ends"]), "")


def _facts(**wanted: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, body in SubjectRow.objects.filter(kind=KIND, **wanted).values_list("number", "body"):
        yield number, json.loads(body)["facts"]


def changes_naming(code: str, scope: Scope) -> tuple[str, ...]:
    """Their numbers. The snapshot is canonical JSON, so a code stands in it between quotes."""
    rows = SubjectRow.objects.filter(scope.filter, kind=KIND, body__contains=f'"{code}"')
    return tuple(rows.order_by("-opened_at", "-number").values_list("number", flat=True))
