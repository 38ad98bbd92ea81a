"""The first page tells the truth: its commands exist, and both languages say the same."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
SCREEN = 60  # lines


def verbs(text: str) -> set[str]:
    return set(re.findall(r"\bmake ([a-z]+)\b", text))


def blocks(text: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


def links(text: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("README")]


def test_every_verb_is_in_the_makefile_with_a_line_of_help() -> None:
    listed = set(re.findall(r"^([a-z]+):.*?  ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert verbs(README) <= listed


def test_both_languages_have_the_same_commands_and_links() -> None:
    assert blocks(README) == blocks(CHINESE)
    assert verbs(README) == verbs(CHINESE)
    assert links(README) == links(CHINESE)


def test_every_link_leads_somewhere() -> None:
    assert [link for link in links(README) if not (ROOT / link).exists()] == []


def test_one_screen_is_enough() -> None:
    assert len(README.splitlines()) <= SCREEN


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for block in blocks(README) for line in block.splitlines()]
    assert "make test" in commands
    assert re.search(r"^step timeout \"\$LIMIT\" make test$", script, re.MULTILINE)
    assert re.search(r"^step make check$", script, re.MULTILINE)
