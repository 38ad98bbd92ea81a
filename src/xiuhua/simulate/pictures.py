"""Invented photos: simple drawings with a time and a place in them, as a telephone would have sent them.

A sample of the cases has drawings of its own; the others share a stock, because thirty thousand pictures would fill
the disk of whoever tries the demo. Each photo has its own bytes, as received, by the time and place written into it.
"""

import hashlib
import io
import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image, ImageDraw

from xiuhua.domain.place import Wgs84
from xiuhua.domain.subject import By
from xiuhua.simulate.places import near
from xiuhua.store import sql
from xiuhua.store.photos import Stored, keep

SIZE: Final = (480, 360)
QUALITY: Final = 78
STOCK: Final = 12  # drawings of each sort
HAND_M: Final = 3  # the telephone is never quite where it was
MAKE, MODEL = "Xiuhua", "invented"
_START: Final = b"\xff\xd8"  # of a JPEG

SKIES = ((198, 216, 232), (221, 226, 228), (236, 214, 190), (70, 82, 104))
WALLS = ((196, 178, 156), (170, 160, 152), (206, 196, 180), (150, 164, 170))
GROUNDS = ((128, 128, 130), (150, 146, 140), (112, 118, 112))
MESS = ((92, 74, 52), (60, 90, 60), (170, 60, 50), (40, 70, 130), (210, 190, 90), (230, 230, 224))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture without metadata, and what is kept of it."""

    jpeg: bytes
    stored: Stored


@dataclass
class Pictures:
    """Photos taken by the people who play. `flush` writes their rows, before anything that names them is written."""

    salt: Callable[[], str]
    zone: ZoneInfo
    rng: random.Random
    _stock: dict[str, list[Drawing]] = field(default_factory=dict)
    _rows: dict[str, tuple[sql.Row, sql.Row]] = field(default_factory=dict)

    def prepare(self) -> None:
        """Draw the stock: the same for every day of a plan."""
        for state in ("before", "after"):
            self._stock[state] = [_kept(draw(state, self.rng)) for _ in range(STOCK)]

    def take(self, state: str, by: By, at: datetime, place: Wgs84, rng: random.Random, *, own: bool = False) -> str:
        """A photo of the matter "before" or "after" it was put right."""
        drawing = _kept(draw(state, rng)) if own else rng.choice(self._stock[state])
        spot = near(place, HAND_M, rng)
        jpeg = with_camera(drawing.jpeg, at.astimezone(self.zone), spot)
        photo = self.salt()
        received = hashlib.sha256(jpeg).hexdigest()
        kept = replace(drawing.stored, received=received, size=len(jpeg))
        self._rows[photo] = _rows(photo, kept, by, at, spot)
        return photo

    def flush(self) -> None:
        if self._rows:
            sql.insert("photo", _PHOTO, [row for row, _ in self._rows.values()])
            sql.insert("photo_meta", _META, [meta for _, meta in self._rows.values()])
            self._rows.clear()


_PHOTO = "id, received, stored, size, width, height, person, organisation, at, kind, number, released_by"
_META = "photo_id, taken_at, longitude, latitude, camera"


def _rows(photo: str, kept: Stored, by: By, at: datetime, spot: Wgs84) -> tuple[sql.Row, sql.Row]:
    row = (photo, kept.received, kept.stored, kept.size, kept.width, kept.height, by.person, by.organisation,
           sql.moment(at), "", "", "")  # fmt: skip
    meta = (photo, sql.moment(at.replace(microsecond=0)), round(spot.lon, 7), round(spot.lat, 7), f"{MAKE} {MODEL}")
    return row, meta


def _kept(image: Image.Image) -> Drawing:
    """Stored as every photo is: checked, stripped, with a thumbnail."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return Drawing(out.getvalue(), keep(io.BytesIO(out.getvalue())))


def with_camera(jpeg: bytes, at: datetime, place: Wgs84) -> bytes:
    """The same picture with a time and a place in it."""
    block = bytearray(_template())
    block[_where(_TIME) : _where(_TIME) + len(_TIME)] = f"{at:%Y:%m:%d %H:%M:%S}".encode()
    block[_where(_ZONE) : _where(_ZONE) + len(_ZONE)] = f"{at:%z}"[:3].encode() + b":" + f"{at:%z}"[3:].encode()
    for sentinel, value in ((_LAT, place.lat), (_LON, place.lon)):
        struct.pack_into(">6L", block, _where(_packed(sentinel)), *_degrees(value))
    return _START + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + bytes(block) + jpeg[len(_START) :]


# What stands in the template where time and place belong; writing it anew for every photo would take all the time.
_TIME, _ZONE = b"1900:01:02 03:04:05", b"+01:02"
_LAT, _LON = (11.0, 12.0, 13.0), (21.0, 22.0, 23.0)


@cache
def _template() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = MAKE, MODEL
    own = exif.get_ifd(ExifTags.IFD.Exif)
    own[ExifTags.Base.DateTimeOriginal], own[ExifTags.Base.OffsetTimeOriginal] = _TIME.decode(), _ZONE.decode()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _LAT
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _LON
    return exif.tobytes()


@cache
def _where(sentinel: bytes) -> int:
    return _template().index(sentinel)


def _packed(degrees: tuple[float, float, float]) -> bytes:
    return b"".join(struct.pack(">2L", int(part), 1) for part in degrees)


def _degrees(value: float) -> tuple[int, ...]:
    """Degrees, minutes and seconds as the fractions that EXIF wants."""
    degrees, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    return int(degrees), 1, int(minutes), 1, round(rest * 60 * 100_000), 100_000


def draw(state: str, rng: random.Random) -> Image.Image:
    """A wall, a pavement, a tree; and before it was put right, a mess."""
    image = Image.new("RGB", SIZE, rng.choice(SKIES))
    pen = ImageDraw.Draw(image)
    width, height = SIZE
    edge = rng.randrange(height // 2, height * 2 // 3)
    _walls(pen, edge, rng)
    pen.rectangle((0, edge, width, height), fill=rng.choice(GROUNDS))
    for line in range(edge, height, 36):
        pen.line((0, line, width, line + rng.randrange(-6, 6)), fill=(100, 100, 100))
    trunk = rng.randrange(40, width - 40)
    pen.rectangle((trunk, edge - 110, trunk + 14, edge + 20), fill=(90, 70, 50))
    pen.ellipse((trunk - 50, edge - 190, trunk + 64, edge - 80), fill=(70, 110 + rng.randrange(50), 70))
    if state == "before":
        _mess(pen, edge, rng)
    return image


def _walls(pen: ImageDraw.ImageDraw, edge: int, rng: random.Random) -> None:
    left = 0
    while left < SIZE[0]:
        wide = rng.randrange(120, 260)
        top = rng.randrange(20, edge - 90)
        pen.rectangle((left, top, left + wide, edge), fill=rng.choice(WALLS))
        for window in range(left + 16, left + wide - 30, 48):
            pen.rectangle((window, top + 24, window + 26, top + 60), fill=(88, 104, 120))
        left += wide


def _mess(pen: ImageDraw.ImageDraw, edge: int, rng: random.Random) -> None:
    across, down = rng.randrange(100, SIZE[0] - 160), rng.randrange(edge + 20, SIZE[1] - 60)
    for _ in range(rng.randrange(14, 40)):
        x, y = across + int(rng.gauss(0, 60)), down + int(rng.gauss(0, 22))
        big = rng.randrange(8, 34)
        shape = rng.choice((pen.ellipse, pen.rectangle))
        shape((x, y, x + big, y + int(big * rng.uniform(0.5, 1.2))), fill=rng.choice(MESS))
