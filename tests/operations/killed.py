"""A process that takes notices is killed at random moments; afterwards every answered notice has to be there, once.

`python -m tests.operations.killed intake FROM MOMENT` is killed, `... look` looks afterwards. A notice that was under
way is sent again by the next process, with the same key and the same words, as a client would whose answer got lost.
Their data folder and database are those of the environment, never those of the tests.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

READY = "ready"
LONGEST_SECONDS = 0.6  # after which a process that is ready is killed at the latest
PATIENCE_SECONDS = 60
WEST, SOUTH, STEP, STEPS = 110.0003, 30.0003, 0.0003, 90  # places far enough apart in the tiny district


@dataclass
class Killed:
    """What was answered, key by key, and what was found afterwards.

    `caught`: kills between a commit and its answer; the notice was sent again and got the answer that was lost.
    """

    rounds: int = 0
    caught: int = 0
    answered: dict[str, str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def lost(self) -> list[str]:
        """Keys whose answer was given and whose case is not there, or is another one."""
        return [key for key, number in self.answered.items() if self.found["numbers"].get(key) != number]

    @property
    def unanswered(self) -> list[str]:
        return sorted(set(self.found["numbers"]) - set(self.answered))

    @property
    def ok(self) -> bool:
        whole = self.found["verified"]["ok"] and not self.found["differing"] and self.found["once"]
        return bool(whole and not self.lost and len(self.unanswered) <= 1)


def kill_often(rounds: int, home: Path, database: str = "", seed: int = 1) -> Killed:
    environment = {**os.environ, "XIUHUA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "xiuhua.shell.settings"}
    environment["XIUHUA_DATABASE"] = database or f"sqlite://{home / 'xiuhua.sqlite3'}"
    draw, killed = random.Random(seed), Killed()
    moment = datetime.now(UTC).isoformat()
    for _ in range(rounds):
        _one_life(environment, moment, draw.uniform(0, LONGEST_SECONDS), killed)
        killed.rounds += 1
    said = subprocess.run(_child("look"), env=environment, capture_output=True, text=True, check=True)
    killed.found = json.loads(said.stdout.splitlines()[-1])
    return killed


def _child(*given: str) -> list[str]:
    return [sys.executable, "-m", "tests.operations.killed", *given]


def _one_life(environment: Mapping[str, str], moment: str, seconds: float, killed: Killed) -> None:
    """It begins with the notice that was under way when the last one was killed."""
    command = _child("intake", str(len(killed.answered)), moment)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        watch = threading.Timer(PATIENCE_SECONDS, process.kill)
        watch.start()
        began = process.stdout.readline().strip() == READY
        watch.cancel()
        if not began:
            raise RuntimeError("the process that was to be killed did not start")
        threading.Timer(seconds, process.send_signal, (signal.SIGKILL,)).start()
        for line in process.stdout:  # until it is dead
            if line.endswith("\n"):
                key, number, again = line.split()
                killed.answered[key] = number
                killed.caught += again == "again"
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError("the process ended by itself: nothing was proved")


# the process that is killed


def intake(start: int, moment: datetime) -> None:
    from tests.cast import GUAN, SHOU, TINY
    from xiuhua.domain.notice import Channel
    from xiuhua.domain.place import Wgs84
    from xiuhua.operations.clock import utc_now
    from xiuhua.operations.deliver import deliver
    from xiuhua.operations.install import install
    from xiuhua.operations.move import Done
    from xiuhua.operations.report import Sent, report
    from xiuhua.operations.seal import seal
    from xiuhua.operations.world import world

    install(TINY, GUAN, utc_now())
    here = world()
    print(READY, flush=True)  # noqa: T201
    for number in count(start):
        place = Wgs84(WEST + number % STEPS * STEP, SOUTH + number // STEPS % STEPS * STEP)
        sent = Sent(Channel.HOTLINE, place, moment, "tiny/component/cover", "broken", description=f"来电{number}")
        done = report(sent, SHOU, here, key=f"k{number}")
        assert isinstance(done, Done), done
        print(f"k{number}", done.number, "again" if done.repeated else "new", flush=True)  # noqa: T201
        if number % 7 == 0:
            seal(utc_now(), _seals())
            deliver(utc_now())


def look() -> None:
    from xiuhua.operations.clock import utc_now
    from xiuhua.operations.rebuild import rebuild
    from xiuhua.operations.seal import seal
    from xiuhua.operations.verify import silent, verify
    from xiuhua.operations.world import world
    from xiuhua.store.models import KeyRow, SubjectRow

    seal(utc_now(), _seals())
    numbers = dict(KeyRow.objects.values_list("key", "number"))
    cases = set(SubjectRow.objects.values_list("number", flat=True))
    found = {
        "numbers": numbers,
        "once": cases == set(numbers.values()) and len(cases) == len(numbers),
        "verified": verify(seals=_seals()).row(),
        "differing": rebuild(world(), silent).differing,
    }
    print(json.dumps(found), flush=True)  # noqa: T201


def _seals() -> Path:
    return Path(os.environ["XIUHUA_HOME"]) / "seals" / "seals.jsonl"


def _ready() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def main(what: str, *given: str) -> None:
    _ready()
    if what == "intake":
        intake(int(given[0]), datetime.fromisoformat(given[1]))
    else:
        look()


if __name__ == "__main__":
    main(*sys.argv[1:])
