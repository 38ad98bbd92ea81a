"""From files to a district. With a single fault there is no district: half a duty list would send cases astray."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xiuhua.domain.district import District, Settings
from xiuhua.domain.duplicate import DedupeRules
from xiuhua.domain.duty import DutyList
from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import Grids
from xiuhua.domain.intake import IntakeRules
from xiuhua.domain.quick import QuickRules
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Words, Wrong
from xiuhua.store.pack.crossing import crossing_files, crossing_settings
from xiuhua.store.pack.csv_text import rows_of_text
from xiuhua.store.pack.files import PackFiles, read_pack, unflat
from xiuhua.store.pack.layout import COLUMNS
from xiuhua.store.pack.nouns import Nouns, Reader
from xiuhua.store.pack.settings import Knobs

IN_PACK = Words(
    "配置包“{name}”有 {count} 处错误，第一处：{file} 第 {line} 行 {field}：{zh}",
    "the pack “{name}” has {count} faults, the first in {file} line {line} {field}: {en}",
)
NOT_A_DISTRICT = Words("“{name}”是基础包，不是一个区", "“{name}” is a base pack, not a district")


class PackWrong(Wrong):
    """A pack that cannot be used; `faults` names everything that is wrong with it."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        words = NOT_A_DISTRICT.filled(name=name)
        if faults:
            first = faults[0]
            words = IN_PACK.filled(
                name=name, count=len(faults), file=first.file, line=first.line, field=first.field,
                zh=first.words.zh, en=first.words.en,
            )  # fmt: skip
        super().__init__("pack-wrong", words)
        self.faults = faults


@dataclass(frozen=True)
class Loaded:
    """`district` is None where a fault forbids it, and for a base pack."""

    files: PackFiles
    nouns: Nouns
    district: District | None
    faults: tuple[Fault, ...]

    def rows(self, file: str) -> list[Row]:
        """The lines of the pack's own file, to say where something stands."""
        return rows_of_text(self.files.path(file), self.files.texts.get(file, ""), COLUMNS[file])[0]


def load(folder: Path) -> Loaded:
    return load_files(read_pack(folder))


def parse(texts: Mapping[str, str]) -> tuple[District | None, tuple[Fault, ...]]:
    """From files kept as one mapping (`flat`)."""
    loaded = load_files(unflat(texts))
    return loaded.district, loaded.faults


def open_district(folder: Path) -> District:
    """Raises PackWrong."""
    loaded = load(folder)
    if loaded.district is None:
        raise PackWrong(loaded.files.name, loaded.faults)
    return loaded.district


def load_files(files: PackFiles) -> Loaded:
    reader = Reader(files)
    nouns = reader.nouns()
    faults = [*reader.faults, *crossing_settings(reader, nouns)]
    if nouns.settings is None or nouns.knobs is None:
        return Loaded(files, nouns, None, tuple(faults))
    district = _district(files, nouns, nouns.settings, nouns.knobs)
    faults += crossing_files(reader, nouns, district)
    return Loaded(files, nouns, None if faults else district, tuple(faults))


def _district(files: PackFiles, nouns: Nouns, settings: Settings, knobs: Knobs) -> District:
    quick = QuickRules(nouns.quick, knobs.spot_m, knobs.minutes_apart, knobs.per_hour)
    return District(
        id=files.name,
        version=version_of(files),
        settings=settings,
        catalog=nouns.catalog,
        organisations=nouns.organisations,
        grids=Grids(nouns.grids),
        calendars={calendar.name: calendar for calendar in nouns.calendars},
        duty=DutyList(nouns.duty),
        stage_limits={limit.clock: limit for limit in nouns.stage_limits},
        intake=IntakeRules(DedupeRules(nouns.dedupe), quick, knobs.clock_skew, knobs.oldest),
        former_grids=nouns.former_grids,
        boundary_rules=nouns.boundary_rules,
        roads=nouns.roads,
        people=nouns.people,
        grid_roles=nouns.grid_roles,
        open_duties=nouns.open_duties,
        tables={table.kind: table for table in nouns.registers},
    )


def version_of(files: PackFiles) -> str:
    """A digest of every file of the pack and its bases: another byte is another version."""
    digest = hashlib.sha256()
    for layer in files.layers():
        for name, text in sorted(layer.texts.items()):
            content = text.encode()
            digest.update(f"{layer.name}/{name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:16]
