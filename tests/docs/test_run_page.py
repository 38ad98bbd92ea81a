"""The pages about running say the limits, the jobs and the commands as they are, in both languages."""

import re
from datetime import timedelta
from pathlib import Path

import click
import pytest
from django.conf import settings

from tests.shell.typing import ROOT
from xiuhua.api.rate import BURST, PER_SECOND
from xiuhua.jobs.work import JOBS
from xiuhua.operations.housekeep import KEYS_KEPT
from xiuhua.operations.sign_in import LOCKED_FOR, MOST_FAILURES
from xiuhua.shell.cli import xiuhua
from xiuhua.shell.environment import VARIABLES
from xiuhua.store.photos import MOST_BYTES, MOST_PIXELS

FOLDER = ROOT / "docs" / "run"
ENGLISH = (FOLDER / "README.md").read_text(encoding="utf-8")
CHINESE = (FOLDER / "README.zh-CN.md").read_text(encoding="utf-8")
PAGES = {"en": ENGLISH, "zh": CHINESE}
UNITS = {"s": 1, "秒": 1, "h": 3600, "小时": 3600}


def _cells(page: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| ")]


def _numbers(page: str) -> list[str]:
    """Those of the table of limits, in its order; 万 is ten thousand."""
    table = page.rsplit("## ", 1)[1].replace("5000 万", "50 million")
    return re.findall(r"\d+(?:,\d{3})*", table)


@pytest.mark.parametrize("language", PAGES)
def test_limits_are_those_of_the_code(language: str) -> None:
    mega = 1024 * 1024
    assert _numbers(PAGES[language]) == [
        str(MOST_BYTES // 1_000_000), str(MOST_PIXELS // 1_000_000),
        str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // mega), f"{PER_SECOND:.0f}", f"{BURST:,.0f}",
        str(MOST_FAILURES), str(LOCKED_FOR // timedelta(minutes=1)), str(settings.SESSION_COOKIE_AGE // 3600),
        str(KEYS_KEPT.days), "99,999",
    ]  # fmt: skip


@pytest.mark.parametrize("language", PAGES)
def test_jobs_are_those_of_the_loop(language: str) -> None:
    every = {job.name: job.every for job in JOBS}
    said = {cells[0]: cells[1].split() for cells in _cells(PAGES[language]) if cells[0] in every}
    assert {name: int(count) * UNITS[unit] for name, (count, unit) in said.items()} == every


def test_both_languages_have_the_same_commands() -> None:
    assert re.findall(r"```sh\n(.*?)```", ENGLISH, re.DOTALL) == re.findall(r"```sh\n(.*?)```", CHINESE, re.DOTALL)


def _known(words: list[str]) -> bool:
    """The words before the first argument name a command, and each option is one of it."""
    command: click.Command = xiuhua
    while isinstance(command, click.Group) and words:
        found = command.commands.get(words.pop(0))
        if found is None:
            return False
        command = found
    options = {name for parameter in command.params for name in parameter.opts}
    return all(word in options for word in words if word.startswith("--"))


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: f"{page.parent.name}-{page.name}")
def test_every_command_that_a_page_types_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    typed = re.findall(r"(?:^|\$\(|= )\s*(?:\w+=\S+ )*xiuhua ([^\n#)]+)", blocks, re.MULTILINE)
    assert [line for line in typed if not _known(line.split())] == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda page: f"{page.parent.name}-{page.name}")
def test_every_variable_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\bXIUHUA_[A-Z]+\b", text)) <= {*VARIABLES, "XIUHUA_LANG", "XIUHUA_TEST_DB"}
