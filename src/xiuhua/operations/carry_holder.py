"""A holder named, or ended, for a grid whose change is scheduled: it counts for the grids that follow as well.

Done when it is said and not at midnight, so that the coming day can be looked at, and turns by its dates alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiuhua.domain.grid_change import ONE_DAY, Plan, plan_of
from xiuhua.domain.grid_change_flow import KIND
from xiuhua.domain.grid_change_roles import Roles, roles_renamed
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.move import Asked, make_move
from xiuhua.operations.world import World
from xiuhua.store.loading import load
from xiuhua.store.queries.changes import scheduled_end

GRID_ENDS = Words(
    "网格“{it}”因调整止于 {last}，此后为 {zh}；请在新网格上办理",
    "the grid “{it}” ends on {last} by a change and is then {en}; say this of the new grid",
)


@dataclass(frozen=True, slots=True)
class Coming:
    """A change that is scheduled; `ended` are the roles that it ends."""

    number: str
    day: date
    plan: Plan
    ended: list[Json]

    def refuse_after(self, code: str, day: date) -> Refusal | None:
        if day < self.day:
            return None
        new = self.plan.successors(code)
        said = GRID_ENDS.filled(it=code, last=self.day - ONE_DAY, zh="、".join(new), en=", ".join(new))
        return Refusal("grid-ends", said, "day")


def coming_end(code: str) -> Coming | None:
    """The scheduled change that ends this grid."""
    number = scheduled_end(code)
    loaded = load(KIND, number) if number else None
    if loaded is None:
        return None
    subject = loaded.subject
    written: Any = subject.facts["plan"]
    day = date.fromisoformat(subject.fact("day"))
    return Coming(number, day, plan_of(written), subject.list_fact("roles_ended"))


def carried_over(
    coming: Coming, roles: Roles, rename: Callable[[Roles], Roles | Refusal], said: Mapping[str, Json], world: World
) -> Roles | Refusal:
    """Kept with the change as well, by a move of its own: calling it off gives back who would be there without it."""
    renamed = roles_renamed(roles, coming.plan, coming.day, coming.ended, rename)
    if isinstance(renamed, Refusal):
        return renamed
    done = make_move(Asked(KIND, coming.number, "carry-holder", SYSTEM, said), world)
    return done if isinstance(done, Refusal) else renamed
