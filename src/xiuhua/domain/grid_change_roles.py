"""Who answers for grids across a change: roles end with their grid and go over to those that follow.

A role goes over where all former grids had the same holder, with the last day that it has of its own. What is said of a
former grid while its change is scheduled counts as if it had been said before; what is said of a new grid stays. Ours.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from xiuhua.domain.grid import ROLE_WORDS, GridRole, Role
from xiuhua.domain.grid_change import ONE_DAY, Plan
from xiuhua.domain.subject import Json
from xiuhua.domain.validity import valid_on
from xiuhua.domain.words import Refusal, Words

Roles: TypeAlias = tuple[GridRole, ...]
Carried: TypeAlias = Mapping[tuple[str, Role], GridRole]  # by new grid and role

PROMISED = Words(
    "网格“{grid}”的{role_zh}自 {first} 起已有安排，但网格自 {day} 起停用；请先在网格页结束，排期后在新网格上指定",
    "the {role_en} of the grid “{grid}” is held from {first} on, but the grid is no more from {day} on; end that on "
    "the grid's page first, and name the holder for the new grids once this is scheduled",
)


def refuse_promised(roles: Iterable[GridRole], plan: Plan, day: date) -> Refusal | None:
    """A role that begins when its grid is no more: it would be lost, or wake when the grid comes back."""
    late = [r for r in roles if r.grid in plan.ends and r.valid_from >= day]
    if not late:
        return None
    first = min(late, key=lambda r: (r.grid, r.valid_from))
    words = ROLE_WORDS[first.role]
    said = PROMISED.filled(
        grid=first.grid, role_zh=words.zh, role_en=words.en.lower(), first=first.valid_from, day=day
    )
    return Refusal("role-promised", said, "day")


def roles_applied(roles: Iterable[GridRole], plan: Plan, day: date) -> Roles:
    """Nobody answers for a grid that is no more; who follows answers where the rule says so."""
    listed = tuple(roles)
    return (*_cut(listed, plan, day), *_carried(listed, plan, day).values())


def roles_ended(roles: Iterable[GridRole], plan: Plan, day: date) -> list[Json]:
    """Which roles a change ends, as a fact of it without the person; with the last day that one had of its own."""
    return [_key(r) for r in roles if _ends(r, plan, day)]


def _key(role: GridRole) -> Json:
    own = [role.valid_to.isoformat()] if role.valid_to else []
    return [role.grid, role.role.value, role.valid_from.isoformat(), *own]


def _ends(role: GridRole, plan: Plan, day: date) -> bool:
    return role.grid in plan.ends and role.valid_from < day and valid_on(role, day)


def _cut(roles: Iterable[GridRole], plan: Plan, day: date) -> Roles:
    return tuple(replace(r, valid_to=day - ONE_DAY) if _ends(r, plan, day) else r for r in roles)


def _carried(roles: Iterable[GridRole], plan: Plan, day: date) -> Carried:
    here = [r for r in roles if r.grid in plan.ends and valid_on(r, day)]
    found = {}
    for one in plan.new:
        for role in Role:
            held = [r for r in here if r.role is role and r.grid in one.follows]
            agreed = len({(*_holder(r), r.valid_to) for r in held}) == 1
            if agreed and {r.grid for r in held} == set(one.follows):
                found[one.code, role] = replace(held[0], grid=one.code, valid_from=day)
    return found


def _holder(role: GridRole) -> tuple[str, str]:
    return role.person, role.organisation


def roles_called_off(roles: Iterable[GridRole], plan: Plan, day: date, ended: Collection[Json]) -> Roles:
    """`ended` is what `roles_ended` said when it was scheduled. Holders of grids that never come go too."""
    keys: Any = ended
    own = {tuple(key[:3]): date.fromisoformat(key[3]) if key[3:] else None for key in keys}

    def back(r: GridRole) -> GridRole:
        key = (r.grid, r.role.value, r.valid_from.isoformat())
        return replace(r, valid_to=own[key]) if key in own and r.valid_to == day - ONE_DAY else r

    return tuple(back(r) for r in roles if not _begun(r, plan, day))


def _begun(role: GridRole, plan: Plan, day: date) -> bool:
    return role.valid_from >= day and any(role.grid == one.code for one in plan.begins)


# a holder named, or ended, for a grid that is to end


def roles_renamed(
    roles: Roles, plan: Plan, day: date, ended: Collection[Json], rename: Callable[[Roles], Roles | Refusal]
) -> Roles | Refusal:
    """As if `rename` had come before the change was scheduled; what was said of the new grids since then stays."""
    before = roles_called_off(roles, plan, day, ended)
    renamed = rename(before)
    if isinstance(renamed, Refusal):
        return renamed
    was, now = _carried(before, plan, day), _carried(renamed, plan, day)
    of_new = [r for r in roles if _begun(r, plan, day)]
    for place in sorted({*was, *now}):
        if was.get(place) != now.get(place):
            here = [r for r in of_new if (r.grid, r.role) == place]
            of_new = [r for r in of_new if r not in here] + _given_anew(here, was.get(place), now.get(place))
    return (*_cut(renamed, plan, day), *of_new)


def ended_since(ended: Iterable[Json], grid: str, role: str, day: str, *, held: bool) -> list[Json]:
    """What `roles_ended` says once that role has another holder (`held`), or none, from that day on."""
    keys: Any = ended
    kept: list[Json] = [key for key in keys if key[:2] != [grid, role] or key[2] > day]
    return [*kept, [grid, role, day]] if held else kept


def _given_anew(here: Sequence[GridRole], was: GridRole | None, now: GridRole | None) -> list[GridRole]:
    """Of one new grid and role: what the rule gave is given as it is now, as far as nobody has decided otherwise."""
    given = next((r for r in here if was and r.valid_from == was.valid_from and _holder(r) == _holder(was)), None)
    if was and not given:
        return list(here)
    rest = [r for r in here if r is not given]
    if now is None:
        return rest
    limits = [now.valid_to, given.valid_to if given and was and given.valid_to != was.valid_to else None]
    last = min((d for d in (*limits, *(r.valid_from - ONE_DAY for r in rest)) if d), default=None)
    return rest if last and last < now.valid_from else [*rest, replace(now, valid_to=last)]
