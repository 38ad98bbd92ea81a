"""What commands say, in the language of whoever types: `--lang`, otherwise the terminal's, otherwise Chinese."""

import json
import os
import sys
from typing import Any

import click

from xiuhua.domain.words import Words

_SPOKEN = ("XIUHUA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_WIDTH = 30


def language() -> str:
    """Help texts are made while the program starts, so the option is looked up by hand."""
    for here, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        if here == "--lang":
            return "en" if following.startswith("en") else "zh"
        if here.startswith("--lang="):
            return "en" if here.removeprefix("--lang=").startswith("en") else "zh"
    said = next((os.environ[name] for name in _SPOKEN if os.environ.get(name)), "zh")
    return "en" if said.startswith("en") else "zh"  # the bare locale C says nothing about who types


LANGUAGE = language()


def text(zh: str, en: str) -> str:
    return en if LANGUAGE == "en" else zh


def tell(zh: str, en: str) -> None:
    click.echo(text(zh, en))


def tell_words(words: Words) -> None:
    click.echo(words.text(LANGUAGE))


def answer(row: Any, lines: list[str], form: str) -> None:
    """The same answer for programs and for people."""
    if form == "json":
        click.echo(json.dumps(row, ensure_ascii=False, default=str))
    else:
        for line in lines:
            click.echo(line)


class Bar:
    """One line on standard error that says how far it is; silent where nobody watches."""

    def __init__(self, zh: str, en: str) -> None:
        self._what = text(zh, en)
        self._last = -1

    def __call__(self, done: int, of: int, *_: object) -> None:
        percent = 100 * done // of if of else 100
        if percent == self._last or not sys.stderr.isatty():
            return
        self._last = percent
        filled = _WIDTH * percent // 100
        end = "\n" if done >= of else ""
        click.echo(f"\r{self._what} {'█' * filled}{'·' * (_WIDTH - filled)} {percent:3d} %{end}", err=True, nl=False)
