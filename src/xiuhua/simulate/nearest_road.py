"""The named road nearest to a point, from the base map where it is loaded; without it nobody knows."""

from collections.abc import Mapping
from typing import Final

import shapely

from xiuhua.domain.district import District, Road
from xiuhua.domain.ground import Layer
from xiuhua.domain.place import Wgs84
from xiuhua.space.metres import Metres
from xiuhua.store.queries.features import features_of_layer

NEAR_M: Final = 120.0  # ours: whoever stands further away names something else


class NearestRoad:
    def __init__(self, district: District) -> None:
        known: Mapping[str, Road] = {road.code: road for road in district.roads}
        pieces = [
            one.feature
            for one in features_of_layer(Layer.ROAD)
            if one.feature.attributes.get("road") in known
        ]
        self._roads = [known[str(piece.attributes["road"])] for piece in pieces]
        shapes = shapely.from_wkb([piece.shape for piece in pieces])
        self._metres = Metres(float(shapely.total_bounds(shapes)[1])) if pieces else Metres(0.0)
        self._tree = shapely.STRtree([self._metres.flat(shape) for shape in shapes])

    def __bool__(self) -> bool:
        return bool(self._roads)

    def at(self, place: Wgs84) -> Road | None:
        point = self._metres.flat(shapely.Point(place.lon, place.lat))
        found = self._tree.query_nearest(point, max_distance=NEAR_M, all_matches=False)
        return self._roads[found[0]] if len(found) else None
