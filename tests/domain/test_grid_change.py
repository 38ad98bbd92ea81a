"""A change as rows with dates: what is applied can be called off again without a trace, and past days stay as they were."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import (
    Begun,
    ChangeKind,
    Plan,
    applied,
    called_off,
    plan_json,
    plan_of,
)
from xiuhua.domain.grid_change_flow import GRID_CHANGE
from xiuhua.domain.grid_change_refused import refuse_day, refuse_new, refuse_old, refuse_pending
from xiuhua.domain.grid_naming import codes_in, next_codes, renamed
from xiuhua.domain.moves import faults
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal, Words

FROM, TODAY, DAY = date(2020, 1, 1), date(2023, 3, 6), date(2023, 3, 10)
NAME = Words("网格", "grid")


def ground(n: int) -> tuple[Wgs84, ...]:
    return tuple(Wgs84(110 + (n + x) / 100, 30 + y / 100) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)))


def grid(code: str, n: int, tier: Tier = Tier.RESPONSIBILITY, parent: str = "s1", street: str = "s1") -> Grid:
    return Grid(code, tier, parent, NAME, street, "", ground(n), FROM)


def begun(code: str, n: int, *follows: str) -> Begun:
    return Begun(code, Tier.RESPONSIBILITY, NAME, "s1", "s1", ground(n), follows)


STREET = Grid("s1", Tier.STREET, "d", NAME, "s1", "", (), FROM)
UNITS = tuple(grid(f"u{n}", 10 + n, Tier.UNIT, f"g{1 + n % 2}") for n in range(4))
GRIDS = (STREET, grid("g1", 1), grid("g2", 2), *UNITS)
PLAN = Plan(("g1",), (begun("g3", 3, "g1"), begun("g4", 4, "g1")), {"u0": "g3", "u2": "g4"})

_DAYS = st.dates(date(2023, 3, 7), date(2024, 3, 1))
_SPLITS = st.integers(1, 4).flatmap(
    lambda n: st.tuples(
        st.sampled_from([("g1",), ("g2",), ("g1", "g2")]),
        st.lists(st.integers(20, 60), min_size=n, max_size=n, unique=True),
    )
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    ends, grounds = draw(_SPLITS)
    new = tuple(begun(f"n{n}", n, *ends) for n in grounds)
    units = [u.code for u in UNITS if u.parent in ends]
    return Plan(ends, new, {code: draw(st.sampled_from(new)).code for code in units})


@given(plans(), _DAYS)
def test_what_is_called_off_leaves_no_trace(plan: Plan, day: date) -> None:
    there = tuple(sorted(GRIDS, key=lambda g: (g.code, g.valid_from)))
    assert called_off(applied(there, plan, day), plan, day) == there


@given(plans(), _DAYS, st.dates(date(2020, 1, 1), date(2025, 1, 1)))
def test_days_before_stay_as_they_were_and_each_day_has_one_row_of_a_code(plan: Plan, day: date, asked: date) -> None:
    before, after = Grids(GRIDS), Grids(applied(GRIDS, plan, day))

    def as_of(grids: Grids) -> list[tuple[str, str]]:
        return sorted((g.code, g.parent) for g in grids.active(asked))

    if asked < day:
        assert as_of(after) == as_of(before)
    codes = [code for code, _ in as_of(after)]
    assert len(codes) == len(set(codes))
    if asked >= day:
        assert set(plan.ends).isdisjoint(codes)
        assert {b.code for b in plan.begins} <= set(codes)


@given(plans())
def test_a_plan_is_kept_as_facts_and_read_again(plan: Plan) -> None:
    assert plan_of(plan_json(plan)) == plan


@pytest.mark.parametrize(
    ("kind", "codes", "code"),
    [
        (ChangeKind.SPLIT, (), "grids-missing"),
        (ChangeKind.SPLIT, ("g9",), "grid-unknown"),
        (ChangeKind.SPLIT, ("u0",), "grid-unknown"),
        (ChangeKind.SPLIT, ("g1", "g2"), "grids-count"),
        (ChangeKind.MERGE, ("g1",), "grids-count"),
        (ChangeKind.SPLIT, ("g1",), None),
        (ChangeKind.MERGE, ("g1", "g2"), None),
    ],
)
def test_the_grids_that_can_be_changed(kind: ChangeKind, codes: tuple[str, ...], code: str | None) -> None:
    refusal = refuse_old(kind, codes, Grids(GRIDS), TODAY)
    assert (refusal.code if refusal else None) == code


def test_grids_of_two_streets_are_not_changed_together() -> None:
    grids = Grids((*GRIDS, grid("g9", 9, street="s2", parent="s2")))
    refusal = refuse_old(ChangeKind.MERGE, ("g1", "g9"), grids, TODAY)
    assert refusal is not None and refusal.code == "two-streets"
    assert "“网格”" in refusal.words.zh and "s1" not in refusal.words.zh  # by name; a code only where there is none


def test_where_grids_lie_in_communities_a_change_keeps_within_one() -> None:
    grids = Grids((*GRIDS, grid("g8", 8, parent="c1")))
    refusal = refuse_old(ChangeKind.MERGE, ("g1", "g8"), grids, TODAY)
    assert refusal is not None and refusal.code == "two-parents"


@pytest.mark.parametrize(
    ("code", "today", "refused"),
    [("g1", TODAY, True), ("u0", TODAY, True), ("g3", TODAY, True), ("g2", TODAY, False), ("g1", DAY, False), ("u0", DAY, False)],
)
def test_a_grid_in_a_coming_change_is_in_its_hands(code: str, today: date, refused: bool) -> None:
    grids = Grids(applied(GRIDS, PLAN, DAY))
    assert (refuse_pending((code,), grids, today) is not None) is refused


@pytest.mark.parametrize(
    ("begins", "code"),
    [
        ((begun("g3", 3),), "new-count"),
        ((begun("g3", 3), begun("g3", 4)), "code-twice"),
        ((begun("g2", 3), begun("g4", 4)), "code-used"),
        ((begun("g2", 2), begun("g4", 4)), None),
        ((begun("g3", 3), begun("g4", 4)), None),
    ],
    ids=["too few", "twice", "another's", "the same ground", "new"],
)
def test_the_codes_of_new_grids(begins: tuple[Begun, ...], code: str | None) -> None:
    refusal = refuse_new(ChangeKind.SPLIT, begins, Grids(GRIDS))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(("days", "code"), [(-1, "day-past"), (0, "day-past"), (1, None), (400, None), (401, "day-far")])
def test_the_first_day_is_a_coming_one(days: int, code: str | None) -> None:
    refusal = refuse_day(TODAY + timedelta(days=days), TODAY)
    assert (refusal.code if isinstance(refusal, Refusal) else None) == code


@pytest.mark.parametrize(
    ("like", "known", "next_two"),
    [
        ("990101001-g1", {"990101001-g1", "990101001-g3"}, ("990101001-g4", "990101001-g5")),
        ("370811005Z001", {"370811005Z001", "370811005Z027"}, ("370811005Z028", "370811005Z029")),
        ("990101001001009", {"990101001001009", "990101001002050"}, ("990101001001010", "990101001001011")),
        ("WEST", {"WEST"}, ("WEST-1", "WEST-2")),
    ],
)
def test_the_next_codes_count_on(like: str, known: set[str], next_two: tuple[str, ...]) -> None:
    assert next_codes(like, 2, known) == next_two


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("东街道第1网格", "990101001-g1", "990101001-g4", "东街道第4网格"),
        ("阜桥01", "370811001Z001", "370811001Z030", "阜桥30"),
        ("东片", "A1", "A2", "东片2"),
        ("古槐30-3", "370811011010012", "370811011010029", "古槐30-3-29"),
    ],
)
def test_a_name_says_the_new_number(name: str, old: str, new: str, said: str) -> None:
    assert renamed(Words(name, "x"), old, new).zh == said


def test_codes_are_read_as_they_are_typed() -> None:
    assert codes_in(" g1；g2, g3、g1\ng4 ") == ("g1", "g2", "g3", "g4")


def test_the_table_of_moves_has_no_fault() -> None:
    assert faults(GRID_CHANGE) == ()
