"""Bring the cases in: two moves each at most, `adopt` and `close`, at the moments that were published.

Everything happens in one database transaction: a fault, a killed process or a full disk leaves nothing of the file
behind, and the same file again adds nothing, because a case is known by its number elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from xiuhua.domain.case import KIND
from xiuhua.domain.fault import Fault
from xiuhua.domain.people import Post
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.exchange.fault import CannotImport
from xiuhua.exchange.notices.district import class_keys, pack_files
from xiuhua.exchange.notices.installing import install, other_district, pack_in_force
from xiuhua.exchange.notices.mapping import Mapping, read_mapping
from xiuhua.exchange.notices.reading import Brought, Listed, Reader, coded
from xiuhua.exchange.notices.table import read_lines
from xiuhua.operations.batch import Batch
from xiuhua.operations.begin import numbered
from xiuhua.operations.move import Asked
from xiuhua.operations.world import World, forget, new_salt, world
from xiuhua.space.locate import Located
from xiuhua.store.lock import writing
from xiuhua.store.pack import Loaded, save
from xiuhua.store.queries.elsewhere import known_elsewhere

Progress = Callable[[str, int, int], None]  # what is done, how far, of how many
FLUSH: Final = 2000  # moves kept in memory before they are written, still in the one transaction
KNOWN: Final = Words("此编号已导入过", "this number was brought in before")
OUTSIDE: Final = Words("位置不在任何网格内", "the place lies in no grid")
FLAG: Final = Words("公布为{zh}，按其时间应为{other_zh}", "is published as {en}; by its moments it was {other_en}")
IN_TIME: Final = {True: Words("按时", "on time"), False: Words("超时", "late")}
NOTHING: Final = Words("没有一行可用", "no line can be used")


@dataclass(frozen=True, slots=True)
class Report:
    """`read` lines were read: brought + known + refused. Remarks are about lines that were used."""

    read: int
    brought: int
    known: int
    closed: int
    listed: tuple[Listed, ...]

    @property
    def refused(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.listed if not one.used)

    @property
    def remarks(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.listed if one.used)

    @property
    def balanced(self) -> bool:
        return self.read == self.brought + self.known + len(self.refused)

    @property
    def reasons(self) -> dict[str, int]:
        return dict(sorted(Counter(one.code for one in self.listed).items()))

    def row(self) -> dict[str, Any]:
        """For `--format json`."""
        listed = [
            {"line": x.line, "number": x.external, "code": x.code, "field": x.field, "used": x.used,
             "zh": x.words.zh, "en": x.words.en}
            for x in self.listed
        ]  # fmt: skip
        return {"read": self.read, "brought": self.brought, "known": self.known, "refused": len(self.refused),
                "closed": self.closed, "reasons": self.reasons, "listed": listed}  # fmt: skip


class _Moment:
    """The clock of the batch: the moment that was published."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at


def import_notices(
    file: Path, mapping_file: Path, packs: Path, person: str, progress: Progress = lambda *_: None
) -> Report:
    """`packs`: the folder for a pack that is built. Raises CannotImport; then nothing was written."""
    mapping = read_mapping(mapping_file)
    found = read_lines(file, mapping)
    reader = Reader(mapping)
    reader.listed += [Listed(f.line, "", "cells", f.field, f.words) for f in found.faults]
    cases = sorted(reader.all(found.lines), key=lambda c: (c.opened, c.line))
    if not cases:
        raise CannotImport([Fault(file.name, 0, "", NOTHING), *_faults(file, reader.listed)])
    codes = class_keys(mapping, coded(c.class_name for c in cases))
    units = {**coded(c.department for c in cases), **mapping.units}
    try:
        with writing():
            built = _built(mapping, cases, codes, units, person)
            bringing = _Bringing(mapping, codes, units, reader.listed)
            bringing.all(cases, progress)
    except BaseException:
        forget()  # the district in memory may be the one that was taken back
        raise
    if built is not None:
        save(built, packs / built.files.name)
    read = len(found.lines) + len(found.faults)
    listed = tuple(sorted(reader.listed, key=lambda x: (x.line, x.used)))
    return Report(read, bringing.brought, bringing.known, bringing.closed, listed)


def _built(
    mapping: Mapping, cases: Sequence[Brought], codes: dict[str, str], units: dict[str, str], person: str
) -> Loaded | None:
    """The pack that was built and loaded; None where none is wanted, or this one is in force already."""
    build, there = mapping.build, pack_in_force()
    if build is None or there == build.name:
        return None
    if there:
        raise other_district(build.name, there)
    return install(build.name, pack_files(mapping, build, cases, codes, units), person)


def _faults(file: Path, listed: Sequence[Listed]) -> list[Fault]:
    return [Fault(file.name, x.line, x.field, x.words) for x in listed]


class _Bringing:
    def __init__(self, mapping: Mapping, codes: dict[str, str], units: dict[str, str], listed: list[Listed]) -> None:
        self.clock = _Moment()
        self.world: World = world(self.clock, new_salt)
        self.by = By(mapping.source, Post.MACHINE_SOURCE, self.world.district.settings.centre)
        self.codes, self.units, self.listed = codes, units, listed
        self.brought = self.known = self.closed = 0

    def all(self, cases: Sequence[Brought], progress: Progress) -> None:
        there = known_elsewhere([case.external for case in cases])
        with Batch(self.world) as batch:
            for count, case in enumerate(cases, 1):
                if case.external in there:
                    self.known += 1
                else:
                    self._one(batch, case)
                if len(batch) >= FLUSH:
                    batch.flush()
                    progress("import", count, len(cases))
        progress("import", len(cases), len(cases))

    def _one(self, batch: Batch, case: Brought) -> None:
        self.clock.at = case.opened
        given = self._given(case)
        if isinstance(given, Refusal):
            self._list(case, given)
            return
        done = batch.move(numbered(Asked(KIND, "", "adopt", self.by, given, new=True), self.world))
        if isinstance(done, Refusal):
            self._list(case, done)
            return
        self.brought += 1
        if case.closed is not None:
            self._close(batch, case, done.number, case.closed)

    def _close(self, batch: Batch, case: Brought, number: str, closed: datetime) -> None:
        self.clock.at = closed
        given: dict[str, Json] = {"met": True, **({"note": case.note} if case.note else {})}
        done = batch.move(Asked(KIND, number, "close", self.by, given))
        if isinstance(done, Refusal):  # a table of moves that does not let a case be brought in
            raise CannotImport([Fault(case.external, case.line, done.field, done.words)])
        self.closed += 1
        subject = batch.subject(KIND, number)
        in_time = subject is None or subject.facts.get("handled_in_time") is not False
        if case.flag is not None and case.flag != in_time:
            mine, other = IN_TIME[case.flag], IN_TIME[in_time]
            words = FLAG.filled(zh=mine.zh, en=mine.en, other_zh=other.zh, other_en=other.en)
            self._list(case, Refusal("flag-differs", words, "on_time"), used=True)

    def _list(self, case: Brought, why: Refusal, *, used: bool = False) -> None:
        self.listed.append(Listed(case.line, case.external.partition(":")[2], why.code, why.field, why.words, used))

    def _given(self, case: Brought) -> dict[str, Json] | Refusal:
        district, class_key, unit = self.world.district, self.codes[case.class_name], self.units[case.department]
        if district.key_of(class_key) is None:
            words = Words(f"没有类别“{case.class_name}”", f"there is no class “{case.class_name}”")
            return Refusal("class-unknown", words, "class")
        if district.organisation(unit) is None:
            words = Words(f"没有部门“{case.department}”", f"there is no department “{case.department}”")
            return Refusal("department-unknown", words, "department")
        located = self.world.locator.locate(case.place)
        if not isinstance(located, Located):
            return Refusal("outside", OUTSIDE, "place")
        every: dict[str, Json] = {
            "class": class_key, "channel": case.channel.value, "noticed_at": case.opened.isoformat(),
            "external": case.external, "description": case.description, "place": [case.place.lon, case.place.lat],
            "place_text": case.place_text, "grid": located.grid, "responsibility_grid": located.responsibility_grid,
            "street": located.street, "area_class": located.area_class, "unit": unit,
            "due": case.due.isoformat() if case.due else "",
        }  # fmt: skip
        return {name: value for name, value in every.items() if value != ""}
