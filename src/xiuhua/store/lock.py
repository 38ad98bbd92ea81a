"""One writer at a time on SQLite: a lock in the process, and a file lock between processes.

PostgreSQL locks rows itself. A command that has to wait says so once, in a sentence, on standard error.
"""

import fcntl
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

_inside = threading.RLock()
_depth = 0
_WAIT_SECONDS = 30  # ours: longer than any single write; then the other writer hangs
_SILENT_SECONDS = 1
_WAITING = "正在等待另一进程写完 … / waiting for another process to finish writing …"


class StoreBusy(Exception):  # noqa: N818
    """Another process has been writing for too long."""


@contextmanager
def writing() -> Iterator[None]:
    """A database transaction that may write; nested calls belong to the outer one."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with _inside, _between(), transaction.atomic():
        yield


@contextmanager
def _between() -> Iterator[None]:
    global _depth
    if _depth:
        yield
        return
    handle = _handle(f"{connection.settings_dict['NAME']}.lock", os.getpid())
    _wait(handle)
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        fcntl.flock(handle, fcntl.LOCK_UN)


@cache
def _handle(file: str, process: int) -> int:
    """Open while the process lives. A forked process opens its own: it would share the lock of an inherited one."""
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _wait(handle: int) -> None:
    started, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - started
            if waited > _WAIT_SECONDS:
                raise StoreBusy(
                    f"another process has been writing for {_WAIT_SECONDS} s; try again"
                ) from None
            if waited > _SILENT_SECONDS and not told:
                print(_WAITING, file=sys.stderr)  # noqa: T201
                told = True
            time.sleep(0.001)
        else:
            return
