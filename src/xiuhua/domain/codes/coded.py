"""What all coded numbers share: reading what a person typed, and saying exactly what is wrong with it."""

import unicodedata
from abc import ABC, abstractmethod
from typing import Literal, Self

from xiuhua.domain.words import Words, Wrong

Flaw = Literal["length", "format", "part", "checksum"]
SHOWN = 60  # characters of a bad text that an answer repeats; never megabytes

DIVISION = Words("行政区划代码", "division code")
PIECES = {
    "division": Words("行政区划", "division"),
    "street": Words("街道", "street"),
    "community": Words("社区", "community"),
    "sequence": Words("序号", "sequence"),
    "major": Words("大类", "major class"),
    "minor": Words("小类", "minor class"),
}

LENGTH = Words("{what.zh}应为 {zh} 位，现为 {found} 位", "A {what.en} has {en} characters, this has {found}")
NOT_DIGITS = Words("{what.zh}“{it}”只能由数字组成", "A {what.en} is digits only, not “{it}”")
ZERO = Words("{what.zh}不能为“{it}”", "The {what.en} cannot be “{it}”")
NO_DIVISION = Words("行政区划“{it}”不能以 0 开头", "A division does not begin with 0: “{it}”")


class CodeWrong(Wrong):
    """A number that cannot be right. `flaw` says in which way, `field` in which piece."""

    def __init__(self, flaw: Flaw, words: Words, field: str = "") -> None:
        super().__init__(f"code-{flaw}", words, field)
        self.flaw = flaw


class Coded(ABC):
    """What every number can do; `parse` and `format` belong to each."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def parse(cls, text: str) -> Self: ...

    @abstractmethod
    def format(self) -> str: ...

    def __str__(self) -> str:
        return self.format()

    @classmethod
    def check(cls, text: str) -> CodeWrong | None:
        """What is wrong with this text, or None."""
        try:
            cls.parse(text)
        except CodeWrong as wrong:
            return wrong
        return None


def compact(text: str) -> str:
    """The characters that count: full-width forms made narrow, blanks gone."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def wrong_code(flaw: Flaw, field: str, words: Words, it: object, what: Words = DIVISION) -> CodeWrong:
    return CodeWrong(flaw, words.filled(it=str(it)[:SHOWN], what=what), field)


def wrong_length(what: Words, found: int, *allowed: int, field: str = "") -> CodeWrong:
    zh, en = (word.join(str(n) for n in allowed) for word in (" 或 ", " or "))
    return CodeWrong("length", LENGTH.filled(what=what, zh=zh, en=en, found=found), field)


def check_digits(text: str, what: Words, *allowed: int, field: str = "") -> str:
    if len(text) not in allowed:
        raise wrong_length(what, len(text), *allowed, field=field)
    if not (text.isascii() and text.isdecimal()):
        raise wrong_code("format", field, NOT_DIGITS, text, what)
    return text


def check_not_zero(field: str, digits: str) -> None:
    if not digits.strip("0"):
        raise wrong_code("part", field, ZERO, digits, PIECES[field])


def check_pieces(code: object, **lengths: int) -> None:
    """Each piece is so many digits and not zero; a division never begins with zero (GB/T 2260)."""
    for field, length in lengths.items():
        digits: str = getattr(code, field)
        check_digits(digits, PIECES[field], length, field=field)
        check_not_zero(field, digits)
        if field == "division" and digits[0] == "0":
            raise wrong_code("part", field, NO_DIVISION, digits)
