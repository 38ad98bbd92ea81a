"""Moves a second by the batch way: whole lives of cases, from the report to the closing, in one process.

The floor is the same rows by plain SQL, all in one transaction.
"""

import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import floor, home
from bench.figure import Figure
from bench.measure import CHECKOUT, span
from bench.serving import database, postmaster

CASES = 1500
WARM = 20
FLUSH = 5000  # moves in memory
TABLES = ("subject", "transition", "text", "outbox", "term")


def figure(kind: str) -> Figure:
    cache = CHECKOUT / "bench" / ".cache"
    cache.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder, database(kind) as address:
        at = Path(folder)
        home.ready(at, address)
        home.furnish()
        began = [datetime(2026, 10, 12, 1, 0, tzinfo=UTC)]
        world = _world(began)
        lives = _lives(world, began)
        processes = (*floor.myself(), *postmaster(address))
        _play(world, lives[:WARM], began)  # lays out the calendars
        with span(processes) as passed:
            moves = _play(world, lives[WARM:], began)
        bottom = _floor(at, address, moves + moves * WARM // CASES)
        return Figure(
            f"batch, {kind}", moves / passed.seconds, "moves/s", floor=bottom[0],
            cpu_ms=passed.cpu / moves * 1000, floor_cpu_ms=bottom[1], aim="8000", note=f"{CASES} whole lives of cases",
        )  # fmt: skip


def _world(began: list[datetime]) -> Any:
    from xiuhua.operations.world import world

    return world(lambda: began[0])


def _lives(world: Any, began: list[datetime]) -> list[tuple[Any, list[tuple[Any, str, dict[str, Any]]]]]:
    """Prepared before the clock runs: what is sent, and who makes which move with what."""
    from xiuhua.domain.people import Post
    from xiuhua.domain.subject import By

    centre = world.district.settings.centre
    by = {post: By(f"bench-{post.value}", post, centre) for post in Post}
    conditions = home.conditions(world)
    bodies = home.notices(world)
    return [_life(next(bodies), by, conditions, world) for _ in range(CASES)]


def _life(body: dict[str, Any], by: Any, conditions: dict[str, str], world: Any) -> Any:
    from xiuhua.domain.notice import Channel
    from xiuhua.domain.people import Post as P
    from xiuhua.domain.place import Wgs84
    from xiuhua.domain.subject import By

    words = {name: body[name] for name in ("place_text", "description", "reporter_name", "reporter_phone")}
    sent = {"channel": Channel.CITY_PLATFORM, "place": Wgs84(body["place"]["lon"], body["place"]["lat"]),
            "class_key": body["class"], **words}  # fmt: skip
    unit = next(o.code for o in world.district.organisations if world.district.handles(o.code))
    desk, hand = By("bench-desk", P.UNIT_DESK, unit), By("bench-hand", P.HANDLER, unit)
    return sent, [
        (by[P.ACCEPTOR], "accept", {"condition": conditions[body["class"]]}),
        (by[P.SHIFT_LEADER], "file", {"met": True}),
        (by[P.DISPATCHER], "dispatch", {"unit": unit, "reason": "由其办理"}),
        (desk, "sign", {}),
        (desk, "start", {}),
        (hand, "feed-back", {"photos": ["p" * 32], "note": "已处理"}),
        (desk, "confirm", {}),
        (by[P.ACCEPTOR], "send-check", {}),
        (by[P.COLLECTOR], "check-pass", {"photos": ["c" * 32]}),
        (by[P.SHIFT_LEADER], "close", {"met": True}),
    ]


def _play(world: Any, lives: list[Any], began: list[datetime]) -> int:
    from xiuhua.domain.case import KIND
    from xiuhua.domain.people import Post
    from xiuhua.domain.subject import By
    from xiuhua.operations.batch import Batch
    from xiuhua.operations.move import Asked
    from xiuhua.operations.report import Sent, report_in

    acceptor = By("bench-acceptor", Post.ACCEPTOR, world.district.settings.centre)
    moves = 0
    with Batch(world) as batch:
        for sent, life in lives:
            began[0] += timedelta(minutes=3)
            done = _done(report_in(batch, Sent(noticed_at=began[0], **sent), acceptor))
            for by, move, given in life:
                began[0] += timedelta(seconds=20)
                _done(batch.move(Asked(KIND, done.number, move, by, given)))
            moves += 1 + len(life)
            if len(batch) >= FLUSH:
                batch.flush()
    return moves


def _done(answer: Any) -> Any:
    from xiuhua.operations.move import Done

    if not isinstance(answer, Done):
        raise SystemExit(str(answer))
    return answer


def _floor(at: Path, address: str, moves: int) -> tuple[float, float]:
    """Moves a second and CPU milliseconds a move, had somebody only written the rows."""
    source = floor.Plain(address or str(at / "xiuhua.sqlite3"))
    rows = {name: source.rows(f"SELECT * FROM {name}") for name in TABLES}
    there = floor.Plain(floor.empty_beside(at, address))
    with span((*floor.myself(), *postmaster(address))) as passed:
        there.run("BEGIN")
        for name, found in rows.items():
            there.many(name, found)
        there.run("COMMIT")
    return moves / passed.seconds, passed.cpu / moves * 1000


def main() -> None:
    print(json.dumps(figure(sys.argv[1]).row(), ensure_ascii=False))


if __name__ == "__main__":
    main()
