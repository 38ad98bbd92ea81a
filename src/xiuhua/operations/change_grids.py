"""What the moves of a grid change do to the district: drawn, reckoned, put into an edition, called off.

Each runs in the transaction of its move (`effects`). A change is two editions at most, never an edit: past days keep
their rows, the coming day has its own, and everything dated turns at 00:00 by itself.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, Final

from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.grid_change import (
    ChangeKind,
    Plan,
    applied,
    called_off,
    plan_json,
    plan_of,
)
from xiuhua.domain.grid_change_flow import EFFECTIVE, GRID_CHANGE, KIND
from xiuhua.domain.grid_change_names import refuse_names
from xiuhua.domain.grid_change_refused import refuse_day, refuse_new, refuse_pending, refuse_stale
from xiuhua.domain.grid_change_roles import refuse_promised, roles_applied, roles_called_off, roles_ended
from xiuhua.domain.ground_metric import Measured
from xiuhua.domain.subject import Json, Subject
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.amend import amend
from xiuhua.operations.draw_change import drawn_plan, undo_plan
from xiuhua.operations.measure_grids import measure
from xiuhua.operations.prove_change import proved
from xiuhua.operations.world import World
from xiuhua.space.locate import Locator
from xiuhua.space.redraw import cover_refusal
from xiuhua.store.loading import load
from xiuhua.store.pack import Nouns
from xiuhua.store.saving import Change

Answer = Mapping[str, Json] | Refusal

OTHER_OFFICE = Words("{street_zh}的意见由{offices_zh}答复，请选它", "{street_en} answers by {offices_en}; choose that")
NO_OFFICE = Words(
    "权责清单中没有{street_zh}自己的单位，意见由中心登记来函；请留空",
    "the duty list names no office of {street_en}, so it answers by letter; leave this empty",
)
NO_CHANGE = Words("没有编号为“{it}”的网格调整", "there is no grid change “{it}”")
NOT_EFFECTIVE = Words("“{it}”还没有生效，{instead_zh}", "“{it}” has not taken effect; {instead_en}")
CALL_OFF = Words("取消排期即可", "call it off instead")
WITHDRAW = Words("撤回即可", "withdraw it instead")
ENDED = Words("也不会再生效，无需恢复", "and never will; there is nothing to undo")


def propose(change: Change, world: World) -> Answer:
    drawn = drawn_plan(change.after, world.district, world.today)
    if isinstance(drawn, Refusal):
        return drawn
    facts = _planned(drawn.plan, change.after, world)
    return facts if isinstance(facts, Refusal) else {**facts, "led_m2": ceil(drawn.led_m2) or None}


def propose_undo(change: Change, world: World) -> Answer:
    number = change.after.fact("undoes")
    loaded = load(KIND, number)
    if loaded is None:
        return Refusal("change-unknown", NO_CHANGE.filled(it=number), "of")
    if loaded.subject.stage not in EFFECTIVE:
        return _not_effective(loaded.subject)
    plan = undo_plan(loaded.subject, plan_of_subject(loaded.subject), world.district, world.today)
    return plan if isinstance(plan, Refusal) else _planned(plan, change.after, world)


def _not_effective(subject: Subject) -> Refusal:
    instead = ENDED if GRID_CHANGE.stages[subject.stage].end else WITHDRAW
    instead = CALL_OFF if subject.stage == "scheduled" else instead
    said = NOT_EFFECTIVE.filled(it=subject.number, instead_zh=instead.zh, instead_en=instead.en)
    return Refusal("not-effective", said, "of")


def _planned(plan: Plan, subject: Subject, world: World) -> Answer:
    """The drawing has become the plan; kept twice, the two could differ."""
    district = world.district
    office = _office(subject.fact("unit"), plan.new[0].street, world)
    if isinstance(office, Refusal):
        return office
    old = [code for code in plan.ends if any(g.tier is not Tier.UNIT for g in district.grids.ever(code))]
    first, language = plan.new[0], district.settings.language
    kind = ChangeKind(subject.fact("change")).words.text(language)
    about = "、".join(district.name("grid", code, language) for code in old)
    return {
        "plan": plan_json(plan), "drawing": None, "grids": ";".join(old), "street": first.street,
        "responsibility_grid": old[0], "place_text": f"{kind} {about}", "unit": office or None,
    }  # fmt: skip


def _office(asked: str, street: str, world: World) -> str | Refusal:
    """Who answers for the street; empty where it is asked by letter."""
    district = world.district
    offices = district.offices_of(street, world.today)
    if asked in offices or (not asked and len(offices) < 2):
        return asked or next(iter(offices), "")
    where = district.words("grid", street) or Words(street, street)
    names = [district.words("organisation", code) or Words(code, code) for code in offices]
    said = (OTHER_OFFICE if offices else NO_OFFICE).filled(
        street_zh=where.zh, street_en=where.en, offices_zh="或".join(n.zh for n in names),
        offices_en=" or ".join(n.en for n in names),
    )  # fmt: skip
    return Refusal("office-other", said, "unit")


def plan_of_subject(subject: Subject) -> Plan:
    written: Any = subject.facts["plan"]
    return plan_of(written)


# in numbers


def reckon(change: Change, world: World) -> Answer:
    """Before and after, of the grids that change and of their whole street."""
    plan, today = plan_of_subject(change.after), world.today
    before = world.district.grids
    tomorrow = today + timedelta(days=1)
    after = Grids(applied(before.grids, plan, tomorrow))
    street = plan.new[0].street
    then = _measured(before, today, street, world.locator, world)
    locator = Locator(after, tomorrow, world.district.boundary_rules)
    coming = _measured(after, tomorrow, street, locator, world)
    return {"numbers": _numbers(plan, then, coming), "reckoned_on": today.isoformat()}


def _measured(grids: Grids, day: date, street: str, locator: Locator, world: World) -> dict[str, Measured]:
    listed = [g for g in grids.active(day, Tier.RESPONSIBILITY) if g.street == street]
    units = {g.code: sum(u.tier is Tier.UNIT for u in grids.children(g.code, day)) for g in listed}
    return measure(listed, locator, world.now(), units)


def _numbers(plan: Plan, before: Mapping[str, Measured], after: Mapping[str, Measured]) -> dict[str, Json]:
    new = [one.code for one in plan.new]
    return {
        "before": {code: dict(m.values()) for code, m in sorted(before.items()) if code in plan.ends},
        "after": {code: dict(after[code].values()) for code in new if code in after},
        "loads_before": [m.road_m for _, m in sorted(before.items())],
        "loads_after": [m.road_m for _, m in sorted(after.items())],
    }


# into the district, and out of it


def schedule(change: Change, world: World) -> Answer:
    """Looked at again on the data in force now: something else may have been scheduled since it was proposed."""
    subject, day = change.after, date.fromisoformat(change.after.fact("day"))
    plan, today = plan_of_subject(subject), world.today

    ended: list[Json] = []

    def amendment(nouns: Nouns) -> Nouns | Refusal:
        grids = Grids(nouns.grids)
        refusal = (
            refuse_day(day, today)
            or refuse_stale(plan, grids, today)
            or refuse_pending((*plan.ends, *plan.moved, *(one.code for one in plan.begins)), grids, today)
            or refuse_new(ChangeKind(subject.fact("change")), plan.begins, grids)
            or refuse_names(ChangeKind(subject.fact("change")), plan.new, plan.ends, grids, today)
            or _refuse_ground(plan, grids, today)
            or refuse_promised(nouns.grid_roles, plan, day)
        )
        if refusal:
            return refusal
        ended.extend(roles_ended(nouns.grid_roles, plan, day))
        roles = roles_applied(nouns.grid_roles, plan, day)
        return replace(nouns, grids=applied(nouns.grids, plan, day), grid_roles=roles)

    loaded = amend("schedule-grid-change", amendment, change.transition.by, change.transition.at, _noted(subject, day))
    if isinstance(loaded, Refusal):
        return loaded
    return {"approved_to_effect": (day - _approved(subject, world)).days, "roles_ended": ended}


def _refuse_ground(plan: Plan, grids: Grids, today: date) -> Refusal | None:
    """Another pack may have been loaded since: the outlines are compared again."""
    old = [g for code in plan.ends if (g := grids.on(code, today)) and g.tier is not Tier.UNIT]
    return cover_refusal([grid.outline for grid in old], [one.outline for one in plan.new])


def _approved(subject: Subject, world: World) -> date:
    return world.district.day_of(datetime.fromisoformat(subject.fact("approved_at")))


def _noted(subject: Subject, day: date) -> dict[str, Json]:
    return {"number": subject.number, "day": day.isoformat(), "grids": subject.fact("grids")}


def call_off(change: Change, world: World) -> Answer:
    day = date.fromisoformat(change.before.fact("day"))
    plan = plan_of_subject(change.before)

    def amendment(nouns: Nouns) -> Nouns:
        roles = roles_called_off(nouns.grid_roles, plan, day, change.before.list_fact("roles_ended"))
        return replace(nouns, grids=called_off(nouns.grids, plan, day), grid_roles=roles)

    noted = _noted(change.before, day)
    loaded = amend("call-off-grid-change", amendment, change.transition.by, change.transition.at, noted)
    return loaded if isinstance(loaded, Refusal) else {"approved_to_effect": None, "roles_ended": None}


EFFECTS: Final = {
    (KIND, "propose"): propose,
    (KIND, "propose-undo"): propose_undo,
    (KIND, "reckon"): reckon,
    (KIND, "schedule"): schedule,
    (KIND, "call-off"): call_off,
    (KIND, "verify"): proved,
}
