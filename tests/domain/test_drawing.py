"""Large things are drawn early, small things late."""

import pytest

from xiuhua.domain.drawing import NEAREST, ZOOMS, zoom_of
from xiuhua.domain.ground import Layer


@pytest.mark.parametrize(
    ("layer", "kind", "zoom"),
    [
        (Layer.ROAD, "motorway", 8),
        (Layer.ROAD, "primary", 9),
        (Layer.ROAD, "secondary", 11),
        (Layer.ROAD, "residential", 13),
        (Layer.ROAD, "lane", 15),
        (Layer.WATER, "river", 8),
        (Layer.GREEN, "park", 11),
        (Layer.LAND, "school", 13),
        (Layer.BUILDING, "building", 15),
        (Layer.ROAD, "bridleway", NEAREST),
    ],
)
def test_a_kind_is_drawn_from_its_zoom_on(layer: Layer, kind: str, zoom: int) -> None:
    assert zoom_of(layer, kind) == zoom


def test_a_greater_road_is_never_drawn_later_than_a_smaller_one() -> None:
    order = ["motorway", "trunk", "primary", "secondary", "tertiary", "residential", "living_street", "lane"]
    zooms = [zoom_of(Layer.ROAD, kind) for kind in order]
    assert zooms == sorted(zooms)


def test_every_layer_has_a_table() -> None:
    assert ZOOMS.keys() == set(Layer)
