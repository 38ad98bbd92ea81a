"""What commands say, in the language of whoever types: `--lang`, otherwise the terminal's, otherwise Chinese."""

import gettext
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from xiuhua.domain.fault import Fault

_SPOKEN = ("XIUHUA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_WIDTH = 30


def language() -> str:
    """Help texts are made while the program starts, so the option is looked up by hand."""
    spoken = [os.environ[name] for name in _SPOKEN if os.environ.get(name)]
    said = [*_typed(), *spoken, "zh"][0]
    return "en" if said.startswith("en") else "zh"  # the bare locale C says nothing about who types


def _typed() -> list[str]:
    """What `--lang` was given, before the command or after it; of two the last one counts."""
    line = [(here.partition("="), following) for here, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True)]
    given = [value if equals else following for (name, equals, value), following in line if name == "--lang"]
    return given[-1:]


LANGUAGE = language()

# Click takes its own words ("Usage", "Missing option") from the standard library's catalogue of this name.
gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
os.environ["LANGUAGE"] = "en" if LANGUAGE == "en" else "zh_Hans"


class Surroundings(click.ClickException):
    """The disk, the database, the port or the terminal do not allow it; the command itself was right."""

    exit_code = 3


def text(zh: str, en: str) -> str:
    return en if LANGUAGE == "en" else zh


def tell(zh: str, en: str) -> None:
    click.echo(text(zh, en))


def answer(row: Any, lines: list[str], form: str) -> None:
    """The same answer for programs and for people."""
    if form == "json":
        click.echo(json.dumps(row, ensure_ascii=False, default=str))
    else:
        for line in lines:
            click.echo(line)


def said(fault: Fault) -> str:
    """ "rencheng/duty.csv:14 organisation: there is no “parks”" """
    at = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{at}{f' {fault.field}' if fault.field else ''}{text('：', ': ')}{fault.words.text(LANGUAGE)}"


class Bar:
    """One line on standard error that says how far it is; in a log a line for each quarter."""

    def __init__(self, zh: str, en: str) -> None:
        self._what = text(zh, en)
        self._last = -1

    def __call__(self, done: int, of: int, *_: object) -> None:
        percent = 100 * done // of if of else 100
        if percent == self._last or (not sys.stderr.isatty() and percent // 25 == self._last // 25):
            return
        self._last = percent
        if not sys.stderr.isatty():
            click.echo(f"{self._what} {percent} %", err=True)
            return
        filled = _WIDTH * percent // 100
        end = "\n" if done >= of else ""
        click.echo(f"\r{self._what} {'█' * filled}{'·' * (_WIDTH - filled)} {percent:3d} %{end}", err=True, nl=False)
