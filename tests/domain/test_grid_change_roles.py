"""Who answers for grids across a change: as if everything said of a former grid had been said before it was scheduled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.grid import GridRole, Role, Tier
from xiuhua.domain.grid_change import Begun, Plan
from xiuhua.domain.grid_change_roles import (
    Roles,
    ended_since,
    refuse_promised,
    roles_applied,
    roles_called_off,
    roles_ended,
    roles_renamed,
)
from xiuhua.domain.subject import Json
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal, Words

FROM, TODAY, DAY = date(2020, 1, 1), date(2023, 3, 6), date(2023, 3, 10)
EVE, LATER = DAY - timedelta(days=1), DAY + timedelta(days=5)
CHIEF, POLICE = Role.CHIEF, Role.POLICE


def begun(code: str, *follows: str) -> Begun:
    return Begun(code, Tier.RESPONSIBILITY, Words("网格", "grid"), "s1", "s1", (), follows)


SPLIT = Plan(("g1",), (begun("g3", "g1"), begun("g4", "g1")), {})
MERGE = Plan(("g1", "g2"), (begun("g3", "g1", "g2"),), {})
SHIFT = Plan(("g1", "g2"), (begun("g3", "g1"), begun("g4", "g1", "g2")), {})
PLANS = st.sampled_from([SPLIT, MERGE, SHIFT])
LI = GridRole("g1", CHIEF, "li", "", FROM)
WANG = GridRole("g1", POLICE, "wang", "", FROM, date(2023, 12, 31))
ZHAO = GridRole("g2", CHIEF, "zhao", "", FROM)


def naming(grid: str, role: Role, day: date, person: str) -> Callable[[Roles], Roles | Refusal]:
    """From that day on somebody; without a person nobody. As it is done where no change is scheduled."""

    def rename(roles: Roles) -> Roles:
        mine = [r for r in roles if (r.grid, r.role) == (grid, role) and valid_on(r, day)]
        kept = [replace(r, valid_to=day - timedelta(days=1)) for r in mine if r.valid_from < day]
        new = [GridRole(grid, role, person, "", day)] if person else []
        return (*(r for r in roles if r not in mine), *kept, *new)

    return rename


def listed(roles: Roles | Refusal) -> list[GridRole]:
    assert not isinstance(roles, Refusal)
    return sorted(roles, key=lambda r: (r.grid, r.role, r.valid_from, r.person))


def new_ones(roles: Roles | Refusal) -> list[tuple[str, str, date, date | None]]:
    return [(r.grid, r.person, r.valid_from, r.valid_to) for r in listed(roles) if r.grid in ("g3", "g4")]


_PERSONS, _SAID_DAYS = st.sampled_from(["li", "wang", ""]), st.dates(TODAY, EVE)
_LASTS = st.sampled_from([None, EVE, DAY, date(2023, 12, 31), date(2022, 1, 1)])
_PLACES = st.tuples(st.sampled_from(["g1", "g2"]), st.sampled_from([CHIEF, POLICE]))
_ROLES = st.dictionaries(_PLACES, st.tuples(st.sampled_from(["li", "wang"]), _LASTS), max_size=4).map(
    lambda found: tuple(GridRole(*place, person, "", FROM, last) for place, (person, last) in found.items())
)
_SAID = st.lists(st.tuples(_PLACES, _SAID_DAYS, _PERSONS), max_size=4).map(
    lambda said: sorted(said, key=lambda one: one[1])
)


@given(PLANS, _ROLES)
def test_what_is_called_off_leaves_no_trace(plan: Plan, roles: Roles) -> None:
    ended = roles_ended(roles, plan, DAY)
    assert roles_called_off(roles_applied(roles, plan, DAY), plan, DAY, ended) == roles


@given(PLANS, _ROLES, _SAID)
def test_said_while_it_is_scheduled_is_as_if_said_before(
    plan: Plan, roles: Roles, said: list[tuple[tuple[str, Role], date, str]]
) -> None:
    before, after = roles, roles_applied(roles, plan, DAY)
    ended = roles_ended(roles, plan, DAY)
    for (grid, role), day, person in said:
        if grid not in plan.ends:
            continue
        rename = naming(grid, role, day, person)
        renamed, named = roles_renamed(after, plan, DAY, ended, rename), rename(before)
        assert not isinstance(renamed, Refusal) and not isinstance(named, Refusal)
        before, after = named, renamed
        ended = ended_since(ended, grid, role.value, day.isoformat(), held=bool(person))
        assert listed(after) == listed(roles_applied(before, plan, DAY))
        assert sorted(map(str, ended)) == sorted(map(str, roles_ended(before, plan, DAY)))
    assert listed(roles_called_off(after, plan, DAY, ended)) == listed(before)


def test_no_role_outlasts_its_grid_and_the_next_grid_keeps_a_last_day_of_its_own() -> None:
    after = roles_applied((LI, WANG, ZHAO), SPLIT, DAY)
    assert {r.valid_to for r in after if r.grid == "g1"} == {EVE}
    assert GridRole("g3", POLICE, "wang", "", DAY, date(2023, 12, 31)) in after
    assert ZHAO in after


def scheduled(roles: Roles, plan: Plan = SPLIT) -> tuple[Roles, list[Json]]:
    return roles_applied(roles, plan, DAY), roles_ended(roles, plan, DAY)


def test_who_was_named_for_a_new_grid_itself_stays() -> None:
    roles, ended = scheduled((LI,))
    for_g3 = naming("g3", CHIEF, LATER, "zhao")(roles)
    assert not isinstance(for_g3, Refusal)
    after = roles_renamed(for_g3, SPLIT, DAY, ended, naming("g1", CHIEF, TODAY, "wang"))
    assert new_ones(after) == [
        ("g3", "wang", DAY, LATER - timedelta(days=1)), ("g3", "zhao", LATER, None), ("g4", "wang", DAY, None),
    ]  # fmt: skip


def test_a_role_that_was_ended_for_a_new_grid_itself_stays_ended() -> None:
    roles, ended = scheduled((LI,))
    ended_there = naming("g3", CHIEF, DAY, "")(naming("g4", CHIEF, LATER, "")(roles))  # type: ignore[arg-type]
    assert not isinstance(ended_there, Refusal)
    after = roles_renamed(ended_there, SPLIT, DAY, ended, naming("g1", CHIEF, TODAY, "wang"))
    assert new_ones(after) == [("g4", "wang", DAY, LATER - timedelta(days=1))]


def test_one_who_was_named_for_the_first_day_of_a_new_grid_is_not_followed_by_the_rule() -> None:
    roles, ended = scheduled(())
    for_g3 = naming("g3", CHIEF, DAY, "zhao")(naming("g4", CHIEF, LATER, "zhao")(roles))  # type: ignore[arg-type]
    assert not isinstance(for_g3, Refusal)
    after = roles_renamed(for_g3, SPLIT, DAY, ended, naming("g1", CHIEF, TODAY, "wang"))
    assert new_ones(after) == [
        ("g3", "zhao", DAY, None), ("g4", "wang", DAY, LATER - timedelta(days=1)), ("g4", "zhao", LATER, None),
    ]  # fmt: skip


def test_what_cannot_be_said_changes_nothing() -> None:
    roles, ended = scheduled((LI,))
    refusal = Refusal("role-held", Words("已有", "held"))
    assert roles_renamed(roles, SPLIT, DAY, ended, lambda _: refusal) is refusal


@pytest.mark.parametrize(("first", "refused"), [(EVE, False), (DAY, True), (LATER, True)])
def test_a_role_that_begins_when_its_grid_is_no_more_is_refused(first: date, refused: bool) -> None:
    refusal = refuse_promised((LI, replace(LI, role=POLICE, valid_from=first)), SPLIT, DAY)
    assert (refusal is not None) is refused
    if refusal:
        assert refusal.code == "role-promised"
        assert "g1" in refusal.words.zh and str(first) in refusal.words.en
