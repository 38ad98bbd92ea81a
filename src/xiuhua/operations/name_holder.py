"""Who answers for a grid: a holder named from a day on, or ended with one. Each is a new edition, never an edit.

An administrator names any role; a shift leader only the collectors, who are his own people (ours: least right). Where a
change of the grid is scheduled, what is said for the days until then goes over to the grids that follow.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Final, TypeAlias

from django.db import transaction

from xiuhua.domain.grid import ROLE_WORDS, GridRole, Grids, Role, Tier
from xiuhua.domain.grid_change_roles import Roles
from xiuhua.domain.people import Post, Right
from xiuhua.domain.subject import By, Json
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.amend import amend
from xiuhua.operations.carry_holder import carried_over, coming_end
from xiuhua.operations.world import World
from xiuhua.store.lock import writing
from xiuhua.store.pack import Nouns

COLLECTORS: Final = frozenset({Role.COLLECTOR_A, Role.COLLECTOR_B})
MAY_NOT = Words("{post_zh}不能指定{role_zh}", "a {post_en} cannot name the {role_en}")
GRID_UNKNOWN = Words("没有责任网格“{it}”，或它在 {day} 无效", "there is no responsibility grid “{it}” on {day}")
PERSON_UNKNOWN = Words("没有人员账号“{it}”", "there is nobody with the account “{it}” in the district's data")
UNIT_UNKNOWN = Words("没有单位“{it}”", "there is no organisation “{it}”")
NOBODY = Words("请填写人员或单位", "name a person or an organisation")
HELD = Words(
    "{role_zh}自 {day} 起已有安排，先结束后再指定",
    "the {role_en} is held from {day} on already; end that first",
)
NOT_HELD = Words("{role_zh}在 {day} 无人担任", "nobody is the {role_en} on {day}")
PAST = Words("日期不得早于今天（{today}）", "the day must not be earlier than today ({today})")


@dataclass(frozen=True, slots=True)
class Naming:
    """`day` is the first on which it holds. A holder that there is until then ends the day before."""

    grid: str
    role: Role
    day: date
    person: str = ""
    organisation: str = ""


Rename: TypeAlias = Callable[[Naming, Roles], Roles | Refusal]


@dataclass(frozen=True, slots=True)
class Named:
    grid: str
    role: Role
    day: date


def name_holder(naming: Naming, acting: Acting, world: World) -> Named | Refusal:
    refusal = _may_not(naming.role, acting) or _unfit(naming, world)
    return refusal or _amended("name-holder", naming, _named, acting.by, world)


def end_holder(naming: Naming, acting: Acting, world: World) -> Named | Refusal:
    """`day` is the first on which nobody holds it."""
    refusal = _may_not(naming.role, acting) or _past(naming.day, world)
    return refusal or _amended("end-holder", naming, _no_longer, acting.by, world)


def _amended(why: str, naming: Naming, rename: Rename, by: By, world: World) -> Named | Refusal:
    noted: dict[str, Json] = {"grid": naming.grid, "role": naming.role.value, "day": naming.day.isoformat()}

    def amendment(nouns: Nouns) -> Nouns | Refusal:
        roles = _renamed(naming, rename, nouns.grid_roles, {**noted, "held": rename is _named}, world)
        return roles if isinstance(roles, Refusal) else replace(nouns, grid_roles=roles)

    with writing():
        done = amend(why, amendment, by, world.now(), noted)
        if isinstance(done, Refusal):
            transaction.set_rollback(True)
    return done if isinstance(done, Refusal) else Named(naming.grid, naming.role, naming.day)


def _renamed(
    naming: Naming, rename: Rename, roles: Roles, said: Mapping[str, Json], world: World
) -> Roles | Refusal:
    coming = coming_end(naming.grid)  # asked for inside the amendment: no other edition comes between
    if coming is None:
        return rename(naming, roles)
    refusal = coming.refuse_after(naming.grid, naming.day)
    return refusal or carried_over(coming, roles, partial(rename, naming), said, world)


def may_name(role: Role, acting: Acting) -> bool:
    return acting.may(Right.ADMINISTER) or (acting.post is Post.SHIFT_LEADER and role in COLLECTORS)


def _may_not(role: Role, acting: Acting) -> Refusal | None:
    if may_name(role, acting):
        return None
    post, words = acting.post.words, ROLE_WORDS[role]
    said = MAY_NOT.filled(post_zh=post.zh, post_en=post.en.lower(), role_zh=words.zh, role_en=words.en.lower())
    return Refusal("right-missing", said, "role")


def _past(day: date, world: World) -> Refusal | None:
    return Refusal("day-past", PAST.filled(today=world.today), "day") if day < world.today else None


def _unfit(naming: Naming, world: World) -> Refusal | None:
    district = world.district
    grid = district.grids.on(naming.grid, naming.day)
    if grid is None or grid.tier is not Tier.RESPONSIBILITY:
        coming = coming_end(naming.grid)
        ended = coming.refuse_after(naming.grid, naming.day) if coming else None
        return ended or Refusal("grid-unknown", GRID_UNKNOWN.filled(it=naming.grid, day=naming.day), "grid")
    if not naming.person and not naming.organisation:
        return Refusal("nobody-named", NOBODY, "person")
    if naming.person and naming.person not in {p.username for p in district.people}:
        return Refusal("person-unknown", PERSON_UNKNOWN.filled(it=naming.person), "person")
    if naming.organisation and district.organisation(naming.organisation) is None:
        return Refusal("organisation-unknown", UNIT_UNKNOWN.filled(it=naming.organisation), "organisation")
    return _past(naming.day, world)


def _is(role: GridRole, naming: Naming) -> bool:
    return role.grid == naming.grid and role.role is naming.role


def _named(naming: Naming, roles: Roles) -> Roles | Refusal:
    later = [r for r in roles if _is(r, naming) and r.valid_from >= naming.day]
    if later:
        words, first = ROLE_WORDS[naming.role], min(r.valid_from for r in later)
        return Refusal(
            "role-held", HELD.filled(role_zh=words.zh, role_en=words.en.lower(), day=first), "day"
        )
    new = GridRole(naming.grid, naming.role, naming.person, naming.organisation, naming.day)
    return (*_ended(naming, roles), new)


def _no_longer(naming: Naming, roles: Roles) -> Roles | Refusal:
    if not any(_is(r, naming) and valid_on(r, naming.day) for r in roles):
        words = ROLE_WORDS[naming.role]
        said = NOT_HELD.filled(role_zh=words.zh, role_en=words.en.lower(), day=naming.day)
        return Refusal("not-held", said, "role")
    return _ended(naming, roles)


def _ended(naming: Naming, roles: Roles) -> Roles:
    """One that was to begin on that day never does."""
    last = naming.day - timedelta(days=1)
    held = [(r, _is(r, naming) and valid_on(r, naming.day)) for r in roles]
    return tuple(
        replace(r, valid_to=last) if ends else r for r, ends in held if not (ends and r.valid_from == naming.day)
    )


def without_b(grids: Grids, roles: Iterable[GridRole], day: date) -> tuple[str, ...]:
    """Responsibility grids that have no collector B that day, by code."""
    with_b = {r.grid for r in roles if r.role is Role.COLLECTOR_B and valid_on(r, day)}
    return tuple(g.code for g in grids.active(day, Tier.RESPONSIBILITY) if g.code not in with_b)
