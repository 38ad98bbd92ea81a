"""The catalogue as a whole: what is in force, what can be chosen, with which limit, and what an old class became.

An abnormal-component matter (2026, majors 01-05) has the conditions of its component.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from xiuhua.domain.catalog.nouns import CaseClass, Edition, FilingCondition, Succession
from xiuhua.domain.codes import ClassKey
from xiuhua.domain.validity import those_valid_on, valid_on
from xiuhua.domain.words import Refusal, Words, Wrong

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Catalog:
    """All editions at once. Looking up takes one dictionary each; nothing can be changed after it is built."""

    editions: tuple[Edition, ...]
    classes: tuple[CaseClass, ...]
    conditions: tuple[FilingCondition, ...]
    successions: tuple[Succession, ...]
    sources: Mapping[str, Words]
    _edition: Mapping[str, Edition] = field(init=False, repr=False, compare=False)
    _class: Mapping[ClassKey, CaseClass] = field(init=False, repr=False, compare=False)
    _within: Mapping[str, tuple[CaseClass, ...]] = field(init=False, repr=False, compare=False)
    _conditions: Mapping[ClassKey, tuple[FilingCondition, ...]] = field(init=False, repr=False, compare=False)
    _condition: Mapping[tuple[ClassKey, str, str | None], FilingCondition] = field(
        init=False, repr=False, compare=False
    )
    _new: Mapping[ClassKey, tuple[ClassKey, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        indexes: dict[str, object] = {
            "sources": MappingProxyType(dict(self.sources)),
            "_edition": {e.id: e for e in self.editions},
            "_class": {c.key: c for c in self.classes},
            "_within": _grouped((c.key.edition, c) for c in self.classes),
            "_conditions": _grouped((c.key, c) for c in self.conditions),
            "_condition": {(c.key, c.id, c.area_class): c for c in self.conditions},
            "_new": _grouped((s.old, s.new) for s in self.successions),
        }
        for name, index in indexes.items():
            object.__setattr__(self, name, index)

    def edition(self, edition: str) -> Edition:
        try:
            return self._edition[edition]
        except KeyError:
            raise Wrong("edition-unknown", NO_EDITION.filled(it=edition), "edition") from None

    def editions_on(self, day: date) -> tuple[Edition, ...]:
        """Those in force, national ones first, then the newest."""
        valid = those_valid_on(self.editions, day)
        return tuple(sorted(valid, key=lambda e: (not e.national, -e.valid_from.toordinal(), e.id)))

    def edition_on(self, day: date) -> Edition:
        """The one that new cases use, unless the district has chosen another."""
        for edition in self.editions_on(day):
            return edition
        raise Wrong("edition-unknown", NONE_IN_FORCE.filled(day=day), "edition")

    def classes_of(self, edition: str) -> tuple[CaseClass, ...]:
        return self._within.get(self.edition(edition).id, ())

    def case_class(self, key: ClassKey) -> CaseClass:
        try:
            return self._class[key]
        except KeyError:
            raise Wrong("class-unknown", NO_CLASS.filled(it=key), "class") from None

    def usable(self, key: ClassKey, day: date) -> CaseClass | Refusal:
        """A class that is known but whose edition is not in force on that day is refused."""
        known = self.case_class(key)
        edition = self.edition(key.edition)
        if valid_on(edition, day):
            return known
        words = NOT_IN_FORCE.filled(zh=edition.name.zh, en=edition.name.en, day=day)
        return Refusal("edition-not-in-force", words, "class")

    def conditions_of(self, key: ClassKey, area_class: str | None = None) -> tuple[FilingCondition, ...]:
        """What can be chosen for the class there: one row a condition, the most specific one."""
        ids = dict.fromkeys(c.id for owner in self._owners(key) for c in self._conditions.get(owner, ()))
        found = (self._find(key, id_, area_class) for id_ in ids)
        return tuple(c for c in found if c is not None)

    def condition(self, key: ClassKey, condition: str, area_class: str | None = None) -> FilingCondition:
        """With the limit that holds there: the row of the area class, otherwise the row for all."""
        found = self._find(key, condition, area_class)
        if found is None:
            raise Wrong("condition-unknown", NO_CONDITION.filled(it=condition, key=key), "condition")
        return found

    def successors(self, key: ClassKey) -> tuple[ClassKey, ...]:
        return self._new.get(key, ())

    def _owners(self, key: ClassKey) -> tuple[ClassKey, ...]:
        """Whose conditions the class has: its own before those of its component."""
        component = self.case_class(key).component
        return (key, component) if component else (key,)

    def _find(self, key: ClassKey, condition: str, area_class: str | None) -> FilingCondition | None:
        for owner in self._owners(key):
            for area in dict.fromkeys((area_class, None)):
                if found := self._condition.get((owner, condition, area)):
                    return found
        return None


NO_EDITION = Words("没有目录版本“{it}”", "There is no edition “{it}”")
NONE_IN_FORCE = Words("{day} 没有有效的目录版本", "No edition of the catalogue is in force on {day}")
NOT_IN_FORCE = Words("{zh}在 {day} 无效", "{en} is not in force on {day}")
NO_CLASS = Words("没有类别“{it}”", "There is no class “{it}”")
NO_CONDITION = Words("类别“{key}”没有立案条件“{it}”", "Class “{key}” has no filing condition “{it}”")


def _grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    lists: dict[K, list[T]] = {}
    for key, one in pairs:
        lists.setdefault(key, []).append(one)
    return {key: tuple(found) for key, found in lists.items()}
