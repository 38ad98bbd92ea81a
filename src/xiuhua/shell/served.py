"""What each serving process loads: the application and, on SQLite, the jobs loop beside it.

One process owns a SQLite file; PostgreSQL has `xiuhua jobs` as a process of its own.
"""

import atexit

from django.db import connection

from xiuhua.jobs import as_thread
from xiuhua.shell.wsgi import application

__all__ = ["application"]

if connection.vendor == "sqlite":
    atexit.register(as_thread().end)
