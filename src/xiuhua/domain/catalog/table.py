"""editions.csv, classes.csv, conditions.csv, class_map.csv and sources.csv: read into a catalogue, written again.

Files of several packs come one after another, the base pack first: a later file may replace a line of an earlier one
(a district's own limit), the same file may not say a thing twice.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from xiuhua.domain.catalog.lookup import Catalog
from xiuhua.domain.catalog.nouns import (
    Basis,
    CaseClass,
    Confidence,
    Edition,
    FilingCondition,
    Geometry,
    Succession,
)
from xiuhua.domain.clock import Limit, Unit
from xiuhua.domain.codes import ClassKey, CodeWrong, Kind
from xiuhua.domain.fault import Fault
from xiuhua.domain.rows import NOT_A_CHOICE, NOT_KNOWN, TWICE, Reading, Row, day_text, joined, read
from xiuhua.domain.words import Words

T = TypeVar("T")
Cells = dict[str, str]

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COUNT: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})?")
NO_KEY: Final = ClassKey("none", Kind.EVENT, "none")  # stands in where a row is dropped anyway

NOT_A_SLUG = Words(
    "“{text}”只能由小写字母、数字和连字符组成", "“{text}” must be lower-case letters, digits, hyphens"
)
NOT_A_COUNT = Words("“{text}”不是大于零的数", "“{text}” is not a number above zero")
NOT_A_COMPONENT = Words("“{text}”不是部件类别", "“{text}” is not a component class")
NOT_OF_AN_EVENT = Words("只有事件类别可指向部件类别", "only an event class names a component class")
ITSELF = Words("新旧类别相同", "the old and the new class are the same")


@dataclass(frozen=True, slots=True)
class CatalogRows:
    """The rows of the five files, base pack first."""

    sources: Sequence[Row] = ()
    editions: Sequence[Row] = ()
    classes: Sequence[Row] = ()
    conditions: Sequence[Row] = ()
    class_map: Sequence[Row] = ()


def catalog_from_rows(rows: CatalogRows) -> tuple[Catalog, list[Fault]]:
    """The catalogue of all rows without fault, and the faults."""
    reader = _Reader()
    sources = reader.read(rows.sources, _source, "source")
    reader.sources = {name for name, _ in sources}
    editions = reader.read(rows.editions, reader.edition, "edition")
    reader.editions = {e.id for e in editions}
    reader.classes = {row.cell("class") for row in rows.classes}
    classes = reader.read(rows.classes, reader.case_class, "class")
    conditions = reader.read(rows.conditions, reader.condition, "class", "id", "area_class")
    successions = reader.read(rows.class_map, reader.succession, "old", "new")
    catalog = Catalog(
        tuple(sorted(editions, key=lambda e: e.id)),
        tuple(sorted(classes, key=lambda c: c.key)),
        tuple(sorted(conditions, key=lambda c: (c.key, c.id, c.area_class or ""))),
        tuple(sorted(successions, key=lambda s: (s.old, s.new))),
        dict(sorted(sources)),
    )
    return catalog, reader.faults


class _Reader:
    """What is known so far while the five files are read in turn."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.sources: set[str] = set()
        self.editions: set[str] = set()
        self.classes: set[str] = set()

    def read(self, rows: Iterable[Row], build: Callable[[Reading], T], *names: str) -> list[T]:
        """One noun a name, the last file's; a name twice in one file is a fault."""
        seen: dict[tuple[str, ...], Row] = {}
        nouns: dict[tuple[str, ...], T] = {}
        for row in rows:
            name = tuple(row.cell(n) for n in names)
            before = seen.get(name)
            if before is not None and before.file == row.file:
                words = TWICE.filled(text=" ".join(name).strip(), line=before.line)
                self.faults.append(Fault(row.file, row.line, names[0], words))
                continue
            seen[name] = row
            built, faults = read((row,), build)
            self.faults += faults
            nouns |= dict.fromkeys((name,), built[0]) if built else {}
        return list(nouns.values())

    def basis(self, reading: Reading) -> Basis:
        note = Words(reading.optional("note_zh"), reading.optional("note_en"))
        source = reading.known("source", self.sources)
        return Basis(reading.chosen("confidence", Confidence), source, note)

    def edition(self, reading: Reading) -> Edition:
        first, last = reading.validity()
        return Edition(
            id=_slug(reading, "edition"),
            name=reading.words("name"),
            standard=reading.optional("standard"),
            valid_from=first,
            valid_to=last,
            basis=self.basis(reading),
        )

    def case_class(self, reading: Reading) -> CaseClass:
        key = _key(reading, "class")
        if key.edition not in self.editions and not reading.faults:
            reading.wrong("class", NOT_KNOWN.filled(text=key.edition))
        return CaseClass(
            key=key,
            name=reading.words("name"),
            major=_slug(reading, "major"),
            major_name=reading.words("major"),
            geometry=reading.chosen("geometry", Geometry),
            group=_slug(reading, "group") if reading.optional("group") else "",
            industries=reading.several("industries"),
            component=self._component(reading, key),
            basis=self.basis(reading),
        )

    def _component(self, reading: Reading, key: ClassKey) -> ClassKey | None:
        if not reading.optional_known("component", self.classes):
            return None
        component = _key(reading, "component")
        if component.kind is not Kind.COMPONENT:
            reading.wrong("component", NOT_A_COMPONENT.filled(text=component))
        if key.kind is not Kind.EVENT:
            reading.wrong("component", NOT_OF_AN_EVENT)
        return component

    def condition(self, reading: Reading) -> FilingCondition:
        return FilingCondition(
            id=_slug(reading, "id"),
            key=self._known_class(reading, "class"),
            area_class=_slug(reading, "area_class") if reading.optional("area_class") else None,
            words=reading.words("condition"),
            limit=_limit(reading),
            closing=reading.words("closing"),
            basis=self.basis(reading),
        )

    def succession(self, reading: Reading) -> Succession:
        old, new = self._known_class(reading, "old"), self._known_class(reading, "new")
        if old == new and not reading.faults:
            reading.wrong("new", ITSELF)
        return Succession(old, new, self.basis(reading))

    def _known_class(self, reading: Reading, field: str) -> ClassKey:
        known = reading.known(field, self.classes)
        return _key(reading, field) if known in self.classes else NO_KEY


def _source(reading: Reading) -> tuple[str, Words]:
    return _slug(reading, "source"), Words(reading.text("zh"), reading.text("en"))


def _slug(reading: Reading, field: str) -> str:
    text = reading.text(field)
    if text and not SLUG.fullmatch(text):
        reading.wrong(field, NOT_A_SLUG.filled(text=text))
    return text


def _key(reading: Reading, field: str) -> ClassKey:
    text = reading.text(field)
    if not text:
        return NO_KEY
    try:
        key = ClassKey.parse(text)
    except CodeWrong as wrong:
        reading.wrong(field, wrong.words)
        return NO_KEY
    if str(key) != text:
        reading.wrong(field, NOT_A_CHOICE.filled(text=text, choices=key))
    return key


def _limit(reading: Reading) -> Limit:
    text, unit = reading.text("count"), reading.chosen("unit", Unit)
    if not COUNT.fullmatch(text) or not Fraction(text):
        if text:
            reading.wrong("count", NOT_A_COUNT.filled(text=text))
        return Limit(1, unit)
    return Limit(Fraction(text), unit)


def rows_of(catalog: Catalog) -> dict[str, list[Cells]]:
    """The rows of the five files in canonical order, by the names of `CatalogRows`."""
    return {
        "sources": [{"source": name, "zh": w.zh, "en": w.en} for name, w in sorted(catalog.sources.items())],
        "editions": [_edition_cells(e) for e in catalog.editions],
        "classes": [_class_cells(c) for c in catalog.classes],
        "conditions": [_condition_cells(c) for c in catalog.conditions],
        "class_map": [
            {"old": str(s.old), "new": str(s.new), **_basis_cells(s.basis)} for s in catalog.successions
        ],
    }


def _edition_cells(edition: Edition) -> Cells:
    return {
        "edition": edition.id,
        **_words_cells("name", edition.name),
        "standard": edition.standard,
        "valid_from": day_text(edition.valid_from),
        "valid_to": day_text(edition.valid_to),
        **_basis_cells(edition.basis),
    }


def _class_cells(one: CaseClass) -> Cells:
    return {
        "class": str(one.key),
        **_words_cells("name", one.name),
        "major": one.major,
        **_words_cells("major", one.major_name),
        "geometry": one.geometry.value,
        "group": one.group,
        "industries": joined(one.industries),
        "component": str(one.component or ""),
        **_basis_cells(one.basis),
    }


def _condition_cells(condition: FilingCondition) -> Cells:
    return {
        "class": str(condition.key),
        "id": condition.id,
        "area_class": condition.area_class or "",
        **_words_cells("condition", condition.words),
        "count": _count_text(Fraction(condition.limit.count)),
        "unit": condition.limit.unit.value,
        **_words_cells("closing", condition.closing),
        **_basis_cells(condition.basis),
    }


def _count_text(count: Fraction) -> str:
    if 1000 % count.denominator:
        return str(
            count
        )  # no file can have brought it in, and none will take it: better refused than rounded
    return f"{float(count):.3f}".rstrip("0").rstrip(".")


def _words_cells(field: str, words: Words) -> Cells:
    return {f"{field}_zh": words.zh, f"{field}_en": words.en}


def _basis_cells(basis: Basis) -> Cells:
    return {
        "confidence": basis.confidence.value,
        "source": basis.source,
        **_words_cells("note", basis.note),
    }


_BASIS = "confidence source note_zh note_en"
COLUMNS: Final = {
    "sources": "source zh en".split(),
    "editions": f"edition name_zh name_en standard valid_from valid_to {_BASIS}".split(),
    "classes": f"class name_zh name_en major major_zh major_en geometry group industries component {_BASIS}".split(),
    "conditions": (
        f"class id area_class condition_zh condition_en count unit closing_zh closing_en {_BASIS}".split()
    ),
    "class_map": f"old new {_BASIS}".split(),
}
