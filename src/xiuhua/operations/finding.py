"""What `verify` says about a past that is not as it was written."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from xiuhua.domain.words import Words

MOST: Final = 1_000  # ours: kept and shown; all are counted
SEAL: Final = "seal"  # the kind under which a seal itself is named


class What(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"

    @property
    def words(self) -> Words:
        return _WHAT[self]


_WHAT: Final = {
    What.CHANGED: Words("被修改", "changed"),
    What.REMOVED: Words("被删除", "removed"),
    What.INSERTED: Words("被插入", "inserted"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`place` orders findings: the id of the row, or where the row would have been. Sequence 0 is the whole subject."""

    what: What
    kind: str
    number: str
    sequence: int
    place: float
    words: Words

    def sentence(self, language: str) -> str:
        name = f"{self.kind} {self.number} {self.sequence or ''}".strip()
        colon = ": " if language.startswith("en") else "："
        return f"{name} {self.what.words.text(language)}{colon}{self.words.text(language)}"

    def row(self) -> dict[str, Any]:
        return {
            "what": self.what.value,
            "kind": self.kind,
            "number": self.number,
            "sequence": self.sequence or None,
            "zh": self.words.zh,
            "en": self.words.en,
        }


class Findings:
    """Each thing that is wrong with a row once, however many checks notice it."""

    def __init__(self) -> None:
        self._named: dict[tuple[What, str, str, int], Finding] = {}
        self.total = 0

    def add(self, finding: Finding) -> None:
        name = (finding.what, finding.kind, finding.number, finding.sequence)
        if name in self._named:
            return
        self.total += 1
        if len(self._named) < MOST:
            self._named[name] = finding

    def ordered(self) -> tuple[Finding, ...]:
        return tuple(sorted(self._named.values(), key=lambda finding: finding.place))
