"""Whose subjects somebody may see, as a filter of the database. The rule is `domain.people.sees`."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything, or what lies with a unit, in some grids, or is one's own (reported, or given as a task).

    `grids` are responsibility grids, streets or unit grids.
    """

    everything: bool = False
    unit: str = ""
    grids: frozenset[str] = frozenset()
    in_grids: bool = False
    person: str = ""

    @property
    def filter(self) -> Q:
        if self.everything:
            return Q()
        return self._own | self._unit | self._grids

    @property
    def _own(self) -> Q:
        return Q(reporter=self.person) | Q(assignee=self.person) if self.person else Q(pk__in=[])

    @property
    def _unit(self) -> Q:
        return Q(unit=self.unit) & (self._covered if self.grids else Q()) if self.unit else Q(pk__in=[])

    @property
    def _grids(self) -> Q:
        return self._covered if self.in_grids and self.grids else Q(pk__in=[])

    @property
    def _covered(self) -> Q:
        return Q(responsibility_grid__in=self.grids) | Q(street__in=self.grids) | Q(grid__in=self.grids)
