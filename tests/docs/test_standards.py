"""The pages from clause to rule to test name nothing that is not there, and say how sure each clause is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from xiuhua.domain.flow import CASE

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = {page.stem: page for page in (ROOT / "docs" / "standards").glob("*.md") if page.stem != "README"}
CONFIDENCES = ("source", "source (city level)", "source (practice)", "inferred", "recall", "recall-low", "own choice")
TABLE = "domain/flow.py"  # its names are moves
NAMED = re.compile(r"`([^`]+)`")
NOT_COVERED = "## Not covered, because"

Row = tuple[str, int, list[str]]


def _rows() -> list[Row]:
    """Page, line and cells of every row under a head `| clause | says | where | test |`."""
    found = []
    for page, path in sorted(PAGES.items()):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if line.startswith("| ") and cells[0] != "clause":
                found.append((page, number, cells))
    return found


ROWS = _rows()


@cache
def _names(file: Path) -> frozenset[str]:
    """Functions, classes, `Class.method`s and constants of a module."""
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name, body=body):
                found |= {name, *(f"{name}.{one.name}" for one in body if isinstance(one, ast.FunctionDef))}
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return frozenset(found)


def _missing_place(said: str) -> bool:
    file, _, name = said.partition(": ")
    path = ROOT / file if file.startswith(("districts/", "docs/")) else ROOT / "src" / "xiuhua" / file
    if not path.is_file():
        return True
    return bool(name) and name not in (set(CASE.moves) if file == TABLE else _names(path))


def _missing_test(said: str) -> bool:
    file, _, name = said.partition("::")
    path = ROOT / "tests" / file
    return not path.is_file() or name not in _names(path)


def _where(row: Row) -> str:
    return f"{row[0]}:{row[1]}"


@pytest.mark.parametrize("row", ROWS, ids=_where)
def test_a_row_has_a_clause_what_it_says_a_place_and_a_test(row: Row) -> None:
    clause, says, where, test = row[2]
    assert says
    assert NAMED.findall(where)
    assert NAMED.findall(test)
    assert re.fullmatch(r".+ \[(.+)\]", clause), "the clause ends with its confidence in brackets"
    assert clause[clause.rindex("[") + 1 : -1] in CONFIDENCES


@pytest.mark.parametrize("row", ROWS, ids=_where)
def test_what_a_row_names_is_there(row: Row) -> None:
    assert [said for said in NAMED.findall(row[2][2]) if _missing_place(said)] == []
    assert [said for said in NAMED.findall(row[2][3]) if _missing_test(said)] == []


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_says_what_it_does_not_cover_and_why(page: str) -> None:
    text = PAGES[page].read_text(encoding="utf-8")
    lines = [line for line in text[text.index(NOT_COVERED) :].splitlines() if line.startswith("- ")]
    assert lines
    assert [line for line in lines if ": " not in line] == []


def test_nothing_that_is_only_recalled_is_told_as_a_standards_word() -> None:
    """The texts of the standards were not seen; no row may say that a standard requires something."""
    claims = re.compile(r"GB/T [\d.]+(-\d+)? (requires|says|demands|prescribes)")
    assert [_where(row) for row in ROWS if claims.search(row[2][1])] == []


def test_every_move_of_a_case_stands_in_a_page() -> None:
    told = {said for row in ROWS for said in NAMED.findall(row[2][2])}
    assert {move for move in CASE.moves if f"{TABLE}: {move}" not in told} == set()
