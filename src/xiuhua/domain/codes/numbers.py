"""Unit grids, cases and organisations as numbers.

Sources: unit grid 6+3+3+3 (GB/T 30428.1 practice, seen), 14 digits with a two-digit sequence (CJ/T 213, recall);
case number: ours, there is no national rule; organisation: GB 32100-2015, the only one of these with a checksum.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from xiuhua.domain.codes.coded import (
    DIVISION,
    Coded,
    check_digits,
    check_pieces,
    compact,
    wrong_code,
    wrong_length,
)
from xiuhua.domain.words import Words

GRID = Words("单元网格代码", "unit grid code")
CASE = Words("案卷号", "case number")
ORGANISATION = Words("统一社会信用代码", "unified social credit code")
NO_CASE = Words(
    "案卷号“{it}”应写作 六位区划-年月日-五位序号", "Case number “{it}” must be written 123456-yyyymmdd-12345"
)
NO_DAY = Words("案卷号中的日期“{it}”不存在", "There is no day “{it}” (in a case number)")
NO_SEQUENCE = Words("案卷序号“{it}”应在 1 至 99999 之间", "Case sequence “{it}” must be from 1 to 99999")
NO_CHARACTER = Words("{what.zh}不含字符“{it}”", "A {what.en} has no character “{it}”")
NO_CHECK = Words("{what.zh}校验位应为“{it}”", "The {what.en} should end in the check character “{it}”")

_CASE = re.compile(r"([0-9]{6})-([0-9]{8})-([0-9]{5})")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z


@dataclass(frozen=True, slots=True, order=True)
class UnitGridCode(Coded):
    """Grid "990101001002003" is division 990101, street 001, community 002, sequence 003."""

    division: str
    street: str
    community: str
    sequence: str

    def __post_init__(self) -> None:
        check_pieces(self, division=6, street=3, community=3, sequence=3)

    @classmethod
    def parse(cls, text: str) -> Self:
        digits = check_digits(compact(text), GRID, 14, 15)
        return cls(digits[:6], digits[6:9], digits[9:12], digits[12:].zfill(3))

    def format(self) -> str:
        return f"{self.division}{self.street}{self.community}{self.sequence}"


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber(Coded):
    """Case "990101-20230301-00017" is the 17th case of division 990101 registered on 1 March 2023, local day."""

    division: str
    day: date
    sequence: int

    def __post_init__(self) -> None:
        check_pieces(self, division=6)
        if not 1 <= self.sequence <= 99_999:
            raise wrong_code("part", "sequence", NO_SEQUENCE, self.sequence)

    @classmethod
    def parse(cls, text: str) -> Self:
        short = compact(text)
        if len(short) != 21:
            raise wrong_length(CASE, len(short), 21)
        if not (match := _CASE.fullmatch(short)):
            raise wrong_code("format", "", NO_CASE, text)
        division, day, sequence = match.groups()
        try:
            registered = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            raise wrong_code("part", "day", NO_DAY, day) from None
        return cls(division, registered, int(sequence))

    def format(self) -> str:
        return f"{self.division}-{self.day.isoformat().replace('-', '')}-{self.sequence:05d}"


@dataclass(frozen=True, slots=True, order=True)
class OrganisationCode(Coded):
    """Organisation "91110000600037341L": authority, category, division of six, body of nine, check character."""

    code: str

    def __post_init__(self) -> None:
        if len(self.code) != 18:
            raise wrong_length(ORGANISATION, len(self.code), 18)
        for character in self.code:
            if character not in _ALPHABET:
                raise wrong_code("format", "", NO_CHARACTER, character, ORGANISATION)
        check_digits(self.division, DIVISION, 6, field="division")
        right = self.check_character(self.code[:-1])
        if self.code[-1] != right:
            raise wrong_code("checksum", "", NO_CHECK, right, ORGANISATION)

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(compact(text).replace("-", "").upper())

    @staticmethod
    def check_character(body: str) -> str:
        """GB 32100-2015: weights 3**i modulo 31."""
        total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
        return _ALPHABET[-total % 31]

    @property
    def division(self) -> str:
        return self.code[2:8]

    def format(self) -> str:
        return self.code
