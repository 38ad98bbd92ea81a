"""From what somebody proposed to a plan: the new grids drawn, coded and named, and what becomes of the unit grids.

Leaves out who may propose (the table of moves) and writing it into the district (`change_grids`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import shapely

from xiuhua.domain.district import District
from xiuhua.domain.grid import Grid, Grids, Tier
from xiuhua.domain.grid_change import Begun, ChangeKind, Plan, undone
from xiuhua.domain.grid_change_names import names_in, refuse_names, refuse_typed
from xiuhua.domain.grid_change_refused import refuse_count, refuse_new, refuse_old, refuse_pending
from xiuhua.domain.grid_naming import codes_in, next_codes, renamed
from xiuhua.domain.subject import Subject
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.draw_units import units_inside, with_units
from xiuhua.operations.measure_grids import box_of
from xiuhua.space import redraw
from xiuhua.space.dividing_line import shift, split
from xiuhua.space.sketch import Line, Sketch, read_sketch
from xiuhua.space.unit_borders import Led, led_along
from xiuhua.store.queries.changes import promised_codes
from xiuhua.store.queries.ground import road_of

NO_OUTLINE = Words("网格“{it}”没有边界数据，不能在图上调整", "the grid “{it}” has no outline to redraw")
NO_ROAD = Words("附近没有道路“{it}”", "there is no road “{it}” near these grids")
LINE_NEEDED = Words("“{kind_zh}”请画分界线，或画出各新网格", "for “{kind_en}” draw the new border, or the new grids")
LINE_UNFIT = Words(
    "沿线划分适用于一个或两个网格，其他情形请画出各新网格",
    "a line divides one grid or parts two; otherwise draw the new grids",
)


@dataclass(frozen=True, slots=True)
class _New:
    outline: redraw.Outline
    code: str = ""
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """`led_m2`: how much ground is another grid's than it was drawn in, because borders follow those of unit grids."""

    plan: Plan
    led_m2: float


def drawn_plan(subject: Subject, district: District, today: date) -> Drawn | Refusal:
    """Everything that stands in the way is refused with its place; nothing is written."""
    kind, grids = ChangeKind(subject.fact("change")), district.grids
    codes = codes_in(subject.fact("grids"))
    old = refuse_old(kind, codes, grids, today) or _outlines(codes, grids, today)
    if isinstance(old, Refusal):
        return old
    new = _new_grids(kind, old, subject)
    if isinstance(new, Refusal):
        return new
    led = refuse_count(kind, len(new)) or _led(old, [one.outline for one in new], grids, today)
    if isinstance(led, Refusal):
        return led
    new = [replace(one, outline=outline) for one, outline in zip(new, led.outlines, strict=True)]
    plan = _planned(old, new, subject, grids, today)
    return plan if isinstance(plan, Refusal) else Drawn(plan, led.m2)


def _led(
    old: Mapping[str, redraw.Outline], new: Sequence[redraw.Outline], grids: Grids, today: date
) -> Led | Refusal:
    """As drawn or along unit grids, it is exactly the old ground."""
    units = {u.code: u.outline for u in units_inside(old, grids, today) if u.outline}
    ground = list(old.values())
    led = redraw.cover_refusal(ground, new) or led_along(new, units)
    return led if isinstance(led, Refusal) else redraw.cover_refusal(ground, led.outlines) or led


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
    return with_units(ends, begins, district.grids, today, cut_units=False)


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
    pieces = split(old[0], lines) if len(old) == 1 else shift(old, lines)
    return pieces if isinstance(pieces, Refusal) else [_New(piece) for piece in pieces]


def _in_order(new: list[_New]) -> list[_New]:
    return [new[i] for i in redraw.in_reading_order([one.outline for one in new])]


# codes and names


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
    return with_units(tuple(old), begins, grids, today, cut_units=bool(subject.facts.get("cut_units")))


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
