"""A pack written out again: sorted, canonical, byte-identical where it was canonical before. Bases are not repeated."""

from collections.abc import Callable, Iterable, Mapping
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
    """The files whose nouns were replaced, as they are now. All others are left alone and not even written."""
    changed = [name for name in _LISTS if getattr(nouns, name) is not getattr(before.nouns, name)]
    based = any(f"{name}.csv" in layer.texts for name in changed for layer in before.files.layers()[:-1])
    mine = own(nouns, before.files) if based else nouns
    return {file: text for name in changed for file, text in _files_of_list(name, mine).items()}


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
    texts = {SETTINGS: _settings(nouns), CALENDARS: _calendars(nouns)}
    for name, rows in rows_of(nouns.catalog).items():
        texts[f"{name}.csv"] = _text(name, rows)
    for name in _ROWS:
        texts |= _files_of_list(name, nouns)
    return {name: text for name, text in texts.items() if text}


_ROWS: Mapping[str, Callable[[Any], Rows]] = {
    "assumptions": rows_of_assumptions, "boundary_rules": rows_of_boundary_rules, "dedupe": rows_of_dedupe,
    "duty": rows_of_duty, "former_grids": rows_of_former_grids, "grid_roles": rows_of_grid_roles,
    "grids": rows_of_grids, "holidays": rows_of_holidays, "open_duties": rows_of_open_duties,
    "organisations": rows_of_organisations, "people": rows_of_people, "quick": rows_of_quick,
    "roads": rows_of_roads,
    "stage_limits": lambda limits: rows_of_stage_limits({limit.clock: limit for limit in limits}),
}  # fmt: skip
_OUTLINED: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "grids": (OUTLINES, text_of_outlines), "former_grids": (FORMER_OUTLINES, text_of_former),
}  # fmt: skip


def _files_of_list(name: str, nouns: Nouns) -> dict[str, str]:
    """The table of one sort of noun, with its outlines where it has any."""
    found = getattr(nouns, name)
    texts = {f"{name}.csv": _text(name, _ROWS[name](found))}
    if name in _OUTLINED:
        file, text_of = _OUTLINED[name]
        texts[file] = text_of(found)
    return texts


def _text(name: str, rows: Rows) -> str:
    return text_of_rows(COLUMNS[f"{name}.csv"], rows) if rows else ""


def _settings(nouns: Nouns) -> str:
    if nouns.settings is None or nouns.knobs is None:
        return ""
    return text_of_table(table_of_settings(nouns.settings, nouns.knobs))


def _calendars(nouns: Nouns) -> str:
    tables: list[dict[str, Any]] = [table_of(c) for c in sorted(nouns.calendars, key=lambda c: c.name)]
    return text_of_table({"calendar": tables}) if tables else ""
