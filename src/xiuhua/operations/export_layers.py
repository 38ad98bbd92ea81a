"""The district's own layers written to a file: grids of a day by tier, the base map, named places, components.

Who may export may have them: none of it is about persons. The grids of a past day come out as they were then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.grid import TIERS, Grid, Tier
from xiuhua.domain.ground import LAYERS, Layer
from xiuhua.domain.people import Right
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.world import World
from xiuhua.space.layers import WGS84, LayerOut, write_layers
from xiuhua.space.metres import polygon
from xiuhua.store.queries.component_columns import component_columns
from xiuhua.store.queries.features import features_of_layer
from xiuhua.store.queries.named_places import named_places

COMPONENT, PLACE = "component", "place"
NAMES: Final[dict[str, Words]] = {
    **{f"grid-{tier.value}": TIERS[tier] for tier in Tier},
    **{layer.value: LAYERS[layer] for layer in Layer},
    PLACE: Words("地名", "Named places"),
    COMPONENT: Words("部件", "Components"),
}
NUMBERS: Final = ("lanes", "width_m", "households", "people")
NO_SUCH: Final = Words("没有图层“{it}”；可导出：{names}", "there is no layer “{it}”; there are: {names}")
NOTHING: Final = Words("这些图层 {day} 都没有要素", "none of these layers has a feature on {day}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """No `names`: all that have something. No `day`: today."""

    names: tuple[str, ...] = ()
    day: date | None = None
    crs: str = WGS84


@dataclass(frozen=True, slots=True)
class Exported:
    counts: tuple[tuple[str, int], ...]
    notes: tuple[Words, ...]


def export_layers(path: Path, wanted: Wanted, acting: Acting, world: World) -> Exported | Refusal:
    """Raises LayerWrong. A file that was there is replaced, whole."""
    if lacking := acting.lacks(Right.EXPORT):
        return lacking
    unknown = next((name for name in wanted.names if name not in NAMES), None)
    if unknown is not None:
        return Refusal("layer-unknown", NO_SUCH.filled(it=unknown, names=", ".join(NAMES)), "layer")
    day = wanted.day or world.today
    made = [layer_of(name, day, wanted.crs, world) for name in wanted.names or NAMES]
    layers = [layer for layer in made if len(layer.shapes)]
    if not layers:
        return Refusal("layer-empty", NOTHING.filled(day=day), "layer")
    notes = write_layers(path, layers)
    return Exported(tuple((layer.name, len(layer.shapes)) for layer in layers), notes)


def layer_of(name: str, day: date, crs: str, world: World) -> LayerOut:
    """A layer as it was on the day; what is not kept by day comes as it is."""
    if name.startswith("grid-"):
        return _grids(name, world.district.grids.active(day, Tier(name.removeprefix("grid-"))), crs)
    return _OTHERS.get(name, _features)(name, day, crs)


def _grids(name: str, grids: Sequence[Grid], crs: str) -> LayerOut:
    drawn = sorted((grid for grid in grids if grid.outline), key=lambda grid: grid.code)
    columns = {
        "code": [g.code for g in drawn], "tier": [g.tier.value for g in drawn], "parent": [g.parent for g in drawn],
        "name_zh": [g.name.zh for g in drawn], "name_en": [g.name.en for g in drawn],
        "street": [g.street for g in drawn], "area_class": [g.area_class for g in drawn],
        "valid_from": [g.valid_from.isoformat() for g in drawn],
        "valid_to": [g.valid_to.isoformat() if g.valid_to else "" for g in drawn],
    }  # fmt: skip
    return LayerOut(name.replace("-", "_"), _array(polygon(g) for g in drawn), _texts(columns), crs, "Polygon")


def _features(name: str, _: date, crs: str) -> LayerOut:
    found = [one.feature for one in features_of_layer(Layer(name))]
    columns = {
        "code": [f.code for f in found], "kind": [f.kind for f in found],
        "name_zh": [f.name.zh for f in found], "name_en": [f.name.en for f in found],
        "road": [str(f.attributes.get("road", "")) for f in found],
    }  # fmt: skip
    numbers = {key: np.array([float(f.attributes.get(key, 0)) for f in found]) for key in NUMBERS}
    shapes = _array(shapely.from_wkb([f.shape for f in found]))
    return LayerOut(name, shapes, {**_texts(columns), **numbers}, crs)


def _places(name: str, day: date, crs: str) -> LayerOut:
    found = named_places(day)
    columns = {
        "code": [p.code for p in found], "kind": [p.kind.value for p in found], "use": [p.use for p in found],
        "name_zh": [p.name.zh for p in found], "name_en": [p.name.en for p in found],
        "aliases": [";".join(p.aliases) for p in found], "road": [p.road for p in found],
        "plate": [p.plate for p in found], "grid": [p.grid for p in found], "street": [p.street for p in found],
        "source": [p.source for p in found],
    }  # fmt: skip
    shapes = _array(shapely.Point(p.place.lon, p.place.lat) for p in found)
    return LayerOut(name, shapes, _texts(columns), crs, "Point")


def _components(name: str, _: date, crs: str) -> LayerOut:
    columns = component_columns()
    shapes = shapely.points(columns.pop("longitude"), columns.pop("latitude"))
    columns = {"class" if key == "class_key" else key: values for key, values in columns.items()}
    return LayerOut(name, _array(shapes), _texts(columns), crs, "Point")


def _array(shapes: Any) -> Any:
    return np.array(list(shapes), dtype=object)


def _texts(columns: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: np.array(values, dtype=object) for name, values in columns.items()}


_OTHERS: Final[dict[str, Callable[[str, date, str], LayerOut]]] = {PLACE: _places, COMPONENT: _components}
