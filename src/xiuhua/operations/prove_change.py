"""A grid change that took effect is verified: its rows are in force, and the district has no gap and no overlap."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiuhua.domain.grid_change import plan_of
from xiuhua.domain.grid_change_rows import astray
from xiuhua.domain.subject import Json, Subject
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.world import World
from xiuhua.space.topology import ground_faults
from xiuhua.store.queries.changes import plans_in_force
from xiuhua.store.saving import Change

NOT_EXACT = Words(
    "生效后的网格有 {count} 处空隙或重叠：{zh}", "the division has gaps or overlaps in {count} places: {en}"
)
NOT_IN_FORCE = Words(
    "现行数据与本次调整有 {count} 处不符：{zh}；请用 xiuhua write-pack 取出数据，改正后重新载入再核验",
    "the data in force differ from this change in {count} places: {en}; take them out with xiuhua write-pack, correct "
    "and load them, and verify again",
)


def proved(change: Change, world: World) -> Mapping[str, Json] | Refusal:
    """The plan stands in the data, and the division has no gap and no overlap; what was found is kept with the move."""
    return _refuse_astray(change.before, world) or _refuse_inexact(world) or {"gap_overlap_m2": 0}


def _refuse_astray(subject: Subject, world: World) -> Refusal | None:
    written: Any = subject.facts["plan"]
    turned = {(code, day) for day, plan in plans_in_force() for code in plan.touches}
    day = date.fromisoformat(subject.fact("day"))
    found = astray(plan_of(written), day, world.today, world.district.grids, turned)
    if not found:
        return None
    return Refusal("change-not-in-force", NOT_IN_FORCE.filled(count=len(found), zh=found[0].zh, en=found[0].en))


def _refuse_inexact(world: World) -> Refusal | None:
    faults = [f for f in ground_faults(world.district.grids, world.today) if f.code != "crossing"]
    if not faults:
        return None
    first = faults[0]
    said = NOT_EXACT.filled(
        count=len(faults), zh=f"{first.grid} {first.words.zh}", en=f"{first.grid}: {first.words.en}"
    )
    return Refusal("division-not-exact", said)
