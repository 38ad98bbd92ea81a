"""Everything that is wrong with a district pack, each fault as a sentence with file, line and field.

Files first; only when they can be read as a district are its duty list, its ground and its tables of moves looked at.
What the district itself declares open (open_duties.csv) is a warning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from xiuhua.domain.codes import ClassKey
from xiuhua.domain.dispatch import Where
from xiuhua.domain.district import District
from xiuhua.domain.duty import DutyRow
from xiuhua.domain.duty_faults import DutyFault, duty_faults
from xiuhua.domain.fault import Fault
from xiuhua.domain.moves import faults as table_faults
from xiuhua.domain.pattern import patterns_of
from xiuhua.domain.words import Words
from xiuhua.space.borders import apart
from xiuhua.space.topology import GroundFault, ground_faults
from xiuhua.store.pack import Loaded, load
from xiuhua.store.pack.layout import OUTLINES
from xiuhua.store.pack.outlines import line_of_code

NAMED: Final = 3  # classes that a sentence names; the others are counted

SUCH_AS = Words("{words}（如 {classes}）", "{words} (such as {classes})")
SETTLED = Words(
    "“{classes}”已声明为权责未定，但权责清单已能确定",
    "“{classes}” is declared open, but the duty list settles it",
)


APART = Words(
    "“{a}”与“{b}”在 {day} 没有共同边界，此规定不起作用",
    "“{a}” and “{b}” have no common border on {day}: the rule decides nothing",
)


class Level(StrEnum):
    FAULT = "fault"
    WARNING = "warning"


LEVELS: Final = {Level.FAULT: Words("错误", "fault"), Level.WARNING: Words("提醒", "warning")}
COUNTS: Final = Words("{faults} 处错误，{warnings} 处提醒", "faults: {faults}, warnings: {warnings}")


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    file: str
    line: int
    field: str
    words: Words

    def sentence(self, language: str) -> str:
        """ "rencheng/duty.csv:14 organisation: there is no “parks”" """
        at = f"{self.file}:{self.line}" if self.line else self.file
        colon = ": " if language.startswith("en") else "："
        return f"{at}{f' {self.field}' if self.field else ''}{colon}{self.words.text(language)}"

    def row(self) -> dict[str, Any]:
        return {
            "level": self.level.value,
            "file": self.file,
            "line": self.line or None,
            "field": self.field or None,
            "zh": self.words.zh,
            "en": self.words.en,
        }


def check_pack(folder: Path, day: date) -> tuple[Finding, ...]:
    """`day`: grids and duties are looked at as they are on that day."""
    return check_loaded(load(folder), day)


def check_loaded(loaded: Loaded, day: date) -> tuple[Finding, ...]:
    found = [_of_file(fault) for fault in loaded.faults]
    if loaded.district is not None:
        found += _duties(loaded, loaded.district, day)
        found += _ground(loaded, loaded.district, day)
        found += _borders(loaded, loaded.district, day)
        found += _tables(loaded, loaded.district)
    return tuple(sorted(found, key=lambda f: (f.level, f.file, f.line, f.field)))


def refused(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.FAULT for finding in findings)


def lines(findings: Sequence[Finding], language: str) -> list[str]:
    """One sentence a finding and the count at the end, for people; programs take `Finding.row`."""
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    said = [f"{LEVELS[f.level].text(language)} {f.sentence(language)}" for f in findings]
    words = COUNTS.filled(faults=counts[Level.FAULT], warnings=counts[Level.WARNING])
    return [*said, words.text(language)]


def _of_file(fault: Fault) -> Finding:
    return Finding(Level.FAULT, fault.file, fault.line, fault.field, fault.words)


def _duties(loaded: Loaded, district: District, day: date) -> Iterator[Finding]:
    classes = [(one.key, one.major) for one in district.catalog.classes]
    majors = dict(classes)
    open_patterns = {duty.classes for duty in district.open_duties}
    unsettled: set[str] = set()
    for fault in duty_faults(district.duty, classes, _areas(district, day), day):
        hit = {key: open_patterns & set(patterns_of(key, majors[key])) for key in fault.classes}
        unsettled |= {pattern for patterns in hit.values() for pattern in patterns}
        declared = tuple(key for key, patterns in hit.items() if patterns)
        yield from _duty(loaded, fault, declared, Level.WARNING)
        yield from _duty(loaded, fault, tuple(key for key in fault.classes if not hit[key]), Level.FAULT)
    for pattern in sorted(open_patterns - unsettled):
        line = _line(loaded, "open_duties.csv", "classes", pattern)
        path = loaded.files.path("open_duties.csv")
        yield Finding(Level.FAULT, path, line, "classes", SETTLED.filled(classes=pattern))


def _areas(district: District, day: date) -> list[Where]:
    """The smallest grids, by the way from each up to the district."""
    active = district.grids.active(day)
    parents = {grid.parent for grid in active}
    chains = (district.grids.chain(grid.code, day) for grid in active if grid.code not in parents)
    return [Where.of(chain) for chain in chains]


def _duty(loaded: Loaded, fault: DutyFault, classes: tuple[ClassKey, ...], level: Level) -> Iterator[Finding]:
    if not classes:
        return
    words = replace(fault, classes=classes).words
    named = "、".join(str(key) for key in classes[:NAMED])
    said = Words(
        SUCH_AS.zh.format(words=words.zh, classes=named), SUCH_AS.en.format(words=words.en, classes=named)
    )
    yield Finding(level, loaded.files.path("duty.csv"), _duty_line(loaded, fault.rows), "classes", said)


def _duty_line(loaded: Loaded, rows: Iterable[DutyRow]) -> int:
    return max((_line(loaded, "duty.csv", "id", row.id) for row in rows), default=0)


def _line(loaded: Loaded, file: str, field: str, value: str) -> int:
    return next((r.line for r in loaded.rows(file) if r.cell(field) == value), 0)


def _ground(loaded: Loaded, district: District, day: date) -> Iterator[Finding]:
    text = loaded.files.texts.get(OUTLINES, "")
    for fault in ground_faults(district.grids, day):
        yield _of_ground(loaded, fault, text)


def _of_ground(loaded: Loaded, fault: GroundFault, text: str) -> Finding:
    words = Words(f"{fault.grid} {fault.words.zh}", f"{fault.grid}: {fault.words.en}")
    line = line_of_code(text, fault.grid)
    return Finding(Level.FAULT, loaded.files.path(OUTLINES), line, "geometry", words)


def _borders(loaded: Loaded, district: District, day: date) -> Iterator[Finding]:
    for rule in apart(district.grids, district.boundary_rules, day):
        pair = (rule.grid_a, rule.grid_b)
        rows = loaded.rows("boundary_rules.csv")
        line = next((row.line for row in rows if (row.cell("grid_a"), row.cell("grid_b")) == pair), 0)
        words = APART.filled(a=rule.grid_a, b=rule.grid_b, day=day)
        yield Finding(Level.WARNING, loaded.files.path("boundary_rules.csv"), line, "grid_b", words)


def _tables(loaded: Loaded, district: District) -> Iterator[Finding]:
    for kind, table in district.tables.items():
        for words in table_faults(table):
            yield Finding(Level.FAULT, loaded.files.path(f"{kind}.toml"), 0, "", words)
