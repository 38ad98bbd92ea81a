"""Cases as CSV or as JSON lines: those of a filter that the viewer may see, newest first.

An export names no person, whoever asks. A class says how sure its catalogue is. A text that a spreadsheet would take
for a formula is written so that it does not. Whoever counts the lines says so by a registered metric.
"""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TextIO

from xiuhua.domain.counting import Span
from xiuhua.domain.due_state import due_state
from xiuhua.domain.metric import Figure, figure
from xiuhua.domain.moves import Group
from xiuhua.domain.notice import CHANNELS, Channel
from xiuhua.domain.people import Right
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.move import UNKNOWN_KIND
from xiuhua.operations.people import ORGANISATION_UNKNOWN
from xiuhua.operations.seeing import scope
from xiuhua.operations.world import World
from xiuhua.store.queries import Cursor, Filter, Line, Page, page
from xiuhua.store.queries.lists import MOST_LINES
from xiuhua.store.queries.words import descriptions

BOM: Final = "\ufeff"  # without it Excel takes UTF-8 for the machine's own encoding
FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")  # what a spreadsheet may take for a formula's beginning
UNMARKED: Final = Words("", "")
STAGE_UNKNOWN: Final = Words("没有阶段“{it}”", "there is no stage “{it}”")


class Form(StrEnum):
    CSV = "csv"
    JSON_LINES = "json-lines"


@dataclass(frozen=True, slots=True)
class Exported:
    """How many lines were written, and the registered figure of them: void and merged cases do not count."""

    lines: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with what its columns ask."""

    line: Line
    description: str
    world: World
    language: str
    now: datetime

    def name(self, kind: str, code: str) -> str:
        return self.world.district.name(kind, code, self.language) if code else ""

    def local(self, at: datetime | None) -> str:
        return at.astimezone(self.world.district.time_zone).isoformat(timespec="seconds") if at else ""


Cell = Callable[[_Row], Any]


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    words: Words
    of: Cell


def _confidence(row: _Row) -> str:
    """How sure the class is; empty for a case that has none yet."""
    key = row.world.district.key_of(row.line.class_key)
    return row.world.district.catalog.case_class(key).basis.confidence.value if key else ""


def _stage(row: _Row, kind: str) -> str:
    table = row.world.table(kind)
    return table.stages[row.line.stage].words.text(row.language) if table else ""


def _due_state(row: _Row) -> Words:
    return due_state(row.line.due_at, row.line.warn_at, row.now).words


def _columns(kind: str) -> tuple[Column, ...]:
    return (
        Column("number", Words("编号", "Number"), lambda r: r.line.number),
        Column("stage", Words("阶段", "Stage"), lambda r: r.line.stage),
        Column("stage_name", Words("阶段名称", "Stage name"), lambda r: _stage(r, kind)),
        Column("channel", Words("渠道", "Channel"), lambda r: _channel(r)),
        Column("class", Words("类别", "Class"), lambda r: r.line.class_key),
        Column("class_name", Words("类别名称", "Class name"), lambda r: r.name("class", r.line.class_key)),
        Column("class_confidence", Words("类别依据", "Basis of the class"), _confidence),
        Column("description", Words("问题描述", "Description"), lambda r: r.description),
        Column("place_text", Words("地点", "Place"), lambda r: r.line.place_text),
        Column("longitude", Words("经度（WGS 84）", "Longitude (WGS 84)"), lambda r: r.line.longitude),
        Column("latitude", Words("纬度（WGS 84）", "Latitude (WGS 84)"), lambda r: r.line.latitude),
        Column("grid", Words("网格", "Grid"), lambda r: r.line.grid),
        Column("street", Words("街道", "Street"), lambda r: r.name("grid", r.line.street)),
        Column("unit", Words("处置单位", "Unit"), lambda r: r.name("organisation", r.line.unit)),
        Column("opened_at", Words("登记时间", "Opened"), lambda r: r.local(r.line.opened_at)),
        Column("due_at", Words("期限", "Due"), lambda r: r.local(r.line.due_at)),
        Column("closed_at", Words("结案时间", "Closed"), lambda r: r.local(r.line.closed_at)),
        Column("due_state", Words("时限状态", "Due state"), lambda r: _due_state(r).text(r.language)),
        Column("flags", Words("标记", "Flags"), lambda r: r.line.flags),
    )


def _channel(row: _Row) -> str:
    known = CHANNELS.get(Channel(row.line.channel)) if row.line.channel in set(Channel) else None
    return (known or UNMARKED).text(row.language)


def export(
    wanted: Filter, acting: Acting, world: World, out: TextIO, form: Form, *,
    language: str = "zh", bom: bool = False, trailer: bool = False, progress: Callable[[int], None] = lambda _: None,
) -> Exported | Refusal:  # fmt: skip
    """`bom` and `trailer` are for CSV only; the trailer is a last line with the figure."""
    wrong = acting.lacks(Right.EXPORT) or _unknown(wanted, world)
    if wrong:
        return wrong
    writer = _Json(out, wanted.kind) if form is Form.JSON_LINES else _Csv(out, wanted.kind, language, bom=bom)
    lines = counted = 0
    now = world.now()
    first = now
    for row in _rows(wanted, acting, world, language, now):
        writer.write(row)
        lines += 1
        counted += _counts(row, wanted.kind)
        first = min(first, row.line.opened_at)
        if lines % MOST_LINES == 0:
            progress(lines)
    said = figure("cases", {"opened": counted}, Span(first, now))
    if trailer:
        writer.end(said, language)
    return Exported(lines, said)


def _unknown(wanted: Filter, world: World) -> Refusal | None:
    """A name that was mistyped must not look like a district without cases."""
    table = world.table(wanted.kind)
    if table is None:
        return UNKNOWN_KIND
    stage = next((stage for stage in wanted.stages if stage not in table.stages), None)
    if stage is not None:
        return Refusal("stage-unknown", STAGE_UNKNOWN.filled(it=stage), "stage")
    known = not wanted.unit or world.district.organisation(wanted.unit) is not None
    return None if known else ORGANISATION_UNKNOWN


def _counts(row: _Row, kind: str) -> bool:
    table = row.world.table(kind)
    return table is not None and table.group(row.line.stage) is not Group.VOID


def _rows(wanted: Filter, acting: Acting, world: World, language: str, now: datetime) -> Iterator[_Row]:
    for found in _pages(wanted, acting, now):
        said = descriptions(wanted.kind, [line.number for line in found.lines])
        for line in found.lines:
            yield _Row(line, said.get(line.number, ""), world, language, now)


def _pages(wanted: Filter, acting: Acting, now: datetime) -> Iterator[Page]:
    after: Cursor | None = None
    while True:
        found = page(wanted, scope(acting), now, after, MOST_LINES)
        yield found
        after = found.next
        if after is None:
            return


def harmless(value: object) -> str:
    """A cell of a CSV file. Numbers stay; a text that could be a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    start = value.lstrip(" ")[:1]
    return f"'{value}" if start in FORMULA and start else value


class _Csv:
    def __init__(self, out: TextIO, kind: str, language: str, *, bom: bool) -> None:
        self._columns = _columns(kind)
        self._writer = csv.writer(out)  # RFC 4180: lines end with CR LF
        if bom:
            out.write(BOM)
        self._writer.writerow([column.words.text(language) for column in self._columns])

    def write(self, row: _Row) -> None:
        self._writer.writerow([harmless(column.of(row)) for column in self._columns])

    def end(self, said: Figure, language: str) -> None:
        self._writer.writerow([harmless(said.metric.names.text(language)), harmless(said.text.text(language))])


class _Json:
    """One object a line, under the keys; no formula can hide in it."""

    def __init__(self, out: TextIO, kind: str) -> None:
        self._columns, self._out = _columns(kind), out

    def write(self, row: _Row) -> None:
        cells = {column.key: column.of(row) for column in self._columns}
        self._out.write(json.dumps(cells, ensure_ascii=False) + "\n")

    def end(self, said: Figure, language: str) -> None:
        """A reader of JSON lines counts for himself."""
