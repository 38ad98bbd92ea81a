"""A city to draw: a net of roads cut at every crossing, houses, places with names, and components along the roads.

Drawn with a fixed seed and written by plain SQL; made once for each number of components and kept under var/maps.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

HOME: Final = Path(__file__).resolve().parents[1] / "var" / "maps"
WEST, SOUTH, EAST, NORTH = 116.48, 35.34, 116.72, 35.48
ACROSS, ALONG = 200, 180  # roads each way: 72,000 pieces
HOUSES, PLACES = 60_000, 60_000
DAY: Final = date(2024, 1, 1).isoformat()
FIRST, SECOND = "绣锦云霞荷柳桂兰春秋东西南北新老长安康宁", "云霞荷柳桂兰春秋和平建设光明胜利幸福团结"
ENDS = ("小区", "超市", "饭店", "小学", "广场", "公园", "诊所", "药店", "商厦", "大厦")


def file_of(components: int) -> Path:
    return HOME / str(components)


def fill(home: Path, components: int) -> None:
    """Into the empty tables of the database there."""
    db = sqlite3.connect(home / "xiuhua.sqlite3")
    draw = np.random.default_rng(1)
    db.executemany(
        "INSERT INTO feature (layer, code, kind, name_zh, name_en, zoom, west, south, east, north, shape, attributes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')",
        [*_roads(), *_houses(draw)],
    )
    db.executemany(
        "INSERT INTO named_place (code, kind, use, name_zh, name_en, aliases, longitude, latitude, road, plate, grid, "
        f"street, source, valid_from) VALUES (?, ?, ?, ?, '', '', ?, ?, ?, ?, '', '', 'bench', '{DAY}')",
        _places(draw),
    )
    db.executemany(
        "INSERT INTO component (code, class_key, name, longitude, latitude, state, accuracy, origin, recorded, "
        "competent, owner, keeper, label, circuit, grid, street, note, version, survey) VALUES "
        f"(?, ?, '部件', ?, ?, 'intact', 'A', 'surveyed', '{DAY}', '', '', '', ?, '', '', '', '', 1, 'bench')",
        _components(draw, components),
    )
    db.commit()
    db.execute("ANALYZE")
    db.close()


def _road(number: int) -> tuple[str, int, str]:
    kind, zoom = ("primary", 9) if number % 20 == 0 else ("secondary", 11) if number % 10 == 0 else ("tertiary", 12)
    kind, zoom = (kind, zoom) if number % 5 == 0 else ("residential", 13)
    return kind, zoom, f"{FIRST[number % len(FIRST)]}{SECOND[number // len(FIRST) % len(SECOND)]}路"


def _roads() -> Iterator[tuple[Any, ...]]:
    lons, lats = np.linspace(WEST, EAST, ACROSS).tolist(), np.linspace(SOUTH, NORTH, ALONG).tolist()
    for i, lon in enumerate(lons):
        for j, (one, other) in enumerate(pairwise(lats)):
            yield _piece(f"a{i}-{j}", i, shapely.LineString([(lon, one), (lon, other)]))
    for j, lat in enumerate(lats):
        for i, (one, other) in enumerate(pairwise(lons)):
            yield _piece(f"b{j}-{i}", 200 + j, shapely.LineString([(one, lat), (other, lat)]))


def _piece(code: str, number: int, line: shapely.LineString) -> tuple[Any, ...]:
    kind, zoom, name = _road(number)
    return ("road", code, kind, name, "", zoom, *line.bounds, shapely.to_wkb(line))


def _houses(draw: Any) -> Iterator[tuple[Any, ...]]:
    for n, (lon, lat) in enumerate(_points(draw, HOUSES)):
        house = shapely.box(lon, lat, lon + 0.0003, lat + 0.0002)
        yield ("building", f"h{n}", "house", "", "", 15, *house.bounds, shapely.to_wkb(house))


def _places(draw: Any) -> Iterator[tuple[Any, ...]]:
    for n, (lon, lat) in enumerate(_points(draw, PLACES)):
        if n % 3:
            road = _road(n % 380)[2]
            yield f"p{n}", "plate", "", f"{road}{n % 400}号", lon, lat, road, str(n % 400)
        else:
            name = f"{FIRST[n % 19]}{SECOND[n // 19 % 20]}{FIRST[n // 380 % 19]}{ENDS[n // 7220 % 10]}"
            yield f"p{n}", "poi", "restaurant", name, lon, lat, "", ""


def _components(draw: Any, count: int) -> Iterator[tuple[Any, ...]]:
    classes = [f"china-2026/component/{major:02d}-{minor:03d}" for major in range(1, 6) for minor in range(1, 9)]
    for n, (lon, lat) in enumerate(_points(draw, count)):
        yield f"370811{n % 5 + 1:02d}001{n:06d}", classes[n % 40], lon, lat, f"L-{n:07d}" if n % 4 == 0 else ""


def _points(draw: Any, count: int) -> Iterator[tuple[float, float]]:
    """Two of three in the core, as in a city."""
    core = draw.normal((0.5, 0.5), 0.16, (count, 2))
    wide = draw.uniform(0, 1, (count, 2))
    there = np.clip(np.where(draw.uniform(0, 1, (count, 1)) < 2 / 3, core, wide), 0, 1)
    degrees = np.round(there * (EAST - WEST, NORTH - SOUTH) + (WEST, SOUTH), 7)
    yield from map(tuple, degrees.tolist())
