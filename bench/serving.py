"""The product as it is served, and its database, as processes whose CPU can be read."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import parent
from tests.postgres import running

WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    pid: int


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL with the settings it comes with; empty for SQLite."""
    if kind == "sqlite":
        yield ""
        return
    with running(careless=False) as address:
        yield address


def postmaster(address: str) -> tuple[int, ...]:
    """The server's first process; its descendants do the work."""
    if not address:
        return ()
    import psycopg

    with psycopg.connect(address) as connection:
        return (parent(connection.info.backend_pid),)


@contextmanager
def served(home: Path, address: str) -> Iterator[Served]:
    port = _free_port()
    environment = {**os.environ, "XIUHUA_HOME": str(home), "PORT": str(port), "XIUHUA_URL": f"http://127.0.0.1:{port}"}
    if address:
        environment["XIUHUA_DATABASE"] = address
    log = home / "serve.log"
    with log.open("w") as out:
        serve = [str(Path(sys.executable).with_name("xiuhua")), "serve"]
        server = subprocess.Popen(serve, env=environment, stdout=out, stderr=out)
        try:
            _wait(server, port, log)
            yield Served(port, server.pid)
        finally:
            server.terminate()
            server.wait(timeout=WAIT_SECONDS)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(WAIT_SECONDS * 10):
        if server.poll() is not None:
            raise SystemExit(f"the server did not start:\n{log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server did not answer:\n{log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
