"""A set of 300,000 cases, made once and kept under var/proof: each with two transitions and texts, by the batch way.

Made anew where the tables have changed since: a migration that is edited makes another set.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

CASES: Final = 300_000
BATCH: Final = 1_000
DELIVERIES: Final = 20_000  # in one transaction
CHECKOUT: Final = Path(__file__).resolve().parents[1]
HOME: Final = CHECKOUT / "var" / "proof"
FILE: Final = HOME / "xiuhua.sqlite3"
MADE: Final = HOME / "made"
MIGRATIONS: Final = CHECKOUT / "src" / "xiuhua" / "store" / "migrations"


# Nine of ten cases have ended, as in a district that has worked for a year.
ENDS: Final = ("reject", {"reason": "already-known", "note": "已电话告知来电人"})
STAYS: Final = ("note", {"note": "已电话联系来电人"})


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIUHUA")}
    return {**kept, "XIUHUA_HOME": str(HOME), "DJANGO_SETTINGS_MODULE": "xiuhua.shell.settings"}


def made() -> int:
    """Seconds that it took; 0 where it was there. A second process waits for the first."""
    HOME.parent.mkdir(exist_ok=True)
    with (HOME.parent / "proof.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if MADE.exists() and MADE.read_text() == tables():
            return 0
        shutil.rmtree(HOME, ignore_errors=True)
        HOME.mkdir()
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "bench.kept"], env=environment(), cwd=CHECKOUT, check=True)
        MADE.write_text(tables())
        return round(time.monotonic() - began)


def tables() -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(MIGRATIONS.glob("*.py")))).hexdigest()


# the process that makes the set


def make() -> None:
    from bench.home import PACK, notices, ready

    ready(HOME)
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.deliver import deliver
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
    while deliver(moment[0], DELIVERIES):
        pass


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
        for n in range(BATCH):
            moment[0] += timedelta(seconds=100)
            body = next(bodies)
            place = Wgs84(body["place"]["lon"], body["place"]["lat"])
            words = {name: body[name] for name in ("place_text", "description", "reporter_name", "reporter_phone")}
            sent = Sent(Channel.HOTLINE, place, moment[0], body["class"], **words)
            begun = report_in(batch, sent, by)
            assert isinstance(begun, Done), begun
            move, given = ENDS if n % 10 else STAYS
            moved = batch.move(Asked(begun.kind, begun.number, move, by, given))
            assert isinstance(moved, Done), moved


if __name__ == "__main__":
    make()
