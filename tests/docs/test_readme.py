"""The first page tells the truth: its commands exist, and both languages say the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
SCREEN = 60  # lines
MOST_BYTES = 250_000


def verbs(text: str) -> set[str]:
    return set(re.findall(r"\bmake ([a-z]+)\b", text))


def blocks(text: str) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


def links(text: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("README")]


def pages(text: str) -> list[str]:
    """Where the links lead, whatever the language."""
    return [link.replace(".zh-CN", "") for link in links(text)]


def test_every_verb_is_in_the_makefile_with_a_line_of_help() -> None:
    listed = set(re.findall(r"^([a-z]+):.*?  ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert verbs(README) <= listed


def test_both_languages_have_the_same_commands_and_links() -> None:
    assert blocks(README) == blocks(CHINESE)
    assert verbs(README) == verbs(CHINESE)
    assert pages(README) == pages(CHINESE)


def test_every_link_leads_somewhere() -> None:
    assert [link for link in (*links(README), *links(CHINESE)) if not (ROOT / link).exists()] == []


def test_one_screen_is_enough() -> None:
    assert max(len(README.splitlines()), len(CHINESE.splitlines())) <= SCREEN


@pytest.mark.parametrize("picture", sorted((ROOT / "docs").rglob("*.png")), ids=lambda picture: picture.name)
def test_a_picture_is_small_and_shown_somewhere(picture: Path) -> None:
    texts = [page.read_text(encoding="utf-8") for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))]
    assert picture.stat().st_size < MOST_BYTES
    assert any(f"{picture.name})" in text for text in texts)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for block in blocks(README) for line in block.splitlines()]
    assert "make test" in commands
    assert re.search(r"^step timeout \"\$LIMIT\" make test$", script, re.MULTILINE)
    assert re.search(r"^step make check$", script, re.MULTILINE)
