"""What a program asks of a collection: a box, a time, properties, a page; and in which coordinate system.

Source: OGC API Features 1.0 Part 1 (17-069r4) and Part 2 (18-058r1). EPSG:4490 (CGCS2000) and EPSG:4326 have
latitude first, CRS84 longitude. CGCS2000 counts as WGS 84 (`domain.place`): the numbers are taken over unchanged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from xiuhua.domain.words import Words, Wrong
from xiuhua.store.boxes import Box

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CGCS2000: Final = "http://www.opengis.net/def/crs/EPSG/0/4490"
WGS84: Final = "http://www.opengis.net/def/crs/EPSG/0/4326"
LATITUDE_FIRST: Final = {CRS84: False, CGCS2000: True, WGS84: True}
MOST: Final = 10_000
USUAL: Final = 100

CRS_UNKNOWN: Final = Words(
    "没有坐标系“{text}”，应为：{known}", "there is no coordinate system “{text}” here; take one of {known}"
)
BOX_WRONG: Final = Words(
    "范围应为4个数（西,南,东,北，或按坐标系的轴序），现为“{text}”",
    "a box is 4 numbers (west,south,east,north, or in the axis order of its system); this is “{text}”",
)
TIME_WRONG: Final = Words(
    "时间应为 RFC 3339 的时刻、日期或区间（如 2026-01-01/..），现为“{text}”",
    "a time is a moment, a day or an interval of RFC 3339 (such as 2026-01-01/..); this is “{text}”",
)
LIMIT_WRONG: Final = Words("limit 应为正整数，现为“{text}”", "limit is a whole number above zero; this is “{text}”")
PROPERTY_UNKNOWN: Final = Words(
    "此图层没有参数或属性“{text}”，可用：{known}",
    "this collection has no parameter or property “{text}”; there are: {known}",
)


@dataclass(frozen=True, slots=True)
class Between:
    """Both ends included, in the district's zone; None is open."""

    start: datetime | None
    end: datetime | None

    @property
    def days(self) -> tuple[date | None, date | None]:
        return (self.start.date() if self.start else None, self.end.date() if self.end else None)


@dataclass(frozen=True, slots=True)
class Query:
    """`after` is the id of the last item of the page before."""

    box: Box | None = None
    between: Between | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    limit: int = USUAL
    after: str = ""


def crs_of(text: str, parameter: str) -> str:
    known = text.strip("[]") or CRS84  # Part 2 allows brackets: safe CURIEs
    if known not in LATITUDE_FIRST:
        listed = ", ".join(LATITUDE_FIRST)
        raise Wrong("ogc-crs", CRS_UNKNOWN.filled(text=text, known=listed), parameter)
    return known


def box_of(text: str, crs: str) -> Box | None:
    """Heights, where there are any, are left out."""
    if not text:
        return None
    wrong = Wrong("ogc-bbox", BOX_WRONG.filled(text=text), "bbox")
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise wrong from None
    if len(numbers) == _WITH_HEIGHT:
        numbers = [numbers[i] for i in (0, 1, 3, 4)]
    if len(numbers) != _PLAIN:
        raise wrong
    first, second, third, fourth = numbers
    west, south, east, north = (second, first, fourth, third) if LATITUDE_FIRST[crs] else (first, second, third, fourth)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # also refuses "not a number"
        raise wrong
    return Box(west, south, east, north)


_PLAIN, _WITH_HEIGHT = 4, 6


def between(text: str, zone: tzinfo) -> Between | None:
    if not text:
        return None
    first, slash, last = text.partition("/")
    try:
        start = _moment(first, zone, time.min)
        stop = _moment(last if slash else first, zone, time.max)
    except (ValueError, OverflowError):  # the first and the last day of all may have no moment in UTC
        raise Wrong("ogc-datetime", TIME_WRONG.filled(text=text), "datetime") from None
    if (start is None and stop is None) or (start and stop and stop < start):
        raise Wrong("ogc-datetime", TIME_WRONG.filled(text=text), "datetime")
    return Between(start, stop)


def _moment(text: str, zone: tzinfo, of_day: time) -> datetime | None:
    """A day is all of it, as the district has it; an open end is ".." or nothing."""
    if text in ("", ".."):
        return None
    found = datetime.fromisoformat(text)
    if len(text) == len("2026-01-01"):
        found = datetime.combine(found, of_day, zone)
    if found.tzinfo is None:
        raise ValueError(text)
    return found.astimezone(UTC).astimezone(zone)


def limit_of(text: str) -> int:
    """More than the most is the most, as the standard has it."""
    if not text:
        return USUAL
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        raise Wrong("ogc-limit", LIMIT_WRONG.filled(text=text), "limit")
    return min(int(text), MOST)


def properties_of(given: Mapping[str, str], known: tuple[str, ...], parameters: frozenset[str]) -> dict[str, str]:
    """Every parameter is one of the standard's or a property: an unknown one is refused, as the standard asks."""
    unknown = next((name for name in given if name not in parameters and name not in known), None)
    if unknown is not None:
        listed = ", ".join(sorted({*known, *parameters}))
        raise Wrong("ogc-parameter", PROPERTY_UNKNOWN.filled(text=unknown, known=listed), unknown)
    return {name: given[name] for name in known if name in given}
