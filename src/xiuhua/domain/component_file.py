"""Lines of a component survey: checked, each fault named with its field, and read into components.

Field names of the 2026 series and of 2013 are known (grid_and_codes clause 3.1, source); others come by a mapping.
Leaves out: files (`exchange`), where a place lies (`space`), and what the register says already (`operations`).
"""

import json
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from xiuhua.domain.codes import CodeWrong, ComponentCode
from xiuhua.domain.component import ACCURACY_M, ORIGINS, STATES, Component, Origin, State
from xiuhua.domain.fault import Fault
from xiuhua.domain.place import Wgs84
from xiuhua.domain.rows import MISSING, NOT_A_CHOICE, NOT_A_DAY, Row
from xiuhua.domain.subject import Json, canonical
from xiuhua.domain.words import Words

FIELDS: Final = (
    "code", "class", "name", "state", "accuracy", "origin", "recorded", "changed", "competent", "owner", "keeper",
    "label", "circuit", "note",
)  # fmt: skip
# how the editions call them; what only repeats another field (names of codes, grid, street) is left aside
EDITIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "2026": {
        "code": "GLBJBSM", "name": "GLBJMC", "competent": "ZGBMDM", "owner": "QSDWDM", "keeper": "YHDWDM",
        "state": "GLBJZT", "recorded": "CSRQ", "changed": "BGRQ", "origin": "SJLY", "note": "BZ",
    },
    "2013": {
        "code": "ObjID", "name": "ObjName", "competent": "DeptCode1", "owner": "DeptCode2", "keeper": "DeptCode3",
        "state": "ObjState", "recorded": "ORDate", "changed": "CHDate", "origin": "DataSource", "note": "Note",
    },
}  # fmt: skip
VAGUEST: Final = "C"  # where a survey does not say how exact it is

MOST: Final = {"name": 60, "label": 40, "circuit": 40, "note": 1000}  # characters; BZ has 1000 (source)
_DIGITS: Final = re.compile("[0-9]{8}")
_SEQUENCE: Final = re.compile("(?!0{6})[0-9]{6}")

OTHER_DIVISION = Words("编码属于区划 {it}，不是本区 {own}", "the code is of the division {it}, not of {own}")
NO_CLASS = Words("目录中没有部件类别“{it}”", "the catalogue has no component class “{it}”")
NOT_THE_CODES = Words("类别“{it}”与编码的类别“{code}”不一致", "the class “{it}” is not “{code}”, which the code has")
NO_OWNER = Words("没有单位“{it}”", "there is no organisation “{it}”")
TOO_LONG = Words("超过 {most} 字", "is longer than {most} characters")
UNPRINTABLE = Words("含有不可显示的字符", "has characters that cannot be shown")
CHANGED_FIRST = Words("变更日期早于初始日期", "was changed before it was first recorded")


@dataclass(frozen=True)
class Known:
    """What the district knows. `words` are further words for states, origins and organisations, by their codes."""

    division: str
    classes: Mapping[str, Words]
    organisations: Container[str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _spoken(words: Mapping[StrEnum, Words]) -> dict[str, StrEnum]:
    """By code, by Chinese word and by English word."""
    return {text: one for one, said in words.items() for text in (one.value, said.zh, said.en.lower())}


_STATES: Final = _spoken(STATES)  # type: ignore[arg-type]
_ORIGINS: Final = _spoken(ORIGINS)  # type: ignore[arg-type]
_CHOICES: Final[Mapping[str, Mapping[Any, Words]]] = {"state": STATES, "origin": ORIGINS}


class ComponentReading:
    """Reads line after line. `faults` collects what is wrong; a line with a fault gives no component."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.faults: list[Fault] = []
        self._states = {**_STATES, **{k: State(v) for k, v in known.words.get("states", {}).items()}}
        self._origins = {**_ORIGINS, **{k: Origin(v) for k, v in known.words.get("origins", {}).items()}}
        self._organisations = known.words.get("organisations", {})
        self._classes: dict[str, str] = {}  # the code's digits before the sequence -> its class

    def read(self, row: Row, place: Wgs84 | None, grid: str = "", street: str = "") -> Component | None:
        before = len(self.faults)
        code = self._code(row)
        class_key = self._class(row, code)
        recorded, changed = self._day(row, "recorded"), self._day(row, "changed")
        if row.cell("recorded") == "":
            self._wrong(row, "recorded", MISSING)
        if recorded and changed and changed < recorded:
            self._wrong(row, "changed", CHANGED_FIRST)
        texts = {name: self._text(row, name) for name in MOST}
        owners = {name: self._organisation(row, name) for name in ("competent", "owner", "keeper")}
        state = self._word(row, "state", self._states, State.INTACT)
        origin = self._word(row, "origin", self._origins, Origin.OTHER)
        accuracy = self._accuracy(row)
        if len(self.faults) > before or place is None or recorded is None:
            return None
        texts["label"] = plain(texts["label"]).upper()  # as it will be looked for
        texts["name"] = texts["name"] or self.known.classes[class_key].zh
        return Component(
            code=code, class_key=class_key, place=place, state=State(state), accuracy=accuracy,
            origin=Origin(origin), recorded=recorded, changed=changed, grid=grid, street=street, **texts, **owners,
        )  # fmt: skip

    def _wrong(self, row: Row, field_name: str, words: Words) -> None:
        self.faults.append(Fault(row.file, row.line, field_name, words))

    def _code(self, row: Row) -> str:
        text = row.cell("code")
        if not text:
            self._wrong(row, "code", MISSING)
            return ""
        if text[:-6] in self._classes and _SEQUENCE.fullmatch(text[-6:]):  # a code like the one before is read at once
            return text
        try:
            code = ComponentCode.parse(text)
        except CodeWrong as wrong:
            self._wrong(row, "code", wrong.words)
            return ""
        if code.division != self.known.division:
            self._wrong(row, "code", OTHER_DIVISION.filled(it=code.division, own=self.known.division))
            return ""
        self._classes[code.format()[:-6]] = str(code.class_key)
        return code.format()

    def _class(self, row: Row, code: str) -> str:
        """Told, or the code's own. A local edition has no digits that a code could have."""
        own, told = self._classes.get(code[:-6], ""), row.cell("class")
        key = told or own
        if key and key not in self.known.classes:
            self._wrong(row, "class" if told else "code", NO_CLASS.filled(it=key[:60]))
        elif told and own and told != own and told.split("/")[0] == own.split("/")[0]:
            self._wrong(row, "class", NOT_THE_CODES.filled(it=told, code=own))
        return key

    def _day(self, row: Row, name: str) -> date | None:
        text = row.cell(name)
        day = day_of(text) if text else None
        if text and day is None:
            self._wrong(row, name, NOT_A_DAY.filled(text=text[:40]))
        return day

    def _text(self, row: Row, name: str) -> str:
        text = row.cell(name)
        if not text:
            return ""
        if len(text) > MOST[name]:
            self._wrong(row, name, TOO_LONG.filled(most=MOST[name]))
        elif not text.isprintable() and (name != "note" or "\0" in text):
            self._wrong(row, name, UNPRINTABLE)
        return text

    def _organisation(self, row: Row, name: str) -> str:
        text = row.cell(name)
        code = self._organisations.get(text, text)
        if code and code not in self.known.organisations:
            self._wrong(row, name, NO_OWNER.filled(it=text[:60]))
        return code

    def _word(self, row: Row, name: str, words: Mapping[str, StrEnum], otherwise: StrEnum) -> StrEnum:
        text = row.cell(name)
        found = words.get(text) or words.get(text.lower()) if text else otherwise
        if found is None:
            said = _CHOICES[name].values()
            zh, en = "、".join(w.zh for w in said), ", ".join(w.en.lower() for w in said)
            self._wrong(row, name, Words(
                NOT_A_CHOICE.zh.format(text=text[:40], choices=zh), NOT_A_CHOICE.en.format(text=text[:40], choices=en)
            ))  # fmt: skip
            return otherwise
        return found

    def _accuracy(self, row: Row) -> str:
        text = row.cell("accuracy")
        grade = text if text in ACCURACY_M else plain(text).upper() or VAGUEST
        if grade not in ACCURACY_M:
            self._wrong(row, "accuracy", NOT_A_CHOICE.filled(text=text[:40], choices="、".join(ACCURACY_M)))
        return grade


def body_of(component: Component) -> str:
    """The one text form of a component, which is kept of a past version and of which digests are taken."""
    plain_values = {name: _json(getattr(component, name)) for name in Component.__slots__}
    return canonical({name: value for name, value in plain_values.items() if value not in ("", None)})


def component_of(body: str) -> Component:
    """The inverse."""
    read: dict[str, Any] = json.loads(body)
    lon, lat = read.pop("place")
    days: dict[str, Any] = {n: date.fromisoformat(read.pop(n)) for n in ("recorded", "changed") if n in read}
    state, origin = State(read.pop("state")), Origin(read.pop("origin"))
    return Component(place=Wgs84(lon, lat), state=state, origin=origin, **days, **read)


def cells_of(c: Component) -> dict[str, str]:
    """As a line of a survey would say it, under our names."""
    plain_values = {
        "code": c.code, "class": c.class_key, "name": c.name, "state": c.state.value, "accuracy": c.accuracy,
        "origin": c.origin.value, "recorded": c.recorded.isoformat(),
        "changed": c.changed.isoformat() if c.changed else "", "competent": c.competent, "owner": c.owner,
        "keeper": c.keeper, "label": c.label, "circuit": c.circuit, "note": c.note,
    }  # fmt: skip
    return {name: plain_values[name] for name in FIELDS}


def _json(value: Any) -> Json:
    if isinstance(value, Wgs84):
        return [value.lon, value.lat]
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=4096)
def day_of(text: str) -> date | None:
    """2026-03-01 or 20260301, as both editions write it; a moment counts as its day."""
    text = text[:10].replace("/", "-")
    try:
        if _DIGITS.fullmatch(text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def plain(text: str) -> str:
    """A code or a pole number as a person may type it: full-width characters made narrow, blanks gone."""
    narrow = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(narrow.split())
