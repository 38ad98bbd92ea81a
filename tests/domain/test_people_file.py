from datetime import date

from xiuhua.domain.people import Holding, Person, Post
from xiuhua.domain.people_file import people_from, rows_of_people
from xiuhua.domain.rows import Row

FROM = date(2023, 1, 1)
PEOPLE = (
    Person(
        "li",
        "李红",
        (
            Holding(Post.COLLECTOR, "centre", frozenset({"r2", "r1"}), FROM, date(2023, 6, 30)),
            Holding(Post.DISPATCHER, "centre", frozenset(), date(2023, 7, 1)),
        ),
    ),
    Person("wang", "王强", (Holding(Post.UNIT_DESK, "water", frozenset(), FROM),)),
)


def rows(*lines: dict[str, str]) -> list[Row]:
    return [Row("people.csv", number, line) for number, line in enumerate(lines, 2)]


def test_what_is_written_reads_back_the_same() -> None:
    lines = rows_of_people(PEOPLE)
    assert list(lines[0].values()) == [
        "li",
        "李红",
        "collector",
        "centre",
        "r1;r2",
        "2023-01-01",
        "2023-06-30",
    ]
    assert people_from(rows(*lines), {"centre", "water"}, {"r1", "r2"}) == (PEOPLE, ())
    assert rows_of_people(reversed(PEOPLE)) == lines


def test_every_fault_names_its_line_and_field() -> None:
    good = rows_of_people(PEOPLE)[2]
    lines = rows(
        {**good, "post": "mayor"},
        {**good, "organisation": "gas"},
        {**good, "grids": "r1;r9"},
        {**good, "valid_to": "2022-12-31"},
        good,
        {**good, "name": "王刚"},
    )
    people, faults = people_from(lines, {"centre", "water"}, {"r1"})
    assert people == PEOPLE[1:]
    expected = [(2, "post"), (3, "organisation"), (4, "grids"), (5, "valid_to"), (7, "name")]
    assert [(fault.line, fault.field) for fault in faults] == expected
