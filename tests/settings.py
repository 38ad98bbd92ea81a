"""The settings under test: a data folder of their own for each process, and cheap passwords.

XIUHUA_DATABASE is kept where `tests.postgres` set it; otherwise the tests run on a real SQLite file.
"""

import os
import tempfile
from pathlib import Path

_home = tempfile.TemporaryDirectory(prefix="xiuhua-tests-")
os.environ["XIUHUA_HOME"] = _home.name
os.environ["XIUHUA_SECRET"] = "only-for-tests-" * 4
for name in ("XIUHUA_URL", "XIUHUA_LISTEN", "PORT"):
    os.environ.pop(name, None)

from xiuhua.shell.settings import *  # noqa: E402, F403
from xiuhua.shell.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Not in memory: locks, the write-ahead log and triggers have to be those of the real thing.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_home.name) / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
