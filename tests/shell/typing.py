"""Commands as somebody types them: in a process of their own, with a data folder of their own."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

XIUHUA = (sys.executable, "-c", "from xiuhua.shell.cli import main; main()")
ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "tiny"
SURROUNDINGS = frozenset(
    "XIUHUA_DATABASE XIUHUA_SECRET XIUHUA_URL XIUHUA_LISTEN XIUHUA_LANG PORT LC_ALL LC_MESSAGES LANGUAGE "
    "DJANGO_SETTINGS_MODULE".split()
)


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    home: Path

    def environment(self, **given: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if name not in SURROUNDINGS}
        return {**plain, "LANG": "zh_CN.UTF-8", "XIUHUA_HOME": str(self.home), "PYTHONWARNINGS": "error", **given}

    def types(self, line: str, stdin: str = "", **given: str) -> Said:
        """No answer of any command may be a traceback."""
        done = subprocess.run(
            [*XIUHUA, *line.split()], input=stdin, capture_output=True, text=True, timeout=120, cwd=ROOT,
            env=self.environment(**given),
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    def starts(self, line: str, **given: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*XIUHUA, *line.split()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
            env=self.environment(**given),
        )  # fmt: skip


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
