"""The floor: rows that the product wrote, written again by plain SQL into an empty database of the same tables,
indexes, triggers and settings, one transaction for each case or move. Nobody can keep the same and be faster.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from bench.measure import Span, span
from bench.serving import postmaster

Row = dict[str, Any]
WITHOUT_ID = ("text", "outbox", "key", "transition")  # their ids are the database's own
CONNECTIONS = 4  # as many writers as the product has; SQLite lets one write


@dataclass
class Case:
    """The rows of one case or move, in the order of writing."""

    inserts: list[tuple[str, Row]] = field(default_factory=list)
    update: Row | None = None


class Plain:
    """A connection without Django; SQL with its own marks."""

    def __init__(self, address: str) -> None:
        self.sqlite = not address.startswith("postgresql")
        self.mark = "?" if self.sqlite else "%s"
        if self.sqlite:
            from xiuhua.shell.environment import SQLITE_PRAGMAS

            self._raw: Any = sqlite3.connect(address, isolation_level=None, check_same_thread=False)
            self._raw.executescript(SQLITE_PRAGMAS)
        else:
            import psycopg

            self._raw = psycopg.connect(address, autocommit=True)
        self._cursor = self._raw.cursor()

    def run(self, statement: str, values: Sequence[Any] = ()) -> Any:
        return self._cursor.execute(statement, values)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        found = self.run(statement, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def write(self, case: Case) -> None:
        self.run("BEGIN IMMEDIATE" if self.sqlite else "BEGIN")
        if case.update is not None:
            self._update(case.update)
        for table, pairs in groupby(case.inserts, key=itemgetter(0)):
            rows = [row for _, row in pairs]
            marks = f"({', '.join([self.mark] * len(rows[0]))})"
            values = [value for row in rows for value in row.values()]
            self.run(f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES {', '.join([marks] * len(rows))}", values)
        self.run("COMMIT")

    def many(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            marks = ", ".join([self.mark] * len(rows[0]))
            statement = f"INSERT INTO {table} ({', '.join(rows[0])}) VALUES ({marks})"
            self._cursor.executemany(statement, [list(row.values()) for row in rows])

    def _update(self, row: Row) -> None:
        sets = ", ".join(f"{name} = {self.mark}" for name in row)
        where = f"kind = {self.mark} AND number = {self.mark} AND version = {self.mark}"
        values = [*row.values(), row["kind"], row["number"], row["version"] - 1]
        self.run(f"UPDATE subject SET {sets} WHERE {where}", values)


def cases(source: Plain, sequence: int) -> list[Case]:
    """What was written by the transition of that sequence, for every case that has one."""
    found: dict[str, Case] = {}
    subjects = source.rows(f"SELECT * FROM subject WHERE version = {source.mark} ORDER BY id", [sequence])
    for row in subjects:
        one = found[row["number"]] = Case()
        if sequence == 1:
            one.inserts.append(("subject", row))
        else:
            one.update = {name: value for name, value in row.items() if name != "id"}
    if sequence == 1:
        _add_terms(source, {row["id"]: found[row["number"]] for row in subjects})
    for table in WITHOUT_ID:
        for row in source.rows(f"SELECT * FROM {table} WHERE sequence = {source.mark}", [sequence]):
            if row["number"] in found:
                kept = {name: value for name, value in row.items() if name != "id"}
                found[row["number"]].inserts.append((table, kept))
    return list(found.values())


def _add_terms(source: Plain, begun: dict[int, Case]) -> None:
    for row in source.rows("SELECT * FROM term"):
        if row["subject_id"] in begun:
            begun[row["subject_id"]].inserts.append(("term", row))


def write(address: str, all_cases: Sequence[Case]) -> Span:
    """Time and CPU of writing them, of this process and the database together."""
    writers = CONNECTIONS if address.startswith("postgresql") else 1
    plains = [Plain(address) for _ in range(writers)]
    with span((*myself(), *postmaster(address if writers > 1 else ""))) as found:
        _together([_writer(plain, all_cases[n::writers]) for n, plain in enumerate(plains)])
    return found


def myself() -> tuple[int, ...]:
    return (os.getpid(),)


def _writer(plain: Plain, part: Iterable[Case]) -> Callable[[], None]:
    def work() -> None:
        for case in part:
            plain.write(case)

    return work


def _together(works: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def empty_beside(home: Path, address: str) -> str:
    """A database with the same tables and nothing in them; its address for `Plain`."""
    from django.core.management import call_command
    from django.db import connections

    settings = dict(connections.databases["default"])
    if address:
        Plain(address).run("CREATE DATABASE floor")
        settings["NAME"] = "floor"
        there = f"{address.rpartition('/')[0]}/floor"
    else:
        there = settings["NAME"] = str(home / "floor.sqlite3")
    connections.databases["floor"] = settings
    call_command("migrate", verbosity=0, database="floor")
    connections["floor"].close()
    return there
