"""The pages about dividing streets name the options, rules and exceptions that there are, in both languages."""

import re
from dataclasses import fields

import pytest
from PIL import Image

from tests.shell.typing import ROOT
from xiuhua.shell.cli import xiuhua
from xiuhua.shell.commands.grids import divide, grids
from xiuhua.space.divide import Rules
from xiuhua.space.divide.departures import SAID

PAGES = {name: (ROOT / "docs" / "use" / name).read_text(encoding="utf-8") for name in ("grids.md", "grids.zh-CN.md")}


def named(page: str, chapter: int) -> set[str]:
    """What stands in the first column of the table of a chapter."""
    rows = re.findall(r"^\| (`.*?) \|", PAGES[page].split("\n## ")[chapter], re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize("page", PAGES)
def test_every_option_stands_there(page: str) -> None:
    assert divide in grids.commands.values() and grids in xiuhua.commands.values()  # there they get what all have
    assert named(page, 2) == {option for it in divide.params for option in it.opts}


@pytest.mark.parametrize("page", PAGES)
def test_every_rule_stands_there_with_its_plain_value(page: str) -> None:
    assert named(page, 4) == {field.name for field in fields(Rules)}
    rules, text = Rules(), PAGES[page]
    for name in ("most_ratio", "walking_kmh", "gap_m"):
        assert f"| `{name}` | {getattr(rules, name):g} |" in text


@pytest.mark.parametrize("page", PAGES)
def test_every_exception_stands_there(page: str) -> None:
    assert named(page, 5) == set(SAID)


def test_the_picture_is_there_and_small() -> None:
    file = ROOT / "docs" / "use" / "grids-wuhan.png"
    with Image.open(file) as picture:
        assert picture.width > 1000
    assert file.stat().st_size < 400_000
