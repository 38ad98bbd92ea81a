"""A process that takes notices is killed fifty times on each database: no answered notice is lost or there twice."""

import tempfile
from pathlib import Path
from typing import Any, Final

from tests import postgres
from tests.operations.killed import Killed, kill_often

ROUNDS: Final = 50


def proof() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        on_sqlite = kill_often(ROUNDS, Path(home))
    with tempfile.TemporaryDirectory() as home, postgres.running(careless=False) as database:
        on_postgresql = kill_often(ROUNDS, Path(home), database)
    return {
        "holds": on_sqlite.ok and on_postgresql.ok,
        "sqlite": _said(on_sqlite),
        "postgresql": _said(on_postgresql),
    }


def _said(killed: Killed) -> dict[str, Any]:
    verified = killed.found["verified"]
    return {
        "kills": killed.rounds,
        "kills_between_commit_and_answer": killed.caught,
        "answered": len(killed.answered),
        "lost": len(killed.lost),
        "unanswered": len(killed.unanswered),
        "each_once": killed.found["once"],
        "rows_differing": killed.found["differing"],
        "chain_verifies": verified["ok"],
        "transitions": verified["transitions"],
        "seals": verified["seals"],
    }
