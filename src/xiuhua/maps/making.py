"""Tiles as bytes. Those of the ground, the grids and the components are the same for all who work here and are kept
by the version of their data; those with cases or positions are made anew for each viewer.
"""

import gzip
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xiuhua.domain.district import District
from xiuhua.domain.former_grid import Line
from xiuhua.maps import components, grids, ground
from xiuhua.maps.density import density
from xiuhua.maps.drawing import Sheet, encoded
from xiuhua.maps.gazetteer import names
from xiuhua.maps.kept import tiles
from xiuhua.maps.tile import Tile
from xiuhua.store.queries.drawn import Chosen, component_version, ground_version, place_version

_FORM: Final = 2  # grows when the same data are drawn otherwise
_LEVEL: Final = 4  # ours: of gzip; above it takes longer than it saves on the way


@dataclass(frozen=True, slots=True)
class Packed:
    """`body` is gzipped. `tag` names the data and the tile, empty where it must not be kept."""

    body: bytes
    tag: str = ""


def ground_tile(tile: Tile, district: District, day: date) -> Packed:
    version = f"{ground_version()}-{place_version()}-{day:%Y%m%d}"  # names hold from day to day
    return _kept("ground", version, tile, lambda: ground.sheets(tile, names(district, day)))


def grid_tile(tile: Tile, district: District, day: date) -> Packed:
    version = f"{district.version}-{day:%Y%m%d}"
    return _kept("grids", version, tile, lambda: grids.sheets(tile, grids.divided(district, day)))


def former_tile(tile: Tile, district: District, line: Line, day: date) -> Packed:
    version = f"{district.version}-{line}-{day:%Y%m%d}"
    return _kept("former", version, tile, lambda: grids.sheets(tile, grids.former(district, line, day), grids.FORMER))


def component_tile(tile: Tile, chosen: Chosen) -> Packed:
    there = density()  # may lag behind the components: what was counted in it then is not kept for the newer ones
    version = f"{component_version()}-{there.version}-{','.join(chosen.classes)}-{','.join(chosen.states)}"
    return _kept("components", version, tile, lambda: components.sheets(tile, chosen, there))


def _kept(layer: str, version: str, tile: Tile, draw: Callable[[], Sequence[Sheet]]) -> Packed:
    asked = (_FORM, layer, version, tile.z, tile.x, tile.y, tile.shifted)
    key = hashlib.sha256(repr(asked).encode()).hexdigest()
    body = tiles.get(key, lambda: gzip.compress(encoded(draw()), _LEVEL, mtime=0))
    return Packed(body, key[:20])

