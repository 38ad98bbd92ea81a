"""The list of jobs: what is done again and again, and how often. Each says whether there is more to do at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from xiuhua.operations import deliver, housekeep, seal, sweep
from xiuhua.operations.clock import now, utc_now
from xiuhua.operations.world import world
from xiuhua.store.reference import NoDistrict


@dataclass(frozen=True, slots=True)
class Job:
    """`every` is in seconds."""

    name: str
    every: float
    do: Callable[[], bool]


def seal_file() -> Path:
    return Path(settings.XIUHUA_HOME) / "seals" / "seals.jsonl"


def _sweep() -> bool:
    try:
        here = world()
    except NoDistrict:  # nothing can be due yet
        return False
    return sweep.sweep(here).looked == sweep.MOST


def _deliver() -> bool:
    return deliver.deliver(now()) == deliver.MOST


def _seal() -> bool:
    seal.seal(utc_now(), seal_file())
    return False


def _housekeep() -> bool:
    housekeep.housekeep(now())
    return False


JOBS = (
    Job("sweep", 5, _sweep),
    Job("deliver", 1, _deliver),
    Job("seal", 60, _seal),
    Job("housekeep", 3600, _housekeep),
)
