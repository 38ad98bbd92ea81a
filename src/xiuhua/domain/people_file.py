"""people.csv: one line a holding; the lines of one username make a person.

Columns: username, name, post, organisation, grids (";" between; empty: all of the organisation's), valid_from,
valid_to.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from xiuhua.domain.fault import Fault
from xiuhua.domain.people import Holding, Person, Post
from xiuhua.domain.rows import NOT_KNOWN, Reading, Row, day_text, joined, read
from xiuhua.domain.words import Words

OTHER_NAME = Words("“{text}”前面的姓名是“{name}”", "“{text}” has the name “{name}” further up")


@dataclass(frozen=True, slots=True)
class _Known:
    organisations: Container[str]
    grids: Container[str]


def people_from(
    rows: Iterable[Row], organisations: Container[str], grids: Container[str]
) -> tuple[tuple[Person, ...], tuple[Fault, ...]]:
    known = _Known(organisations, grids)
    persons: dict[str, Person] = {}

    def build(reading: Reading) -> None:
        line = _person(reading, known)
        before = persons.setdefault(line.username, replace(line, holdings=()))
        if before.name != line.name:
            reading.wrong("name", OTHER_NAME.filled(text=line.username, name=before.name))
        if not reading.faults:
            persons[line.username] = replace(before, holdings=before.holdings + line.holdings)

    _, faults = read(rows, build)
    return tuple(person for person in persons.values() if person.holdings), faults


def _person(reading: Reading, known: _Known) -> Person:
    grids = reading.several("grids")
    for grid in grids:
        if grid not in known.grids:
            reading.wrong("grids", NOT_KNOWN.filled(text=grid))
    first, last = reading.validity()
    organisation = reading.known("organisation", known.organisations)
    holding = Holding(reading.chosen("post", Post), organisation, frozenset(grids), first, last)
    return Person(reading.text("username"), reading.text("name"), (holding,))


def rows_of_people(people: Iterable[Person]) -> list[dict[str, str]]:
    lines = [
        {
            "username": person.username,
            "name": person.name,
            "post": holding.post.value,
            "organisation": holding.organisation,
            "grids": joined(holding.grids),
            "valid_from": day_text(holding.valid_from),
            "valid_to": day_text(holding.valid_to),
        }
        for person in people
        for holding in person.holdings
    ]
    return sorted(lines, key=lambda line: tuple(line.values()))
