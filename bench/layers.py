"""Layer files: reading a million points, a topology report on 10,000 grids, loading 60,000 roads.

Floors: the library's own reading of the same file; an index and one coverage check of the same polygons; the same rows
by plain SQL into the same tables.
"""

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from bench.figure import Figure

POINTS: Final = 1_000_000
SIDE: Final = 100  # polygons in a row
ROADS: Final = 60_000
STEP: Final = 0.001  # degrees: a unit grid
WEST, SOUTH = 116.5, 35.3
ROUNDS: Final = 3  # the best counts: others use the machine too


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for figure in (*_reading(Path(folder)), *_topology(Path(folder)), *_loading(Path(folder))):
            print(json.dumps(figure.row(), ensure_ascii=False), flush=True)


def _seconds(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _reading(folder: Path) -> Iterator[Figure]:
    from xiuhua.space.layers import LayerOut, read_layer, write_layers
    from xiuhua.space.layers.gdal import raw

    at = np.random.default_rng(1).uniform((WEST, SOUTH), (WEST + 0.5, SOUTH + 0.5), (POINTS, 2))
    path = folder / "points.gpkg"
    write_layers(path, [LayerOut("point", np.asarray(shapely.points(at)), {"code": np.arange(POINTS)})])
    ours = _seconds(lambda: read_layer(path))
    floor = _seconds(lambda: shapely.from_wkb(raw.read(path)[2]))
    yield Figure("read a layer, 1,000,000 points", POINTS / ours, "points/s", POINTS / floor, note="GeoPackage")


def _squares() -> Any:
    west, south = np.meshgrid(WEST + STEP * np.arange(SIDE), SOUTH + STEP * np.arange(SIDE))
    plain = shapely.box(west.ravel(), south.ravel(), west.ravel() + STEP, south.ravel() + STEP)
    return shapely.segmentize(np.asarray(plain), STEP / 8)


def _topology(folder: Path) -> Iterator[Figure]:
    from xiuhua.space.layers import LayerFile, crs_of
    from xiuhua.space.topology import Checking, check_layer

    shapes = _squares()
    count = len(shapes)
    codes = np.array([f"g{number}" for number in range(count)], dtype=object)
    layer = LayerFile("grids", "grids", crs_of("EPSG:4326"), shapes, {"code": codes}, np.arange(count))
    ours = _seconds(lambda: check_layer(Checking(replace(layer), "code")))

    def floor() -> None:
        shapely.STRtree(shapes)
        shapely.coverage_is_valid(shapes)

    per_second = count / _seconds(floor)
    yield Figure("topology report, 10,000 polygons", count / ours, "polygons/s", per_second, note="32 points each")


def _roads() -> Any:
    from xiuhua.space.layers import LayerOut

    at = np.random.default_rng(2).uniform((WEST, SOUTH), (WEST + 0.3, SOUTH + 0.3), (ROADS, 2))
    lines = shapely.linestrings(np.stack([at, at + STEP, at + np.array([2 * STEP, STEP])], axis=1))
    text = np.array([f"r{number}" for number in range(ROADS)], dtype=object)
    kinds = np.array(["residential"] * ROADS, dtype=object)
    return LayerOut("road", np.asarray(lines), {"code": text, "kind": kinds, "name_zh": text, "lanes": np.ones(ROADS)})


def _loading(folder: Path) -> Iterator[Figure]:
    os.environ["XIUHUA_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiuhua.shell.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from xiuhua.domain.ground import Layer
    from xiuhua.operations.ground_rows import features_of
    from xiuhua.space.layers import read_layer, write_layers
    from xiuhua.store.ground import put_features
    from xiuhua.store.lock import writing

    call_command("migrate", verbosity=0)
    path = folder / "roads.gpkg"
    write_layers(path, [_roads()])
    began = time.perf_counter()
    features = features_of(read_layer(path), Layer.ROAD)
    with writing():
        put_features(Layer.ROAD, features, whole=True)
    ours = time.perf_counter() - began
    connection.close()
    floor = _plain(folder / "xiuhua.sqlite3")
    yield Figure("load the base map, 60,000 roads", ROADS / ours, "roads/s", ROADS / floor, note="SQLite, file to rows")


def _plain(database: Path) -> float:
    from xiuhua.shell.environment import SQLITE_PRAGMAS

    with closing(sqlite3.connect(database)) as plain:
        plain.executescript(SQLITE_PRAGMAS)
        rows = plain.execute("SELECT * FROM feature").fetchall()
        plain.execute("DELETE FROM feature")
        plain.commit()
        plain.execute("VACUUM")  # as empty as it was for us
        began = time.perf_counter()
        plain.executemany(f"INSERT INTO feature VALUES ({', '.join('?' * len(rows[0]))})", rows)
        plain.commit()
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
