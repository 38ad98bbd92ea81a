"""CSV as packs have it: a header with known columns, commas, quotes only where needed, one LF after every line."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Words

NO_HEADER = Words("文件是空的，缺少表头", "the file is empty; the header is missing")
NO_COLUMN = Words("缺少此列", "the column is missing")
NOT_A_COLUMN = Words("没有这一列；各列为：{columns}", "there is no such column; the columns are: {columns}")
COLUMN_TWICE = Words("此列出现两次", "the column is there twice")
CELLS = Words("应有 {wanted} 栏，现有 {found} 栏", "{wanted} cells are expected, there are {found}")
QUOTING = Words("引号用法有误：{error}", "wrong use of quotes: {error}")


def rows_of_text(file: str, text: str, columns: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """A line with a wrong number of cells is left out and named; after a wrong quote nothing can be trusted."""
    records, faults = _records(file, text)
    if not records:
        return [], faults or [Fault(file, 1, "", NO_HEADER)]
    header = [cell.strip() for cell in records[0][1]]
    faults += _header_faults(file, header, columns)
    rows = []
    for line, cells in records[1:]:
        if len(cells) == len(header):
            rows.append(Row(file, line, dict(zip(header, cells, strict=True))))
        else:
            faults.append(Fault(file, line, "", CELLS.filled(wanted=len(header), found=len(cells))))
    return rows, faults


def _records(file: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Each record with the line on which it begins; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        return records, [Fault(file, line, "", QUOTING.filled(error=error))]
    return records, []


def _header_faults(file: str, header: Sequence[str], columns: Sequence[str]) -> list[Fault]:
    names = ", ".join(columns)
    return [
        *(Fault(file, 1, name, NO_COLUMN) for name in columns if name not in header),
        *(Fault(file, 1, name, NOT_A_COLUMN.filled(columns=names)) for name in header if name not in columns),
        *(Fault(file, 1, name, COLUMN_TWICE) for name, count in Counter(header).items() if count > 1),
    ]


def text_of_rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return out.getvalue()
