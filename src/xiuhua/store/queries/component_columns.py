"""The register of components as columns, for writing out: hundreds of thousands of rows without an object for each."""

from typing import Any, Final

from xiuhua.store import sql

COLUMNS: Final = (
    "code", "class_key", "name", "longitude", "latitude", "state", "accuracy", "origin", "recorded", "changed",
    "competent", "owner", "keeper", "label", "circuit", "grid", "street", "note",
)  # fmt: skip


def component_columns() -> dict[str, list[Any]]:
    """By code; days as text."""
    rows = sql.rows(f"SELECT {', '.join(COLUMNS)} FROM component ORDER BY code")  # noqa: S608 - our own names
    columns = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    for name in ("recorded", "changed"):
        columns[name] = [None if day is None else str(day) for day in columns[name]]
    return columns
