"""A list's address as its filter, and back: what is narrowed, by what, and the links that narrow further.

`view` is for-me (the stages that wait for the viewer's post), open, or all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from xiuhua.domain.due_state import DueState
from xiuhua.domain.moves import Group, Move, Table
from xiuhua.domain.people import Post
from xiuhua.domain.words import Words
from xiuhua.store.queries import Cursor, Filter, cursor

FOR_ME, OPEN, ALL = "for-me", "open", "all"
VIEWS: dict[str, Words] = {
    FOR_ME: Words("待我办理", "For me"),
    OPEN: Words("全部在办", "All open"),
    ALL: Words("全部", "All"),
}
LIGHTS = {"red": DueState.OVERDUE, "yellow": DueState.WARNING, "green": DueState.IN_TIME}
NAMES = ("view", "due", "stage", "channel", "class", "unit", "grid", "street", "text")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for by name; empty values are left out."""

    kind: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, kind: str, asked: QueryDict) -> "Wanted":
        given = {name: str(asked.get(name, "")).strip() for name in NAMES}
        return cls(kind, {name: value for name, value in given.items() if value})

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def with_(self, name: str, value: str) -> "Wanted":
        rest = {k: v for k, v in self.values.items() if k != name}
        return replace(self, values={**rest, name: value} if value else rest)

    @property
    def query(self) -> str:
        """With its question mark, so that an address is path and query; empty where nothing is narrowed."""
        pairs = [(name, self.values[name]) for name in NAMES if name in self.values]
        return f"?{urlencode(pairs)}" if pairs else ""

    def filter(self, table: Table, post: Post) -> Filter:
        view, stage = self.get("view"), self.get("stage")
        return Filter(
            kind=self.kind,
            stages=(stage,) if stage else waiting_for(table, post) if view == FOR_ME else (),
            is_open=True if view in (OPEN, FOR_ME) and not stage else None,
            channel=self.get("channel"), class_key=self.get("class"), unit=self.get("unit"),
            grid=self.get("grid"), street=self.get("street"), due=LIGHTS.get(self.get("due")), text=self.get("text"),
        )  # fmt: skip


def waiting_for(table: Table, post: Post) -> tuple[str, ...]:
    """The open stages that wait for this post: it has a main move there that leads on, or is awaited."""
    return tuple(
        stage.name
        for stage in table.stages.values()
        if stage.group is Group.OPEN
        and any(_leads_on(table, move, post, stage.name) for move in table.moves_from(stage.name))
    )


def _leads_on(table: Table, move: Move, post: Post, stage: str) -> bool:
    """Merging, deciding a request and moves for one kind of case only are not what a stage waits for."""
    if move.awaited:
        return post in move.by
    if (
        post not in move.by
        or not move.key
        or move.to in ("", stage)
        or move.grants
        or move.refuses
        or move.asks
    ):
        return False
    special = any(guard.startswith("fact-is ") for guard in move.guards)
    return not special and table.group(move.to) is not Group.VOID


def cursor_text(after: Cursor) -> str:
    return f"{after.opened_at.isoformat()} {after.number}"


def cursor_of(text: str) -> Cursor | None:
    """None where there is none or it cannot be read: the list begins at its beginning."""
    moment, _, number = text.partition(" ")
    return cursor(moment, number) if number else None
