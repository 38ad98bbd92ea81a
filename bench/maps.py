"""Tiles over the interface at 230,000 and at a million components, cold and warm, and geocoding: p50 and p95.

Cold: nothing of the tile is kept; what the process holds in memory (names, the skeleton of the ground, the density of
components) is there, and how long reading it takes is a figure of its own. The floor is the same rows by one plain
SELECT and the encoder, without a word of ours.
"""

import json
import math
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import quote

from bench import home, kept, town
from bench.asking import Asking
from bench.figure import Figure
from bench.measure import CHECKOUT, share

SIZES: Final = {230_000: "p95 50 ms", 1_000_000: "p95 200 ms"}
ZOOMS: Final = range(10, 18)
EACH: Final = 12  # tiles of a zoom
WORDS: Final = ("绣云路18号", "锦荷东超市", "云霞广场", "绣云路与锦霞路交叉口", "幸福小区", "L-0000400", "老安光明诊所")
_IN_BOX: Final = (
    "id IN (SELECT id FROM {0}_box WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?)"
)


def figures(components: int) -> list[Figure]:
    folder = town.file_of(components)
    made, tables = folder / "made", kept.tables()
    tokens = made.read_text().split() if made.exists() else []
    if not tokens or tokens.pop(0) != tables:  # made with other tables
        shutil.rmtree(folder, ignore_errors=True)
        home.ready(folder)
        tokens = home.furnish()
        town.fill(folder, components)
        made.write_text("\n".join([tables, *tokens]))
    else:
        home.ready(folder)
    asking = [Asking(HTTP_AUTHORIZATION=f"Bearer {token}") for token in tokens]
    plain = sqlite3.connect(folder / "xiuhua.sqlite3")
    return [*_read_in(components), *_tiles(asking, plain, components), *_places(asking, components)]


def _read_in(components: int) -> list[Figure]:
    from xiuhua.maps.density import density
    from xiuhua.maps.gazetteer import names
    from xiuhua.maps.skeleton import skeleton
    from xiuhua.operations.clock import now
    from xiuhua.operations.world import world

    here = world(now)
    found = []
    works: dict[str, Callable[[], object]] = {
        f"components into memory, {components:,}": density,
        "names and roads into memory, 60,000 places": lambda: names(here.district, here.district.day_of(here.now())),
        "skeleton of the ground into memory, 72,000 pieces of road": skeleton,
    }
    for what, work in works.items():
        began = time.process_time()
        work()
        found.append(Figure(what, time.process_time() - began, "s CPU"))
    return found


def _at(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    side = 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side
    return z, int((lon + 180) / 360 * side), int(y)


def _asked() -> list[tuple[int, int, int]]:
    """Where people look: the denser, the more often."""
    draw = random.Random(7)
    middle = ((town.WEST + town.EAST) / 2, (town.SOUTH + town.NORTH) / 2)
    return [
        _at(draw.gauss(middle[0], 0.03), draw.gauss(middle[1], 0.018), z) for z in ZOOMS for _ in range(EACH)
    ]


def _tiles(asking: Sequence[Asking], plain: sqlite3.Connection, components: int) -> list[Figure]:
    from xiuhua.maps.kept import tiles

    found = []
    for layer, table in (("components", "component"), ("ground", "feature"), ("grids", "")):
        cold, warm, floor = [], [], []
        for n, (z, x, y) in enumerate(_asked()):
            path = f"/api/v1/tiles/{layer}/{z}/{x}/{y}.mvt"
            who = asking[n % len(asking)]
            tiles.forget()
            cold.append(_ms(lambda: who.read(path)))  # noqa: B023 - measured at once
            warm.append(_ms(lambda: who.read(path)))  # noqa: B023
            if table:
                floor.append(_ms(lambda: _bare(plain, table, z, x, y)))  # noqa: B023
        aim, note = SIZES[components], f"{len(cold)} tiles, zoom {ZOOMS[0]} to {ZOOMS[-1]}"
        bottom = share(floor, 0.5) if floor else None
        for state, taken in (("cold", cold), ("warm", warm)):
            what = f"tile of {layer}, {state}, {components:,} components"
            found.append(
                Figure(what, share(taken, 0.5), "ms CPU", floor=bottom if state == "cold" else None,
                       p95_ms=share(taken, 0.95), aim=aim, note=note)
            )  # fmt: skip
    return found


def _bare(plain: sqlite3.Connection, table: str, z: int, x: int, y: int) -> None:
    """The rows of the box by one SELECT, as many as a tile may have, laid on whole numbers and encoded."""
    import numpy as np
    import shapely
    from vt2pbf import Tile as Encoder

    from xiuhua.maps.tile import Tile

    tile = Tile(z, x, y)
    box = tile.box
    values: list[Any] = [box.east, box.west, box.north, box.south]
    encoder, where = Encoder(extend=4096), _IN_BOX.format(table)
    if table == "component":
        rows = plain.execute(
            f"SELECT code, class_key, state, longitude, latitude FROM component WHERE {where} LIMIT 2000", values
        ).fetchall()
        units = tile.units(np.array([row[3:] for row in rows]).reshape(-1, 2)).astype(int).tolist()
        features = [
            {"type": 1, "geometry": [at], "tags": {"code": r[0], "class": r[1], "state": r[2]}}
            for at, r in zip(units, rows, strict=True)
        ]
    else:
        rows = plain.execute(
            f"SELECT kind, name_zh, shape FROM feature WHERE +zoom <= {z} AND {where} LIMIT 4600", values
        ).fetchall()
        shapes = shapely.transform(shapely.from_wkb([row[2] for row in rows]), tile.units)
        features = []
        for shape, (kind, zh, _) in zip(shapes, rows, strict=True):
            path = shapely.get_coordinates(shape).astype(int).tolist()
            features.append({"type": 2, "geometry": [path], "tags": {"kind": kind, "zh": zh}})
    encoder.add_layer("x", features)
    encoder.serialize_to_bytestring()


def _places(asking: Sequence[Asking], components: int) -> list[Figure]:
    taken, back = [], []
    for n in range(140):
        who = asking[n % len(asking)]
        taken.append(_ms(lambda: who.get(f"/api/v1/places?q={quote(WORDS[n % len(WORDS)])}")))  # noqa: B023
        lon, lat = 116.6 + (n % 20 - 10) * 0.004, 35.41 + (n % 13 - 6) * 0.004
        back.append(_ms(lambda: who.get(f"/api/v1/places/at?lon={lon}&lat={lat}")))  # noqa: B023
    return [
        _often(f"places found by their words, 60,000 places, {components:,} components", taken),
        _often("a point said in words, 60,000 places", back),
    ]


def _often(what: str, ms: Sequence[float]) -> Figure:
    return Figure(what, 1000 * len(ms) / sum(ms), "/s of CPU", p95_ms=share(ms, 0.95))


def _ms(work: Callable[[], object]) -> float:
    """Of CPU: product and SQLite are this process, and others use the machine too."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def main(sizes: Sequence[str]) -> None:
    """Each number of components is a process of its own: one process knows one data folder."""
    if not sizes:
        for size in SIZES:
            subprocess.run([sys.executable, "-m", "bench.maps", str(size)], cwd=CHECKOUT, check=True)
        return
    for figure in figures(int(sizes[0])):
        print(json.dumps(figure.row(), ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
