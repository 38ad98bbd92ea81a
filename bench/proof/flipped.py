"""One byte of one transition among 300,000 cases is flipped, behind the database's back; `xiuhua verify` names it.

The set (`bench.kept`) is made once and kept.
"""

import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bench import kept


def proof() -> dict[str, Any]:
    made = kept.made()
    untouched = _verify()
    place, number, sequence = _flip(random.Random())
    found = _verify()
    _flip_back(place)
    first = (found["findings"] or [{}])[0]
    named = (first.get("what"), first.get("number"), first.get("sequence")) == ("changed", number, sequence)
    return {
        "holds": untouched["ok"] and named and found["wrong"] == 1,
        "cases": untouched["subjects"],
        "transitions": untouched["transitions"],
        "flipped": f"case {number} {sequence}",
        "named": f"{first.get('kind')} {first.get('number')} {first.get('sequence')} {first.get('what')}",
        "verify_seconds": found["took"],
        "transitions_a_second": round(untouched["transitions"] / untouched["took"]),
        **({"making_seconds": made} if made else {}),
    }


def _verify() -> dict[str, Any]:
    began = time.monotonic()
    command = [str(Path(sys.executable).with_name("xiuhua")), "verify", "--format", "json"]
    said = subprocess.run(command, env=kept.environment(), capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(said.stdout)
    return {**found, "took": round(time.monotonic() - began, 1)}


def _flip(draw: random.Random) -> tuple[tuple[int, int, str], str, int]:
    with _unguarded() as database:
        (last,) = database.execute("SELECT MAX(id) FROM transition WHERE kind = 'case'").fetchone()
        place = draw.randint(last // 10, last)
        number, sequence, body = database.execute(
            "SELECT number, sequence, body FROM transition WHERE id = ?", (place,)
        ).fetchone()
        at = draw.choice([index for index, character in enumerate(body) if character.isascii()])
        _set(database, place, body[:at] + chr(ord(body[at]) ^ 1) + body[at + 1 :])
    return (place, at, body), number, sequence


def _set(database: sqlite3.Connection, place: int, body: str) -> None:
    database.execute("UPDATE transition SET body = ? WHERE id = ?", (body, place))


@contextmanager
def _unguarded() -> Iterator[sqlite3.Connection]:
    """Without the triggers that refuse it."""
    database = sqlite3.connect(kept.FILE)
    with closing(database), database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        yield database
        for _, statement in triggers:
            database.execute(statement)


def _flip_back(flipped: tuple[int, int, str]) -> None:
    with _unguarded() as database:
        _set(database, flipped[0], flipped[2])
