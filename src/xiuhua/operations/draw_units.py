"""What becomes of the unit grids where grids are drawn anew: another parent, or cut where that was asked for."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import Begun, Plan
from xiuhua.domain.grid_change_refused import refuse_pending
from xiuhua.domain.grid_naming import next_codes, renamed
from xiuhua.domain.words import Refusal, Words
from xiuhua.space import redraw
from xiuhua.store.queries.changes import promised_codes

MOST_NAMED: Final = 12  # ours: codes that a sentence names; the others are counted

UNITS_CUT = Words(
    "新边界穿过单元网格：{codes}；请沿单元网格边界画线，或选择切分单元网格",
    "the new border runs through unit grids: {codes}; draw along their borders, or choose to cut them",
)
UNITS_APART = Words(
    "单元网格“{code}”会被切成不相连的几块，请改画边界",
    "the unit grid “{code}” would fall into pieces that do not hang together; draw the border otherwise",
)
UNITS_OUT = Words("单元网格不在新网格范围内：{codes}", "unit grids do not lie in the new grids: {codes}")


def units_inside(codes: Iterable[str], grids: Grids, today: date) -> tuple[Grid, ...]:
    return tuple(u for code in codes for u in grids.children(code, today) if u.tier is Tier.UNIT)


def with_units(
    ends: tuple[str, ...], begins: tuple[Begun, ...], grids: Grids, today: date, *, cut_units: bool
) -> Plan | Refusal:
    """Unit grids inside get the new parent; those that a border cuts are listed, or cut where that was asked for."""
    inside = [unit for unit in units_inside(ends, grids, today) if unit.code not in ends]
    back = {one.code for one in begins}
    homes = [one for one in begins if one.tier is not Tier.UNIT]
    units = {u.code: u.outline for u in inside if u.outline and u.code not in back}
    placed, cut = redraw.housed(units, [one.outline for one in homes])
    lost = sorted(set(units) - set(placed) - {one.code for one in cut})
    if lost:
        return Refusal("units-outside", UNITS_OUT.filled(codes=_listed(lost)), "drawing")
    if cut and not cut_units:
        return Refusal("units-cut", UNITS_CUT.filled(codes=_listed([one.code for one in cut])), "drawing")
    apart = next((one.code for one in cut if not redraw.whole_pieces(units, one)), None)
    if apart:
        return Refusal("units-apart", UNITS_APART.filled(code=apart), "drawing")
    moved = {code: homes[place].code for code, place in placed.items()}
    moved |= {u.code: homes[0].code for u in inside if not u.outline}
    refusal = refuse_pending([*moved, *(one.code for one in cut)], grids, today)
    pieces = _pieces(cut, homes, grids, today)
    return refusal or Plan((*ends, *(one.code for one in cut)), (*begins, *pieces), moved)


def _pieces(cut: Sequence[redraw.Cut], homes: Sequence[Begun], grids: Grids, today: date) -> tuple[Begun, ...]:
    """Both get codes of their own: the ground of each is new. Counted on within the community."""
    known = {grid.code for grid in grids.grids} | promised_codes()
    made: list[Begun] = []
    for one in cut:
        unit = grids.on(one.code, today)
        assert unit is not None  # noqa: S101 - it is a child of today
        for code, (place, outline) in zip(
            next_codes(one.code, len(one.pieces), known), sorted(one.pieces.items()), strict=True
        ):
            known.add(code)
            name = renamed(unit.name, unit.code, code)
            made.append(
                Begun(code, Tier.UNIT, name, homes[place].code, unit.street, outline, (one.code,), unit.area_class)
            )
    return tuple(made)


def _listed(codes: Sequence[str]) -> str:
    more = f" … (+{len(codes) - MOST_NAMED})" if len(codes) > MOST_NAMED else ""
    return ", ".join(codes[:MOST_NAMED]) + more
