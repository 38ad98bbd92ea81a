"""One measured figure, as it is printed and as it is kept."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """`floor` is measured in the same run, in the same unit. `cpu_ms` is of product and database together, for one.

    `aim` is what was wished for: of the value, or of `cpu_ms` where the value has none.
    """

    what: str
    value: float
    unit: str
    floor: float | None = None
    cpu_ms: float | None = None
    floor_cpu_ms: float | None = None
    p95_ms: float | None = None
    aim: str = ""
    note: str = ""

    def row(self) -> dict[str, Any]:
        return {name: _short(value) for name, value in asdict(self).items() if value not in (None, "")}


def _short(value: Any) -> Any:
    return (round(value) if abs(value) >= 100 else round(value, 2)) if isinstance(value, float) else value


HEAD = ("what", "value", "floor", "CPU ms", "floor CPU ms", "p95 ms", "aim", "load", "note")


def table(rows: Iterable[dict[str, Any]]) -> str:
    """As a table of Markdown, which is also read well on a screen."""
    lines = [HEAD, tuple("---" for _ in HEAD)]
    lines += [_cells(row) for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    value = f"{row['value']:,} {row['unit']}"
    rest = (row.get(name, "") for name in ("floor", "cpu_ms", "floor_cpu_ms", "p95_ms", "aim", "load", "note"))
    return (row["what"], value, *(f"{cell:,}" if isinstance(cell, float | int) else str(cell) for cell in rest))
