"""Where things happen: some grids have ten times the load of others, most of it where people live and walk, and a place
is described by what is near it.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import shapely

from xiuhua.domain.district import District, Road
from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.simulate.nearest_road import NearestRoad
from xiuhua.simulate.vocabulary import Vocabulary
from xiuhua.space.metres import Metres

SIGMA = 0.61  # of the log-normal load of a grid (median 950, p95 2,600): ../domain processes Appendix C
METRE = 1 / 111_320  # of a degree of latitude
BUILT_M2 = 15_000.0  # ours: a unit grid where people live is no larger; what is beyond that is field or water
AWAY_M = 12.0  # ours: how far from the road or lane that bounds a unit grid, at most


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
        built = [_built(shape) for shape in self._shapes]
        of_grid: dict[str, float] = defaultdict(float)
        for code, size in zip(answering, built, strict=True):
            of_grid[code] += size
        parts = zip(answering, built, strict=True)
        self._heights = list(accumulate(loads[code] * size / of_grid[code] for code, size in parts))
        self._words = words
        self._nearest = NearestRoad(district)
        streets = {leaf.street for leaf in self._leaves}
        self._roads = {street: [r for r in district.roads if street in r.streets] for street in streets}

    def spot(self, rng: random.Random) -> Spot:
        index = rng.choices(range(len(self._leaves)), cum_weights=self._heights)[0]
        leaf, chain = self._leaves[index], self._chains[index]
        place = _at_its_edge(self._shapes[index], rng)
        road = self._road(place, leaf.street, rng)
        return Spot(
            place=place,
            grid=leaf.code,
            responsibility_grid=chain[Tier.RESPONSIBILITY].code,
            street=leaf.street,
            area_class=next((g.area_class for g in chain.values() if g.area_class), ""),
            text=self._text(chain[Tier.STREET], chain[Tier.RESPONSIBILITY], road, rng),
            road=road.code if road else "",
        )

    def _road(self, place: Wgs84, street: str, rng: random.Random) -> Road | None:
        """The one nearby; where no base map is loaded one of the street's, as often as people name one."""
        if self._nearest:
            return self._nearest.at(place)
        roads = self._roads.get(street, [])
        return rng.choice(roads) if roads and rng.random() < 0.6 else None

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


def _built(shape: shapely.Polygon) -> float:
    """Square metres at most that people live on."""
    lat = shape.bounds[1]
    return min(float(Metres(lat).flat(shape).area), BUILT_M2)


def _at_its_edge(shape: shapely.Polygon, rng: random.Random) -> Wgs84:
    """Unit grids end on roads and lanes, and that is where things are found: a few metres inside the edge."""
    edge = shape.exterior.interpolate(rng.random(), normalized=True)
    middle = shape.representative_point()
    share = rng.uniform(1, AWAY_M) * METRE / max(edge.distance(middle), METRE)
    lon, lat = (a + (b - a) * min(share, 1.0) for a, b in zip(edge.coords[0], middle.coords[0], strict=True))
    if not shapely.contains_xy(shape, lon, lat):
        lon, lat = middle.x, middle.y
    return Wgs84(round(lon, 7), round(lat, 7))
