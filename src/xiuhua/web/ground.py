"""The ground under a subject as a drawing that needs no script and prints; the map is drawn over it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shapely import Point

from xiuhua.domain.grid import Grid, Tier
from xiuhua.domain.place import Wgs84
from xiuhua.space.metres import polygon
from xiuhua.web.rows import Ground, Shape

WIDTH, HEIGHT = 400, 300  # the drawing's own units
METRES = 1600  # ours: how much ground the drawing is wide; a grid and its neighbours
MARGIN = 1.5  # ours: with so much of the neighbours that one sees where it is
NAME_ABOVE = 22  # above the middle, where the point often lies
METRES_A_DEGREE = 111_320  # of latitude; good to half a percent anywhere
_DRAWN = (Tier.RESPONSIBILITY, Tier.UNIT, Tier.COMMUNITY, Tier.STREET)  # the first tier that has outlines


def drawn(grids: Iterable[Grid]) -> tuple[Grid, ...]:
    """The grids that make up the ground: those of the finest tier people speak of that has outlines."""
    outlined = [grid for grid in grids if grid.outline]
    for tier in _DRAWN:
        found = tuple(grid for grid in outlined if grid.tier is tier)
        if found:
            return found
    return ()


def middle(outline: Sequence[Wgs84]) -> tuple[float, float]:
    """The middle of the box around it; good enough for a name."""
    lons, lats = [p.lon for p in outline], [p.lat for p in outline]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def around(
    place: Wgs84, grids: Sequence[Grid], here: frozenset[str], *, invented: bool, metres: float = METRES
) -> Ground:
    """The grids that reach into the drawing, with `here` (codes) marked."""
    scale = WIDTH / metres
    shapes = [s for grid in grids if (s := _shape(grid, place, scale, grid.code in here)) is not None]
    return Ground(place.lon, place.lat, tuple(shapes), WIDTH / 2, HEIGHT / 2, invented, round(metres))


def whole(grids: Sequence[Grid], *, invented: bool, beside: Sequence[Grid] = ()) -> Ground | None:
    """All of it, to choose a place on, or marked with what lies `beside` it. None where nothing has an outline."""
    points = [p for grid in grids for p in grid.outline]
    if not points:
        return None
    lon, lat = middle(points)
    wide = (
        (max(p.lon for p in points) - min(p.lon for p in points))
        * METRES_A_DEGREE
        * math.cos(math.radians(lat))
    )
    high = (max(p.lat for p in points) - min(p.lat for p in points)) * METRES_A_DEGREE
    metres = max(wide, high * WIDTH / HEIGHT, 1) * (MARGIN if beside else 1.05)
    if not beside:
        return around(Wgs84(lon, lat), grids, frozenset(), invented=invented, metres=metres)
    codes = frozenset(grid.code for grid in grids)
    drawing = around(Wgs84(lon, lat), beside, codes, invented=invented, metres=metres)
    names = {grid.short: _inside(grid, Wgs84(lon, lat), WIDTH / metres) for grid in grids}
    shapes = (_named(s, names.get(s.name)) if s.here else s for s in drawing.shapes)
    return replace(drawing, shapes=tuple(shapes))


def _naming(grid: Grid) -> tuple[float, float]:
    """The middle, unless that lies in a neighbour, as with a bent grid."""
    ground, (lon, lat) = polygon(grid), middle(grid.outline)
    if ground.contains(Point(lon, lat)):
        return lon, lat
    point = ground.representative_point()
    return point.x, point.y


def _inside(grid: Grid, centre: Wgs84, scale: float) -> tuple[float, float]:
    """Where its name stands inside it, whatever its shape."""
    point = polygon(grid).representative_point()
    return _on_paper(point.x, point.y, centre, scale)


def _named(shape: Shape, at: tuple[float, float] | None) -> Shape:
    return replace(shape, x=round(at[0], 1), y=round(at[1], 1)) if at else shape


def _shape(grid: Grid, centre: Wgs84, scale: float, here: bool) -> Shape | None:
    points = [_on_paper(p.lon, p.lat, centre, scale) for p in grid.outline]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
        return None
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
    x, y = _on_paper(*_naming(grid), centre, scale)
    named = max(xs) - min(xs) > 40  # ours: below this the name is larger than the grid
    return Shape(path, grid.short if named else "", round(x, 1), round(y, 1) - NAME_ABOVE, here)


def _on_paper(lon: float, lat: float, centre: Wgs84, scale: float) -> tuple[float, float]:
    east = (lon - centre.lon) * METRES_A_DEGREE * math.cos(math.radians(centre.lat))
    north = (lat - centre.lat) * METRES_A_DEGREE
    return WIDTH / 2 + east * scale, HEIGHT / 2 - north * scale
