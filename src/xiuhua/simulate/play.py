"""Plays a plan through the real operations, day by day, each day in one transaction.

Everything is drawn from the plan's seed, and the agenda of a day is kept with its transitions: a play that is broken
off goes on where its last whole day ended, and ends with the same digests. Leaves out: nothing is written but by
operations and the rows of photos.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, time
from pathlib import Path
from typing import Any, Final

from xiuhua.domain.notice import Channel
from xiuhua.domain.subject import Json
from xiuhua.operations.batch import Batch
from xiuhua.operations.clock import set_demo_clock
from xiuhua.operations.deliver import deliver
from xiuhua.operations.seal import seal
from xiuhua.operations.sweep import MOST, sweep
from xiuhua.operations.world import World
from xiuhua.simulate.agenda import Agenda
from xiuhua.simulate.day import Day, Played, Stage
from xiuhua.simulate.plan import Plan
from xiuhua.store.lock import writing
from xiuhua.store.setting import set_setting, setting

SETTING: Final = "play"

Progress = Callable[[int, int, Played], None]


def silent(day: int, of: int, played: Played) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True)
class State:
    """What is kept between days. `plan` as it was begun: another plan needs another data folder."""

    plan: dict[str, Json]
    played: Played
    agenda: list[Any]
    pictured: int

    @property
    def whole(self) -> bool:
        return self.played.days >= int(str(self.plan["days"]))


def state() -> State | None:
    """None where nothing was ever played here."""
    kept = setting(SETTING)
    if not isinstance(kept, dict):
        return None
    return State(kept["plan"], Played(**kept["played"]), kept["agenda"], kept["pictured"])


def begin(plan: Plan) -> None:
    """Joins the caller's transaction, in which the district is loaded."""
    _keep(State(plan_json(plan), Played(), [], 0))


def play(world: World, seals: Path, progress: Progress = silent) -> Played:
    """What is left of the plan that was begun; sets the demo's clock to its end. Raises LookupError without a plan."""
    begun = state()
    if begun is None:
        raise LookupError("nothing was begun here")
    plan = plan_of(begun.plan)
    stage = Stage.of(plan, world)
    played = begun.played
    progress(played.days, plan.days, played)
    while not begun.whole:
        begun = _one_day(stage, begun)
        played = begun.played
        seal(stage.now, seals)
        progress(played.days, plan.days, played)
    set_demo_clock(plan.ends(plan.days - 1, world.district.time_zone).astimezone(UTC))
    seal(stage.now, seals)
    return played


def plan_json(plan: Plan) -> dict[str, Json]:
    given = asdict(plan)
    return {
        **given,
        "start": plan.start.isoformat(),
        "until": plan.until.isoformat(),
        "shares": {channel.value: part for channel, part in plan.shares.items()},
    }


def plan_of(written: dict[str, Any]) -> Plan:
    return Plan(
        **{
            **written,
            "start": date.fromisoformat(written["start"]),
            "until": time.fromisoformat(written["until"]),
            "shares": {Channel(name): part for name, part in written["shares"].items()},
        }
    )


def _one_day(stage: Stage, begun: State) -> State:
    index = begun.played.days
    world = stage.on(index)
    with Batch(world) as batch:
        day = Day(stage, batch, Agenda(begun.agenda), stage.plan.rng("day", index), begun.pictured)
        day.run(index)
        batch.flush()
        while sweep(world, MOST).looked >= MOST:
            pass
        while deliver(stage.now, MOST) >= MOST:
            pass
        state = State(begun.plan, day.played(begun.played), day.agenda.json(), day.pictured)
        _keep(state)
    return state


def _keep(state: State) -> None:
    kept: dict[str, Json] = {
        "plan": state.plan, "played": asdict(state.played), "agenda": state.agenda, "pictured": state.pictured,
    }  # fmt: skip
    with writing():
        set_setting(SETTING, kept)
