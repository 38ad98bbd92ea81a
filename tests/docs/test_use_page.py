"""The pages about using it: keys and locks as they are, the same in both languages, and every link leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.shell.typing import ROOT
from xiuhua.operations.sign_in import LOCKED_FOR, MOST_FAILURES

FOLDER = ROOT / "docs" / "use"
ENGLISH = (FOLDER / "README.md").read_text(encoding="utf-8")
CHINESE = (FOLDER / "README.zh-CN.md").read_text(encoding="utf-8")
SCRIPT = (ROOT / "src" / "xiuhua" / "look" / "static" / "look" / "page.js").read_text(encoding="utf-8")
NATIVE = {"Enter", "Esc"}  # the browser's own


def _keys(page: str) -> list[str]:
    table = re.split(r"^## (?:Keyboard|键盘)$", page, flags=re.MULTILINE)[1]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [key for row in rows for key in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_the_keys_are_those_of_the_script(page: str) -> None:
    commands = re.search(r"const COMMANDS = \{(.*?)\n\};", SCRIPT, re.DOTALL)
    assert commands
    there = set(re.findall(r'^  "?([^\s":]+)"?: ', commands[1], re.MULTILINE))
    assert set(_keys(page)) - NATIVE == there


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_it_says_how_long_an_account_is_locked(page: str) -> None:
    minutes = int(LOCKED_FOR.total_seconds()) // 60
    assert f"{minutes} minutes" in page or f"{minutes} 分钟" in page
    assert MOST_FAILURES == 5, "both pages say five"


def test_both_languages_have_the_same_chapters_and_pictures() -> None:
    assert len(re.findall("^## ", ENGLISH, re.MULTILINE)) == len(re.findall("^## ", CHINESE, re.MULTILINE))
    shown = [re.findall(r"!\[.+?\]\((.+?)\)", page) for page in (ENGLISH, CHINESE)]
    assert shown[0] == [name.replace(".zh-CN", "") for name in shown[1]]


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: f"{page.parent.name}-{page.name}")
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
