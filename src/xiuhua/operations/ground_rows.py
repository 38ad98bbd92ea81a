"""Features and named places from a layer file: every row read, every fault named with layer, feature and column.

Shapes become WGS 84. A ring that crosses itself is a fault; nothing is repaired.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.fault import Fault
from xiuhua.domain.ground import PLACE_KINDS, Feature, Layer, NamedPlace, PlaceKind
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import NOT_A_DAY, SEPARATOR
from xiuhua.domain.words import Words, Wrong
from xiuhua.space.broken import broken
from xiuhua.space.layers import LINES, LINES_AND_POLYGONS, POINTS, LayerFile

KIND: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
COUNTED: Final = ("households", "people", "lanes")  # attributes that are numbers, whole where they can be
MEASURED: Final = ("width_m",)  # never written as whole: a program tells the type of a column by its first values
NAMED: Final = ("road",)  # attributes that are codes
SHOWN: Final = 100  # faults; the rest is counted
LENGTHS: Final = {
    "code": 60, "kind": 40, "name_zh": 120, "name_en": 120, "use": 40, "road": 60, "plate": 20, "source": 60,
}  # fmt: skip

LONG = Words("至多 {most} 个字符，现有 {found} 个", "{most} characters at most, there are {found}")
NOT_A_KIND = Words("“{it}”不是类型（小写字母、数字与连字符）", "“{it}” is no kind (small letters, digits, hyphens)")
NOT_A_PLACE_KIND = Words("“{it}”不是地名类型，应为 {choices}", "“{it}” is no kind of place; take one of {choices}")
EMPTY = Words("此栏必填", "this field must be filled in")
NEGATIVE = Words("“{it}”不是非负的数", "“{it}” is no number from zero up")
BROKEN = Words(
    "图形有误：{why_zh}（{lon}, {lat} 附近）", "the shape is wrong: {why_en}, near {lon}, {lat}"
)
NO_ROAD = Words("门牌必须写明道路", "a plate must name its road")
NO_NAME = Words("地名必须有中文名", "a named place needs a Chinese name")
ENDS_EARLY = Words("止日早于起日", "the last day is before the first day")
AND_MORE = Words("另有 {count} 处", "and {count} more")
NOT_READ = Words("有 {count} 处错误，未载入", "faults: {count}; nothing was loaded")


class GroundWrong(Wrong):
    """Every fault that was found, the first hundred by name."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("ground-wrong", NOT_READ.filled(count=len(faults)))
        left = len(faults) - SHOWN
        more = [Fault(faults[0].file, 0, "", AND_MORE.filled(count=left))] if left > 0 else []
        self.faults = (*faults[:SHOWN], *more)


@dataclass
class _Table:
    """The layer's columns as texts, and what is wrong in them."""

    layer: LayerFile
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = {name: self.layer.texts(name).tolist() for name in self.layer.columns}

    def cell(self, row: int, column: str, *, needed: bool = False) -> str:
        value: str = self.texts[column][row] if column in self.texts else ""
        if needed and not value:
            self.wrong(row, column, EMPTY)
        most = LENGTHS.get(column, len(value))
        if len(value) > most:
            self.wrong(row, column, LONG.filled(most=most, found=len(value)))
        return value

    def wrong(self, row: int, column: str, words: Words) -> None:
        self.faults.append(Fault(f"{self.layer.path}#{self.layer.name}", int(self.layer.features[row]), column, words))

    def day(self, row: int, column: str) -> date | None:
        text = self.cell(row, column)
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError:
            self.wrong(row, column, NOT_A_DAY.filled(text=text))
            return None


def features_of(file: LayerFile, layer: Layer) -> tuple[Feature, ...]:
    """Raises LayerWrong where the layer cannot be used at all, GroundWrong where rows are wrong."""
    file.of(LINES if layer is Layer.ROAD else LINES_AND_POLYGONS)
    file.codes("code")
    table = _Table(file)
    _shapes_stand(table)
    shapes = shapely.to_wkb(file.wgs84())
    return _built(table, lambda row: _feature(table, row, layer, shapes[row]))


def _built(table: _Table, build: Callable[[int], Any]) -> tuple[Any, ...]:
    found = tuple(build(row) for row in range(len(table.layer)))
    if table.faults:
        raise GroundWrong(sorted(table.faults, key=lambda fault: fault.line))
    return found


def _shapes_stand(table: _Table) -> None:
    for row in np.flatnonzero(~shapely.is_valid(table.layer.shapes)).tolist():
        found = broken(table.layer.wgs84()[row])
        lon, lat = round(found.point.x, 6), round(found.point.y, 6)
        words = BROKEN.filled(lon=lon, lat=lat, why_zh=found.words.zh, why_en=found.words.en)
        table.wrong(row, "geometry", words)


def _feature(table: _Table, row: int, layer: Layer, shape: bytes) -> Feature:
    kind = table.cell(row, "kind", needed=True)
    if kind and not KIND.fullmatch(kind):
        table.wrong(row, "kind", NOT_A_KIND.filled(it=kind[:40]))
    name = Words(table.cell(row, "name_zh"), table.cell(row, "name_en"))
    return Feature(layer, table.cell(row, "code"), kind, name, shape, dict(_attributes(table, row)))


def _attributes(table: _Table, row: int) -> Iterator[tuple[str, str | int | float]]:
    for column in NAMED:
        text = table.cell(row, column)
        if text:
            yield column, text
    for column in (*COUNTED, *MEASURED):
        text = table.cell(row, column)
        if text:
            yield from _number(table, row, column, text)


def _number(table: _Table, row: int, column: str, text: str) -> Iterator[tuple[str, int | float]]:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        table.wrong(row, column, NEGATIVE.filled(it=text[:40]))
    elif value:  # nothing is said where there are none
        yield column, int(value) if value.is_integer() and column in COUNTED else value


def places_of(file: LayerFile, day: date) -> tuple[NamedPlace, ...]:
    """`day` is their first where the file does not say it."""
    file.of(POINTS)
    file.codes("code")
    table = _Table(file)
    pairs = shapely.get_coordinates(file.wgs84()).tolist()
    return _built(table, lambda row: _place(table, row, pairs[row], day))


def _place(table: _Table, row: int, pair: list[float], day: date) -> NamedPlace:
    kind, road = table.cell(row, "kind", needed=True), table.cell(row, "road")
    if kind and kind not in set(PlaceKind):
        table.wrong(row, "kind", NOT_A_PLACE_KIND.filled(it=kind[:40], choices=", ".join(PLACE_KINDS)))
    if kind == PlaceKind.PLATE and not road:
        table.wrong(row, "road", NO_ROAD)
    name = Words(table.cell(row, "name_zh"), table.cell(row, "name_en"))
    if not name.zh:
        table.wrong(row, "name_zh", NO_NAME)
    first, last = table.day(row, "valid_from") or day, table.day(row, "valid_to")
    if last is not None and last < first:
        table.wrong(row, "valid_to", ENDS_EARLY)
    return NamedPlace(
        code=table.cell(row, "code"),
        kind=PlaceKind(kind) if kind in set(PlaceKind) else PlaceKind.POI,
        name=name,
        place=Wgs84(*pair),
        valid_from=first,
        valid_to=last,
        aliases=tuple(part.strip() for part in table.cell(row, "aliases").split(SEPARATOR) if part.strip()),
        use=table.cell(row, "use"),
        road=road,
        plate=table.cell(row, "plate"),
        source=table.cell(row, "source"),
    )
