"""A rate by grid, counted case by case, of a month and of a year of 300,000 cases: CPU of product and SQLite together.

The floor reads the same snapshots by one plain SELECT and their JSON, and counts nothing.
"""

import json
import os
import sqlite3

from bench import home, kept
from bench.asking import Asking
from bench.figure import Figure
from bench.lists import milliseconds

RATE = "/api/v1/cases/counts?metric=handling-rate&by=grid"
BODIES = "SELECT number, version, stage, body, opened_at FROM subject WHERE kind = 'case'"
MONTH = "opened_at < '2025-12-01' AND (is_open OR opened_at >= '2025-10-31 16:00:00')"
ASKED: tuple[tuple[str, str, str, int], ...] = (
    ("a rate by grid, of a month", f"{RATE}&from=2025-11-01&until=2025-11-30", f"{BODIES} AND {MONTH}", 9),
    ("the same in today's grids", f"{RATE}&division=now&from=2025-11-01&until=2025-11-30", f"{BODIES} AND {MONTH}", 9),
    ("a rate by grid, of all so far", RATE, BODIES, 3),
)


def figures() -> list[Figure]:
    kept.made()
    os.environ.pop("XIUHUA_DATABASE", None)
    home.ready(kept.HOME)
    api = Asking(HTTP_AUTHORIZATION=f"Bearer {home.furnish()[0]}")
    plain = sqlite3.connect(kept.FILE)
    return [_figure(what, api, address, plain, floor, times) for what, address, floor, times in ASKED]


def _figure(what: str, api: Asking, address: str, plain: sqlite3.Connection, floor: str, times: int) -> Figure:
    """In seconds of CPU: a page that is asked for a few times a day, not a list."""
    rows = len(plain.execute(floor).fetchall())
    bottom = milliseconds(lambda: _read(plain, floor), times) / 1000
    taken = milliseconds(lambda: api.get(address), times) / 1000
    name = f"{what}: {rows:,} of {kept.CASES:,} cases"
    return Figure(name, taken, "s CPU", floor=bottom, aim="", note="SQLite")


def _read(plain: sqlite3.Connection, statement: str) -> None:
    for row in plain.execute(statement):
        json.loads(row[3])


def main() -> None:
    for figure in figures():
        print(json.dumps(figure.row(), ensure_ascii=False))


if __name__ == "__main__":
    main()
