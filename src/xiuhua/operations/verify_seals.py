"""The seals: each member is still there with its digest, below the watermark nothing lies in no seal.

Against the file outside the database also: no seal is missing at the end, none was written anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xiuhua.domain.subject import GENESIS
from xiuhua.domain.words import Words
from xiuhua.operations.finding import SEAL, Finding, Findings, What
from xiuhua.store.seal_file import SHORTER, Line, lines, short
from xiuhua.store.seals import SHORT, Member, Seal, last_seal, seal_digest, seals_after

OTHER_DIGEST = Words("与第 {seal} 号封存的摘要不符", "it does not have the digest that seal {seal} holds")
OTHER_NAME = Words("第 {seal} 号封存中它是另一条", "in seal {seal} this row is another one")
GONE = Words("已由第 {seal} 号封存，但已不在", "seal {seal} holds it, but it is not there")
UNSEALED = Words("位于水位线以下，却不在任何封存中", "it lies below the watermark of the seals, but in none of them")
SEAL_CHANGED = Words("封存的摘要与其成员不符", "the seal does not have the digest of its members")
SEAL_ORDER = Words("封存的次序或前后摘要不符", "the seal does not follow the one before")
CUT = Words(
    "封存文件有第 {seal} 号，数据库没有：尾部被截断",
    "the file has seal {seal}, the database has not: its tail was cut",
)
REWRITTEN = Words(
    "与封存文件第 {seal} 号不符：过去被重写",
    "it is not what the file says of seal {seal}: the past was rewritten",
)


@dataclass(slots=True)
class _Open:
    """A seal whose members have not all gone by."""

    seal: Seal
    digests: list[str]
    missing: int
    whole: bool = True


@dataclass(slots=True)
class _Awaited:
    member: Member
    open: _Open
    index: int = field(default=0)


class Seals:
    def __init__(self, findings: Findings) -> None:
        last = last_seal()  # read before anything else: what comes later is not looked at
        self.count = last.number if last else 0
        self.low = last.low if last else 0
        self._findings = findings
        self._seals: Iterator[Seal] = seals_after(0)
        self._reached, self._number, self._digest = 0, 0, GENESIS
        self._awaited: dict[int, _Awaited] = {}
        self.members = 0

    def read_to(self, place: int) -> None:
        """Every transition with an id up to `place` is known with its seal, if it has one."""
        while self._reached < place and self._number < self.count:
            seal = next(self._seals, None)
            if seal is None:
                return
            self._open(seal)

    def _open(self, seal: Seal) -> None:
        if seal.number != self._number + 1 or seal.previous != self._digest:
            self._wrong_seal(seal, SEAL_ORDER)
        opened = _Open(seal, [""] * len(seal.members), len(seal.members))
        for index, member in enumerate(seal.members):
            self._awaited[member.id] = _Awaited(member, opened, index)
        self._reached, self._number, self._digest = seal.low, seal.number, seal.digest
        self.members += len(seal.members)

    def check(self, place: int, name: tuple[str, str, int], digest: str) -> None:
        """One transition as it goes by, in the order of the ids."""
        awaited = self._awaited.pop(place, None)
        if awaited is None:
            if place <= self.low:
                self._findings.add(Finding(What.INSERTED, *name, place, UNSEALED))
            return
        member, opened = awaited.member, awaited.open
        if member.digest != digest[:SHORT]:
            self._wrong(opened, What.CHANGED, member.name, place, OTHER_DIGEST)
        elif member.name != name:
            self._wrong(opened, What.CHANGED, member.name, place, OTHER_NAME)
        opened.digests[awaited.index] = digest
        opened.missing -= 1
        if not opened.missing and opened.whole:
            self._close(opened)

    def passed(self, place: int) -> None:
        """No transition with an id up to `place` will come any more."""
        for gone in [i for i in self._awaited if i <= place]:
            awaited = self._awaited.pop(gone)
            self._wrong(awaited.open, What.REMOVED, awaited.member.name, gone, GONE)

    def rest(self) -> None:
        for seal in self._seals:
            if seal.number > self.count:
                break
            self._open(seal)
        if self._number < self.count:
            self._findings.add(Finding(What.REMOVED, SEAL, str(self._number + 1), 0, self._reached, SEAL_ORDER))
        self.passed(max(self._awaited, default=0))

    def _close(self, opened: _Open) -> None:
        if seal_digest(opened.seal.previous, opened.digests) != opened.seal.digest:
            self._wrong_seal(opened.seal, SEAL_CHANGED)

    def _wrong(self, opened: _Open, what: What, name: tuple[str, str, int], place: int, words: Words) -> None:
        opened.whole = False
        self._findings.add(Finding(what, *name, place, words.filled(seal=opened.seal.number)))

    def _wrong_seal(self, seal: Seal, words: Words) -> None:
        after = seal.members[-1].id + 0.25  # what is wrong with a member explains it better
        self._findings.add(Finding(What.CHANGED, SEAL, str(seal.number), 0, after, words))


def against(file: Path, findings: Findings) -> int:
    """The file's seals against the database's, to the first that differs; how many agree. Raises BrokenFile."""
    agreed = 0
    seals: Iterator[Seal] | None = None
    for line in lines(file):
        seals = seals or seals_after(line.number - 1)
        seal = next(seals, None)
        if seal is None or seal.number > line.number:
            words = CUT.filled(seal=line.number)
            findings.add(Finding(What.REMOVED, *line.first, line.low + 0.5, words))
            break
        if seal.digest != line.digest:
            findings.add(_rewritten(line, seal))
            break
        agreed += 1
    return agreed


def _rewritten(line: Line, seal: Seal) -> Finding:
    """Named is the first member at which the two pasts part."""
    words = REWRITTEN.filled(seal=line.number)
    now = short(seal.members)
    for index, member in enumerate(seal.members):
        place = slice(index * SHORTER, (index + 1) * SHORTER)
        if line.members[place] != now[place]:
            return Finding(What.CHANGED, *member.name, member.id, words)
    return Finding(What.REMOVED, *line.last, seal.members[-1].id + 0.5, words)
