"""Seconds, CPU of whole trees of processes, and the machine that a figure belongs to."""

import os
import platform
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")
CHECKOUT = Path(__file__).resolve().parents[1]


@dataclass
class Span:
    """What passed between two moments; `cpu` is user and system time of the processes together."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def span(processes: Iterable[int] = ()) -> Iterator[Span]:
    """Of this process, or of the trees of the processes given."""
    roots = tuple(processes) or (os.getpid(),)
    found = Span()
    began, used = time.perf_counter(), cpu_of(roots)
    yield found
    found.seconds, found.cpu = time.perf_counter() - began, cpu_of(roots) - used


def cpu_of(roots: Iterable[int]) -> float:
    """Seconds used so far by these processes, their descendants, and those of their children that have ended."""
    children = _children()
    waiting, total = list(roots), 0
    while waiting:
        pid = waiting.pop()
        total += _ticks(pid)
        waiting += children.get(pid, [])
    return total / TICK


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for pid in (int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()):
        fields = _stat(pid)
        if fields:
            found.setdefault(int(fields[1]), []).append(pid)
    return found


def parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _ticks(pid: int) -> int:
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) if fields else 0


def _stat(pid: int) -> list[str]:
    """From the state on: the name before it may hold spaces."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def machine() -> dict[str, Any]:
    return {
        "commit": _said("git", "rev-parse", "--short", "HEAD") + ("+" if _said("git", "status", "--porcelain") else ""),
        "at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),  # processes that want a core, before the measurement
        "cpu": _cpu_model(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def _said(*command: str) -> str:
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False).stdout.strip()


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
