"""The first page of the list at 300,000 cases, its counts, and the search: CPU of product and SQLite together.

The floor is the same rows by one plain SELECT, and json.dumps of them.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable
from urllib.parse import quote

from bench import home, kept
from bench.asking import Asking
from bench.figure import Figure

TIMES = 40
WORD = "井盖"
COLUMNS = (
    "number, stage, is_open, version, channel, class_key, unit, grid, street, place_text, photo, flags, longitude, "
    "latitude, opened_at, closed_at, warn_at, due_at"
)
NEWEST = "ORDER BY opened_at DESC, number DESC LIMIT 51"
FLOORS = {
    "page": f"SELECT {COLUMNS} FROM subject WHERE kind = 'case' {NEWEST}",
    "open": f"SELECT {COLUMNS} FROM subject WHERE kind = 'case' AND is_open {NEWEST}",
    "counts": "SELECT stage, COUNT(*) FROM subject WHERE kind = 'case' AND is_open GROUP BY stage",
    "search": (
        f"SELECT {COLUMNS} FROM subject WHERE kind = 'case' "
        f"AND id IN (SELECT subject_id FROM term WHERE term = '{WORD}') {NEWEST}"
    ),
}


def figures() -> list[Figure]:
    kept.made()
    os.environ.pop("XIUHUA_DATABASE", None)
    home.ready(kept.HOME)
    token = home.furnish()[0]
    api = Asking(HTTP_AUTHORIZATION=f"Bearer {token}")
    pages = Asking(HTTP_COOKIE=f"sessionid={_session()}")
    plain = sqlite3.connect(kept.FILE)
    asked: list[tuple[str, str, Callable[[], object], str]] = [
        ("first page, interface", "page", lambda: api.get("/api/v1/cases?limit=50"), "15"),
        ("first page of open cases, interface", "open", lambda: api.get("/api/v1/cases?limit=50&open=true"), "15"),
        ("first page, browser", "page", lambda: pages.get("/case/"), "15"),
        ("counts of open cases by stage", "counts", lambda: api.get("/api/v1/cases/counts"), ""),
        ("search for a word, first page", "search", lambda: api.get(f"/api/v1/cases?text={quote(WORD)}"), ""),
    ]
    return [
        _figure(what, work, lambda floor=floor: _plain(plain, FLOORS[floor]), aim)  # type: ignore[misc]
        for what, floor, work, aim in asked
    ]


def _session() -> str:
    """Of a signed-in browser."""
    from django.contrib.sessions.backends.db import SessionStore

    from xiuhua.look.viewer import ACCOUNT, EPOCH
    from xiuhua.store.models import Account

    session, account = SessionStore(), Account.objects.get(username="bench-0")
    session[ACCOUNT], session[EPOCH] = account.pk, account.epoch
    session.create()
    return str(session.session_key)


def _plain(plain: sqlite3.Connection, statement: str) -> None:
    json.dumps(plain.execute(statement).fetchall())


def _figure(what: str, work: Callable[[], object], floor: Callable[[], object], aim: str) -> Figure:
    name, bottom = f"{what}, {kept.CASES:,} cases", milliseconds(floor)
    return Figure(name, milliseconds(work), "ms CPU", floor=bottom, aim=aim, note="SQLite")


def milliseconds(work: Callable[[], object], times: int = TIMES) -> float:
    """CPU of the best third: others use the machine too."""
    work()
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    best = sorted(taken)[: times // 3]
    return sum(best) / len(best) * 1000


def main() -> None:
    for figure in figures():
        print(json.dumps(figure.row(), ensure_ascii=False))


if __name__ == "__main__":
    main()
