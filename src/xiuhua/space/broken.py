"""Why a shape is broken, in words, and where: the library of shapes says it in English only.

Source: the reasons of GEOS 3.14 (TopologyValidationError). One that is not among them is said in general words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely

from xiuhua.domain.words import Words

CROSSINGS: Final[Mapping[str, Words]] = {
    "Self-intersection": Words("边界自相交", "the outline crosses itself"),
    "Ring Self-intersection": Words("环与自身相接", "a ring touches itself"),
}
REASONS: Final[Mapping[str, Words]] = {
    **CROSSINGS,
    "Hole lies outside shell": Words("洞在外环之外", "a hole lies outside its ring"),
    "Holes are nested": Words("洞中有洞", "a hole lies in another hole"),
    "Interior is disconnected": Words("洞把面隔成几块", "holes cut the area apart"),
    "Nested shells": Words("一块在另一块之内", "one part lies in another"),
    "Duplicate Rings": Words("两个环重合", "two rings are the same"),
    "Too few points in geometry component": Words("点太少", "there are too few points"),
    "Invalid Coordinate": Words("有坐标不是有限的数", "a coordinate is no finite number"),
    "Ring is not closed": Words("环未闭合", "a ring is not closed"),
}
OTHERWISE: Final = Words("图形不成立", "it is no proper shape")
_SAID: Final = re.compile(r"(.*)\[(\S+) (\S+)\]")


@dataclass(frozen=True, slots=True)
class Broken:
    """`crossing`: the outline meets itself, as nearly always. `point` is where, in the shape's own coordinates."""

    words: Words
    crossing: bool
    point: shapely.Point


def broken(shape: Any) -> Broken:
    """Of a shape that is not valid."""
    return told(shapely.is_valid_reason(shape), shape)


def told(reason: str, shape: Any) -> Broken:
    """Where the reason names no place, it is the beginning of the shape."""
    found = _SAID.match(reason)
    name = found[1] if found else reason
    place = (float(found[2]), float(found[3])) if found else shapely.get_coordinates(shape)[0]
    return Broken(REASONS.get(name, OTHERWISE), name in CROSSINGS, shapely.Point(place))
