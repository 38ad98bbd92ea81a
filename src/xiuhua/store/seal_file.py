"""The file of seals outside the database: it proves a tail that was cut off and a past that was written anew.

One JSON line a seal, only ever appended, on disk before anything else happens. Keep copies of it elsewhere.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from xiuhua.domain.words import Words, Wrong
from xiuhua.store.seals import Member, Seal, seals_after

SHORTER = 8  # hex digits of each member: enough to find the place where two pasts part
_TAIL = 1 << 20  # no line is longer


@dataclass(frozen=True, slots=True)
class Line:
    """What the file remembers of a seal. `first` and `last` are kind, number and sequence of members."""

    number: int
    at: str
    count: int
    low: int
    first: tuple[str, str, int]
    last: tuple[str, str, int]
    members: str
    previous: str
    digest: str


BROKEN = Words(
    "{file} 第 {line} 行不是紧接上一批的封存", "{file}: line {line} is not the seal that follows the one before"
)


class BrokenFile(Wrong):
    """A line that is not a seal, or not the one that has to follow."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__("seal-file-broken", BROKEN.filled(file=file.name, line=line))


def line_of(seal: Seal) -> Line:
    return Line(
        seal.number, seal.at.isoformat(), len(seal.members), seal.low, seal.members[0].name, seal.members[-1].name,
        short(seal.members), seal.previous, seal.digest,
    )  # fmt: skip


def short(members: tuple[Member, ...]) -> str:
    return "".join(member.digest[:SHORTER] for member in members)


def lines(file: Path) -> Iterator[Line]:
    """Raises BrokenFile. A last line that broke off with its process is not there yet."""
    previous = 0
    with file.open("rb") as source:
        for count, text in enumerate(source, start=1):
            if not text.endswith(b"\n"):
                return
            line = _read(file, count, text)
            if previous and line.number != previous + 1:
                raise BrokenFile(file, count)
            previous = line.number
            yield line


def _read(file: Path, count: int, text: bytes) -> Line:
    try:
        given = json.loads(text)
        return Line(**{**given, "first": tuple(given["first"]), "last": tuple(given["last"])})
    except (ValueError, TypeError, KeyError):
        raise BrokenFile(file, count) from None


def append_missing(file: Path) -> int:
    """Every seal that the file does not have yet; several processes may do it, each line is there once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as out:
        fcntl.flock(out.fileno(), fcntl.LOCK_EX)
        written = 0
        for seal in seals_after(_last_number(out, file)):
            text = json.dumps(asdict(line_of(seal)), ensure_ascii=False, separators=(",", ":"))
            out.write(f"{text}\n".encode())
            written += 1
        if written:
            out.flush()
            os.fsync(out.fileno())
    return written


def _last_number(out: BinaryIO, file: Path) -> int:
    """Takes away a line that broke off."""
    size = out.seek(0, os.SEEK_END)
    out.seek(max(0, size - _TAIL))
    tail = out.read()
    whole = tail[: tail.rfind(b"\n") + 1]
    out.truncate(size - len(tail) + len(whole))
    return _read(file, 0, whole.splitlines()[-1]).number if whole else 0
