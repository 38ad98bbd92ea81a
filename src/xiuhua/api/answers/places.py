"""Places by words and words of places; a shift."""

from datetime import datetime

from ninja import Schema

from xiuhua.api.answers.nouns import Named, W


class ShiftOut(Schema):
    """`at`: when the last place came. Nothing is kept once the shift has ended."""

    on_shift: bool
    began_at: datetime | None
    at: datetime | None


class FoundOut(Schema):
    """`sort`: grid, component, case, or the kind of a place. `place` is longitude and latitude in WGS 84."""

    sort: str
    code: str
    name: W
    what: W
    place: list[float]
    zoom: int
    level: str
    confidence: float


class PlacesOut(Schema):
    items: list[FoundOut]


class RoadNearOut(Schema):
    name: W
    metres: float


class SomewhereOut(Schema):
    words: W
    grid: Named | None
    street: Named | None
    roads: list[RoadNearOut]
