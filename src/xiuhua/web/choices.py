"""What may be chosen in a field: classes, conditions, organisations, roads and people of the district on that day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from xiuhua.domain.dispatch import Assigned
from xiuhua.domain.district import District
from xiuhua.domain.grid import ORGANISATION_KINDS, Organisation, Tier
from xiuhua.domain.grid_naming import codes_in
from xiuhua.domain.moves import Field, FieldKind
from xiuhua.domain.notice import CHANNELS, Channel
from xiuhua.domain.people import Post
from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import Json
from xiuhua.domain.validity import those_valid_on
from xiuhua.domain.words import Words
from xiuhua.web.rows import Choice

CANDIDATES = Words("权责清单候选", "Candidates of the duty list")
PROPOSED = Words("权责清单建议", "Proposed by the duty list")
_KINDS = list(ORGANISATION_KINDS)

Nearby = Callable[[Wgs84, str], Iterable["Choice"]]
People = Callable[[Post], Iterable[tuple[str, Words]]]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Choices:
    """`facts` are the subject's, `people` gives the persons of a post that this viewer may name."""

    district: District
    at: datetime
    facts: Mapping[str, Json]
    people: People
    channels: frozenset[Channel] = frozenset(Channel)
    components: Nearby = lambda place, class_key: ()

    @property
    def zone(self) -> ZoneInfo:
        return self.district.time_zone

    def of(self, field: Field, values: Values) -> tuple[Choice, ...]:
        chosen = str(values.get(field.name) or "")
        if field.choices:
            return tuple(Choice(value, words, chosen=value == chosen) for value, words in field.choices)
        listed = _BY_NAME.get(field.name) if field.kind is FieldKind.LINE else _BY_KIND.get(field.kind)
        return listed(self, field, chosen, values) if listed else ()

    def conditions(self, class_key: str, chosen: str = "") -> tuple[Choice, ...]:
        key = self.district.key_of(class_key)
        if key is None:
            return ()
        found = self.district.catalog.conditions_of(key, str(self.facts.get("area_class") or "") or None)
        return tuple(Choice(c.id, _with_limit(c.words, c.limit.words), chosen=c.id == chosen) for c in found)

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        """Those of the day, by kind and code."""
        found = those_valid_on(self.district.organisations, self.district.day_of(self.at))
        return tuple(sorted(found, key=lambda o: (_KINDS.index(o.kind), o.code)))


def _conditions(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    return c.conditions(str(values.get("class") or c.facts.get("class") or ""), chosen)


def _with_limit(words: Words, limit: Words) -> Words:
    return Words(f"{words.zh}（{limit.zh}）", f"{words.en} ({limit.en})")


def _classes(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    """Those of the edition for new cases and the district's own; the one that is set stays even if it is older."""
    catalog, day = c.district.catalog, c.district.day_of(c.at)
    used = c.district.edition_on(c.at)
    editions = [e.id for e in catalog.editions_on(day) if e.id == used or not e.national]
    listed = [one for edition in editions for one in catalog.classes_of(edition)]
    key = c.district.key_of(chosen)
    if key and key.edition not in editions:
        listed.insert(0, catalog.case_class(key))
    return tuple(
        Choice(str(one.key), Words(f"{one.name.zh}　{one.key.code}", f"{one.name.en}  {one.key.code}"), one.major_name,
               chosen=str(one.key) == chosen)
        for one in listed
    )  # fmt: skip


def _units(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    """What the duty list says comes first; it is chosen already where nobody has the case yet."""
    first, head = _by_duty(c)
    set_already = str(c.facts.get("unit") or "")
    if first and not chosen and not set_already and head is PROPOSED:
        chosen = first[0]
    named = {o.code: o for o in c.organisations if c.district.handles(o.code)}
    top = [Choice(code, named[code].name, head, chosen=code == chosen) for code in first if code in named]
    rest = [_organisation(o, chosen) for o in named.values() if o.code not in first]
    return (*top, *rest)


def _offices(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    """Of the street of the grids that are named, chosen already; where none are, those of all streets."""
    grids, day = c.district.grids, c.district.day_of(c.at)
    named = {g.street for code in codes_in(str(values.get("grids") or "")) for g in grids.ever(code)}
    streets = named or {g.code for g in grids.active(day, Tier.STREET)}
    codes = {code for street in streets for code in c.district.offices_of(street, day)}
    only = next(iter(codes)) if named and len(codes) == 1 else ""
    return tuple(
        Choice(o.code, o.name, chosen=o.code == (chosen or only)) for o in c.organisations if o.code in codes
    )


def _organisation(one: Organisation, chosen: str) -> Choice:
    return Choice(one.code, one.name, ORGANISATION_KINDS[one.kind], chosen=one.code == chosen)


def _by_duty(c: Choices) -> tuple[tuple[str, ...], Words]:
    if not c.facts.get("class"):
        return (), PROPOSED
    found = c.district.dispatch_of(c.facts, c.at)
    return (
        ((found.organisation,), PROPOSED)
        if isinstance(found, Assigned)
        else (found.organisations, CANDIDATES)
    )


def _persons(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    post = Post(field.name) if field.name in set(Post) else None
    return tuple(Choice(code, name, chosen=code == chosen) for code, name in c.people(post)) if post else ()


def _channels(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    return tuple(
        Choice(ch.value, words, chosen=ch.value == chosen)
        for ch, words in CHANNELS.items()
        if ch in c.channels
    )


def _roads(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    return tuple(Choice(road.code, road.name, chosen=road.code == chosen) for road in c.district.roads)


def _owners(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    return tuple(_organisation(one, chosen) for one in c.organisations)


def _components(c: Choices, field: Field, chosen: str, values: Values) -> tuple[Choice, ...]:
    """The nearest of the class that is chosen, or of the component whose abnormal state it is."""
    place = values.get("place") or c.facts.get("place")
    if not (isinstance(place, list) and len(place) == 2 and all(isinstance(one, float) for one in place)):
        return ()
    return tuple(c.components(Wgs84(*place), str(values.get("class") or c.facts.get("class") or "")))


_Listed = Callable[[Choices, Field, str, Values], tuple[Choice, ...]]
_BY_KIND: dict[FieldKind, _Listed] = {
    FieldKind.CLASS: _classes,
    FieldKind.CONDITION: _conditions,
    FieldKind.ORGANISATION: _units,
    FieldKind.OFFICE: _offices,
    FieldKind.PERSON: _persons,
    FieldKind.COMPONENT: _components,
}
# facts that are codes of a list, though the rules take them as they come
_BY_NAME: dict[str, _Listed] = {"channel": _channels, "road": _roads, "owner": _owners, "keeper": _owners}
