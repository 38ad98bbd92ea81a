"""Where points lie, what is near them, and surveys of components taken in.

Floors in the same run: a bare STRtree with the predicate `intersects` on the same polygons; the bare indexed query for
the same box; the same rows by the plainest statements of each database into an empty table with the same indexes.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from bench import floor, home
from bench.figure import Figure
from bench.measure import CHECKOUT, Span, share, span
from bench.serving import database, postmaster

POINTS: Final = 1_000_000
ONE_BY_ONE: Final = 20_000
LOOKS: Final = 3_000
ROUNDS: Final = 3  # the best counts: others use the machine too
WEST, SOUTH, STEP = 116.5, 35.3, 0.17  # degrees
UNITS, RESPONSIBLE = 84, 17  # grids in a row and column: 7,056 and 289
SEED: Final = 20_260_601
CLASSES: Final = ("0101", "0137", "0402", "0305")


def main(part: str) -> None:
    for figure in _locating() if part == "locate" else _components(part):
        print(json.dumps(figure.row(), ensure_ascii=False), flush=True)


def _best(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


# where points lie


def _locating() -> Iterator[Figure]:
    from xiuhua.domain.place import Wgs84
    from xiuhua.space.locate import Locator

    draw = np.random.default_rng(SEED)
    grids = _grids(draw)
    began = time.perf_counter()
    locator = Locator(grids, date(2026, 6, 1))
    built = time.perf_counter() - began
    lon, lat = draw.uniform(WEST, WEST + STEP, POINTS), draw.uniform(SOUTH, SOUTH + STEP, POINTS)
    ours = _best(lambda: locator.locate_many(lon, lat))
    shapes = [
        np.array([shapely.Polygon([(p.lon, p.lat) for p in g.outline]) for g in grids.grids if g.tier is tier])
        for tier in dict.fromkeys(g.tier for g in grids.grids if g.outline)
    ]
    trees = [shapely.STRtree(layer) for layer in shapes]
    least = _best(lambda: [tree.query(shapely.points(lon, lat), predicate="intersects") for tree in trees])
    note = f"{UNITS * UNITS + RESPONSIBLE * RESPONSIBLE:,} grids, made in {built:.2f} s"
    yield Figure("locate a million points", POINTS / ours, "points/s", POINTS / least, aim="500,000", note=note)
    places = [Wgs84(float(x), float(y)) for x, y in zip(lon[:ONE_BY_ONE], lat[:ONE_BY_ONE], strict=True)]
    ours = _best(lambda: [locator.locate(place) for place in places])
    least = _best(
        lambda: [tree.query(shapely.Point(p.lon, p.lat), predicate="intersects") for p in places for tree in trees]
    )
    yield Figure("locate points one by one", ONE_BY_ONE / ours, "points/s", ONE_BY_ONE / least)


def _grids(draw: Any) -> Any:
    from xiuhua.domain.grid import Grid, Grids, Tier
    from xiuhua.domain.words import Words

    def grid(code: str, tier: Any, parent: str, street: str = "", outline: Any = ()) -> Any:
        return Grid(code, tier, parent, Words(code, code), street, "", outline, date(2020, 1, 1))

    found = [grid("d", Tier.DISTRICT, ""), grid("s", Tier.STREET, "d", "s")]
    for tier, side, pieces in ((Tier.UNIT, UNITS, 3), (Tier.RESPONSIBILITY, RESPONSIBLE, 11)):
        found += [
            grid(f"{tier.value}{i:05d}", tier, "s", "s", outline)
            for i, outline in enumerate(_outlines(draw, side, pieces))
        ]
    return Grids(tuple(found))


def _outlines(draw: Any, side: int, pieces: int) -> Iterator[Any]:
    """Crooked quadrangles that fit together, with so many points on each side."""
    from xiuhua.domain.place import Wgs84

    step = STEP / side
    corners: Any = np.stack(np.meshgrid(np.arange(side + 1), np.arange(side + 1), indexing="ij"), -1) * step
    corners += (WEST, SOUTH)
    corners += draw.normal(0, step / 10, corners.shape)
    edges: dict[Any, Any] = {}

    def edge(a: Any, b: Any) -> Any:
        if (b, a) in edges:
            return edges[b, a][::-1]
        part = np.linspace(0, 1, pieces + 1)[:, None]
        line = corners[a] + (corners[b] - corners[a]) * part
        line[1:-1] += draw.normal(0, step / 100, line[1:-1].shape)
        edges[a, b] = line
        return line

    for i in range(side):
        for j in range(side):
            around = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            ring = np.vstack([edge(around[k], around[(k + 1) % 4])[:-1] for k in range(4)])
            yield tuple(Wgs84(float(x), float(y)) for x, y in ring)


# components


def _components(part: str) -> Iterator[Figure]:
    kind, _, size = part.partition("-")
    count = int(size)
    cache = CHECKOUT / "bench" / ".cache"
    cache.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder, database(kind) as address:
        home.ready(Path(folder), address)
        home.furnish()
        processes = (*floor.myself(), *postmaster(address))
        yield from _taken(kind, count, Path(folder) / "survey.csv", processes)
        yield from _near(kind, count, processes)


def _taken(kind: str, count: int, file: Path, processes: tuple[int, ...]) -> Iterator[Figure]:
    from xiuhua.domain.journal import SYSTEM
    from xiuhua.exchange.components import read_survey
    from xiuhua.exchange.components.mapping import Mapping
    from xiuhua.operations.survey import Asked, survey
    from xiuhua.operations.world import world

    here = world()
    _write(file, count, here)

    def take(name: str) -> Span:
        with span(processes) as passed:
            done = survey(read_survey(file, Mapping()), Asked(name, file.name, "0" * 64, partial=True), SYSTEM, here)
        assert len(done.faults) <= count / 100, done.faults[0]
        return passed

    first, again = take("first"), take("again")
    with span(processes) as plain:
        _plainly(kind)
    note = "checked, located, doubted, journaled; CPU in all"
    aim = "20" if count < 300_000 else ""
    yield Figure(
        f"take in a survey of {count:,}, {kind}", first.seconds, "s", plain.seconds, first.cpu * 1000, plain.cpu * 1000,
        aim=aim, note=note,
    )  # fmt: skip
    yield Figure(f"the same survey again, {kind} {count:,}", again.seconds, "s", cpu_ms=again.cpu * 1000)


def _write(file: Path, count: int, here: Any) -> None:
    """Places all over the district, in its smallest grids."""
    draw = random.Random(SEED)
    spots = [(p.lon, p.lat) for g in here.locator.grids for p in g.outline]
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    xs, ys = np.empty(0), np.empty(0)
    dice = np.random.default_rng(SEED)
    while len(xs) < count:
        x, y = dice.uniform(west, east, count), dice.uniform(south, north, count)
        inside = here.locator.locate_many(x.round(7), y.round(7)).outside_m == 0
        xs, ys = np.append(xs, x[inside]), np.append(ys, y[inside])
    lines = ["code,longitude,latitude,state,accuracy,origin,recorded,label"]
    for i in range(count):
        code = CLASSES[i % len(CLASSES)]
        label = f"LD{i:07d}" if code == "0137" else ""
        number = f"{here.district.division}{code}{i // len(CLASSES) + 1:06d}"
        lines.append(f"{number},{xs[i]:.7f},{ys[i]:.7f},{draw.choice(('完好', '破损'))},A,实测,20260301,{label}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plainly(kind: str) -> None:
    """The rows that are there, once more into an empty table of the same shape, with its indexes."""
    from xiuhua.store import sql

    names = _columns()
    rows = sql.rows(f"SELECT {', '.join(names)} FROM component")
    sql.many("CREATE TABLE plain AS SELECT * FROM component WHERE 1 = 0", [()])
    for column in ("code", "label", "grid", "class_key"):
        sql.many(f"CREATE INDEX plain_{column} ON plain ({column})", [()])
    from django.db import transaction

    with transaction.atomic():
        if kind == "sqlite":
            sql.many("CREATE VIRTUAL TABLE plain_box USING rtree(id, west, east, south, north)", [()])
            sql.insert("plain", ", ".join(names), rows)
            sql.many("INSERT INTO plain_box SELECT id, longitude, longitude, latitude, latitude FROM plain", [()])
        else:
            sql.many("CREATE INDEX plain_point ON plain USING gist (point(longitude, latitude))", [()])
            sql.insert("plain", ", ".join(names), rows)


def _columns() -> list[str]:
    from xiuhua.store.components import COLUMNS

    return ["id", *(name.strip() for name in COLUMNS.split(",")), "version", "survey"]


def _near(kind: str, count: int, processes: tuple[int, ...]) -> Iterator[Figure]:
    from xiuhua.domain.place import Wgs84
    from xiuhua.store import sql
    from xiuhua.store.boxes import components_where
    from xiuhua.store.queries.component_list import labelled
    from xiuhua.store.queries.components import box_around, near

    if kind != "sqlite":
        sql.many("ANALYZE component", [()])
    dice = random.Random(SEED + 1)
    spots = [Wgs84(*row) for row in sql.rows("SELECT longitude, latitude FROM component LIMIT 5000")]
    asked = [dice.choice(spots) for _ in range(LOOKS)]
    radius_m = 50.0

    def bare(place: Wgs84) -> int:
        condition, values = components_where(box_around(place, radius_m))
        return len(sql.rows(f"SELECT code, longitude, latitude FROM component WHERE {condition}", values))

    near(asked[0], radius_m), bare(asked[0])
    with span(processes) as used:
        ours = _each(asked, lambda place: near(place, radius_m))
    with span(processes) as plain:
        least = _each(asked, bare)
    hits = sum(len(near(place, radius_m)) for place in asked[:200]) / 200
    what = f"components within 50 m of a place, {kind} {count:,}"
    cpu_ms, least_ms, p95_ms = used.cpu * 1000 / LOOKS, plain.cpu * 1000 / LOOKS, share(ours, 0.95) * 1000
    rates = LOOKS / sum(ours), LOOKS / sum(least)
    yield Figure(what, rates[0], "looks/s", rates[1], cpu_ms, least_ms, p95_ms, note=f"{hits:.0f} found")
    poles = [row[0] for row in sql.rows("SELECT label FROM component WHERE label <> '' LIMIT 3000")]
    took = _each(poles, lambda label: labelled(label))
    exactly = "SELECT * FROM component WHERE label = %s AND NOT (label = '')"
    bottom = _each(poles, lambda label: sql.rows(exactly, [label]))
    yield Figure(f"a pole by its number, {kind} {count:,}", len(poles) / sum(took), "looks/s", len(poles) / sum(bottom))


def _each(asked: list[Any], look: Callable[[Any], Any]) -> list[float]:
    times = []
    for one in asked:
        began = time.perf_counter()
        look(one)
        times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    main(sys.argv[1])
