"""Walk through the whole past once and name the first row that was changed, removed or inserted.

Reads only, and lets others go on writing: what is committed meanwhile is followed or left for the next time. What
it cannot see without the file of seals is a tail that was cut off together with its subjects and seals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiuhua.operations.finding import Finding, Findings
from xiuhua.operations.verify_chain import Chains
from xiuhua.operations.verify_seals import Seals, against
from xiuhua.operations.verify_texts import Texts
from xiuhua.store import past

Progress = Callable[[int, int], None]


def silent(done: int, of: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong. `erased` texts are not wrong: their digests still hold the chain."""

    transitions: int
    subjects: int
    texts: int
    erased: int
    seals: int
    sealed: int
    in_file: int | None
    wrong: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.wrong

    @property
    def first(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    def row(self) -> dict[str, Any]:
        counts = {name: getattr(self, name) for name in self.__slots__ if name != "findings"}
        return {**counts, "ok": self.ok, "findings": [finding.row() for finding in self.findings]}


def verify(progress: Progress = silent, seals: Path | None = None) -> Verified:
    """`seals`: a file of seals to compare with. Raises OSError or BrokenFile where it cannot be read."""
    findings = Findings()
    sealed = Seals(findings)
    top, chains, texts = past.last_id("transition"), Chains(findings), Texts(findings, past.last_id("text"))
    walked = _walk(top, chains, texts, sealed, progress)
    standing = _standing(chains, top)
    texts.rest()
    sealed.rest()
    agreed = against(seals, findings) if seals else None
    return Verified(
        transitions=walked, subjects=standing, texts=texts.counted, erased=texts.erased, seals=sealed.count,
        sealed=sealed.members, in_file=agreed, wrong=findings.total, findings=findings.ordered(),
    )  # fmt: skip


def _walk(top: int, chains: Chains, texts: Texts, seals: Seals, progress: Progress) -> int:
    walked = 0
    for piece in past.transitions(top):
        last = piece[-1][0]
        seals.read_to(last)
        for row in piece:
            seals.check(row[0], row[4:7], row[3])
            written = chains.follow(row)
            if written is None:
                texts.doubt(*row[4:7])
            elif written["texts"]:
                texts.expect(row[4], row[5], row[6], written["texts"], row[0])
        seals.passed(last)
        texts.read_on()
        walked += len(piece)
        progress(last, top)
    return walked


def _standing(chains: Chains, top: int) -> int:
    count = 0
    for piece in past.subjects(past.last_id("subject")):
        for row in piece:
            chains.subject(row)
        count += len(piece)
    chains.rest(top)
    return count
