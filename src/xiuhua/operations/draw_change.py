"""From what somebody proposed to a plan: the new grids drawn, coded and named, and what becomes of the unit grids.

Leaves out who may propose (the table of moves) and writing it into the district (`change_grids`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely

from xiuhua.domain.district import District
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import Begun, ChangeKind, Plan, undone
from xiuhua.domain.grid_change_names import names_in, refuse_names, refuse_typed
from xiuhua.domain.grid_change_refused import refuse_count, refuse_new, refuse_old, refuse_pending
from xiuhua.domain.grid_naming import codes_in, next_codes, renamed
from xiuhua.domain.subject import Subject
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.measure_grids import box_of
from xiuhua.space import redraw
from xiuhua.space.sketch import Line, Sketch, read_sketch
from xiuhua.store.queries.changes import promised_codes
from xiuhua.store.queries.ground import road_of

MOST_NAMED: Final = 12  # ours: codes that a sentence names; the others are counted

NO_OUTLINE = Words("网格“{it}”没有边界数据，不能在图上调整", "the grid “{it}” has no outline to redraw")
NO_ROAD = Words("附近没有道路“{it}”", "there is no road “{it}” near these grids")
LINE_NEEDED = Words("“{kind_zh}”请画分界线，或画出各新网格", "for “{kind_en}” draw the new border, or the new grids")
LINE_UNFIT = Words(
    "沿线划分适用于一个或两个网格，其他情形请画出各新网格",
    "a line divides one grid or parts two; otherwise draw the new grids",
)
UNITS_CUT = Words(
    "新边界穿过单元网格：{codes}；请沿单元网格边界画线，或选择切分单元网格",
    "the new border runs through unit grids: {codes}; draw along their borders, or choose to cut them",
)
UNITS_APART = Words(
    "单元网格“{code}”会被切成不相连的几块，请改画边界",
    "the unit grid “{code}” would fall into pieces that do not hang together; draw the border otherwise",
)
UNITS_OUT = Words("单元网格不在新网格范围内：{codes}", "unit grids do not lie in the new grids: {codes}")


@dataclass(frozen=True, slots=True)
class _New:
    outline: redraw.Outline
    code: str = ""
    name: Words | None = None


def drawn_plan(subject: Subject, district: District, today: date) -> Plan | Refusal:
    """Everything that stands in the way is refused with its place; nothing is written."""
    kind, grids = ChangeKind(subject.fact("change")), district.grids
    codes = codes_in(subject.fact("grids"))
    old = refuse_old(kind, codes, grids, today) or _outlines(codes, grids, today)
    if isinstance(old, Refusal):
        return old
    new = _new_grids(kind, old, subject)
    if isinstance(new, Refusal):
        return new
    refusal = refuse_count(kind, len(new)) or redraw.cover_refusal(list(old.values()), [one.outline for one in new])
    return refusal or _planned(old, new, subject, grids, today)


def undo_plan(before: Subject, plan: Plan, district: District, today: date) -> Plan | Refusal:
    """The former division drawn again, from a change that took effect."""
    first = date.fromisoformat(before.fact("day"))
    found = undone(plan, district.grids, first, today)
    if isinstance(found, Refusal):
        return found
    ends, begins = found
    refusal = refuse_pending(ends, district.grids, today) or refuse_new(ChangeKind.UNDO, begins, district.grids)
    if refusal:
        return refusal
    return _with_units(ends, begins, district.grids, today, cut_units=False)


def _outlines(codes: Iterable[str], grids: Grids, today: date) -> dict[str, redraw.Outline] | Refusal:
    found = {code: grid.outline for code in codes if (grid := grids.on(code, today))}
    bare = next((code for code, outline in found.items() if not outline), None)
    return Refusal("no-outline", NO_OUTLINE.filled(it=bare), "grids") if bare else found


# the new grids


def _new_grids(kind: ChangeKind, old: Mapping[str, redraw.Outline], subject: Subject) -> list[_New] | Refusal:
    drawing = _drawing(old, subject)
    if isinstance(drawing, Refusal):
        return drawing
    if drawing.areas:
        return _in_order([_New(area.outline, area.code, area.name) for area in drawing.areas])
    if kind is ChangeKind.MERGE:
        merged = redraw.merge(list(old.values()))
        return merged if isinstance(merged, Refusal) else [_New(merged)]
    return _along(kind, list(old.values()), drawing.lines)


def _drawing(old: Mapping[str, redraw.Outline], subject: Subject) -> Sketch | Refusal:
    given = subject.facts.get("drawing")
    if isinstance(given, dict):
        return read_sketch(given)
    road = subject.fact("along")
    if not road:
        return Sketch()
    points = [p for outline in old.values() for p in outline]
    box = box_of([_bare(points)])
    lines = tuple(line for one in road_of(road, box) for line in _parts(one.shape))
    return Sketch(lines) if lines else Refusal("road-unknown", NO_ROAD.filled(it=road), "along")


def _bare(points: Sequence[object]) -> Grid:
    return Grid("", Tier.RESPONSIBILITY, "", Words("", ""), "", "", tuple(points), date.min)  # type: ignore[arg-type]


def _parts(shape: bytes) -> Iterable[Line]:
    for part in shapely.get_parts(shapely.from_wkb(shape)):
        yield tuple((lon, lat) for lon, lat in part.coords)


def _along(kind: ChangeKind, old: list[redraw.Outline], lines: Sequence[Line]) -> list[_New] | Refusal:
    if not lines:
        said = LINE_NEEDED.filled(kind_zh=kind.words.zh, kind_en=kind.words.en.lower())
        return Refusal("line-missing", said, "drawing")
    if len(old) > 2:
        return Refusal("line-unfit", LINE_UNFIT, "drawing")
    pieces = redraw.split(old[0], lines) if len(old) == 1 else redraw.shift(old, lines)
    return pieces if isinstance(pieces, Refusal) else [_New(piece) for piece in pieces]


def _in_order(new: list[_New]) -> list[_New]:
    return [new[i] for i in redraw.in_reading_order([one.outline for one in new])]


# codes, names, unit grids


def _planned(
    old: Mapping[str, redraw.Outline], new: Sequence[_New], subject: Subject, grids: Grids, today: date
) -> Plan | Refusal:
    refusal = refuse_typed(names_in(subject.fact("names")), len(new))
    if refusal:
        return refusal
    kind, begins = ChangeKind(subject.fact("change")), _coded(old, new, subject, grids, today)
    refusal = refuse_new(kind, begins, grids) or refuse_names(kind, begins, tuple(old), grids, today)
    if refusal:
        return refusal
    return _with_units(tuple(old), begins, grids, today, cut_units=bool(subject.facts.get("cut_units")))


def _coded(
    old: Mapping[str, redraw.Outline], new: Sequence[_New], subject: Subject, grids: Grids, today: date
) -> tuple[Begun, ...]:
    ever = {grid.code for grid in grids.grids} | promised_codes()
    like = max(old, key=lambda code: (len(code), code))
    free = iter(next_codes(like, len(new), {*ever, *(one.code for one in new)}))
    names = names_in(subject.fact("names"))
    begins = []
    for place, one in enumerate(new):
        follows = redraw.follows(one.outline, old) or tuple(old)
        first = grids.on(follows[0], today)
        assert first is not None  # noqa: S101 - `refuse_old` looked
        code = one.code or next(free)
        name = one.name or (names[place] if place < len(names) else renamed(first.name, first.code, code))
        begins.append(
            Begun(code, Tier.RESPONSIBILITY, name, first.parent, first.street, one.outline, follows, first.area_class)
        )
    return tuple(begins)


def _with_units(
    ends: tuple[str, ...], begins: tuple[Begun, ...], grids: Grids, today: date, *, cut_units: bool
) -> Plan | Refusal:
    """Unit grids inside get the new parent; those that a border cuts are listed, or cut where that was asked for."""
    inside = [u for code in ends for u in grids.children(code, today) if u.tier is Tier.UNIT and u.code not in ends]
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
