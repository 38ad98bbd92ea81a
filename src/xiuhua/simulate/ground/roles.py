"""Who answers for each responsibility grid: people and organisations that the pack already has.

A street's own people are found by its name, its collectors by the grids they hold. Some grids have no collector B, as
happens; they are listed by the platform.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from xiuhua.domain.grid import Grid, GridRole, Organisation, OrganisationKind, Role, Tier
from xiuhua.domain.people import Person, Post
from xiuhua.simulate.ground.chance import chance
from xiuhua.simulate.ground.plan import Plan

NO_SECOND: Final = 0.05  # ours: share of grids without a collector B


@dataclass(frozen=True)
class Staff:
    """What a pack has of people."""

    organisations: Sequence[Organisation]
    people: Sequence[Person]

    def of(self, organisation: str, post: Post) -> list[str]:
        held = [(p.username, h) for p in self.people for h in p.holdings]
        return sorted({name for name, h in held if h.post == post and h.organisation == organisation})

    def collectors(self, street: str) -> list[str]:
        held = [(p.username, h) for p in self.people for h in p.holdings]
        return sorted({name for name, h in held if h.post == Post.COLLECTOR and street in h.grids})

    def office(self, street: Grid) -> str:
        offices = [o for o in self.organisations if o.kind is OrganisationKind.STREET]
        return next((o.code for o in offices if o.name.zh.startswith(street.name.zh)), "")


def grid_roles(plan: Plan, grids: Sequence[Grid], staff: Staff) -> tuple[GridRole, ...]:
    streets = {grid.code: grid for grid in grids if grid.tier is Tier.STREET}
    below = [grid for grid in grids if grid.tier is Tier.RESPONSIBILITY]
    return tuple(
        role
        for number, grid in enumerate(sorted(below, key=lambda g: g.code))
        for role in _of_grid(plan, grid, streets[grid.street], (staff, number))
    )


def _of_grid(plan: Plan, grid: Grid, street: Grid, given: tuple[Staff, int]) -> Iterator[GridRole]:
    staff, number = given
    office = staff.office(street)
    collectors = staff.collectors(street.code)
    second = chance(plan.seed, "second collector", grid.code).random() >= NO_SECOND
    holders = {
        Role.CHIEF: (_turn(staff.of(office, Post.HANDLER), number), office),
        Role.COLLECTOR_A: (_turn(collectors, number), ""),
        Role.COLLECTOR_B: (_turn(collectors, number + 1) if second and len(collectors) > 1 else "", ""),
        Role.POLICE: ("", plan.police),
        Role.SANITATION: ("", _turn(plan.sanitation, number)),
        Role.CONTACT: (_turn(staff.of(office, Post.UNIT_DESK), number), office),
    }
    for role, (person, organisation) in holders.items():
        if person or organisation:
            yield GridRole(grid.code, role, person, organisation, plan.valid_from)


def _turn(names: Sequence[str], number: int) -> str:
    return names[number % len(names)] if names else ""
