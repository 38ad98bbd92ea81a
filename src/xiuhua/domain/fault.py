"""A fault in a file of a pack: where it stands and what is wrong, so that it can be put right without guessing."""

from dataclasses import dataclass

from xiuhua.domain.words import Words


@dataclass(frozen=True, slots=True)
class Fault:
    """The header is line 1. Line 0: the fault is the file's as a whole. An empty field: the whole line's."""

    file: str
    line: int
    field: str
    words: Words
