"""Classes, and the components that carry one: editions number them differently, so the key names the edition.

Sources: component 6+2+2+6 (GB/T 30428.2-2013) and 6+2+3+6 (GB/T 47678.5-2026), seen; a draft with 6+2+3+5 is
superseded and not read. Leaves out: whether there is such a class (`catalog`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from xiuhua.domain.codes.coded import Coded, check_digits, check_not_zero, check_pieces, compact, wrong_code
from xiuhua.domain.words import Words

GBT30428 = "gbt30428-2013"
GBT47678 = "gbt47678-2026"

COMPONENT = Words("部件标识码", "component code")
CLASS = Words("类别代码", "class code")
NO_EDITION = Words(
    "目录版本“{it}”只能由小写字母、数字和连字符组成",
    "Edition “{it}” must be lower-case letters, digits, hyphens",
)
NO_LOCAL_CODE = Words(
    "本地类别代码“{it}”应为 1 至 60 个小写字母、数字或连字符",
    "Local class code “{it}” must be 1 to 60 lower-case letters, digits or hyphens",
)
NO_KEY = Words("类别“{it}”应写作 版本/种类/代码", "Class “{it}” must be written edition/kind/code")
NO_KIND = Words("种类“{it}”应为 component 或 event", "Kind “{it}” must be component or event")

_EDITION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOCAL_CODE = re.compile(r"[a-z0-9-]{1,60}")


class Kind(StrEnum):
    """The 2026 edition numbers components and matters alike, so the kind belongs to the key."""

    COMPONENT = "component"
    EVENT = "event"  # 2026's "management matter" too


@dataclass(frozen=True, slots=True)
class National:
    """How a national edition numbers its classes, and from which minor on the numbers are a place's own."""

    digits: int
    extension_from: int


NATIONAL = {
    GBT30428: National(4, 78),  # seen: local numbers run down from 99, the lowest seen is 78
    GBT47678: National(5, 80),  # seen: minors 001-079 standard, 080-999 extension
}


@dataclass(frozen=True, slots=True, order=True)
class ClassKey(Coded):
    """A class of an edition: "gbt30428-2013/component/0101"; of a local one: "harbour-town/event/pot-hole"."""

    edition: str
    kind: Kind
    code: str

    def __post_init__(self) -> None:
        if not _EDITION.fullmatch(self.edition):
            raise wrong_code("format", "edition", NO_EDITION, self.edition)
        national = NATIONAL.get(self.edition)
        if national is not None:
            check_digits(self.code, CLASS, national.digits, field="code")
            check_not_zero("major", self.code[:2])
            check_not_zero("minor", self.code[2:])
        elif not _LOCAL_CODE.fullmatch(self.code):
            raise wrong_code("format", "code", NO_LOCAL_CODE, self.code)

    @classmethod
    def parse(cls, text: str) -> Self:
        match compact(text).split("/"):
            case [edition, ("component" | "event") as kind, code]:
                return cls(edition, Kind(kind), code)
            case [_, kind, _]:
                raise wrong_code("part", "kind", NO_KIND, kind)
        raise wrong_code("format", "", NO_KEY, text)

    @property
    def extension(self) -> bool:
        """True for a place's own class: of a local edition, or in the free numbers of a national one."""
        national = NATIONAL.get(self.edition)
        return national is None or int(self.code[2:]) >= national.extension_from

    def format(self) -> str:
        return f"{self.edition}/{self.kind}/{self.code}"


@dataclass(frozen=True, slots=True, order=True)
class ComponentCode(Coded):
    """Component "9901010101000001" (2013) or "99010101001000001" (2026): division, major, minor, sequence."""

    division: str
    major: str
    minor: str
    sequence: str

    def __post_init__(self) -> None:
        check_digits(self.format(), COMPONENT, 16, 17)
        check_pieces(self, division=6, major=2, minor=len(self.format()) - 14, sequence=6)

    @classmethod
    def parse(cls, text: str) -> Self:
        digits = check_digits(compact(text), COMPONENT, 16, 17)
        return cls(digits[:6], digits[6:8], digits[8:-6], digits[-6:])

    @property
    def class_key(self) -> ClassKey:
        edition = GBT30428 if len(self.minor) == 2 else GBT47678
        return ClassKey(edition, Kind.COMPONENT, self.major + self.minor)

    def format(self) -> str:
        return f"{self.division}{self.major}{self.minor}{self.sequence}"
