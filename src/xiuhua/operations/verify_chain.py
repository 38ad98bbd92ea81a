"""The chain of every subject: body against digest, columns against body, each transition after its predecessor."""

from typing import Any

from xiuhua.domain.journal import KINDS
from xiuhua.domain.subject import GENESIS, chain_digest
from xiuhua.domain.words import Words
from xiuhua.operations.finding import Finding, Findings, What
from xiuhua.store import past
from xiuhua.store.sql import Row

NOT_ITS_DIGEST = Words("内容与摘要不符", "its body does not have its digest")
NO_BODY = Words("内容不可读", "its body cannot be read")
COLUMNS_DIFFER = Words("列与内容不符：{columns}", "these columns do not say what its body says: {columns}")
OTHER_BEFORE = Words("前一条的摘要不符", "it follows a digest that the one before does not have")
MISSING = Words("序号不连续，缺少此条", "the sequence goes on without it")
TWICE = Words("序号重复或倒退", "its sequence does not follow the one before")
HEAD_DIFFERS = Words("当前行所依据的摘要不符", "the row of its subject follows another digest")
BEYOND = Words("当前行还停在第 {version} 条", "the row of its subject stands at {version}")
LOST_TAIL = Words("当前行已到第 {version} 条", "the row of its subject stands at {version}")
NO_SUBJECT = Words("没有对应的当前行", "there is no row of its subject")
NO_PAST = Words("当前行没有任何流转记录", "there is a row of it, but no transition")

Head = tuple[int, str]
START: Head = (0, GENESIS)


class Chains:
    """The last sequence and digest of each subject, while its transitions go by in their order."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._heads: dict[tuple[str, str], Head] = {}

    def follow(self, row: Row) -> dict[str, Any] | None:
        """One row of `past.transitions`. Its body as JSON, or None where it cannot be believed."""
        place, body, previous, digest = row[:4]
        if chain_digest(previous, body) != digest:
            self._add(What.CHANGED, row[4], row[5], row[6], place, NOT_ITS_DIGEST)
            self._heads[row[4], row[5]] = (row[6], digest)
            return None
        written = past.read_body(body)
        if written is None:
            self._add(What.CHANGED, row[4], row[5], row[6], place, NO_BODY)
            return None
        values = past.WRITTEN(written)
        if past.stored(row) != values:
            self._columns(row, values, place)
        kind, number, sequence = values[:3]
        self._heads[kind, number] = self._next(kind, number, place, (sequence, previous, digest))
        return written

    def _columns(self, row: Row, values: tuple[Any, ...], place: int) -> None:
        if columns := past.differing(row, values):
            words = COLUMNS_DIFFER.filled(columns=", ".join(columns))
            self._add(What.CHANGED, values[0], values[1], values[2], place, words)

    def _next(self, kind: str, number: str, place: float, it: tuple[int, str, str]) -> Head:
        sequence, previous, digest = it
        last, head = self._heads.get((kind, number), START)
        if sequence > last + 1:
            self._add(What.REMOVED, kind, number, last + 1, place - 0.5, MISSING)
        elif sequence <= last:
            self._add(What.INSERTED, kind, number, sequence, place, TWICE)
        elif previous != head:
            self._add(What.CHANGED, kind, number, sequence, place, OTHER_BEFORE)
        return sequence, digest

    def subject(self, row: Row) -> None:
        """One row of `past.subjects`: its chain must end where the subject stands."""
        place, kind, number, version, head = row
        known = self._heads.pop((kind, number), START)
        if known != (version, head):
            self._meanwhile(kind, number, known, place)

    def _meanwhile(self, kind: str, number: str, known: Head, place: int) -> None:
        """It may have moved since; what came is followed to its end."""
        rows = past.standing(kind, number, known[0])
        if not rows:  # not a subject any more: only a person can have done that, and `rest` will not see it
            self._add(What.REMOVED, kind, number, 0, place, NO_SUBJECT)
            return
        for _, _, row, sequence, body, previous, digest in rows:
            if row is not None and chain_digest(previous, body) != digest:
                self._add(What.CHANGED, kind, number, sequence, row, NOT_ITS_DIGEST)
            if row is not None:
                self._heads[kind, number] = known
                known = self._next(kind, number, row, (sequence, previous, digest))
        self._heads.pop((kind, number), None)
        self._ends(kind, number, known, rows[0][:2], place)

    def _ends(self, kind: str, number: str, known: Head, row: Row, place: int) -> None:
        (last, digest), (version, head) = known, row
        if not last:
            self._add(What.REMOVED, kind, number, 1, place, NO_PAST)
        elif last < version:
            self._add(What.REMOVED, kind, number, last + 1, place, LOST_TAIL.filled(version=version))
        elif last > version:
            self._add(What.INSERTED, kind, number, version + 1, place, BEYOND.filled(version=version))
        elif digest != head:
            self._add(What.CHANGED, kind, number, last, place, HEAD_DIFFERS)

    def rest(self, place: int) -> None:
        """When all subjects have gone by, only entries of the journal may be left."""
        for kind, number in self._heads:
            if kind not in KINDS:
                self._add(What.REMOVED, kind, number, 0, place, NO_SUBJECT)

    def _add(self, what: What, kind: str, number: str, sequence: int, place: float, words: Words) -> None:
        self._findings.add(Finding(what, kind, number, sequence, place, words))
