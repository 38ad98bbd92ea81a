"""The list of components, narrowed and searched by what is written on them; a page goes on after the last line."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from xiuhua.domain.component import Component, State
from xiuhua.domain.component_file import plain
from xiuhua.store import sql
from xiuhua.store.components import COLUMNS, component_of_row

MOST_LINES: Final = 200
CODE_BEGINS: Final = 8  # ours: digits; division and major class, fewer are a pole number
SHORTEST_PART: Final = 2  # ours: characters of a label; one finds half of a register
_LONGEST: Final = 60
_LABELLED: Final = "NOT (label = '')"  # written as the index has it, or SQLite does not see that it may be used
_BY_CODE, _BY_LABEL = ("code",), ("label", "code")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows. Empty means any. `text` is a label, a code or the beginning of either, as typed."""

    classes: tuple[str, ...] = ()
    text: str = ""
    state: State | None = None
    grids: tuple[str, ...] = ()
    street: str = ""
    owner: str = ""


class Way(StrEnum):
    """How lines are found: all of them, or by a text, from the surest way to the loosest."""

    ALL = "all"
    LABEL = "label"
    CODE = "code"
    CODE_BEGINS = "code-begins"
    LABEL_BEGINS = "label-begins"
    LABEL_HAS = "label-has"


@dataclass(frozen=True, slots=True)
class After:
    """The last line of the page before, and how it was found: a surer way may find something by now."""

    way: Way
    code: str
    label: str

    def text(self) -> str:
        """As it stands in an address."""
        return base64.urlsafe_b64encode(f"{self.way} {self.code} {self.label}".encode()).decode().rstrip("=")


def after_of(text: str, wanted: Wanted) -> After | None:
    """None for what no page of this list gave."""
    try:
        way, code, label = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(" ", 2)
    except ValueError:
        return None
    ways = {found.way for found in _ways(_typed(wanted))}
    if way not in ways or not (code + label).isprintable():
        return None
    return After(Way(way), code, label)


@dataclass(frozen=True, slots=True)
class ComponentPage:
    """`following` is where to go on; None at the end."""

    lines: tuple[Component, ...]
    following: After | None


@dataclass(frozen=True, slots=True)
class _Condition:
    way: Way
    where: str
    values: tuple[str, ...]
    order: tuple[str, ...] = _BY_LABEL


def labelled(text: str, most: int = 50) -> tuple[Component, ...]:
    """By what a person typed of a label or a code: exactly, otherwise as a beginning, otherwise as a part of a label.

    Full-width characters, blanks and small letters make no difference.
    """
    wanted = Wanted(text=text)
    return listed(wanted, size=most).lines if _typed(wanted) else ()


def listed(wanted: Wanted, beyond: After | None = None, size: int = 50) -> ComponentPage:
    """By label, or by code where none was typed. Of several ways the first that finds anything is taken."""
    size = min(size, MOST_LINES)
    for condition in _ways(_typed(wanted)):
        if beyond is not None and condition.way is not beyond.way:
            continue
        found = _among(condition, wanted, beyond, size + 1)
        if found:
            last = found[size - 1] if len(found) > size else None
            return ComponentPage(found[:size], After(condition.way, last.code, last.label) if last else None)
    return ComponentPage((), None)


def _typed(wanted: Wanted) -> str:
    return plain(wanted.text)[:_LONGEST]


def _ways(typed: str) -> Iterator[_Condition]:
    """Each a statement of its own: with OR no index would be used."""
    if not typed:
        yield _Condition(Way.ALL, "1 = 1", (), _BY_CODE)
        return
    upper = typed.upper()
    yield _Condition(Way.LABEL, f"label = %s AND {_LABELLED}", (upper,))
    yield _Condition(Way.CODE, "code = %s", (typed,), _BY_CODE)
    if typed.isascii() and typed.isdecimal() and len(typed) >= CODE_BEGINS:
        yield _Condition(Way.CODE_BEGINS, "code BETWEEN %s AND %s", (typed, typed.ljust(17, "9")), _BY_CODE)
    if len(typed) >= SHORTEST_PART:
        yield _beginning(upper)
        yield _Condition(Way.LABEL_HAS, f"label LIKE %s ESCAPE '!' AND {_LABELLED}", (f"%{_literal(upper)}%",))


def _beginning(text: str) -> _Condition:
    if sql.on_sqlite():
        where, values = f"label >= %s AND label < %s AND {_LABELLED}", (text, text + "\U0010ffff")
        return _Condition(Way.LABEL_BEGINS, where, values)
    return _Condition(Way.LABEL_BEGINS, f"label LIKE %s ESCAPE '!' AND {_LABELLED}", (f"{_literal(text)}%",))


def _literal(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _among(condition: _Condition, wanted: Wanted, beyond: After | None, most: int) -> tuple[Component, ...]:
    order = ", ".join(condition.order)
    conditions, values = _narrowed(wanted)
    if beyond is not None:
        conditions.append(f"({order}) > ({sql.marks(condition.order)})")
        values += [getattr(beyond, column) for column in condition.order]
    where = " AND ".join([f"({condition.where})", *conditions])
    rows = sql.rows(
        f"SELECT {COLUMNS} FROM component WHERE {where} ORDER BY {order} LIMIT {most}",  # noqa: S608 - our own names
        [*condition.values, *values],
    )
    return tuple(component_of_row(row) for row in rows)


def _narrowed(wanted: Wanted) -> tuple[list[str], list[str]]:
    """Conditions and their values, of all but the text."""
    several: Sequence[tuple[str, tuple[str, ...]]] = (("class_key", wanted.classes), ("grid", wanted.grids))
    conditions = [f"{column} IN ({sql.marks(values)})" for column, values in several if values]
    given = [value for _, values in several for value in values]
    state = wanted.state.value if wanted.state else ""
    for column, value in (("state", state), ("street", wanted.street), ("owner", wanted.owner)):
        if value:
            conditions.append(f"{column} = %s")
            given.append(value)
    return conditions, given
