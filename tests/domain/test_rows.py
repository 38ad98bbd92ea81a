from datetime import date
from enum import StrEnum

import pytest

from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import Reading, Row, read, repeated


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


def reading(**cells: str) -> Reading:
    return Reading(Row("some.csv", 7, cells))


def wrong_fields(it: Reading) -> list[str]:
    assert all((fault.file, fault.line) == ("some.csv", 7) for fault in it.faults)
    return [fault.field for fault in it.faults]


def test_good_cells_are_read() -> None:
    it = reading(a=" x ", d="2023-03-01", n="30", c="green", s="2; 1;", k="here", name_zh="甲", name_en="A")
    assert it.text("a") == "x"
    assert it.day("d") == date(2023, 3, 1)
    assert it.whole("n") == 30
    assert it.chosen("c", Colour) is Colour.GREEN
    assert it.several("s") == ("2", "1")
    assert it.known("k", {"here"}) == "here"
    assert it.words("name").zh == "甲"
    assert it.faults == []


def test_empty_cells_take_the_default_or_are_a_fault() -> None:
    it = reading(a="")
    assert it.whole("n", 24) == 24
    assert it.chosen("c", Colour, Colour.RED) is Colour.RED
    assert it.optional_day("d") is None
    assert it.optional_known("k", ()) == ""
    assert it.faults == []
    it.text("a"), it.day("d"), it.whole("n"), it.chosen("c", Colour), it.known("k", ())
    assert wrong_fields(it) == ["a", "d", "n", "c", "k"]


@pytest.mark.parametrize("text", ["1.3.2023", "20230301", "2023-W09-3", "2023-02-29", "tomorrow"])
def test_a_day_is_written_year_month_day(text: str) -> None:
    it = reading(d=text)
    it.day("d")
    assert wrong_fields(it) == ["d"]


@pytest.mark.parametrize("text", ["-1", "1.5", "1e9", "ten", "９", "1234567890"])
def test_a_whole_number_is_digits(text: str) -> None:
    it = reading(n=text)
    it.whole("n")
    assert wrong_fields(it) == ["n"]


def test_a_choice_and_a_reference_must_exist() -> None:
    it = reading(c="blue", k="nowhere")
    it.chosen("c", Colour), it.known("k", {"here"})
    assert wrong_fields(it) == ["c", "k"]
    assert "red" in it.faults[0].words.en


def test_the_last_day_is_not_before_the_first() -> None:
    it = reading(valid_from="2023-03-02", valid_to="2023-03-01")
    it.validity()
    assert wrong_fields(it) == ["valid_to"]


def test_a_line_with_a_fault_builds_nothing_and_reading_goes_on() -> None:
    rows = [Row("f", 2, {"n": "1"}), Row("f", 3, {"n": "x"}), Row("f", 4, {"n": "3"})]
    built, faults = read(rows, lambda it: it.whole("n"))
    assert built == (1, 3)
    assert [(f.line, f.field) for f in faults] == [(3, "n")]


def test_a_repeated_key_names_both_lines() -> None:
    rows = [Row("f", n, {"id": text}) for n, text in [(2, "a"), (3, "b"), (4, "a "), (5, "")]]
    (fault,) = repeated(rows, "id")
    assert isinstance(fault, Fault)
    assert fault.line == 4
    assert "2" in fault.words.en
