"""Whether coordinates can be what their coordinate system says: degrees taken for metres, a wrong zone, no number."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from xiuhua.space.layers.crs import FALSE_EASTING_M, ZONE_PLAIN, ZONE_PREFIXED, ZONES, Crs, guess, zone_of
from xiuhua.space.layers.projection import Shapes
from xiuhua.space.layers.wrong import wrong

MARGIN_DEGREES: Final = 3.0  # ours: a city beside the border of its zone keeps one zone


def plausible(shapes: Shapes, crs: Crs, features: npt.NDArray[np.int64]) -> None:
    pairs, index = shapely.get_coordinates(shapes, return_index=True)
    if not len(pairs):
        return
    finite = np.isfinite(pairs).all(axis=1)
    if not finite.all():
        raise wrong("not-numbers", "geometry", feature=features[index[~finite][0]])
    large = (np.abs(pairs) > (180, 90)).any(axis=1)
    if crs.projected and not large.any():
        raise wrong("degrees-not-metres", "crs", crs=crs.name, **_at(pairs, index, features, 0))
    if not crs.projected and large.any():
        where = int(np.flatnonzero(large)[0])
        if (np.abs(pairs) <= (90, 180)).all():
            raise wrong("turned", "crs", **_at(pairs, index, features, where))
        hint = guess(float(pairs[where, 0]))
        raise wrong("metres-not-degrees", "crs", crs=crs.name, hint=hint, **_at(pairs, index, features, where))
    if crs.projected and crs.area:
        _in_area(pairs, crs, lambda where: _at(pairs, index, features, where))


def _at(pairs: Any, index: Any, features: Any, where: int) -> dict[str, object]:
    x, y = pairs[where]
    return {"feature": int(features[index[where]]), "x": round(float(x), 3), "y": round(float(y), 3)}


def _in_area(pairs: Any, crs: Crs, at: Any) -> None:
    """A wrong zone puts a layer hundreds of kilometres away without a word; here it is refused."""
    outside = np.flatnonzero(beyond(crs, crs.to_wgs84(pairs)))
    if len(outside):
        where = int(outside[0])
        raise wrong("outside-crs", "crs", crs=crs.name, hint=_other(crs, float(pairs[where, 0])), **at(where))


def beyond(crs: Crs, degrees: Any) -> npt.NDArray[np.bool_]:
    """Which points lie outside the area of the system, with a margin."""
    west, south, east, north = crs.area or (-180.0, -90.0, 180.0, 90.0)
    lon, lat = degrees.T
    wide = (west - MARGIN_DEGREES <= lon) & (lon <= east + MARGIN_DEGREES) if west <= east else np.ones(len(lon), bool)
    inside = wide & (south - MARGIN_DEGREES <= lat) & (lat <= north + MARGIN_DEGREES)
    return ~np.asarray(inside, dtype=bool)


def _other(crs: Crs, x: float) -> str:
    """With and without the zone before the easting are often confused."""
    code = int(crs.name.removeprefix("EPSG:")) if crs.name.startswith("EPSG:") else 0
    zone = code - ZONE_PREFIXED
    if 0 <= zone < len(ZONES) and abs(x) < 2 * FALSE_EASTING_M:
        return f"--crs EPSG:{ZONE_PLAIN + zone}"
    return guess(x)


def home(crs: Crs, lon: float) -> str:
    """An option that suits the place, for a layer that does not lie in the system asked for."""
    return f"EPSG:{ZONE_PLAIN + zone_of(lon) - ZONES.start}"
