"""The page about packs names every file with its columns as the program reads them."""

import re

import pytest

from tests.shell.typing import ROOT
from xiuhua.store.pack.layout import CALENDARS, COLUMNS, FORMER_OUTLINES, OUTLINES, SETTINGS

PAGE = (ROOT / "docs" / "use" / "packs.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]
SHOWN = {row[0].strip("`"): tuple(row[1].split(", ")) for row in ROWS if len(row) == 3}
OTHERS = {row[0].strip("`") for row in ROWS if len(row) == 2}


@pytest.mark.parametrize("file", sorted(COLUMNS))
def test_a_table_stands_there_with_its_columns(file: str) -> None:
    assert SHOWN[file] == COLUMNS[file]


def test_nothing_else_is_said_to_be_a_table() -> None:
    assert SHOWN.keys() == COLUMNS.keys()


def test_the_other_files_are_those_that_are_read() -> None:
    assert {SETTINGS, CALENDARS, OUTLINES, FORMER_OUTLINES, "register-NAME.toml"} == OTHERS


@pytest.mark.parametrize("file", sorted(COLUMNS))
def test_what_a_table_is_for_is_said_in_both_languages(file: str) -> None:
    said = next(row[2] for row in ROWS if row[0] == f"`{file}`")
    assert re.search(r"[a-z].* · .*[\u4e00-\u9fff]", said)
