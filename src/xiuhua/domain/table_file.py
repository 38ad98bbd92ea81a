"""A table of moves written in a pack (TOML), so that another register needs no code.

It may name the generic guards (`guards.py`), literal limits ("2 working-hour"), posts as addressees ("acceptor") and
one fact rule: a field's `sets`. What is wrong comes back as faults with the place in the file; nothing is guessed.
"""

from collections.abc import Mapping
from typing import Any, Final

from xiuhua.domain.fault import Fault
from xiuhua.domain.flow_facts import told_to, unit_desk
from xiuhua.domain.guards import GENERIC
from xiuhua.domain.moves import (
    Addressee,
    Field,
    FieldKind,
    Group,
    Move,
    Rules,
    Stage,
    Start,
    Table,
    faults,
)
from xiuhua.domain.people import Post
from xiuhua.domain.words import Words
from xiuhua.domain.written import limit_of

_LISTS: Final = ("guards", "checks", "ends", "drops", "pauses", "resumes", "lapses", "tells")
_TEXTS: Final = ("asks", "endorses", "grants", "refuses", "raises", "lowers", "key")
_MOVE_KEYS: Final = frozenset(
    {"name", "zh", "en", "from", "to", "by", "fields", "starts", "next_round", *_LISTS, *_TEXTS}
)


def table_from(written: Mapping[str, Any], file: str) -> tuple[Table | None, list[Fault]]:
    """The table and its faults; with any fault there is no table."""
    reading = _Reading(file)
    table = reading.table(written)
    if table is not None and not reading.faults:
        reading.faults += [Fault(file, 0, "", words) for words in faults(table)]
    return (None if reading.faults else table), reading.faults


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def wrong(self, where: str, zh: str, en: str) -> None:
        self.faults.append(Fault(self.file, 0, where, Words(zh, en)))

    def table(self, w: Mapping[str, Any]) -> Table | None:
        if not isinstance(w.get("kind"), str) or not w["kind"]:
            self.wrong("kind", "缺少登记种类的代码", "the register has no kind")
            return None
        moves = [self.move(row, f"moves[{i}]") for i, row in enumerate(w.get("moves", ()), 1)]
        return Table(
            kind=w["kind"],
            words=self.words(w, "kind"),
            stages={name: self.stage(name, row) for name, row in w.get("stages", {}).items()},
            moves={m.name: m for m in moves},
            clocks={name: self.words(row, f"clocks.{name}") for name, row in w.get("clocks", {}).items()},
            requests={name: self.words(row, f"requests.{name}") for name, row in w.get("requests", {}).items()},
            rules=Rules(guards=GENERIC, addressees=_addressees(moves)),
            unit_clocks=frozenset(w.get("unit_clocks", ())),
        )

    def words(self, w: Mapping[str, Any], where: str) -> Words:
        for language in ("zh", "en"):
            if not isinstance(w.get(language), str) or not w[language]:
                self.wrong(where, f"缺少 {language} 名称", f"the name in {language} is missing")
        return Words(str(w.get("zh", "")), str(w.get("en", "")))

    def stage(self, name: str, w: Mapping[str, Any]) -> Stage:
        group = self.choice(Group, w.get("group", "open"), f"stages.{name}.group")
        return Stage(name, self.words(w, f"stages.{name}"), group or Group.OPEN, bool(w.get("end", False)))

    def move(self, w: Mapping[str, Any], where: str) -> Move:
        for key in sorted(set(w) - _MOVE_KEYS):
            self.wrong(f"{where}.{key}", "不认识这一项", "there is no such key")
        posts = [self.choice(Post, post, f"{where}.by") for post in w.get("by", ())]
        more: dict[str, Any] = {name: tuple(w.get(name, ())) for name in _LISTS}
        more |= {name: str(w.get(name, "")) for name in _TEXTS}
        return Move(
            name=str(w.get("name", "")),
            words=self.words(w, where),
            sources=frozenset(w.get("from", ())),
            to=str(w.get("to", "")),
            by=frozenset(post for post in posts if post),
            fields=tuple(self.field(f, f"{where}.fields") for f in w.get("fields", ())),
            starts=tuple(self.start(s, f"{where}.starts") for s in w.get("starts", ())),
            next_round=bool(w.get("next_round", False)),
            **more,
        )

    def field(self, w: Mapping[str, Any], where: str) -> Field:
        kind = self.choice(FieldKind, w.get("kind", "line"), f"{where}.kind")
        choices = tuple((str(c["value"]), self.words(c, where)) for c in w.get("choices", ()))
        return Field(
            name=str(w.get("name", "")),
            kind=kind or FieldKind.LINE,
            words=self.words(w, where),
            required=bool(w.get("required", True)),
            choices=choices,
            sets=str(w.get("sets", "")),
        )

    def start(self, w: Mapping[str, Any], where: str) -> Start:
        limit = str(w.get("limit", ""))
        try:
            limit_of(limit)
        except ValueError:
            self.wrong(
                where, f"“{limit}”不是时限，例如 2 working-hour", f"“{limit}” is no limit such as 2 working-hour"
            )
        return Start(str(w.get("clock", "")), limit, str(w.get("then", "")))

    def choice(self, kind: Any, value: object, where: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            names = "、".join(member.value for member in kind)
            self.wrong(where, f"“{value}”只能是：{names}", f"“{value}” must be one of: {names}")
            return None


def _addressees(moves: list[Move]) -> dict[str, Addressee]:
    """A post's mailbox, or that of the unit's desk."""
    return {name: unit_desk if name == "unit" else told_to(name) for move in moves for name in move.tells}
