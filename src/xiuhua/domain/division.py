"""In whose grids a figure is read: those of the day, today's, or the former grids of one line of work."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xiuhua.domain.words import Words

Point = tuple[float, float]


class Division(StrEnum):
    """In whose grids a figure is read: those that held when it happened, or those of today."""

    THEN = "then"
    NOW = "now"

    @property
    def words(self) -> Words:
        return DIVISIONS[self]


DIVISIONS: dict[Division, Words] = {
    Division.THEN: Words("按当时网格", "in the grids of the day"),
    Division.NOW: Words("按现行网格", "in today's grids"),
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another division than the one fixed with each case. Codes in `in_use` stand: a code is the same ground for ever.

    All others are located by their points. What has no point `stays` with the grid of its day, or lies in none.
    """

    in_use: Collection[str]
    locate: Callable[[Sequence[Point]], Sequence[str]]
    stays: bool = True

    def codes(self, grids: Sequence[str], places: Sequence[Point | None]) -> list[str]:
        """For each case the code there; the points are located all at once."""
        pairs = list(zip(grids, places, strict=True))
        there = iter(self.locate([place for grid, place in pairs if place and grid not in self.in_use]))
        return [self._code(grid, next(there) if place and grid not in self.in_use else "") for grid, place in pairs]

    def _code(self, grid: str, located: str) -> str:
        return grid if grid in self.in_use else located or (grid if self.stays else "")
