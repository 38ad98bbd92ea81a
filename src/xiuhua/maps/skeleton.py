"""The large features of the ground in memory: what is drawn when much of the district is in sight.

Pieces of a road that bear the same name and class become one line: a road network of 80,000 pieces has some thousand
lines, a name fits along them, and a tile of the whole district takes milliseconds. Read again with the base map.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.ground import Layer
from xiuhua.maps.kept import settle
from xiuhua.maps.tile import EXTENT, Tile
from xiuhua.store.queries.drawn import DrawnFeature, features_up_to, ground_version

DEEPEST: Final = 13  # ours: beyond it a tile is small enough to be asked of the database
_LEAST: Final = 6.0  # ours: units; an area that is smaller is a speck
_LINES: Final = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lot:
    """Features as arrays: shapes, with layer and tags of each, in the order in which they are left out last."""

    shapes: Any
    layers: Sequence[str]
    tags: Sequence[Tags]
    thin: Any

    def of(self, which: Sequence[int]) -> "Lot":
        layers, tags = [self.layers[i] for i in which], [self.tags[i] for i in which]
        return Lot(self.shapes[which], layers, tags, self.thin[which])


def lot(found: Sequence[DrawnFeature]) -> tuple[Lot, Any]:
    """And the zoom from which each is drawn. Roads are joined; everything else stays as it is."""
    shapes = np.asarray(shapely.from_wkb([f.shape for f in found], on_invalid="ignore"), dtype=object)
    roads = [i for i, f in enumerate(found) if f.layer == Layer.ROAD]
    rest = [i for i, f in enumerate(found) if f.layer != Layer.ROAD]
    joined, owners = _joined(found, shapes, roads)
    order = [*rest, *owners]
    every = np.concatenate([shapes[rest], joined])
    zooms = np.array([found[i].zoom for i in order], dtype=int)
    first = np.argsort(zooms, kind="stable")
    kept = [order[i] for i in first.tolist()]
    thin = np.isin(shapely.get_type_id(every[first]), _LINES)
    return Lot(every[first], [found[i].layer for i in kept], [_tags(found[i]) for i in kept], thin), zooms[first]


def _joined(found: Sequence[DrawnFeature], shapes: Any, roads: Sequence[int]) -> tuple[Any, list[int]]:
    """The lines, and for each a piece that speaks for it."""
    numbers: dict[tuple[int, str, str], int] = {}
    group = np.array([numbers.setdefault(_alike(found[i]), len(numbers)) for i in roads], dtype=int)
    parts, owners = shapely.get_parts(shapes[roads], return_index=True)
    if not len(parts):
        return np.empty(0, dtype=object), []
    order = np.argsort(group[owners], kind="stable")
    together = shapely.multilinestrings(parts[order], indices=group[owners][order])
    lines, of = shapely.get_parts(shapely.line_merge(together), return_index=True)
    speaker = {number: roads[index] for index, number in reversed(list(enumerate(group.tolist())))}
    return lines, [speaker[number] for number in of.tolist()]


def _alike(feature: DrawnFeature) -> tuple[int, str, str]:
    return feature.zoom, feature.kind, feature.name_zh


def _tags(feature: DrawnFeature) -> Tags:
    said = {"kind": feature.kind, "zh": feature.name_zh, "en": feature.name_en}
    return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Skeleton:
    lot: Lot
    zooms: Any
    sizes: Any  # degrees of the longer side
    tree: Any

    def here(self, tile: Tile, most: int) -> Lot:
        box = tile.box
        found = np.sort(self.tree.query(shapely.box(box.west, box.south, box.east, box.north)))
        speck = _LEAST * 360 / float(2**tile.z) / EXTENT
        wanted = (self.zooms[found] <= tile.z) & (self.lot.thin[found] | (self.sizes[found] >= speck))
        return self.lot.of(found[wanted][:most].tolist())


def _read() -> Skeleton:
    found, zooms = lot(features_up_to(DEEPEST))
    bounds = shapely.bounds(found.shapes).reshape(-1, 4)
    sizes = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1])
    return Skeleton(found, zooms, sizes, shapely.STRtree(found.shapes))


class _Kept:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = -1
        self._skeleton: Skeleton | None = None

    def get(self) -> Skeleton:
        with self._lock:
            version = ground_version()
            if self._skeleton is None or version != self._version:
                self._skeleton, self._version = _read(), version
                settle()
            return self._skeleton

    def forget(self) -> None:
        with self._lock:
            self._skeleton = None


_kept = _Kept()
skeleton = _kept.get
forget = _kept.forget
