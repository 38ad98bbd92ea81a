"""A pack written out again: sorted, canonical, byte-identical where it was canonical before. Bases are not repeated."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from xiuhua.domain.boundary import rows_of_boundary_rules
from xiuhua.domain.catalog import Catalog, rows_of
from xiuhua.domain.clock import table_of
from xiuhua.domain.duty_file import rows_of_duty
from xiuhua.domain.former_grid import rows_of_former_grids
from xiuhua.domain.grid_file import rows_of_grid_roles, rows_of_grids, rows_of_organisations
from xiuhua.domain.intake_file import rows_of_dedupe, rows_of_quick
from xiuhua.domain.people_file import rows_of_people
from xiuhua.store.pack.csv_text import text_of_rows
from xiuhua.store.pack.files import PackFiles
from xiuhua.store.pack.layout import CALENDARS, COLUMNS, FORMER_OUTLINES, OUTLINES, REGISTER, SETTINGS
from xiuhua.store.pack.loading import Loaded
from xiuhua.store.pack.nouns import Nouns, Reader
from xiuhua.store.pack.outlines import text_of_former, text_of_outlines
from xiuhua.store.pack.settings import table_of_settings
from xiuhua.store.pack.small import (
    rows_of_assumptions,
    rows_of_holidays,
    rows_of_open_duties,
    rows_of_roads,
    rows_of_stage_limits,
)
from xiuhua.store.pack.toml_text import text_of_table

N = TypeVar("N")
Rows = list[dict[str, str]]


def written(loaded: Loaded) -> dict[str, str]:
    """The pack's own files by name; files that would be empty are left out.

    A register's table of moves is kept as it was written: its order and its comments are for people.
    """
    registers = {name: text for name, text in loaded.files.texts.items() if REGISTER.fullmatch(name)}
    return files_of(own(loaded.nouns, loaded.files)) | registers


def changed_files(before: Loaded, nouns: Nouns) -> dict[str, str]:
    """The files that differ where these are the nouns; a file that said the same in another order is left alone."""
    old, new = files_of(own(before.nouns, before.files)), files_of(own(nouns, before.files))
    return {name: new.get(name, "") for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def save(loaded: Loaded, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in written(loaded).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def own(nouns: Nouns, files: PackFiles) -> Nouns:
    """What the bases do not say already."""
    below = Reader(PackFiles("", {}, files.bases)).nouns()
    return Nouns(
        **{
            **{name: getattr(nouns, name) for name in Nouns.__dataclass_fields__},
            **{name: _without(getattr(nouns, name), getattr(below, name)) for name in _LISTS},
            "catalog": _own_catalog(nouns.catalog, below.catalog),
        }
    )


_LISTS = (
    "holidays", "organisations", "grids", "former_grids", "boundary_rules", "roads", "people", "grid_roles", "duty",
    "stage_limits", "dedupe", "open_duties", "assumptions",
)  # fmt: skip


def _without(nouns: Iterable[N], below: Iterable[N]) -> tuple[N, ...]:
    there = frozenset(below)
    return tuple(noun for noun in nouns if noun not in there)


def _own_catalog(catalog: Catalog, below: Catalog) -> Catalog:
    return Catalog(
        editions=_without(catalog.editions, below.editions),
        classes=_without(catalog.classes, below.classes),
        conditions=_without(catalog.conditions, below.conditions),
        successions=_without(catalog.successions, below.successions),
        sources={k: words for k, words in catalog.sources.items() if below.sources.get(k) != words},
    )


def files_of(nouns: Nouns) -> dict[str, str]:
    texts = {
        SETTINGS: _settings(nouns),
        CALENDARS: _calendars(nouns),
        OUTLINES: text_of_outlines(nouns.grids),
        FORMER_OUTLINES: text_of_former(nouns.former_grids),
    }
    for name, rows in _tables(nouns).items():
        texts[f"{name}.csv"] = text_of_rows(COLUMNS[f"{name}.csv"], rows) if rows else ""
    return {name: text for name, text in texts.items() if text}


def _tables(nouns: Nouns) -> Mapping[str, Rows]:
    return {
        **rows_of(nouns.catalog),
        "assumptions": rows_of_assumptions(nouns.assumptions),
        "boundary_rules": rows_of_boundary_rules(nouns.boundary_rules),
        "dedupe": rows_of_dedupe(nouns.dedupe),
        "duty": rows_of_duty(nouns.duty),
        "former_grids": rows_of_former_grids(nouns.former_grids),
        "grid_roles": rows_of_grid_roles(nouns.grid_roles),
        "grids": rows_of_grids(nouns.grids),
        "holidays": rows_of_holidays(nouns.holidays),
        "open_duties": rows_of_open_duties(nouns.open_duties),
        "organisations": rows_of_organisations(nouns.organisations),
        "people": rows_of_people(nouns.people),
        "quick": rows_of_quick(nouns.quick),
        "roads": rows_of_roads(nouns.roads),
        "stage_limits": rows_of_stage_limits({limit.clock: limit for limit in nouns.stage_limits}),
    }


def _settings(nouns: Nouns) -> str:
    if nouns.settings is None or nouns.knobs is None:
        return ""
    return text_of_table(table_of_settings(nouns.settings, nouns.knobs))


def _calendars(nouns: Nouns) -> str:
    tables: list[dict[str, Any]] = [table_of(c) for c in sorted(nouns.calendars, key=lambda c: c.name)]
    return text_of_table({"calendar": tables}) if tables else ""
