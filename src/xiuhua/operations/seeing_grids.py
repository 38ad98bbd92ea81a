"""Grids as somebody may see them: who answers for each, in numbers, its neighbours, its changes, its former grids.

Pages and the interface read through here. The handling side reads no collector's name, as nowhere else: whoever knows
who collects in a grid knows who reported (pain list A1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely

from xiuhua.domain.former_grid import Line
from xiuhua.domain.grid import Grid, GridRole, Role, Tier
from xiuhua.domain.grid_change import ChangeKind
from xiuhua.domain.grid_change_flow import IN_FORCE
from xiuhua.domain.ground_metric import Measured
from xiuhua.domain.people import Side
from xiuhua.domain.validity import those_valid_on, valid_on
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.change_grids import plan_of_subject
from xiuhua.operations.measure_grids import measure
from xiuhua.operations.name_holder import COLLECTORS
from xiuhua.operations.seeing import scope
from xiuhua.operations.tie_grids import Tie, ties
from xiuhua.operations.world import World
from xiuhua.space.metres import polygon
from xiuhua.store.loading import load
from xiuhua.store.queries.changes import changes_naming

NOT_YOURS: Final = Refusal(
    "right-missing", Words("您的岗位不能查看网格台账", "your post does not see the grid register")
)
NO_GRID = Words("没有编码为“{it}”的责任网格", "there is no responsibility grid “{it}”")


@dataclass(frozen=True, slots=True)
class Holder:
    """`name` is empty where this viewer may not know it."""

    role: Role
    name: str
    organisation: str
    valid_from: date
    valid_to: date | None
    current: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    grid: Grid
    holders: tuple[Holder, ...]
    units: int
    has_b: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    number: str
    stage: str
    kind: ChangeKind
    day: date | None
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridWhole:
    """`grid` is its row of the day or its last one, `coming` one that begins later; what it follows, what followed."""

    line: GridLine
    active: bool
    coming: bool
    past: tuple[Holder, ...]
    measured: Measured | None
    neighbours: tuple[Grid, ...]
    changes: tuple[ChangeLine, ...]
    follows: tuple[str, ...]
    followed: tuple[str, ...]
    former: tuple[tuple[Line, Tie], ...]

    @property
    def grid(self) -> Grid:
        return self.line.grid


@dataclass(frozen=True, slots=True)
class WantedGrids:
    """What a list shows; empty means any."""

    day: date
    street: str = ""
    text: str = ""
    without_b: bool = False


def lacking(acting: Acting) -> Refusal | None:
    return NOT_YOURS if acting.post.side is Side.OUTSIDE else None


def grid_lines(wanted: WantedGrids, acting: Acting, world: World) -> tuple[GridLine, ...]:
    """Those without a B first, then by code."""
    grids = world.district.grids
    listed = [g for g in grids.active(wanted.day, Tier.RESPONSIBILITY) if _fits(g, wanted)]
    roles: dict[str, list[GridRole]] = {}
    for role in those_valid_on(world.district.grid_roles, wanted.day):
        roles.setdefault(role.grid, []).append(role)
    lines = (_line(g, roles.get(g.code, ()), wanted.day, acting, world) for g in listed)
    found = (line for line in lines if not (wanted.without_b and line.has_b))
    return tuple(sorted(found, key=lambda line: (line.has_b, line.grid.code)))


def _fits(grid: Grid, wanted: WantedGrids) -> bool:
    text = wanted.text.strip().lower()
    said = f"{grid.code} {grid.name.zh} {grid.name.en}".lower()
    return (not wanted.street or grid.street == wanted.street) and text in said


def _line(grid: Grid, roles: Iterable[GridRole], day: date, acting: Acting, world: World) -> GridLine:
    held = tuple(roles)
    units = sum(u.tier is Tier.UNIT for u in world.district.grids.children(grid.code, day))
    return GridLine(grid, _holders(held, day, acting, world), units, any(r.role is Role.COLLECTOR_B for r in held))


def _holders(roles: Iterable[GridRole], day: date, acting: Acting, world: World) -> tuple[Holder, ...]:
    names = {p.username: p.name for p in world.district.people}
    order = list(Role)
    return tuple(
        Holder(
            r.role, "" if _masked(r.role, acting) else names.get(r.person, r.person), r.organisation, r.valid_from,
            r.valid_to, valid_on(r, day),
        )
        for r in sorted(roles, key=lambda r: (order.index(r.role), r.valid_from))
    )  # fmt: skip


def _masked(role: Role, acting: Acting) -> bool:
    return acting.post.side is not Side.CENTRE and role in COLLECTORS


def grid_whole(code: str, day: date, acting: Acting, world: World) -> GridWhole | Refusal:
    """A grid that has ended is shown as it was on its last day, one that is to come as it will be on its first."""
    rows = [g for g in world.district.grids.ever(code) if g.tier is Tier.RESPONSIBILITY]
    if not rows:
        return Refusal("not-found", NO_GRID.filled(it=code), "code")
    grid = next((g for g in rows if valid_on(g, day)), None) or rows[-1]
    active = valid_on(grid, day)
    coming = grid.valid_from > day
    on = day if active else grid.valid_from if coming else grid.valid_to or grid.valid_from
    roles = [r for r in world.district.grid_roles if r.grid == code]
    line = _line(grid, those_valid_on(roles, on), on, acting, world)
    past = _holders([r for r in roles if not valid_on(r, on)], on, acting, world)
    changes = _changes(code, acting)
    return GridWhole(
        line, active, coming, past, _measured(line, on, world) if active or coming else None,
        neighbours(grid, on, world), changes,
        tuple(sorted({c for change in changes if code in change.new for c in change.old if change.stage in IN_FORCE})),
        tuple(sorted({c for change in changes if code in change.old for c in change.new if change.stage in IN_FORCE})),
        tuple((kind, tie) for kind in Line for tie in ties(kind, world, on, grid=code)),
    )  # fmt: skip


def _measured(line: GridLine, day: date, world: World) -> Measured | None:
    code = line.grid.code
    return measure([line.grid], world.locator_on(day), world.now(), {code: line.units}).get(code)


def neighbours(grid: Grid, day: date, world: World) -> tuple[Grid, ...]:
    """Those that share a border, by code; a corner is not one."""
    if not grid.outline:
        return ()
    here = polygon(grid)
    others = [g for g in world.district.grids.active(day, grid.tier) if g.outline and g.code != grid.code]
    tree = shapely.STRtree([polygon(g) for g in others])
    touching = (others[i] for i in tree.query(here, predicate="intersects"))
    return tuple(sorted((g for g in touching if here.intersection(polygon(g)).length > 0), key=lambda g: g.code))


def _changes(code: str, acting: Acting) -> tuple[ChangeLine, ...]:
    found = (load("grid-change", number) for number in changes_naming(code, scope(acting)))
    lines = []
    for loaded in found:
        if loaded is None:
            continue
        subject, plan = loaded.subject, plan_of_subject(loaded.subject)
        new = tuple(one.code for one in plan.new)
        old = tuple(subject.fact("grids").split(";"))
        if code in (*old, *new):
            day = date.fromisoformat(subject.fact("day")) if subject.fact("day") else None
            kind = ChangeKind(subject.fact("change"))
            lines.append(ChangeLine(subject.number, subject.stage, kind, day, old, new))
    return tuple(lines)


