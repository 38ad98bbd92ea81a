"""Load the base map and the places with names: the file whole or not at all, in the journal with its digest.

Administrators only. A feature that is the same is not touched; loading the same file again changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from xiuhua.domain.grid import Tier
from xiuhua.domain.ground import LAYERS, Layer, NamedPlace
from xiuhua.domain.journal import Journal
from xiuhua.domain.people import Right
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.operations.acting import Acting
from xiuhua.operations.ground_rows import features_of, places_of
from xiuhua.operations.journal import record
from xiuhua.operations.world import World
from xiuhua.space.layers import LayerFile, digest_of, layer_names, read_layer
from xiuhua.store.ground import Put, put_features, put_places
from xiuhua.store.lock import writing

PLACE: Final = "place"
KNOWN: Final = (*(layer.value for layer in Layer), PLACE)
NO_SUCH = Words("没有“{it}”这种图层；可载入：{known}", "there is no kind of layer “{it}”; there are: {known}")
TWICE = Words("有两个图层都作为“{it}”；请先合并", "two layers are to be “{it}”; make one of them first")
NONE_OF_OURS = Words(
    "{file} 中没有可载入的图层；可载入：{known}", "{file} has none of the layers that can be loaded: {known}"
)


@dataclass(frozen=True, slots=True)
class Source:
    """`layers` pairs a layer of the file with what it is loaded as; none: all that have a name of ours."""

    path: Path
    layers: tuple[tuple[str, str], ...] = ()
    crs: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class LayerPut:
    layer: str
    put: Put
    notes: tuple[Words, ...] = ()

    @property
    def words(self) -> Words:
        return LAYERS[Layer(self.layer)] if self.layer != PLACE else Words("地名", "Named places")


def put_ground(source: Source, acting: Acting, world: World, *, whole: bool = True) -> tuple[LayerPut, ...] | Refusal:
    """`whole`: what is there under other codes goes. Raises LayerWrong and GroundWrong, and then nothing is changed."""
    lacking = acting.lacks(Right.ADMINISTER)
    if lacking:
        return lacking
    pairs = source.layers or tuple((name, name) for name in layer_names(source.path) if name in KNOWN)
    unknown = next((kind for _, kind in pairs if kind not in KNOWN), None)
    if unknown is not None:
        return Refusal("layer-unknown", NO_SUCH.filled(it=unknown, known=", ".join(KNOWN)), "layer")
    if not pairs:
        return Refusal("layer-none", NONE_OF_OURS.filled(file=source.path.name, known=", ".join(KNOWN)), "layer")
    kinds = [kind for _, kind in pairs]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if twice is not None:  # the second would replace the first
        return Refusal("layer-twice", TWICE.filled(it=twice), "layer")
    read = [_read(source, name, kind, world) for name, kind in pairs]
    digest = digest_of(source.path)
    with writing():
        return tuple(_put(one, source.path.name, digest, acting, world, whole=whole) for one in read)


@dataclass(frozen=True, slots=True)
class _Read:
    kind: str
    file: LayerFile
    rows: Sequence[Any]
    where: Sequence[tuple[str, str]] = ()  # grid and street of each place


def _read(source: Source, name: str, kind: str, world: World) -> _Read:
    file = read_layer(source.path, name, source.crs, source.encoding)
    if kind != PLACE:
        return _Read(kind, file, features_of(file, Layer(kind)))
    places = places_of(file, world.today)
    return _Read(kind, file, places, tuple(_where(places, world)))


def _put(one: _Read, file: str, digest: str, acting: Acting, world: World, *, whole: bool) -> LayerPut:
    if one.kind == PLACE:
        put = put_places(one.rows, one.where, world.today, whole=whole)
    else:
        put = put_features(Layer(one.kind), one.rows, whole=whole)
    if put.any:
        counts = {"new": put.new, "changed": put.changed, "gone": put.gone}
        facts: dict[str, Json] = {"file": file, "sha256": digest, "whole": whole, **counts}
        record(Journal.GROUND, one.kind, "put", acting.by, facts, world)
    return LayerPut(one.kind, put, one.file.notes)


def _where(places: Sequence[NamedPlace], world: World) -> Iterable[tuple[str, str]]:
    lon, lat = np.array([(p.place.lon, p.place.lat) for p in places]).T
    found = world.locator.locate_many(lon, lat)
    return zip(found.smallest().tolist(), found.codes(Tier.STREET).tolist(), strict=True)
