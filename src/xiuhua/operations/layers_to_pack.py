"""Grids drawn elsewhere into a pack: polygons of a layer become lines of grids.csv and outlines of grids.geojson.

Nothing is repaired: where the layer has a fault, or the pack would get one that it did not have, nothing is written.
Lines that are there already stay as they are.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.grid import LIES_IN, Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.check_pack import Finding, Level, check_loaded
from xiuhua.space.layers import POLYGONS, LayerFile
from xiuhua.space.layers.wrong import named
from xiuhua.space.topology import Checking, Report, check_layer
from xiuhua.store.pack import Loaded, PackWrong, load, load_files
from xiuhua.store.pack.layout import OUTLINES
from xiuhua.store.pack.writing import written

DECIMALS: Final = 7  # of a degree: a centimetre
GRIDS: Final = "grids.csv"
KNOWN: Final = Words("包中已有这些编码：{codes}", "these codes are in the pack already: {codes}")
NOT_ONE_RING: Final = Words(
    "网格应为一个没有洞的面，下列不是：{codes}", "a grid is one polygon without holes; these are not: {codes}"
)
NO_PARENT: Final = Words(
    "找不到上级网格，请用 --parent 指明列：{codes}",
    "no grid to lie in was found; name its column with --parent: {codes}",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A layer and which of its columns say what. Without `parent` a grid lies in the one that its code begins with."""

    layer: LayerFile
    tier: Tier
    code: str
    name: str = ""
    name_en: str = ""
    parent: str = ""
    area_class: str = ""


@dataclass(frozen=True, slots=True)
class Faulty:
    """Why nothing was written: faults of the layer, or those that the pack would get."""

    report: Report
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    grids: int
    notes: tuple[Words, ...]


def layers_to_pack(drawn: Drawn, folder: Path, day: date) -> Added | Faulty | Refusal:
    """`day`: the first on which the grids hold. Raises LayerWrong, and PackWrong for a pack with faults of its own."""
    loaded = load(folder)
    if loaded.district is None:
        raise PackWrong(loaded.files.name, loaded.faults)
    codes = drawn.layer.of(POLYGONS).codes(drawn.code).tolist()
    report = check_layer(Checking(drawn.layer, drawn.code, unit_codes=drawn.tier is Tier.UNIT))
    if report.faults:
        return Faulty(report)
    grids = _grids(drawn, codes, loaded, day)
    if isinstance(grids, Refusal):
        return grids
    return _put(grids, loaded, folder, report, day)


def _grids(drawn: Drawn, codes: list[str], loaded: Loaded, day: date) -> tuple[Grid, ...] | Refusal:
    there = {grid.code: grid for grid in loaded.nouns.grids}
    if taken := [code for code in codes if code in there]:
        return Refusal("grid-known", KNOWN.filled(codes=named(taken)), "code")
    rings, wrong = _rings(drawn.layer, codes)
    if wrong:
        return Refusal("grid-not-one-ring", NOT_ONE_RING.filled(codes=named(wrong)), "geometry")
    parents = _parents(drawn, codes, there)
    if alone := [code for code, parent in zip(codes, parents, strict=True) if not parent]:
        return Refusal("grid-without-parent", NO_PARENT.filled(codes=named(alone)), "parent")
    cells = {name: _cells(drawn.layer, getattr(drawn, name)) for name in ("name", "name_en", "area_class")}
    return tuple(
        Grid(
            code, drawn.tier, parent, Words(cells["name"][number] or code, cells["name_en"][number] or code),
            _street(code, drawn.tier, there.get(parent)), cells["area_class"][number], rings[number], day,
        )
        for number, (code, parent) in enumerate(zip(codes, parents, strict=True))
    )  # fmt: skip


def _cells(layer: LayerFile, column: str) -> list[str]:
    return layer.texts(column).tolist() if column else [""] * len(layer)


def _rings(layer: LayerFile, codes: list[str]) -> tuple[list[tuple[Wgs84, ...]], list[str]]:
    rings: list[tuple[Wgs84, ...]] = []
    wrong: list[str] = []
    for code, shape in zip(codes, layer.wgs84(), strict=True):
        parts = shapely.get_parts(shape)
        if len(parts) != 1 or shapely.get_num_interior_rings(parts[0]):
            wrong.append(code)
            continue
        pairs = np.round(shapely.get_coordinates(parts[0]), DECIMALS).tolist()
        rings.append(tuple(Wgs84(lon, lat) for lon, lat in pairs[:-1]))
    return rings, wrong


def _parents(drawn: Drawn, codes: list[str], there: Mapping[str, Grid]) -> list[str]:
    if drawn.parent:
        return _cells(drawn.layer, drawn.parent)
    above = frozenset(code for code, grid in there.items() if grid.tier in LIES_IN[drawn.tier])
    return [next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in above), "") for code in codes]


def _street(code: str, tier: Tier, parent: Grid | None) -> str:
    if tier is Tier.STREET:
        return code
    return "" if parent is None else parent.street or parent.code


def _put(
    grids: tuple[Grid, ...], loaded: Loaded, folder: Path, report: Report, day: date
) -> Added | Faulty:
    nouns = replace(loaded.nouns, grids=(*loaded.nouns.grids, *grids))
    files = written(replace(loaded, nouns=nouns))
    texts = {**loaded.files.texts, GRIDS: files[GRIDS], OUTLINES: files[OUTLINES]}
    after = check_loaded(load_files(replace(loaded.files, texts=texts)), day)
    before = {finding.words.en for finding in check_loaded(loaded, day)}
    new = tuple(f for f in after if f.level is Level.FAULT and f.words.en not in before)
    if new:
        return Faulty(report, new)
    _write(folder, {name: texts[name] for name in (GRIDS, OUTLINES)})
    return Added(len(grids), report.notes)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Both are written whole before either gets its name."""
    with tempfile.TemporaryDirectory(prefix=".xiuhua-", dir=folder) as beside:
        made: list[tuple[Path, Any]] = []
        for name, text in texts.items():
            file = Path(beside) / name
            file.write_text(text, encoding="utf-8", newline="\n")
            made.append((file, folder / name))
        for file, target in made:
            file.replace(target)
