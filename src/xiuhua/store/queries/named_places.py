"""Places with names, as they were on a day; those that have gone are found on old days."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from xiuhua.domain.ground import NamedPlace, PlaceKind
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words
from xiuhua.store import sql
from xiuhua.store.boxes import Box

_COLUMNS: Final = (
    "code, kind, use, name_zh, name_en, aliases, longitude, latitude, road, plate, grid, street, source, "
    "valid_from, valid_to"
)
_VALID: Final = "valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)"


def named_places_in(box: Box, day: date) -> list[NamedPlace]:
    """By code. All of them are looked through: a district has some ten thousands."""
    inside = "longitude BETWEEN %s AND %s AND latitude BETWEEN %s AND %s"
    return _found(inside, [box.west, box.east, box.south, box.north], day)


def named_places(day: date) -> list[NamedPlace]:
    """All that hold on the day, by code: an index in memory is made of these."""
    return _found("1 = 1", [], day)


def named_place(code: str) -> NamedPlace | None:
    """Also one that has gone."""
    statement = f"SELECT {_COLUMNS} FROM named_place WHERE code = %s"  # noqa: S608 - our own names
    return next(iter(_places(sql.rows(statement, [code]))), None)


def plates_of(road: str, day: date) -> list[NamedPlace]:
    return _found("road = %s AND plate <> ''", [road], day)


def _found(condition: str, values: Sequence[Any], day: date) -> list[NamedPlace]:
    statement = f"SELECT {_COLUMNS} FROM named_place WHERE {condition} AND {_VALID} ORDER BY code"  # noqa: S608
    text: Any = day.isoformat() if sql.on_sqlite() else day
    return _places(sql.rows(statement, [*values, text, text]))


def _places(rows: Iterable[sql.Row]) -> list[NamedPlace]:
    return [
        NamedPlace(
            code=code, kind=PlaceKind(kind), name=Words(zh, en), place=Wgs84(lon, lat), valid_from=_day(first),
            valid_to=_day(last) if last else None, aliases=tuple(filter(None, aliases.split("\n"))), use=use,
            road=road, plate=plate, grid=grid, street=street, source=source,
        )
        for code, kind, use, zh, en, aliases, lon, lat, road, plate, grid, street, source, first, last in rows
    ]  # fmt: skip


def _day(value: Any) -> date:
    """SQLite gives a date as text, PostgreSQL as itself."""
    return value if isinstance(value, date) else date.fromisoformat(value)
