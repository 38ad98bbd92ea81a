"""A subject and its rows, put into the words a page shows. Masking is done before: nothing is hidden here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from xiuhua.domain.codes import ComponentCode
from xiuhua.domain.district import District
from xiuhua.domain.due_state import due_state_in
from xiuhua.domain.moves import Field, FieldKind, Group, Table
from xiuhua.domain.notice import CHANNELS, Channel
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Words
from xiuhua.operations.components import UNIDENTIFIED
from xiuhua.store.queries import Line
from xiuhua.web.rows import NOTHING, Fact, Row

UNCLASSED = Words("未定类别", "Not classified yet")
NOT_TOLD = Words("不明部件", "unidentified")
YES, NO = Words("是", "yes"), Words("否", "no")


@dataclass(frozen=True)
class Reading:
    """Turns codes into words for one register of one district, as of now."""

    table: Table
    district: District
    now: datetime

    def name(self, kind: str, code: str) -> Words:
        """The code itself where there is no name."""
        return self.district.words(kind, code) or Words(code, code) if code else NOTHING

    def channel(self, code: str) -> Words:
        return CHANNELS[Channel(code)] if code in set(Channel) else Words(code, code)

    def flag(self, name: str) -> Words:
        """Said with the move that raises it."""
        return self.flags.get(name, Words(name, name))

    @cached_property
    def flags(self) -> Mapping[str, Words]:
        return {move.raises: move.words for move in self.table.moves.values() if move.raises}

    def what(self, class_key: str) -> Words:
        if class_key:
            return self.name("class", class_key)
        return UNCLASSED if "class" in self.labels else self.table.words

    def area(self, street: str, grid: str) -> Words:
        names = [self.name("grid", code) for code in (street, grid) if code]
        return Words(" · ".join(n.zh for n in names), " · ".join(n.en for n in names))

    def row(self, line: Line) -> Row:
        stage = self.table.stages[line.stage]
        return Row(
            kind=self.table.kind, number=line.number, stage=stage.words,
            light=due_state_in(stage.group, line.due_at, line.warn_at, self.now),
            due=line.due_at if stage.group is Group.OPEN else None,
            what=self.what(line.class_key), place=line.place_text, area=self.area(line.street, line.grid),
            unit=self.name("organisation", line.unit), channel=self.channel(line.channel),
            photo=f"/photo/{line.photo}/small" if line.photo else "", round=1,
            flags=tuple(self.flag(f) for f in line.flags.split()), opened_at=line.opened_at, closed_at=line.closed_at,
        )  # fmt: skip

    @cached_property
    def pictured(self) -> bool:
        """Whether what begins in this register comes with photos; a list without them has no place for any."""
        return any(f.kind is FieldKind.PHOTOS for move in self.table.moves_from("") for f in move.fields)

    @cached_property
    def labels(self) -> Mapping[str, Field]:
        """The fields by the fact they become, and by their own names."""
        fields = [f for move in self.table.moves.values() for f in move.fields]
        return {f.sets: f for f in fields if f.sets} | {f.name: f for f in fields if not f.sets}

    def value(self, f: Field, value: Json) -> Words:
        """A value of a field in words."""
        text = str(value)
        match f.kind:
            case FieldKind.YES:
                return YES if value else NO
            case FieldKind.CHOICE:
                return dict(f.choices).get(text, Words(text, text))
            case FieldKind.ORGANISATION | FieldKind.OFFICE:
                return self.name("organisation", text)
            case FieldKind.CLASS:
                return self.name("class", text)
            case FieldKind.COMPONENT if text == UNIDENTIFIED:
                return NOT_TOLD
            case FieldKind.PLACE if isinstance(value, list):
                lon, lat = value
                return Words(f"{lon:.6f}, {lat:.6f}", f"{lon:.6f}, {lat:.6f}")
            case _:
                return self._coded(f.name, text)

    def _coded(self, name: str, text: str) -> Words:
        """Facts that are codes of a list though their field is a line."""
        if name == "channel":
            return self.channel(text)
        return self.name(_LISTS[name], text) if name in _LISTS else Words(text, text)

    def fact(self, f: Field, value: Json) -> Fact:
        if f.kind is FieldKind.MOMENT:
            return Fact(f.words, NOTHING, datetime.fromisoformat(str(value)))
        if f.name == "component" and ComponentCode.check(str(value)) is None:
            return Fact(f.words, self.value(f, value), href=f"/components/{value}")
        return Fact(f.words, self.value(f, value), wide=f.kind is FieldKind.LINE and len(str(value)) > _SHORT)


_LISTS = {
    "grid": "grid", "responsibility_grid": "grid", "street": "grid", "road": "road", "owner": "organisation",
}  # fmt: skip
_SHORT = 24  # ours: characters that fit half the width
