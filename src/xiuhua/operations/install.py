"""Load a district pack: a new edition of the reference data, in force everywhere a second later.

A pack with a single fault is refused and nothing changes. A pack that is in force already makes no new edition.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import Grids
from xiuhua.domain.grid_change_rows import missing
from xiuhua.domain.journal import Journal
from xiuhua.domain.subject import By
from xiuhua.domain.words import Words, Wrong
from xiuhua.operations.journal import record_at
from xiuhua.operations.people import add_people
from xiuhua.operations.world import forget, world
from xiuhua.store.lock import writing
from xiuhua.store.pack import Loaded, PackFiles, PackWrong, flat, load, version_of
from xiuhua.store.queries.changes import plans_in_force
from xiuhua.store.reference import NoDistrict, add_edition, files

FORGOTTEN = Words(
    "缺少网格调整自 {day} 起设立的网格“{code}”；请先用 xiuhua write-pack 取出现行数据再改",
    "the grid “{code}”, which a grid change begins on {day}, is missing; edit the data in force, which xiuhua "
    "write-pack takes out",
)
THERE = Words("{folder} 不是空文件夹", "{folder} is not an empty folder")


@dataclass(frozen=True, slots=True)
class Installed:
    """`changed` are the files that differ from the edition before; `people` the accounts that were made."""

    pack: str
    version: str
    changed: tuple[str, ...]
    people: int = 0


def install(folder: Path, by: By, at: datetime, *, people: bool = False, password: str = "") -> Installed:
    """`people`: with accounts for those the pack names; `password` is theirs, for demonstrations only.

    Raises PackWrong, which names every fault.
    """
    return install_loaded(load(folder), by, at, people=people, password=password)


def install_loaded(loaded: Loaded, by: By, at: datetime, *, people: bool = False, password: str = "") -> Installed:
    if loaded.district is None:
        raise PackWrong(loaded.files.name, loaded.faults)
    forgotten = _forgotten(loaded)
    if forgotten:
        raise PackWrong(loaded.files.name, forgotten)
    try:
        with writing():
            done = _put(loaded.files, by, at)
            forget()
            added = add_people(loaded.district.people, by, world(lambda: at), password) if people else 0
    finally:
        forget()  # also where all of it was taken back
    return Installed(done.pack, done.version, done.changed, added)


def _put(pack: PackFiles, by: By, at: datetime) -> Installed:
    before = _in_force()
    version, changed = version_of(pack), _changed(before, pack)
    if before is None or changed:
        add_edition(pack, version, by.person, at)
        record_at(Journal.REFERENCE, pack.name, "install", by, {"version": version, "changed": list(changed)}, at)
    return Installed(pack.name, version, changed)


def _forgotten(loaded: Loaded) -> tuple[Fault, ...]:
    """A pack from before a grid change, or before one was undone, would take the division of those days away."""
    grids, file = Grids(loaded.nouns.grids), loaded.files.path("grids.csv")
    return tuple(
        Fault(file, 0, "code", FORGOTTEN.filled(code=code, day=day))
        for day, plan in plans_in_force()
        for code in missing(plan, day, grids)
    )


def _in_force() -> PackFiles | None:
    try:
        return files()
    except NoDistrict:
        return None


def _changed(before: PackFiles | None, after: PackFiles) -> tuple[str, ...]:
    old, new = flat(before) if before else {}, flat(after)
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def write_out(folder: Path) -> tuple[Path, ...]:
    """The pack in force and its bases, as they were loaded, each in a folder of its own below this one.

    Raises Wrong where it is there and not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Wrong("folder-not-empty", THERE.filled(folder=folder), "folder")
    written = []
    for name, text in sorted(flat(files()).items()):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        written.append(file)
    return tuple(written)
