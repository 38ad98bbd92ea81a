"""The page about bringing cases in names the keys of a mapping that the program reads."""

import re

from tests.shell.typing import ROOT
from xiuhua.exchange.notices.mapping import DATUMS, ENCODINGS, NEEDED, OPTIONAL

PAGE = (ROOT / "docs" / "use" / "import.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (`.*?) \| (.*?) \|$", PAGE, re.MULTILINE))


def _named(row: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", ROWS[row]))


def test_every_column_stands_there() -> None:
    needed, optional = ROWS["`[columns]`"].split("if there:")
    assert set(re.findall(r"`(\w+)`", needed)) == set(NEEDED)
    assert set(re.findall(r"`(\w+)`", optional)) == set(OPTIONAL)


def test_encodings_and_datums_are_those_that_are_read() -> None:
    assert _named("`encoding`") == set(ENCODINGS)
    assert _named("`datum`") == set(DATUMS)


def test_the_example_it_names_is_there() -> None:
    assert (ROOT / "districts" / "boston.mapping.toml").is_file()
