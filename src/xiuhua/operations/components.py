"""Change one component or add one, each with an entry of the journal; surveys come in by `survey`.

Checked by the rules of a survey's lines, so that no way in is laxer than another.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from xiuhua.domain.codes import NATIONAL, ClassKey, Kind
from xiuhua.domain.component import Component, Origin, State
from xiuhua.domain.component_file import ComponentReading, Known, body_of, cells_of, plain
from xiuhua.domain.district import District
from xiuhua.domain.journal import Journal
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import Row
from xiuhua.domain.subject import By, Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.journal import last_sequence, record
from xiuhua.operations.world import World
from xiuhua.space.locate import Located
from xiuhua.store import components as store
from xiuhua.store.lock import writing

CHANGEABLE: Final = ("name", "state", "accuracy", "competent", "owner", "keeper", "label", "circuit", "note")

SAME_PLACE = Words("与 {other} 同类同位置", "is at the place of {other}, of the same class")
OUTSIDE = Words("在区界外 {m} 米（{lon}, {lat}）", "lies {m} m outside the district ({lon}, {lat})")
UNIDENTIFIED: Final = "unidentified"
_UNIDENTIFIED: Final = frozenset({UNIDENTIFIED, "unknown", "不明", "不明部件", "无法识别", "未知"})

NO_COMPONENT = Words("没有部件“{it}”", "there is no component “{it}”")
CODE_TAKEN = Words("编码 {it} 已有部件", "there is a component with the code {it} already")
NO_FREE_CODE = Words(
    "类别“{it}”还没有部件，请填写编码", "no component of the class “{it}” is there yet: give the code"
)
FULL = Words("类别“{it}”的序号已用完", "the numbers of the class “{it}” are used up")
NOTHING_DIFFERS = Refusal("nothing-differs", Words("没有变化", "nothing would change"))
NOT_CHANGEABLE = Words("“{it}”不能修改", "“{it}” cannot be changed")


@dataclass(frozen=True, slots=True)
class New:
    """What is known of a component that is not in the register. An empty `code` takes the next free one."""

    class_key: str
    place: Wgs84
    code: str = ""
    name: str = ""
    label: str = ""
    owner: str = ""
    keeper: str = ""
    note: str = ""
    recorded: date | None = None


def known(district: District, words: dict[str, dict[str, str]]) -> Known:
    """What lines of components are checked against."""
    classes = {str(c.key): c.name for c in district.catalog.classes if c.key.kind is Kind.COMPONENT}
    return Known(district.division, classes, {o.code for o in district.organisations}, words)


def content_digest(written: Iterable[tuple[str, bytes]]) -> str:
    """Of the versions that an entry wrote, by code; the register can be compared with it at any time."""
    return hashlib.sha256(b"".join(digest for _, digest in sorted(written))).hexdigest()


def unknown(code: str) -> Refusal:
    return Refusal("component-unknown", NO_COMPONENT.filled(it=code[:60]), "code")


def find(code: str) -> store.Standing | None:
    """By its code as a person types it."""
    wanted = plain(code)
    return store.standing([wanted]).get(wanted)


def named_component(typed: str) -> store.Standing | None:
    """By its code, or by what is written on it where only one has that."""
    found = find(typed)
    if found is None:
        same = store.labelled_exactly(plain(typed).upper())
        found = same[0] if len(same) == 1 else None
    return found


def told(typed: str) -> str:
    """A component as a notice names it: its code where the register knows it, `unidentified`, or what was told."""
    if plain(typed).lower() in _UNIDENTIFIED:
        return UNIDENTIFIED
    known = named_component(typed)
    return known.component.code if known else typed


def change_component(
    code: str, given: Mapping[str, str], by: By, world: World, place: Wgs84 | None = None
) -> store.Standing | Refusal:
    """`given` are fields of CHANGEABLE. Raises LostVersion where somebody was quicker."""
    odd = next((name for name in given if name not in CHANGEABLE), None)
    if odd is not None:
        return Refusal("field-unknown", NOT_CHANGEABLE.filled(it=odd[:60]), odd)
    with writing():
        store.hold_places()
        old = find(code)
        if old is None:
            return unknown(code)
        cells = {**cells_of(old.component), **given, "changed": changed_on(old.component, world).isoformat()}
        new = _checked(cells, place or old.component.place, world)
        if isinstance(new, Refusal):
            return new
        if replace(new, changed=old.component.changed, grid=old.component.grid, street=old.component.street) == (
            old.component
        ):
            return NOTHING_DIFFERS
        facts: dict[str, Json] = {"version": old.version + 1, "fields": _fields(old.component, new)}
        entry = _recorded(new, "change", facts, by, world)
        store.replace([(old, new)], entry, world.now(), by.person)
        return store.Standing(new, old.version + 1, entry)


def add_component(new: New, by: By, world: World, source: str = "") -> store.Standing | Refusal:
    """`source` is the number of the request that asked for it."""
    with writing():
        store.hold_places()
        code = plain(new.code) or next_code(new.class_key, world.district.division)
        if isinstance(code, Refusal):
            return code
        recorded = (new.recorded or world.today).isoformat()
        cells = {
            "code": code, "class": new.class_key, "name": new.name, "state": State.INTACT.value,
            "origin": Origin.SURVEYED.value, "recorded": recorded, "owner": new.owner, "keeper": new.keeper,
            "label": new.label, "note": new.note,
        }  # fmt: skip
        component = _checked(cells, new.place, world)
        if isinstance(component, Refusal):
            return component
        if store.standing([component.code]):
            return Refusal("code-taken", CODE_TAKEN.filled(it=component.code), "code")
        entry = _recorded(component, "add", {"version": 1, "source": source}, by, world)
        store.insert([component], entry)
        return store.Standing(component, 1, entry)


def next_code(class_key: str, division: str) -> str | Refusal:
    """The next number of the class; numbers are never used again, and nothing is taken out of the register."""
    key = ClassKey.parse(class_key)
    digits = f"{division}{key.code}" if key.edition in NATIONAL else store.a_code_of(class_key)[:-6]
    if not digits:
        return Refusal("code-missing", NO_FREE_CODE.filled(it=class_key), "code")
    number = int(store.last_code(digits)[-6:] or 0) + 1
    if number > 999_999:
        return Refusal("codes-used-up", FULL.filled(it=class_key), "class")
    return f"{digits}{number:06d}"


def changed_on(component: Component, world: World) -> date:
    """Today; a survey may have been dated later than the clock of a demo."""
    return max(world.today, component.recorded)


def _checked(cells: Mapping[str, str], place: Wgs84, world: World) -> Component | Refusal:
    """With the grids of today."""
    place = Wgs84(round(place.lon, 7), round(place.lat, 7))
    located = world.locator.locate(place)
    if not isinstance(located, Located):
        words = OUTSIDE.filled(m=round(located.distance_m, 1), lon=place.lon, lat=place.lat)
        return Refusal("outside-district", words, "place")
    reading = ComponentReading(known(world.district, {}))
    component = reading.read(Row("", 0, cells), place, located.grid, located.street)
    if component is None:
        first = reading.faults[0]
        return Refusal("component-wrong", first.words, first.field)
    other = "" if component.state.value in store.GONE else store.at_the_place_of(component)
    return Refusal("place-taken", SAME_PLACE.filled(other=other), "place") if other else component


def _fields(old: Component, new: Component) -> Json:
    return [name for name in Component.__slots__ if getattr(old, name) != getattr(new, name)]


def _recorded(component: Component, move: str, facts: dict[str, Json], by: By, world: World) -> str:
    """The entry's name, as the component keeps it."""
    sequence = last_sequence(Journal.COMPONENT, component.code) + 1
    content = content_digest([(component.code, hashlib.sha256(body_of(component).encode()).digest())])
    written = record(Journal.COMPONENT, component.code, move, by, {**facts, "content": content}, world)
    if written.sequence != sequence:
        raise store.LostVersion
    return f"{component.code}/{sequence}"
