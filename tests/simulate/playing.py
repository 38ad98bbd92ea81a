"""The tiny district, played. As a program it plays on a database of its own and prints the digest of all cases."""

import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path

TINY = Path(__file__).parent.parent / "tiny"


def installed(plan) -> None:  # type: ignore[no-untyped-def]
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.operations.install import install
    from xiuhua.simulate.play import begin

    install(TINY, SYSTEM, plan.eve, people=True)
    begin(plan)


def digest() -> str:
    """Of the last digest of every case, in the order of their numbers."""
    from xiuhua.store import sql

    heads = sql.rows("SELECT number, head FROM subject WHERE kind = 'case' ORDER BY number")
    return hashlib.sha256("\n".join(f"{number} {head}" for number, head in heads).encode()).hexdigest()


def short(days: int, seed: int = 7):  # type: ignore[no-untyped-def]
    from xiuhua.simulate.plan import read_plan

    return replace(read_plan(TINY), days=days, seed=seed, notices_a_day=40, pictured=0)


def main(home: Path, days: int) -> None:
    os.environ |= {
        "XIUHUA_HOME": str(home),
        "XIUHUA_SECRET": "only-for-tests-" * 4,
        "DJANGO_SETTINGS_MODULE": "xiuhua.shell.settings",
    }
    os.environ.pop("XIUHUA_DATABASE", None)
    home.mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    from django.core.management import call_command

    from xiuhua.operations.world import world
    from xiuhua.simulate.play import play

    call_command("migrate", verbosity=0)
    installed(short(days))
    play(world(), home / "seals.jsonl")
    sys.stdout.write(digest())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
