"""What is wrong with the plan of a ground, said in words. Leaves out: whether the divider finds as many grids."""

from collections.abc import Iterator
from typing import Any, Final

from xiuhua.domain.words import Words, Wrong
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.rules import rules
from xiuhua.simulate.ground.uses import CUTTING
from xiuhua.simulate.ground.ways import WAYS

PLAN: Final = "plan/ground.toml"

BAD: Final = Words("{file} 有误：{what.zh}", "{file} is wrong: {what.en}")
UNREADABLE: Final = Words("{error}", "{error}")
MISSING: Final = Words("缺少“{it}”", "“{it}” is missing")
NO_KIND: Final = Words(
    "没有“{it}”这种道路或水系；可用：{known}", "there is no kind “{it}” of road or water; there are: {known}"
)
NO_USE: Final = Words("没有“{it}”这种用地；可用：{known}", "there is no use “{it}”; there are: {known}")
NO_OWNER: Final = Words("行业“{it}”的部件没有权属单位", "nobody owns the components of the industry “{it}”")
COUNT: Final = Words("街道 {it} 的网格数不能是 {count}", "the street {it} cannot have {count} grids")
NO_GROUND: Final = Words("街道 {it} 的范围内没有地块", "the street {it} has no ground within its outline")
NO_STREET: Final = Words("没有街道", "there is no street")


class PlanWrong(Wrong):
    """The plan of a ground cannot be read, or no ground can be made of it."""

    def __init__(self, what: Words, file: object = PLAN, **given: object) -> None:
        super().__init__("ground-plan", BAD.filled(file=file, what=what.filled(**given)), "")


def check(plan: Plan, file: object = PLAN) -> None:
    """Raises PlanWrong for the first fault."""
    for what, given in _faults(plan):
        raise PlanWrong(what, file, **given)


def _faults(plan: Plan) -> Iterator[tuple[Words, dict[str, Any]]]:
    if not plan.streets:
        yield NO_STREET, {}
    yield from _words_unknown(plan)
    for street in plan.streets:
        if street.grids < 0:
            yield COUNT, {"it": street.code, "count": street.grids}
    for industry in sorted(
        {rule.industry for given in rules().values() for rule in given} - plan.owners.keys()
    ):
        yield NO_OWNER, {"it": industry}


def _words_unknown(plan: Plan) -> Iterator[tuple[Words, dict[str, Any]]]:
    kinds = [*(road.kind for road in plan.roads), *(water.kind for water in plan.waters)]
    yield from ((NO_KIND, {"it": kind, "known": ", ".join(WAYS)}) for kind in kinds if kind not in WAYS)
    uses = [zone.use for zone in plan.zones]
    yield from ((NO_USE, {"it": use, "known": ", ".join(CUTTING)}) for use in uses if use not in CUTTING)
