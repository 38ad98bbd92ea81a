"""One byte of one transition among 300,000 cases is flipped, behind the database's back; `xiuhua verify` names it.

The set is made once and kept under var/proof: each case with two transitions and a text, by the batch way.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

CASES: Final = 300_000
BATCH: Final = 1_000
HOME: Final = Path(__file__).parents[2] / "var" / "proof"
FILE: Final = HOME / "xiuhua.sqlite3"


def proof() -> dict[str, Any]:
    made = _made()
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


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA")}
    return {**kept, "XIUHUA_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "xiuhua.shell.settings"}


def _made() -> int:
    """Seconds that it took; 0 where it was there."""
    if (HOME / "made").exists():
        return 0
    HOME.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "bench.proof.flipped"], env=_environment(), check=True)
    (HOME / "made").touch()
    return round(time.monotonic() - began)


def _verify() -> dict[str, Any]:
    began = time.monotonic()
    command = [str(Path(sys.executable).with_name("xiuhua")), "verify", "--format", "json"]
    said = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
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
    database = sqlite3.connect(FILE)
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


# the process that makes the set


def make() -> None:
    from bench.home import PACK, notices, ready

    ready(HOME)
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.install import install
    from xiuhua.operations.seal import seal
    from xiuhua.operations.world import world

    moment = [datetime(2025, 1, 1, 0, 0, tzinfo=UTC)]
    install(PACK, SYSTEM, moment[0])
    here = world(lambda: moment[0])
    bodies = notices(here)
    for done in range(0, CASES, BATCH):
        _batch(here, bodies, moment)
        if done % (20 * BATCH) == 0:
            seal(moment[0], HOME / "seals" / "seals.jsonl")
            print(f"{done} of {CASES} cases", file=sys.stderr)
    seal(moment[0], HOME / "seals" / "seals.jsonl")


def _batch(here: Any, bodies: Iterator[dict[str, Any]], moment: list[datetime]) -> None:
    from xiuhua.domain.notice import Channel
    from xiuhua.domain.people import Post
    from xiuhua.domain.place import Wgs84
    from xiuhua.domain.subject import By
    from xiuhua.operations.batch import Batch
    from xiuhua.operations.move import Asked, Done
    from xiuhua.operations.report import Sent, report_in

    by = By("proof", Post.ACCEPTOR, here.district.settings.centre)
    with Batch(here) as batch:
        for _ in range(BATCH):
            moment[0] += timedelta(seconds=100)
            body = next(bodies)
            place = Wgs84(body["place"]["lon"], body["place"]["lat"])
            words = {name: body[name] for name in ("place_text", "description", "reporter_name", "reporter_phone")}
            sent = Sent(Channel.HOTLINE, place, moment[0], body["class"], **words)
            begun = report_in(batch, sent, by)
            assert isinstance(begun, Done), begun
            noted = batch.move(Asked(begun.kind, begun.number, "note", by, {"note": "已电话联系来电人"}))
            assert isinstance(noted, Done), noted


if __name__ == "__main__":
    make()
