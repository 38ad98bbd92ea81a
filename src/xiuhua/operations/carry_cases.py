"""When a grid change takes effect: open cases in the stages the district names go over to their new grid.

Each by a move of its own, as the system, in the transaction of the change; all other cases keep grid and unit.
"""

from typing import Any, Final

from xiuhua.domain.case import KIND as CASE_KIND
from xiuhua.domain.grid_change import plan_of
from xiuhua.domain.grid_change_flow import KIND
from xiuhua.domain.journal import SYSTEM
from xiuhua.domain.place import Wgs84
from xiuhua.operations.move import Asked, Done, make_move
from xiuhua.operations.world import World
from xiuhua.space.locate import Located
from xiuhua.store.loading import load
from xiuhua.store.models import SubjectRow
from xiuhua.store.saving import LostRace

_TRIES: Final = 3  # ours: another moves the same case in the same moment


def carry_cases(done: Done, world: World) -> int:
    """How many went over; none where it was another move."""
    stages = world.district.settings.regrid_stages
    loaded = load(done.kind, done.number) if (done.kind, done.move) == (KIND, "take-effect") and stages else None
    if loaded is None:
        return 0
    written: Any = loaded.subject.facts["plan"]
    plan = plan_of(written)
    old = [*plan.ends, *plan.moved]
    rows = SubjectRow.objects.filter(kind=CASE_KIND, is_open=True, stage__in=stages, longitude__isnull=False)
    lying = rows.filter(responsibility_grid__in=old) | rows.filter(grid__in=old)
    found: list[Any] = list(lying.order_by("number").values_list("number", "longitude", "latitude"))
    return sum(_carried(number, Wgs84(lon, lat), done.number, world) for number, lon, lat in found)


def _carried(number: str, place: Wgs84, change: str, world: World) -> bool:
    located = world.locator.locate(place)
    if not isinstance(located, Located):
        return False
    given = {"grid": located.grid, "responsibility_grid": located.responsibility_grid, "change": change}
    asked = Asked(CASE_KIND, number, "regrid", SYSTEM, {name: value for name, value in given.items() if value})
    for left in reversed(range(_TRIES)):
        try:
            return isinstance(make_move(asked, world), Done)
        except LostRace:
            if not left:
                raise
    raise AssertionError("a case needs at least one try")
