"""A pack's files as nouns: each file read in the order in which files name each other, every fault kept.

What a base pack says comes first, the district's own lines follow it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xiuhua.domain.boundary import BoundaryRule, boundary_rules_from
from xiuhua.domain.catalog import Catalog, CatalogRows, catalog_from_rows
from xiuhua.domain.clock import Calendar, calendar_from
from xiuhua.domain.component_flow import COMPONENT_REQUEST
from xiuhua.domain.district import OpenDuty, Road, Settings, StageLimit
from xiuhua.domain.duplicate import DedupeRule
from xiuhua.domain.duty import DutyRow
from xiuhua.domain.duty_file import duty_rows_from
from xiuhua.domain.fault import Fault
from xiuhua.domain.flow import CASE
from xiuhua.domain.former_grid import FormerGrid, former_grids_from
from xiuhua.domain.grid import Grid, GridRole, Organisation
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.grid_file import grid_roles_from, grids_from, organisations_from
from xiuhua.domain.intake_file import dedupe_rules_from, quick_classes_from
from xiuhua.domain.journal import KINDS
from xiuhua.domain.moves import Table
from xiuhua.domain.pattern import patterns_of
from xiuhua.domain.people import Person
from xiuhua.domain.people_file import people_from
from xiuhua.domain.rows import TWICE, Row
from xiuhua.domain.table_file import table_from
from xiuhua.domain.words import Words, Wrong
from xiuhua.store.pack.csv_text import rows_of_text
from xiuhua.store.pack.files import PackFiles
from xiuhua.store.pack.layout import CALENDARS, COLUMNS, FORMER_OUTLINES, OUTLINES, REGISTER, SETTINGS
from xiuhua.store.pack.outlines import faults_of_codes, faults_of_former, former_outlines_of, outlines_of
from xiuhua.store.pack.settings import Knobs, settings_of
from xiuhua.store.pack.small import (
    Assumption,
    Holiday,
    assumptions_from,
    holidays_from,
    open_duties_from,
    roads_from,
    stage_limits_from,
)
from xiuhua.store.pack.toml_text import line_of, table_of_text

KIND_TAKEN = Words("已有名为“{kind}”的登记", "there is a register called “{kind}” already")
TAKEN = KINDS | {CASE.kind, GRID_CHANGE.kind, COMPONENT_REQUEST.kind, "components"}
NOT_CALENDARS = Words("文件只含 [[calendar]]", "the file consists of [[calendar]] tables")
# The stage limits that the case's table asks the district for.
STAGE_LIMITS = frozenset(s.limit for m in CASE.moves.values() for s in m.starts) & set(CASE.clocks)


@dataclass(frozen=True)
class Nouns:
    """`settings` is None in a base pack: it is nobody's district."""

    catalog: Catalog
    holidays: tuple[Holiday, ...] = ()
    settings: Settings | None = None
    knobs: Knobs | None = None
    organisations: tuple[Organisation, ...] = ()
    grids: tuple[Grid, ...] = ()
    former_grids: tuple[FormerGrid, ...] = ()
    boundary_rules: tuple[BoundaryRule, ...] = ()
    roads: tuple[Road, ...] = ()
    people: tuple[Person, ...] = ()
    grid_roles: tuple[GridRole, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    duty: tuple[DutyRow, ...] = ()
    stage_limits: tuple[StageLimit, ...] = ()
    dedupe: tuple[DedupeRule, ...] = ()
    quick: frozenset[str] = frozenset()
    open_duties: tuple[OpenDuty, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    registers: tuple[Table, ...] = ()


@dataclass
class Reader:
    """Reads one file after the other; `faults` collects what is wrong in any of them."""

    pack: PackFiles
    faults: list[Fault] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults += self.pack.all_faults
        for layer in self.pack.layers():
            for file, columns in COLUMNS.items():
                if file in layer.texts:
                    rows, faults = rows_of_text(layer.path(file), layer.texts[file], columns)
                    self.rows.setdefault(file, []).extend(rows)
                    self.faults += faults

    def of(self, file: str) -> list[Row]:
        return self.rows.get(f"{file}.csv", [])

    def said(self, file: str, field: str) -> set[str]:
        """What a column names, also on lines with a fault: one slip must not echo in every file that uses the name."""
        return {row.cell(field) for row in self.of(file)}

    def took(self, read: tuple[Any, tuple[Fault, ...]]) -> Any:
        built, faults = read
        self.faults += faults
        return built

    def nouns(self) -> Nouns:
        catalog = self.catalog()
        patterns = {p for c in catalog.classes for p in patterns_of(c.key, c.major)} | self.said(
            "classes", "class"
        )
        holidays: tuple[Holiday, ...] = self.took(holidays_from(self.of("holidays")))
        settings, knobs = self.settings()
        organisations: tuple[Organisation, ...] = self.took(organisations_from(self.of("organisations")))
        units = self.said("organisations", "code")
        grids = self.grids()
        areas = self.said("grids", "code")
        people: tuple[Person, ...] = self.took(people_from(self.of("people"), units, areas))
        return Nouns(
            catalog=catalog,
            holidays=holidays,
            settings=settings,
            knobs=knobs,
            organisations=organisations,
            grids=grids,
            former_grids=self.former_grids(),
            boundary_rules=self.took(
                boundary_rules_from(self.of("boundary_rules"), {grid.code: grid.tier for grid in grids})
            ),
            roads=self.took(roads_from(self.of("roads"), {grid.street for grid in grids})),
            people=people,
            grid_roles=self.took(
                grid_roles_from(self.of("grid_roles"), areas, units, self.said("people", "username"))
            ),
            calendars=self.calendars(holidays),
            duty=self.took(duty_rows_from(self.of("duty"), patterns, areas, units)),
            stage_limits=self.took(stage_limits_from(self.of("stage_limits"), STAGE_LIMITS)),
            dedupe=self.took(dedupe_rules_from(self.of("dedupe"), patterns)),
            quick=self.took(quick_classes_from(self.of("quick"), patterns)),
            open_duties=self.took(open_duties_from(self.of("open_duties"), patterns)),
            assumptions=self.took(assumptions_from(self.of("assumptions"))),
            registers=self.registers(),
        )

    def catalog(self) -> Catalog:
        names = ("sources", "editions", "classes", "conditions", "class_map")
        catalog, faults = catalog_from_rows(CatalogRows(**{name: self.of(name) for name in names}))
        self.faults += faults
        return catalog

    def settings(self) -> tuple[Settings | None, Knobs | None]:
        if SETTINGS not in self.pack.texts:
            return None, None
        file, text = self.pack.path(SETTINGS), self.pack.texts[SETTINGS]
        table, faults = table_of_text(file, text)
        self.faults += faults
        if faults:
            return None, None
        settings, knobs, wrong = settings_of(file, text, table)
        self.faults += wrong
        return settings, knobs

    def registers(self) -> tuple[Table, ...]:
        found: dict[str, Table] = {}
        for name in sorted(filter(REGISTER.fullmatch, self.pack.texts)):
            file = self.pack.path(name)
            written, faults = table_of_text(file, self.pack.texts[name])
            table, wrong = table_from(written, file) if not faults else (None, [])
            self.faults += [*faults, *wrong]
            if table and (table.kind in found or table.kind in TAKEN):
                self.faults.append(Fault(file, 1, "kind", KIND_TAKEN.filled(kind=table.kind)))
            elif table:
                found[table.kind] = table
        return tuple(found.values())

    def grids(self) -> tuple[Grid, ...]:
        rows = self.of("grids")
        if OUTLINES not in self.pack.texts:
            return self._grids(rows, {})
        file, text = self.pack.path(OUTLINES), self.pack.texts[OUTLINES]
        outlines, faults = outlines_of(file, text)
        codes = {row.cell("code") for row in rows}
        self.faults += [*faults, *faults_of_codes(file, text, outlines, codes)]
        return self._grids(rows, outlines)

    def _grids(self, rows: list[Row], outlines: Mapping[str, Any]) -> tuple[Grid, ...]:
        grids: tuple[Grid, ...] = self.took(grids_from(rows, outlines))
        return grids

    def former_grids(self) -> tuple[FormerGrid, ...]:
        rows = self.of("former_grids")
        file, text = self.pack.path(FORMER_OUTLINES), self.pack.texts.get(FORMER_OUTLINES, "")
        outlines, faults = former_outlines_of(file, text) if text else ({}, [])
        known = {(row.cell("line"), row.cell("code")) for row in rows}
        self.faults += [*faults, *faults_of_former(file, text, outlines, known)]
        former: tuple[FormerGrid, ...] = self.took(former_grids_from(rows, outlines))
        return former

    def calendars(self, holidays: tuple[Holiday, ...]) -> tuple[Calendar, ...]:
        file, text = self.pack.path(CALENDARS), self.pack.texts.get(CALENDARS, "")
        table, faults = table_of_text(file, text)
        self.faults += faults
        tables = table.pop("calendar", [])
        if table or not isinstance(tables, list):
            self.faults.append(Fault(file, line_of(text, next(iter(table), "calendar")), "", NOT_CALENDARS))
            return ()
        found: dict[str, Calendar] = {}
        for one in tables:
            self._calendar(one, holidays, file, text, found)
        return tuple(found.values())

    def _calendar(
        self, table: Any, holidays: tuple[Holiday, ...], file: str, text: str, found: dict[str, Calendar]
    ) -> None:
        try:
            calendar = calendar_from(table, [holiday.row for holiday in holidays])
        except Wrong as wrong:
            self.faults.append(Fault(file, line_of(text, wrong.field), wrong.field, wrong.words))
            return
        line = line_of(text, calendar.name)
        if calendar.name in found:
            self.faults.append(Fault(file, line, "name", TWICE.filled(text=calendar.name, line=line)))
        found[calendar.name] = calendar
