"""The areas of the base map: water, green, used land with who lives there, and buildings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.simulate.ground.chance import at_places
from xiuhua.simulate.ground.layers import Table
from xiuhua.simulate.ground.names import Naming
from xiuhua.simulate.ground.plots import Estates
from xiuhua.simulate.ground.skeleton import Skeleton
from xiuhua.simulate.ground.uses import USES

HOUSEHOLDS_HA: Final = {
    "estate": 76.0,
    "old-quarter": 62.0,
    "village": 21.0,
}  # ours: per hectare, fewer or more by chance
PEOPLE: Final = {"estate": 2.7, "old-quarter": 2.6, "village": 3.1}  # ours: in a household
POLYGON: Final = 3  # shapely's number
LEAST_M2: Final = 30.0  # ours: less is not drawn
UNNAMED_USES: Final = frozenset({"field", "verge", "wood", "water", "lake", "village"})


@dataclass(frozen=True)
class Land:
    """Estates with what they are called and who lives there; `at` their places in the layout."""

    estates: Estates
    at: Any
    names: Sequence[Words]
    households: Any
    people: Any


def land(estates: Estates, bones: Skeleton, seed: int) -> Land:
    """Of the whole ground: a part of it would give other names."""
    naming = Naming(seed)
    order = np.argsort(-shapely.get_y(shapely.centroid(estates.shapes)), kind="stable")
    villages = _villages(estates, bones)
    names = [Words("", "")] * len(estates.shapes)
    for at in order:
        use = estates.use[at]
        names[at] = (
            villages[at] if use == "village" else Words("", "") if use in UNNAMED_USES else naming.next(use)
        )
    hectares = shapely.area(estates.shapes) / 1e4
    more = 0.7 + 0.6 * at_places(
        seed, "households", shapely.get_coordinates(shapely.centroid(estates.shapes))
    )
    each = np.array([HOUSEHOLDS_HA.get(use, 0.0) for use in estates.use])
    households = np.rint(hectares * each * more).astype(int)
    people = np.rint(households * np.array([PEOPLE.get(use, 0.0) for use in estates.use])).astype(int)
    return Land(estates, np.arange(len(names)), names, households, people)


def _villages(estates: Estates, bones: Skeleton) -> list[Words]:
    """A village is cut into several pieces: each carries its name."""
    points = shapely.point_on_surface(estates.shapes)
    tree = shapely.STRtree([village.area for village in bones.villages])
    nearest = tree.nearest(points) if len(bones.villages) else np.zeros(len(points), dtype=int)
    return [bones.villages[at].name for at in nearest]


def tables(found: Land, bones: Skeleton, buildings: Any) -> dict[str, Table]:
    frame = bones.frame
    layers = np.array([USES[use].layer for use in found.estates.use])
    kinds = np.array([USES[use].kind for use in found.estates.use], dtype=object)
    wet = shapely.union_all([water.area for water in bones.waters])
    shapes = found.estates.shapes.copy()
    banks = found.estates.use == "water"
    shapes[banks] = shapely.difference(shapes[banks], wet)
    layers[banks], kinds[banks] = "green", "verge"
    shapes = frame.whole(shapes)
    buildings = frame.whole(buildings)
    buildings = buildings[_solid(buildings)]
    solid = _solid(shapes)
    answer = {}
    for layer in ("green", "land"):
        here = np.flatnonzero((layers == layer) & solid)
        answer[layer] = _table(
            layer,
            shapes[here],
            kinds[here],
            [found.names[at] for at in here.tolist()],
            (found.households[here], found.people[here]),
        )
    answer["water"] = _waters(bones)
    none = np.zeros(len(buildings), dtype=int)
    nameless = [Words("", "")] * len(buildings)
    answer["building"] = _table(
        "building", buildings, np.full(len(buildings), "building", dtype=object), nameless, (none, none)
    )
    return answer


def _solid(shapes: Any) -> Any:
    return (shapely.get_type_id(shapes) == POLYGON) & (shapely.area(shapes) > LEAST_M2)


def _waters(bones: Skeleton) -> Table:
    lakes = [area for area in bones.zones if area.zone.use == "lake"]
    shapes = np.array([*(water.area for water in bones.waters), *(lake.shape for lake in lakes)])
    shapes = bones.frame.whole(shapes)
    kinds = np.array([*(water.plan.kind for water in bones.waters), *("lake" for _ in lakes)], dtype=object)
    names = [*(water.plan.name for water in bones.waters), *(lake.zone.name for lake in lakes)]
    none = np.zeros(len(shapes), dtype=int)
    return _table("water", shapes, kinds, names, (none, none))


def _table(layer: str, shapes: Any, kinds: Any, names: Sequence[Words], counts: tuple[Any, Any]) -> Table:
    return Table(
        shapes,
        {
            "code": [f"{layer}-{number:06d}" for number in range(1, len(shapes) + 1)],
            "kind": kinds,
            "name_zh": [name.zh for name in names],
            "name_en": [name.en for name in names],
            "households": counts[0],
            "people": counts[1],
        },
    )
