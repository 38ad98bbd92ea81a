"""What each serving process loads: the application and, on SQLite, the jobs loop beside it.

One process owns a SQLite file; PostgreSQL has `xiuhua jobs` as a process of its own.
"""

import atexit
import os
import signal
import threading
import time

from django.db import connection

from xiuhua.jobs import as_thread
from xiuhua.shell.wsgi import application

__all__ = ["application"]

if connection.vendor == "sqlite":
    atexit.register(as_thread().end)


def _leave_with(parent: int) -> None:
    """A supervisor that was killed outright cannot end its workers; they would hold the port and the data folder."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)


threading.Thread(target=_leave_with, args=(os.getppid(),), name="parent", daemon=True).start()
