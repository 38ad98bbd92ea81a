"""The lines of a CSV file, plain or packed with gzip, under our names of its columns.

What makes the whole file useless (encoding, quotes, a missing column, a broken archive) raises CannotImport with the
line; a line with a wrong number of cells is kept apart, the others go on.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from xiuhua.domain.fault import Fault
from xiuhua.domain.words import Words
from xiuhua.exchange.fault import CannotImport
from xiuhua.exchange.mapping_file import NO_FILE
from xiuhua.exchange.notices.mapping import Mapping
from xiuhua.store.pack.csv_text import CELLS, NO_COLUMN, NO_HEADER, QUOTING

GZIP: Final = b"\x1f\x8b"
BOM: Final = b"\xef\xbb\xbf"
NOT_ENCODED: Final = Words("不是 {encoding} 编码", "is not in {encoding}")
BROKEN: Final = Words("压缩文件损坏，只能读到第 {line} 行", "the gzip file is broken; it can be read up to line {line}")
OTHER_FILE: Final = Words(
    "不是此映射所说的文件：没有它的任何一列", "this is not the file of this mapping: it has none of its columns"
)


@dataclass(frozen=True, slots=True)
class Line:
    """`cells` by our names; `skipped` by the CSV's names, for the rules that leave lines out."""

    number: int
    cells: dict[str, str]
    skipped: dict[str, str]


@dataclass
class Lines:
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_lines(file: Path, mapping: Mapping) -> Lines:
    """Raises CannotImport where the file as a whole cannot be read."""
    try:
        with file.open("rb") as stream:
            packed = stream.read(2) == GZIP
            stream.seek(0)
            return _read(file.name, gzip.GzipFile(fileobj=stream) if packed else stream, mapping)
    except OSError:
        raise CannotImport([Fault(file.name, 0, "", NO_FILE)]) from None


def _read(name: str, stream: BinaryIO | gzip.GzipFile, mapping: Mapping) -> Lines:
    reader = csv.reader(_texts(name, stream, mapping.encoding), delimiter=mapping.separator, strict=True)
    try:
        header = next(reader, None)
        if not header or not any(header):
            raise CannotImport([Fault(name, 1, "", NO_HEADER)])
        return _under(name, _checked(name, header, mapping), len(header), reader, mapping)
    except csv.Error as error:
        raise CannotImport([Fault(name, reader.line_num, "", QUOTING.filled(error=error))]) from None


def _texts(name: str, stream: BinaryIO | gzip.GzipFile, encoding: str) -> Iterator[str]:
    """Line by line, so that a wrong byte is named by its line."""
    number = 0
    try:
        for number, raw in enumerate(stream, 1):
            content = raw.removeprefix(BOM) if number == 1 and encoding == "utf-8" else raw
            yield content.decode(encoding)
    except UnicodeDecodeError:
        raise CannotImport([Fault(name, number, "", NOT_ENCODED.filled(encoding=encoding))]) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise CannotImport([Fault(name, number, "", BROKEN.filled(line=number))]) from None


def _checked(name: str, header: Sequence[str], mapping: Mapping) -> dict[str, int]:
    """Where each column of the mapping stands."""
    places = {column.strip(): place for place, column in enumerate(header)}
    wanted = dict.fromkeys(chain(mapping.columns.values(), (skip.column for skip in mapping.skips)))
    missing = [column for column in wanted if column not in places]
    if len(missing) == len(wanted):
        raise CannotImport([Fault(name, 1, "", OTHER_FILE)])
    if missing:
        raise CannotImport([Fault(name, 1, column, NO_COLUMN) for column in missing])
    return {column: places[column] for column in wanted}


def _under(name: str, places: dict[str, int], width: int, reader: Iterator[list[str]], mapping: Mapping) -> Lines:
    found, begins = Lines(), 2
    ours = [(role, places[column]) for role, column in mapping.columns.items()]
    theirs = [(skip.column, places[skip.column]) for skip in mapping.skips]
    for cells in reader:
        number, begins = begins, reader.line_num + 1  # type: ignore[attr-defined]
        if len(cells) == width:
            picked = {role: cells[place].strip() for role, place in ours}
            found.lines.append(Line(number, picked, {column: cells[place].strip() for column, place in theirs}))
        elif cells:
            found.faults.append(Fault(name, number, "", CELLS.filled(wanted=width, found=len(cells))))
    return found
