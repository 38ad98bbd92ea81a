"""The texts beside the transitions: each has the digest that its transition holds. An erased one is only counted.

Texts lie in about the order of their transitions, so that both are read side by side and little has to be remembered.
"""

from collections.abc import Iterator, Mapping

from xiuhua.domain.subject import text_digest
from xiuhua.domain.words import Words
from xiuhua.operations.finding import Finding, Findings, What
from xiuhua.store import past, sql
from xiuhua.store.sql import Row

TEXT_CHANGED = Words("旁存文字“{field}”与摘要不符", "its text “{field}” does not have its digest")
TEXT_REMOVED = Words("旁存文字“{field}”缺失（并非删除个人信息）", "its text “{field}” has gone, and was not erased")
TEXT_INSERTED = Words("旁存文字“{field}”不属于此条", "the text “{field}” does not belong to it")
_BODY = "SELECT body FROM transition WHERE kind = %s AND number = %s AND sequence = %s"

Name = tuple[str, str, int, str]


class Texts:
    def __init__(self, findings: Findings, top: int) -> None:
        self._findings = findings
        self._pieces: Iterator[list[Row]] = past.texts(top)
        self._awaited: dict[Name, tuple[str, int]] = {}
        self._early: dict[Name, str | None] = {}
        self._doubted: set[tuple[str, str, int]] = set()
        self.counted = 0
        self.erased = 0

    def expect(self, kind: str, number: str, sequence: int, digests: Mapping[str, str], place: int) -> None:
        for field, digest in digests.items():
            self._awaited[kind, number, sequence, field] = (digest, place)

    def doubt(self, kind: str, number: str, sequence: int) -> None:
        """Its body was changed and has been named: what it says of its texts means nothing."""
        self._doubted.add((kind, number, sequence))

    def read_on(self) -> None:
        """As far as anything is awaited."""
        self._meet_early()
        while self._awaited and (piece := next(self._pieces, None)):
            for row in piece:
                self._read(row)

    def _read(self, row: Row) -> None:
        _, kind, number, sequence, field, salt, text = row
        digest = None if text is None else text_digest(salt, text)
        self.counted += 1
        self.erased += text is None
        awaited = self._awaited.pop((kind, number, sequence, field), None)
        if awaited is None:
            self._early[kind, number, sequence, field] = digest
        elif digest not in (None, awaited[0]):
            self._add(What.CHANGED, (kind, number, sequence, field), awaited[1], TEXT_CHANGED)

    def _meet_early(self) -> None:
        for name in self._early.keys() & self._awaited.keys():
            digest, (awaited, place) = self._early.pop(name), self._awaited.pop(name)
            if digest not in (None, awaited):
                self._add(What.CHANGED, name, place, TEXT_CHANGED)

    def rest(self) -> None:
        for name, (_, place) in self._awaited.items():
            self._add(What.REMOVED, name, place, TEXT_REMOVED)
        for piece in self._pieces:
            for row in piece:
                self._read(row)
        for name, digest in self._early.items():
            if name[:3] not in self._doubted:
                self._of_a_later_one(name, digest)

    def _of_a_later_one(self, name: Name, digest: str | None) -> None:
        """A transition that was committed while this was going on has its texts in view already."""
        row = sql.one(_BODY, list(name[:3]))
        written = past.read_body(row[0]) if row else None
        wanted = written["texts"].get(name[3]) if written else None
        if wanted is None:
            self._add(What.INSERTED, name, float("inf"), TEXT_INSERTED)
        elif digest not in (None, wanted):
            self._add(What.CHANGED, name, float("inf"), TEXT_CHANGED)

    def _add(self, what: What, name: Name, place: float, words: Words) -> None:
        self._findings.add(Finding(what, *name[:3], place, words.filled(field=name[3])))
