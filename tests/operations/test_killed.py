"""Killed in the middle of a write: what was answered is there, once, and the chain is whole."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.operations.killed import kill_often

ROUNDS = 3  # fifty in `make proof`


@pytest.fixture
def database() -> Iterator[str]:
    """Another database on the tests' server; on SQLite another file, in the process's own folder."""
    if connection.vendor == "sqlite":
        yield ""
        return
    given = connection.settings_dict
    server = f"postgresql://{quote(given['USER'])}:{quote(given['PASSWORD'])}@{given['HOST']}:{given['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS killed WITH (FORCE)")
        admin.execute("CREATE DATABASE killed")
        yield f"{server}/killed"
        admin.execute("DROP DATABASE killed WITH (FORCE)")


def test_every_answered_notice_survives_a_kill_once(tmp_path: Path, database: str) -> None:
    killed = kill_often(ROUNDS, tmp_path, database)
    assert killed.answered, "nothing was answered before the kill: the test proves nothing"
    assert killed.found["verified"]["ok"], killed.found["verified"]["findings"]
    assert (killed.lost, killed.found["differing"], killed.found["once"]) == ([], 0, True)
    assert len(killed.unanswered) <= 1
    assert killed.ok
