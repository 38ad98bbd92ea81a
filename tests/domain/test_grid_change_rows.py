"""Whether the rows of a change stand in the data: what is missing, still there, elsewhere, or rightly turned since."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import Begun, Plan, applied, undone
from xiuhua.domain.grid_change_rows import astray, missing
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words

FROM, DAY, TODAY, LATER = date(2020, 1, 1), date(2023, 3, 10), date(2023, 3, 24), date(2023, 3, 20)
EVE = DAY - timedelta(days=1)
NAME = Words("网格", "grid")


def ground(n: int) -> tuple[Wgs84, ...]:
    return tuple(Wgs84(110 + (n + x) / 100, 30 + y / 100) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)))


def begun(code: str, n: int, *follows: str) -> Begun:
    return Begun(code, Tier.RESPONSIBILITY, NAME, "s1", "s1", ground(n), follows)


def unit(code: str, n: int) -> Grid:
    return Grid(code, Tier.UNIT, "g1", NAME, "s1", "", ground(n), FROM)


BEFORE = (replace(unit("g1", 1), tier=Tier.RESPONSIBILITY, parent="s1"), unit("u1", 2), unit("u2", 3))
SPLIT = Plan(("g1",), (begun("g3", 4, "g1"), begun("g4", 5, "g1")), {"u1": "g3", "u2": "g4"})
AFTER = applied(BEFORE, SPLIT, DAY)
UNDO_ENDS, UNDO_BEGINS = undone(SPLIT, Grids(AFTER), DAY, DAY)  # type: ignore[misc]
UNDO = Plan(UNDO_ENDS, UNDO_BEGINS, {"u1": "g1", "u2": "g1"})
UNDONE = applied(AFTER, UNDO, LATER)
TURNED = {(code, LATER) for code in UNDO.touches}


def said(rows: tuple[Grid, ...], turned: set[tuple[str, date]] | None = None) -> list[str]:
    return [words.en for words in astray(SPLIT, DAY, TODAY, Grids(rows), turned or set())]


def test_rows_as_the_change_made_them_stand() -> None:
    assert said(AFTER) == []


def test_what_a_later_change_turned_is_right() -> None:
    assert said(UNDONE, TURNED) == []
    assert astray(UNDO, LATER, TODAY, Grids(UNDONE), TURNED | {(code, DAY) for code in SPLIT.touches}) == ()


def test_what_ended_again_without_a_change_is_named() -> None:
    assert said(UNDONE) == [
        "the grid “g1” should end on 2023-03-09 and is in use on 2023-03-20",
        "the grid “g3” should be there on 2023-03-20 and is not",
        "the grid “g4” should be there on 2023-03-20 and is not",
        "the grid “u1” should lie in “g3” from 2023-03-20 on and lies in “g1”",
        "the grid “u2” should lie in “g4” from 2023-03-20 on and lies in “g1”",
    ]


def but(code: str, **other: object) -> tuple[Grid, ...]:
    """The rows that hold from the first day on, one of them otherwise."""
    return tuple(replace(g, **other) if g.code == code and g.valid_from == DAY else g for g in AFTER)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (BEFORE[1:], "the former grid “g1” is not there on 2023-03-09"),
        ((*AFTER[1:], BEFORE[0]), "the grid “g1” should end on 2023-03-09 and is in use on 2023-03-10"),
        (but("g3", valid_from=LATER), "the grid “g3” should be there on 2023-03-10 and is not"),
        (but("g3", outline=ground(9)), "the outline of the grid “g3” is not the planned one"),
        (but("g3", valid_to=EVE + timedelta(days=3)), "the grid “g3” should be there on 2023-03-13 and is not"),
        (but("g3", parent="c1"), "the grid “g3” should lie in “s1” from 2023-03-10 on and lies in “c1”"),
        (but("u2", parent="g3"), "the grid “u2” should lie in “g4” from 2023-03-10 on and lies in “g3”"),
    ],
    ids=["lost", "not ended", "not begun", "other ground", "cut short", "elsewhere", "unit not moved"],
)
def test_each_thing_that_is_not_as_planned_is_named_with_its_grid(rows: tuple[Grid, ...], what: str) -> None:
    assert said(rows)[0] == what


def test_a_grid_that_goes_on_under_another_name_is_still_there() -> None:
    row = next(g for g in AFTER if g.code == "g3")
    renamed = replace(row, name=Words("新名", "new name"), valid_from=LATER)
    assert said((*but("g3", valid_to=LATER - timedelta(days=1)), renamed)) == []


def test_rows_from_before_a_change_lack_what_it_begins() -> None:
    assert missing(SPLIT, DAY, Grids(BEFORE)) == ("g3", "g4")
    assert missing(UNDO, LATER, Grids(AFTER)) == ("g1",)
    assert missing(SPLIT, LATER, Grids(AFTER)) == ("g3", "g4"), "called off and scheduled again for a later day"
    assert missing(SPLIT, DAY, Grids(UNDONE)) == missing(UNDO, LATER, Grids(UNDONE)) == ()
