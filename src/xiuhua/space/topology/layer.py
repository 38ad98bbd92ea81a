"""Any layer of polygons looked at as a whole, alone or against the larger areas it should fill."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.codes import UnitGridCode
from xiuhua.domain.words import Words
from xiuhua.space.layers import POLYGONS, LayerFile
from xiuhua.space.topology.fault import GroundFault, Naming, nowhere
from xiuhua.space.topology.pieces import (
    SLIVER_WIDTH_M,
    SMALLEST_M2,
    Numbers,
    Piece,
    beyond,
    enclosed,
    invalid,
    most_in,
    overlaps,
    piece,
    same,
    slivers,
    uncovered,
)
from xiuhua.space.topology.plane import Plane
from xiuhua.space.topology.report import Report

PARTS: Final = Words("面", "areas")
LEFT_OUT: Final = Words(
    "{count} 个要素（无图形或图形有误）未参与重叠、空隙等检查",
    "features left out of the search for gaps and overlaps, being wrong themselves or without a shape: {count}",
)
NO_CODES: Final = Words("没有指明编码列，以要素号代替编码", "no code column was named; features go by their numbers")
OTHER_CRS: Final = Words(
    "两个图层坐标系不同（{one}、{other}），长直边界可能相差数厘米",
    "the two layers have different coordinate systems ({one}, {other}): long borders may differ by centimetres",
)
NO_NESTING: Final = Words(
    "下级编码都不以上级编码开头，未按编码检查归属",
    "no code begins with that of a larger area; nesting by code was not checked",
)


@dataclass(frozen=True)
class Checking:
    """What to look at. `code` empty: features go by their numbers. `unit_codes`: codes are those of unit grids."""

    layer: LayerFile
    code: str = ""
    parents: LayerFile | None = None
    parent_code: str = ""
    parent_column: str = ""  # of the layer: the code of the larger area; empty: by the beginning of the code
    unit_codes: bool = False
    smallest_m2: float = SMALLEST_M2
    sliver_m: float = SLIVER_WIDTH_M


def check_layer(asked: Checking) -> Report:
    """Raises LayerWrong where the layer is not one of polygons or has no such column."""
    return _Check(asked).report()


class _Check:
    def __init__(self, asked: Checking) -> None:
        self.asked = asked
        self.notes = [*asked.layer.notes]
        shapes = asked.layer.shapes
        self.there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        asked.layer.take(self.there).of(POLYGONS)
        self.plane = Plane.of(shapes, asked.layer.crs)
        self.flat = self.plane.flat(shapes)
        self.codes = _codes(asked.layer, asked.code, self.notes)
        self.sound = np.flatnonzero(self.there & shapely.is_valid(shapes))
        self.naming = Naming(self.plane, [self.codes[number] for number in self.sound])
        self.shapes = self.flat[self.sound]

    def report(self) -> Report:
        faults = [*self._features(), *self._rings(), *self._among()]
        if self.asked.parents is not None and len(self.shapes):
            faults += self._nesting(self.asked.parents)
        elif len(self.shapes):
            faults += self._enclosed()
        left = len(self.codes) - len(self.sound)
        if left:
            self.notes.append(LEFT_OUT.filled(count=left))
        degrees = self.plane.degrees(self.shapes)
        area = float(shapely.area(self.plane.measure.flat(degrees)).sum())
        return Report(
            self.asked.layer.path,
            self.asked.layer.name,
            len(self.codes),
            area,
            self.asked.smallest_m2,
            tuple(faults),
            tuple(self.notes),
        )

    def _features(self) -> Iterator[GroundFault]:
        for number in np.flatnonzero(~self.there).tolist():
            yield nowhere("no-shape", self.codes[number], feature=self.asked.layer.features[number])
        if self.asked.code:
            yield from self._wrong_codes()

    def _wrong_codes(self) -> Iterator[GroundFault]:
        texts = self.asked.layer.texts(self.asked.code).tolist()
        counts = Counter(filter(None, texts))
        said: set[str] = set()
        for number, text in enumerate(texts):
            if not self.there[number] or text in said:
                continue
            if not text:
                yield self._at(number, "no-code", feature=self.asked.layer.features[number])
            elif counts[text] > 1:
                said.add(text)
                yield self._at(number, "code-twice", count=counts[text])
            elif self.asked.unit_codes and (wrong := UnitGridCode.check(text)):
                yield self._at(number, "not-a-code", why_zh=wrong.words.zh, why_en=wrong.words.en)

    def _at(self, number: int, code: str, **given: object) -> GroundFault:
        """Its ground may be of any form, so that only a point of it is named."""
        point = shapely.Point(shapely.get_coordinates(self.flat[number])[0])
        return Naming(self.plane, self.codes).of(code, Piece((number,), point, point), **given)

    def _rings(self) -> Iterator[GroundFault]:
        wrong = np.flatnonzero(self.there & ~shapely.is_valid(self.flat))
        naming = Naming(self.plane, [self.codes[number] for number in wrong])
        for found, why in invalid(self.flat[wrong]):
            yield naming.of("crossing" if why.crossing else "ring", found, why_zh=why.words.zh, why_en=why.words.en)

    def _among(self) -> Iterator[GroundFault]:
        if not len(self.shapes):
            return
        for found in same(self.shapes):
            yield self.naming.of("shape-twice", found, other=self.naming.codes[found.which[1]])
        for found in overlaps(self.shapes, self.asked.smallest_m2):
            yield self.naming.of("overlap", found, other=self.naming.codes[found.which[1]])
        for found in slivers(self.shapes, self.asked.sliver_m):
            yield self.naming.of("sliver", found)

    def _enclosed(self) -> Iterator[GroundFault]:
        for found, alone in enclosed(self.shapes, self.asked.smallest_m2):
            yield self.naming.of("hole" if alone else "between", found)

    def _nesting(self, parents: LayerFile) -> Iterator[GroundFault]:
        areas = self._areas(parents.of(POLYGONS))
        above = Naming(self.plane, _codes(parents, self.asked.parent_code, []))
        lies_in = most_in(areas, self.shapes)
        said = self._said_parents(list(above.codes))
        place = {code: number for number, code in enumerate(above.codes)}
        yield from self._misplaced(said, lies_in, above, place)
        for found in beyond(areas, self.shapes, lies_in, self.asked.smallest_m2):
            parent = above.codes[lies_in[found.which[0]]]
            yield self.naming.of("beyond", found, parent, parent=parent)
        inside = [np.flatnonzero(lies_in == number) for number in range(len(areas))]
        for found in uncovered(areas, self.shapes, inside, self.asked.smallest_m2):
            yield above.of("gap", found, tier_zh=PARTS.zh, tier_en=PARTS.en)

    def _areas(self, parents: LayerFile) -> Any:
        if parents.crs.name == self.asked.layer.crs.name:
            return self.plane.flat(parents.shapes)
        self.notes.append(OTHER_CRS.filled(one=self.asked.layer.crs.name, other=parents.crs.name))
        return self.plane.from_degrees(parents.wgs84())

    def _said_parents(self, codes: list[str]) -> list[str]:
        """By the column that says it, or by the longest code that its own begins with; empty where neither does."""
        if self.asked.parent_column:
            texts = self.asked.layer.texts(self.asked.parent_column)
            return [str(texts[number]) for number in self.sound]
        if not self.asked.code:
            return [""] * len(self.sound)
        found = [_beginning(code, frozenset(codes)) for code in self.naming.codes]
        if not any(found):
            self.notes.append(NO_NESTING)
        return found

    def _misplaced(
        self, said: list[str], lies_in: Numbers, above: Naming, place: dict[str, int]
    ) -> Iterator[GroundFault]:
        by_code = any(said)
        for number, (code, where) in enumerate(zip(said, lies_in.tolist(), strict=True)):
            here = piece((number,), self.shapes[number])
            other = above.codes[where] if where >= 0 else ""
            if by_code and code not in place:
                yield self.naming.of("no-parent", here, parent=code)
            elif where < 0:
                yield self.naming.of("nowhere", here)
            elif by_code and code != other:
                yield self.naming.of("elsewhere", here, code, other, parent=code, other=other)


def _beginning(code: str, codes: frozenset[str]) -> str:
    return next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in codes), "")


def _codes(layer: LayerFile, column: str, notes: list[Words]) -> list[str]:
    """Where there is none, the number of the feature stands for it."""
    numbers: list[Any] = [f"#{number}" for number in layer.features.tolist()]
    if not column:
        notes.append(NO_CODES)
        return numbers
    return [text or number for text, number in zip(layer.texts(column).tolist(), numbers, strict=True)]
