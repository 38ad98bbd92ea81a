"""Codes and names of grids that begin, counted on from those they follow; and codes as somebody types them."""

import re
from collections.abc import Iterable
from typing import Final

from xiuhua.domain.words import Words

_ENDING: Final = re.compile(r"^(.*?)([0-9]+)$")


def codes_in(text: str) -> tuple[str, ...]:
    """Codes as somebody types them, parted by semicolons, commas or blanks of either script; each once."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s;；,，、]+", text) if part))


def next_codes(like: str, count: int, known: Iterable[str]) -> tuple[str, ...]:
    """The next free codes of the row in which `like` stands: the same beginning, the number counted on."""
    found = _ENDING.match(like)
    begin, digits = (found[1], found[2]) if found else (f"{like}-", "0")
    if begin.isdigit() or not begin:  # all digits: the last three count, as in codes of the standard
        begin, digits = like[:-3], like[-3:]
    used = [int(code[len(begin) :]) for code in known if code.startswith(begin) and code[len(begin) :].isdigit()]
    last = max([int(digits), *(number for number in used if number < 10 ** max(3, len(digits)))])
    return tuple(f"{begin}{last + step:0{len(digits)}d}" for step in range(1, count + 1))


def renamed(name: Words, old: str, new: str) -> Words:
    """The old name with the new code's number in place of the old one's; where it has none, followed by it."""
    return Words(_renumbered(name.zh, old, new, ""), _renumbered(name.en, old, new, " "))


def _renumbered(text: str, old: str, new: str, gap: str) -> str:
    gap = "-" if text[-1:].isdigit() else gap  # two numbers would read as one
    was, now = _ENDING.match(old), _ENDING.match(new)
    if not was or not now:
        return f"{text}{gap}{new}"
    before, after = was[2][-3:].lstrip("0") or "0", now[2][-3:].lstrip("0") or "0"
    spot = list(re.finditer(rf"(?<![0-9])0*{before}(?![0-9])", text))
    if not spot:
        return f"{text}{gap}{after}"
    last = spot[-1]
    return text[: last.start()] + after.zfill(last.end() - last.start()) + text[last.end() :]
