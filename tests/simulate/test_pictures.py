"""Invented photos are read like any other: with the time and place that were written into them."""

import io
import random
from datetime import datetime
from zoneinfo import ZoneInfo

from PIL import Image, ImageChops

from xiuhua.domain.place import Wgs84, distance_m
from xiuhua.simulate.pictures import SIZE, draw, with_camera
from xiuhua.store.photo_meta import camera_of

AT = datetime(2023, 3, 3, 8, 9, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PLACE = Wgs84(116.5812345, 35.4212345)


def jpeg() -> bytes:
    out = io.BytesIO()
    draw("before", random.Random(1)).save(out, "JPEG")
    return out.getvalue()


def test_time_and_place_are_read_back() -> None:
    camera = camera_of(Image.open(io.BytesIO(with_camera(jpeg(), AT, PLACE))))
    assert camera.taken_at == AT
    assert camera.place is not None
    assert distance_m(camera.place, PLACE) < 0.1


def test_the_picture_itself_stays_the_same() -> None:
    plain, marked = Image.open(io.BytesIO(jpeg())), Image.open(io.BytesIO(with_camera(jpeg(), AT, PLACE)))
    assert plain.size == SIZE
    assert ImageChops.difference(plain, marked).getbbox() is None


def test_drawings_differ() -> None:
    rng = random.Random(1)
    drawn = {draw(state, rng).tobytes() for state in ("before", "after") for _ in range(20)}
    assert len(drawn) == 40
