"""Where things happen: some grids have ten times the load of others, and a place is described by what is near it."""

import random
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import shapely

from xiuhua.domain.district import District, Road
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.simulate.vocabulary import Vocabulary

SIGMA = 0.61  # of the log-normal load of a grid (median 950, p95 2,600): ../domain processes Appendix C
TRIES = 40  # ours: points tried before a grid's inner point is taken
METRE = 1 / 111_320  # of a degree of latitude


@dataclass(frozen=True, slots=True)
class Spot:
    place: Wgs84
    grid: str
    responsibility_grid: str
    street: str
    area_class: str
    text: str
    road: str

    @property
    def areas(self) -> tuple[str, ...]:
        return self.grid, self.responsibility_grid, self.street


class Places:
    """The smallest grids of a district, each drawn as often as its load says."""

    def __init__(self, district: District, day: date, rng: random.Random, words: Vocabulary) -> None:
        self._leaves, self._chains = _leaves(district, day)
        self._shapes = [shapely.Polygon([(p.lon, p.lat) for p in leaf.outline]) for leaf in self._leaves]
        answering = [chain[Tier.RESPONSIBILITY].code for chain in self._chains]
        loads = {code: rng.lognormvariate(0, SIGMA) for code in dict.fromkeys(answering)}
        parts = zip(answering, self._shapes, strict=True)
        self._heights = list(accumulate(loads[code] * shape.area for code, shape in parts))
        self._words = words
        streets = {leaf.street for leaf in self._leaves}
        self._roads = {street: [r for r in district.roads if street in r.streets] for street in streets}

    def spot(self, rng: random.Random) -> Spot:
        index = rng.choices(range(len(self._leaves)), cum_weights=self._heights)[0]
        leaf, chain = self._leaves[index], self._chains[index]
        roads = self._roads.get(leaf.street, [])
        road = rng.choice(roads) if roads and rng.random() < 0.6 else None
        return Spot(
            place=_inside(self._shapes[index], rng),
            grid=leaf.code,
            responsibility_grid=chain[Tier.RESPONSIBILITY].code,
            street=leaf.street,
            area_class=next((g.area_class for g in chain.values() if g.area_class), ""),
            text=self._text(chain[Tier.STREET], chain[Tier.RESPONSIBILITY], road, rng),
            road=road.code if road else "",
        )

    def _text(self, street: Grid, grid: Grid, road: Road | None, rng: random.Random) -> str:
        near = f"{rng.choice(self._words.landmarks)}{rng.choice(self._words.sides)}"
        where = f"{road.name.zh}{near}" if road else f"{grid.name.zh}{near}"
        return where if where.startswith(street.name.zh) else f"{street.name.zh}{where}"


def _leaves(district: District, day: date) -> tuple[list[Grid], list[dict[Tier, Grid]]]:
    """The smallest grids that lie in a responsibility grid, each with all that it lies in."""
    active = [g for g in district.grids.active(day) if g.outline]
    parents = {g.parent for g in active}
    leaves = sorted((g for g in active if g.code not in parents and g.street), key=lambda g: g.code)
    chains = [{g.tier: g for g in district.grids.chain(leaf.code, day)} for leaf in leaves]
    worked = [(leaf, chain) for leaf, chain in zip(leaves, chains, strict=True) if Tier.RESPONSIBILITY in chain]
    return [leaf for leaf, _ in worked], [chain for _, chain in worked]


def near(place: Wgs84, metres: float, rng: random.Random) -> Wgs84:
    return Wgs84(place.lon + rng.uniform(-1, 1) * metres * METRE, place.lat + rng.uniform(-1, 1) * metres * METRE)


def _inside(shape: shapely.Polygon, rng: random.Random) -> Wgs84:
    west, south, east, north = shape.bounds
    for _ in range(TRIES):
        lon, lat = rng.uniform(west, east), rng.uniform(south, north)
        if shapely.contains_xy(shape, lon, lat):
            return Wgs84(round(lon, 7), round(lat, 7))
    point = shape.representative_point()
    return Wgs84(point.x, point.y)
