"""Prove the register of components from the journal: each entry has a digest of the versions that it wrote."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xiuhua.domain.component_file import body_of
from xiuhua.domain.journal import Journal
from xiuhua.domain.words import Words
from xiuhua.operations.components import content_digest
from xiuhua.store import sql
from xiuhua.store.components import past_versions, standing_versions

DIFFERS: Final = Words(
    "所写的 {count} 个版本与日志不符（被修改、删除或插入）", "its {count} versions are not as they were written"
)
NO_ENTRY: Final = Words("{count} 个版本没有日志记录", "{count} versions have no entry in the journal")
_ENTRIES: Final = "SELECT number, sequence, body FROM transition WHERE kind = %s ORDER BY id"


@dataclass(frozen=True, slots=True)
class Finding:
    entry: str
    words: Words


@dataclass(frozen=True, slots=True)
class Proved:
    versions: int
    entries: int
    findings: tuple[Finding, ...]


def verify_components() -> Proved:
    """`verify` proves the journal itself."""
    written: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for code, body, entry in _versions():
        written[entry].append((code, hashlib.sha256(body.encode()).digest()))
    versions = sum(len(those) for those in written.values())
    entries = sql.rows(_ENTRIES, [Journal.COMPONENT.value])
    findings = []
    for number, sequence, body in entries:
        entry = f"{number}/{sequence}"
        those = written.pop(entry, [])
        if content_digest(those) != json.loads(body)["patch"]["facts"]["content"]:
            findings.append(Finding(entry, DIFFERS.filled(count=len(those))))
    findings += [Finding(entry, NO_ENTRY.filled(count=len(those))) for entry, those in sorted(written.items())]
    return Proved(versions, len(entries), tuple(findings))


def _versions() -> Iterator[tuple[str, str, str]]:
    for one in standing_versions():
        yield one.component.code, body_of(one.component), one.survey
    yield from past_versions()
