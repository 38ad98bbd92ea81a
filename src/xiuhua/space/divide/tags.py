"""What kind each road is: OSM's `highway`, or a column and words of one's own by a mapping in TOML.

column = "等级"
[kinds]
"主干道" = "primary"
"支路" = "residential"
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from xiuhua.domain.words import Words, Wrong
from xiuhua.space.divide.kinds import Kinds
from xiuhua.space.divide.settings import read_toml
from xiuhua.space.layers import LayerFile

COLUMNS: Final = ("highway", "kind", "fclass")  # OSM, ours, Geofabrik
# Other lines of an OSM extract: column, value, our kind.
OTHER: Final = (
    ("waterway", "river", "river"),
    ("waterway", "canal", "canal"),
    ("railway", "rail", "railway"),
    ("railway", "light_rail", "railway"),
    ("barrier", "wall", "wall"),
    ("barrier", "city_wall", "wall"),
)
NO_COLUMN: Final = Words(
    "图层“{layer}”没有道路等级列 {wanted}；现有列：{names}。请用 --mapping 指明",
    "the layer “{layer}” has no column {wanted} with the kind of road; there are: {names}. Name it with --mapping",
)


@dataclass(frozen=True, slots=True)
class Tags:
    column: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)


def read_tags(path: Path | None) -> Tags:
    if path is None:
        return Tags()
    given = read_toml(path, {"column": str, "kinds": dict})
    return Tags(
        str(given.get("column", "")), {str(key): str(kind) for key, kind in given.get("kinds", {}).items()}
    )


def kinds_of_roads(layer: LayerFile, tags: Tags) -> Kinds:
    column = tags.column or next((name for name in COLUMNS if name in layer.columns), "")
    if column not in layer.columns and not any(name in layer.columns for name, _, _ in OTHER):
        wanted, names = column or " / ".join(COLUMNS), ", ".join(layer.columns)
        raise Wrong("no-kind-column", NO_COLUMN.filled(layer=layer.name, wanted=wanted, names=names))
    kinds = layer.texts(column).astype(str) if column in layer.columns else np.full(len(layer), "", dtype=str)
    kinds = np.array([tags.kinds.get(kind, kind) for kind in kinds.tolist()], dtype=str)
    return _others(layer, kinds)


def _others(layer: LayerFile, kinds: Kinds) -> Kinds:
    """A line that is no road may be a river, a railway or a wall."""
    found = kinds.astype(object)
    for column, value, kind in OTHER:
        if column in layer.columns:
            found[(kinds == "") & (layer.texts(column) == value)] = kind
    return np.asarray(found.astype(str))
