"""Components as a survey leaves them: code, class, state, owner, the number on a lamp pole and the circuit it hangs on.

The survey went through the district tile by tile; a code's sequence is its order. What a pole number looks like differs
by city; here it is the road's code and a number along it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.codes import ComponentCode
from xiuhua.domain.component import Origin, State
from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.layers import Table
from xiuhua.simulate.ground.plan import Plan
from xiuhua.simulate.ground.rules import EDITION
from xiuhua.simulate.ground.standing import ALL, Standing

TILE_M: Final = 500.0  # a day's work of a survey team
ON_A_CIRCUIT: Final = 24  # lamps; recall
SURVEYED_BEFORE: Final = 200  # days before the ground is valid, at the latest
NOT_INTACT: Final = ((State.DAMAGED, 0.011), (State.LOST, 0.0025), (State.DISUSED, 0.0045))  # ours


@dataclass(frozen=True)
class Survey:
    """`roads`: for each line the code of its road, empty where it has no name."""

    plan: Plan
    found: Standing
    roads: Sequence[str]


def table(survey: Survey) -> Table:
    found, plan = survey.found, survey.plan
    tiles = np.floor(found.points / TILE_M).astype(np.int64)
    days, day = np.unique(np.column_stack([-tiles[:, 1], tiles[:, 0]]), axis=0, return_inverse=True)
    order = np.lexsort((found.points[:, 1], found.points[:, 0], day.ravel(), found.rule))
    found = found.only(order)
    return Table(shapely.points(found.points), _columns(found, day.ravel()[order], len(days), survey, plan))


def _columns(found: Standing, day: Any, days: int, survey: Survey, plan: Plan) -> Mapping[str, Any]:
    labels, circuits = _poles(found, survey.roads)
    owners = np.array([plan.owners[rule.industry] for rule in ALL], dtype=object)[found.rule]
    recorded = [
        (plan.valid_from - timedelta(days=SURVEYED_BEFORE + days - number)).isoformat()
        for number in range(days)
    ]
    return {
        "code": _codes(plan.division, found.rule),
        "class": _each(found.rule, [EDITION + rule.cls for rule in ALL]),
        "name": _each(found.rule, [rule.name for rule in ALL]),
        "state": _states(found.points, plan.seed),
        "accuracy": _each(found.rule, [rule.accuracy for rule in ALL]),
        "origin": np.where(
            at_places(plan.seed, "origin", found.points) < 0.97,
            Origin.SURVEYED.value,
            Origin.TOPOGRAPHIC.value,
        ),
        "recorded": np.array(recorded, dtype=object)[day],
        "competent": owners[:, 0],
        "owner": owners[:, 1],
        "keeper": owners[:, 2],
        "label": labels,
        "circuit": circuits,
        "note": np.full(len(day), "", dtype=object),
    }


def _each(rule: Any, values: Sequence[str]) -> Any:
    return np.array(values, dtype=object)[rule]


def _codes(division: str, rule: Any) -> list[str]:
    """`rule` is in order: the sequence begins anew with each class."""
    first = np.searchsorted(rule, np.arange(len(ALL)))
    sequence = np.arange(len(rule)) - first[rule] + 1
    begun = [ComponentCode(division, one.cls[:2], one.cls[2:], "000001").format()[:-6] for one in ALL]
    return [f"{begun[at]}{number:06d}" for at, number in zip(rule.tolist(), sequence.tolist(), strict=True)]


def _states(points: Any, seed: int) -> Any:
    drawn = at_places(seed, "state", points)
    states = np.full(len(points), State.INTACT.value, dtype=object)
    low = 0.0
    for state, share in NOT_INTACT:
        states[(drawn >= low) & (drawn < low + share)] = state.value
        low += share
    return states


def _poles(found: Standing, roads: Sequence[str]) -> tuple[Any, Any]:
    """Numbers along each road from its western or southern end; lamps off the named roads by tile."""
    poles = np.flatnonzero(np.array([rule.pole for rule in ALL])[found.rule])
    named = np.array([*roads, ""], dtype=object)[found.road[poles]]
    points = found.points[poles]
    tiles = np.floor(points / TILE_M).astype(int) % 100
    series = np.array(
        [name or f"X{x:02d}{y:02d}" for name, (x, y) in zip(named, tiles.tolist(), strict=True)], dtype=object
    )
    _, which = np.unique(series.astype(str), return_inverse=True)
    spread = (
        np.array([np.ptp(points[which == at], axis=0) for at in range(which.max() + 1)])
        if len(poles)
        else np.zeros((0, 2))
    )
    east = (spread[:, 0] > spread[:, 1])[which] if len(poles) else np.zeros(0, dtype=bool)
    order = np.lexsort((np.where(east, points[:, 0], points[:, 1]), which))
    first = np.searchsorted(which[order], np.arange(len(spread)))
    number = np.empty(len(poles), dtype=int)
    number[order] = np.arange(len(poles)) - first[which[order]] + 1
    labels = np.full(len(found.rule), "", dtype=object)
    circuits = labels.copy()
    labels[poles] = [f"{name}-{at:04d}" for name, at in zip(series, number.tolist(), strict=True)]
    circuits[poles] = [
        f"{name}-L{(at - 1) // ON_A_CIRCUIT + 1:02d}"
        for name, at in zip(series, number.tolist(), strict=True)
    ]
    return labels, circuits
