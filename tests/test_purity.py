"""The rules read no clock and touch nothing outside: what import contracts cannot see."""

import ast
import sys
from pathlib import Path

import pytest

DOMAIN = Path(__file__).resolve().parent.parent / "src" / "xiuhua" / "domain"
FILES = sorted(DOMAIN.rglob("*.py"))
OUTSIDE = {
    "asyncio", "ctypes", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today"}
DOORS = {"open", "input", "print", "exec", "eval", "__import__"}


def imported(tree: ast.AST) -> set[str]:
    plain = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    named = {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return plain | named


def called(tree: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS
    return methods | {call.id for call in calls if isinstance(call, ast.Name)} & DOORS


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DOMAIN)))
def test_a_rule_uses_the_standard_library_only_and_nothing_outside(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    foreign = imported(tree) - set(sys.stdlib_module_names) - {"xiuhua"}
    assert not foreign
    assert not imported(tree) & OUTSIDE
    assert not called(tree)
