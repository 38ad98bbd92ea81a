"""Cases as features of a map, for programs: those a list would show to the same reader, and nothing that names a
person. Newest first; a page goes on after the last number.
"""

from datetime import datetime
from typing import Any, Final

import shapely

from xiuhua.domain.case import KIND
from xiuhua.domain.due_state import DueState, due_state_in
from xiuhua.domain.moves import Table
from xiuhua.domain.words import Words, Wrong
from xiuhua.maps.asked import Query
from xiuhua.maps.items import Item, Items, paged
from xiuhua.operations.acting import Acting
from xiuhua.operations.seeing import scope
from xiuhua.operations.world import World
from xiuhua.store.queries import Filter, Line
from xiuhua.store.queries.spots import lines_placed, number_placed

_DUE: Final = (DueState.IN_TIME, DueState.WARNING, DueState.OVERDUE, DueState.NO_CLOCK)
DUE_UNKNOWN: Final = Words("due 只能是：{known}", "due must be one of: {known}")


def page_of(acting: Acting, world: World, query: Query) -> Items:
    table, now = world.tables[KIND], world.now()
    f = _filter(query)
    between = (query.between.start, query.between.end) if query.between else (None, None)
    lines = lines_placed(f, scope(acting), now, between, query.after, query.limit + 1)
    matched = number_placed(f, scope(acting), now, between)
    return paged([_item(line, table, now) for line in lines], matched, query.limit)


def one(acting: Acting, world: World, number: str) -> Item | None:
    now = world.now()
    lines = lines_placed(Filter(KIND, text=number), scope(acting), now, (None, None), "", 5)
    found = next((line for line in lines if line.number == number), None)
    return _item(found, world.tables[KIND], now) if found else None


def _filter(query: Query) -> Filter:
    asked = query.properties
    box = query.box
    return Filter(
        KIND, stages=(asked["stage"],) if "stage" in asked else (), channel=asked.get("channel", ""),
        class_key=asked.get("class", ""), unit=asked.get("unit", ""), grid=asked.get("grid", ""),
        street=asked.get("street", ""), due=_due(asked["due"]) if "due" in asked else None,
        box=(box.west, box.south, box.east, box.north) if box else None,
    )  # fmt: skip


def _due(text: str) -> DueState:
    if text not in set(_DUE):
        known = ", ".join(state.value for state in _DUE)
        raise Wrong("ogc-property", DUE_UNKNOWN.filled(known=known), "due")
    return DueState(text)


def _item(line: Line, table: Table, now: datetime) -> Item:
    stage = table.stages[line.stage]
    properties: dict[str, Any] = {
        "number": line.number, "stage": line.stage, "open": line.is_open,
        "due": due_state_in(stage.group, line.due_at, line.warn_at, now).value, "channel": line.channel,
        "class": line.class_key, "unit": line.unit, "grid": line.grid, "street": line.street,
        "place": line.place_text, "opened_at": line.opened_at.isoformat(),
        "due_at": line.due_at.isoformat() if line.due_at else None,
        "closed_at": line.closed_at.isoformat() if line.closed_at else None,
    }  # fmt: skip
    return Item(line.number, shapely.from_wkt(f"POINT ({line.longitude} {line.latitude})"), properties)
