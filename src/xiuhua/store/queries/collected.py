"""Features and components page by page, by code, inside a box and with columns that are equal to something."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from xiuhua.domain.component import Component
from xiuhua.domain.ground import Feature, Layer
from xiuhua.domain.words import Words
from xiuhua.store import sql
from xiuhua.store.boxes import Box, components_where, features_where
from xiuhua.store.components import COLUMNS, component_of_row

_FEATURE: Final = "layer, code, kind, name_zh, name_en, shape, attributes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`equal`: columns by our own names. `most` None takes all."""

    box: Box | None = None
    equal: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    most: int | None = None


def features_page(layer: Layer, wanted: Wanted) -> tuple[list[Feature], int]:
    """And how many there are in all."""
    rows, matched = _page("feature", _FEATURE, wanted, ["layer = %s"], [layer.value])
    return [_feature(row) for row in rows], matched


def _feature(row: sql.Row) -> Feature:
    layer, code, kind, zh, en, shape, attributes = row
    return Feature(Layer(layer), code, kind, Words(zh, en), bytes(shape), json.loads(attributes))


def components_page(wanted: Wanted) -> tuple[list[Component], int]:
    rows, matched = _page("component", COLUMNS, wanted, [], [])
    return [component_of_row(row) for row in rows], matched


def component_of(code: str) -> Component | None:
    rows = sql.rows(f"SELECT {COLUMNS} FROM component WHERE code = %s", [code])  # noqa: S608 - our own names
    return component_of_row(rows[0]) if rows else None


_BOXED: Final = {"feature": features_where, "component": components_where}


def _page(
    table: str, columns: str, wanted: Wanted, where: list[str], values: list[Any]
) -> tuple[list[sql.Row], int]:
    if wanted.box is not None:
        condition, numbers = _BOXED[table](wanted.box)
        where, values = [*where, condition], [*values, *numbers]
    for column, value in wanted.equal.items():
        where, values = [*where, f"{column} = %s"], [*values, value]
    counted = sql.one(f"SELECT COUNT(*) FROM {table} WHERE {_all(where)}", values)  # noqa: S608 - our own names
    if wanted.after:
        where, values = [*where, "code > %s"], [*values, wanted.after]
    limit = f" LIMIT {int(wanted.most)}" if wanted.most is not None else ""
    statement = f"SELECT {columns} FROM {table} WHERE {_all(where)} ORDER BY code{limit}"  # noqa: S608
    return sql.rows(statement, values), int(counted[0]) if counted else 0


def _all(conditions: list[str]) -> str:
    return " AND ".join(conditions) or "1 = 1"
