"""Notices and moves over HTTP, as `xiuhua serve` answers them: `python -m bench.intake sqlite` or `postgresql`.

The sender runs on the same cores; its CPU is not in the figures, its time is.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench import floor, home
from bench.figure import Figure
from bench.load import request
from bench.measure import CHECKOUT, Span, share, span
from bench.serving import database, postmaster, served

COUNT = 3000
WARM = 300
CONNECTIONS = 8
LOG = 4000  # characters of the server's last words


def figures(kind: str, count: int = COUNT) -> list[Figure]:
    cache = CHECKOUT / "bench" / ".cache"
    cache.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder, database(kind) as address:
        at = Path(folder)
        home.ready(at, address)
        tokens = home.furnish()
        source = floor.Plain(address or str(at / "xiuhua.sqlite3"))
        with served(at, address) as server:
            processes = (server.pid, *postmaster(address))
            _send(at, server.port, _notices(tokens, WARM, "warm"), processes)
            sent = _send(at, server.port, _notices(tokens, count, "sent"), processes)
            begun = floor.cases(source, 1)
            moved = _send(at, server.port, _moves(tokens, sent.bodies), processes)
        there = floor.empty_beside(at, address)
        return [
            _figure(f"intake over HTTP, {kind}", "notices/s", sent, begun, there, "300 (460); p95 100; CPU 5"),
            _figure(f"a move over HTTP, {kind}", "moves/s", moved, floor.cases(source, 2), there, ""),
        ]


@dataclass(frozen=True, slots=True)
class Sent:
    """`passed.seconds` is from the first request to the last answer."""

    passed: Span
    waits: list[float]
    bodies: list[dict[str, Any]]


def _here() -> Any:
    from xiuhua.operations.clock import now
    from xiuhua.operations.world import world

    return world(now)


def _notices(tokens: list[str], count: int, name: str) -> list[bytes]:
    moment = datetime.now(UTC).isoformat()
    bodies = islice(home.notices(_here(), seed=len(name) + count), count)
    return [
        request("/api/v1/notices", tokens[n % len(tokens)], {**body, "noticed_at": moment}, f"{name}-{n}")
        for n, body in enumerate(bodies)
    ]


def _moves(tokens: list[str], begun: list[dict[str, Any]]) -> list[bytes]:
    """`accept`: ends one clock, starts another, tells the shift leaders."""
    key, condition = next(iter(home.conditions(_here()).items()))
    return [
        request(
            f"/api/v1/cases/{one['number']}/moves/accept", tokens[n % len(tokens)],
            {"given": {"class": key, "condition": condition}, "version": 1}, f"move-{n}",
        )
        for n, one in enumerate(begun)
    ]  # fmt: skip


def _send(at: Path, port: int, requests: list[bytes], processes: tuple[int, ...]) -> Sent:
    file = at / "requests"
    file.write_text("".join(json.dumps(one.decode()) + "\n" for one in requests), encoding="utf-8")
    with span(processes) as passed:
        done = subprocess.run(
            [sys.executable, "-m", "bench.load", str(port), str(file), str(CONNECTIONS)],
            cwd=CHECKOUT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    said = json.loads(done.stdout)
    passed.seconds = said["seconds"]
    wrong = [(status, body) for _, status, body in said["answers"] if status not in (200, 201)]
    if wrong:
        log = (at / "serve.log").read_text(encoding="utf-8")[-LOG:]
        raise SystemExit(f"{len(wrong)} of {len(requests)} were not taken, the first: {wrong[0]}\n{log}")
    return Sent(passed, [w for w, _, _ in said["answers"]], [json.loads(body) for _, _, body in said["answers"]])


def _figure(what: str, unit: str, sent: Sent, rows: list[floor.Case], there: str, aim: str) -> Figure:
    count, passed = len(sent.waits), sent.passed
    bottom = floor.write(there, rows)
    return Figure(
        what, count / passed.seconds, unit, floor=len(rows) / bottom.seconds,
        cpu_ms=passed.cpu / count * 1000, floor_cpu_ms=bottom.cpu / len(rows) * 1000,
        p95_ms=share(sent.waits, 0.95) * 1000, aim=aim, note=f"{CONNECTIONS} connections",
    )  # fmt: skip


def main() -> None:
    for figure in figures(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else COUNT):
        print(json.dumps(figure.row(), ensure_ascii=False))


if __name__ == "__main__":
    main()
