"""A little ground for the little district: two roads that cross, a river, a park, an estate, lamps with pole numbers."""

import json
from datetime import date

import shapely

from tests.cast import COVER, LAMP
from xiuhua.maps import density, gazetteer, skeleton
from xiuhua.maps.kept import tiles
from xiuhua.store.models import ComponentRow, FeatureRow, NamedPlaceRow

DAY = date(2020, 1, 1)
WEST_EAST = [(110.0005, 30.0025), (110.0295, 30.0025)]
SOUTH_NORTH = [(110.0045, 30.0005), (110.0045, 30.0295)]
POLE = "D-0042"


def forget() -> None:
    density.forget()
    gazetteer.forget()
    skeleton.forget()
    tiles.forget()


def lay() -> None:
    """Into the database, beside whatever is there."""
    forget()
    feature("road", "r1", "primary", "绣云路", "Xiuyun Road", shapely.LineString(WEST_EAST), 8, width_m=11.0)
    feature("road", "r2", "secondary", "东一路", "East First Road", shapely.LineString(SOUTH_NORTH), 10, width_m=6.5, road="R2")
    feature("water", "w1", "river", "小清河", "Little Clear River", shapely.LineString([(110, 30.02), (110.03, 30.021)]))
    feature("green", "g1", "park", "人民公园", "People's Park", shapely.box(110.006, 30.006, 110.009, 30.009))
    feature("land", "l1", "estate", "锦绣苑", "Jinxiu Estate", shapely.box(110.001, 30.001, 110.004, 30.0022))
    feature("building", "b1", "residential", "", "", shapely.box(110.0015, 30.0013, 110.0018, 30.0016), zoom=15)
    _place("p1", "poi", "东市场", "East Market", 110.0052, 30.0030, use="market", aliases="菜市场\n老东市")
    _place("p2", "poi", "第一小学", "First Primary School", 110.0021, 30.0081, use="school")
    for number in (2, 4, 5, 8, 18):
        side = 0.0002 if number % 2 else -0.0002
        name = f"绣云路{number}号"
        _place(f"n{number}", "plate", name, "", 110.0005 + number * 0.0004, 30.0025 + side, road="绣云路", plate=str(number))
    components([(110.001 + i * 0.0004, 30.0027, LAMP, f"D-{i:04d}") for i in range(45)])
    components([(110.0025, 30.0024, COVER, "")], first=9000)


def components(rows: list[tuple[float, float, str, str]], first: int = 1) -> None:
    ComponentRow.objects.bulk_create(
        ComponentRow(
            code=f"9901010101{number:06d}", class_key=class_key, name="部件", longitude=lon, latitude=lat,
            state="intact", accuracy="A", origin="surveyed", recorded=DAY, label=label, owner="works", survey="s1",
        )
        for number, (lon, lat, class_key, label) in enumerate(rows, start=first)
    )  # fmt: skip


def feature(
    layer: str, code: str, kind: str, zh: str, en: str, shape: shapely.Geometry, zoom: int = 0, **attributes: str | float
) -> None:
    west, south, east, north = shapely.bounds(shape).tolist()
    FeatureRow.objects.create(
        layer=layer, code=code, kind=kind, name_zh=zh, name_en=en, zoom=zoom, west=west, south=south, east=east,
        north=north, shape=shapely.to_wkb(shape), attributes=json.dumps(attributes),
    )  # fmt: skip


def _place(code: str, kind: str, zh: str, en: str, lon: float, lat: float, **more: str) -> None:
    NamedPlaceRow.objects.create(
        code=code, kind=kind, name_zh=zh, name_en=en, longitude=lon, latitude=lat, valid_from=DAY, **more
    )
