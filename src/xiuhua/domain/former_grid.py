"""The grids that were fused into one, line by line: the division each line of work drew for itself before.

They are layers of their own with their own codes. A figure of a line can still be read in its own grids; nothing is
dispatched by them. Source: processes clause 17 (综治、警务、城管、创城 fused into one grid; source).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiuhua.domain.fault import Fault
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import TWICE, Reading, Row, day_text, read
from xiuhua.domain.validity import meet, those_valid_on
from xiuhua.domain.words import Words


class Line(StrEnum):
    """A line of work that had grids of its own."""

    SOCIAL_GOVERNANCE = "social-governance"
    POLICING = "policing"
    CITY_MANAGEMENT = "city-management"
    CIVILIZED_CITY = "civilized-city"

    @property
    def words(self) -> Words:
        return LINES[self]


LINES: dict[Line, Words] = {
    Line.SOCIAL_GOVERNANCE: Words("综治网格", "Social governance grids"),
    Line.POLICING: Words("警务网格", "Policing grids"),
    Line.CITY_MANAGEMENT: Words("城管网格", "City management grids"),
    Line.CIVILIZED_CITY: Words("创城网格", "Civilized city grids"),
}

Outline = tuple[Wgs84, ...]


@dataclass(frozen=True, slots=True)
class FormerGrid:
    """A code means something within its line only."""

    line: Line
    code: str
    name: Words
    outline: Outline
    valid_from: date
    valid_to: date | None = None


def names_of(grids: Iterable[FormerGrid], line: Line) -> dict[str, Words]:
    """By code, of one line: of another the same code is another grid."""
    return {grid.code: grid.name for grid in grids if grid.line is line}


def of_line(grids: Iterable[FormerGrid], line: Line, day: date) -> tuple[FormerGrid, ...]:
    """Those in use on that day, by code; grids that have ended are read on their last day."""
    return tuple(sorted(those_valid_on((g for g in grids if g.line is line), day), key=lambda g: g.code))


def last_day(grids: Iterable[FormerGrid], line: Line, day: date) -> date:
    """The day to read a line on: the asked one, or the last on which the line still had grids."""
    ends = [g.valid_to for g in grids if g.line is line]
    over = ends and all(end is not None and end < day for end in ends)
    return max(end for end in ends if end is not None) if over else day


def former_grids_from(
    rows: Iterable[Row], outlines: Mapping[tuple[str, str], Outline]
) -> tuple[tuple[FormerGrid, ...], tuple[Fault, ...]]:
    """`outlines` by line and code, as the pack's GeoJSON has them."""
    taken: dict[tuple[Line, str], list[tuple[Row, FormerGrid]]] = {}

    def build(reading: Reading) -> FormerGrid:
        first, last = reading.validity()
        line, code = reading.chosen("line", Line), reading.text("code")
        grid = FormerGrid(
            line, code, reading.words("name"), outlines.get((line.value, code), ()), first, last
        )
        same = taken.setdefault((line, code), [])
        earlier = next((row for row, other in same if meet(other, grid)), None)
        if earlier:
            reading.wrong("code", TWICE.filled(text=code, line=earlier.line))
        same.append((reading.row, grid))
        return grid

    return read(rows, build)


def rows_of_former_grids(grids: Iterable[FormerGrid]) -> list[dict[str, str]]:
    return [
        {
            "line": g.line.value,
            "code": g.code,
            "name_zh": g.name.zh,
            "name_en": g.name.en,
            "valid_from": day_text(g.valid_from),
            "valid_to": day_text(g.valid_to),
        }
        for g in sorted(grids, key=lambda g: (g.line.value, g.code, g.valid_from))
    ]
