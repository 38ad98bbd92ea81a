"""What a camera wrote into a photo: when, where, which one. Whatever cannot be read counts as not written."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

from xiuhua.domain.place import Wgs84

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Camera:
    """`taken_at` is naive where the camera gave no offset; a district's zone makes it a moment."""

    taken_at: datetime | None = None
    place: Wgs84 | None = None
    name: str = ""

    def in_zone(self, zone: ZoneInfo) -> "Camera":
        if self.taken_at is None or self.taken_at.tzinfo is not None:
            return self
        return Camera(self.taken_at.replace(tzinfo=zone), self.place, self.name)


def camera_of(image: Image.Image) -> Camera:
    try:
        exif = image.getexif()
        base, own, gps = dict(exif), exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # a decoder may raise anything on hostile bytes
        return Camera()
    name = " ".join(_text(base.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    return Camera(_taken(own, base), _place(gps), name.strip()[:LONGEST_NAME])


def _text(value: Any) -> str:
    """Printable characters only: this goes into a row."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    return "".join(c for c in text if c.isprintable()).strip()


def _taken(own: dict[int, Any], base: dict[int, Any]) -> datetime | None:
    said = _text(own.get(ExifTags.Base.DateTimeOriginal) or base.get(ExifTags.Base.DateTime))
    try:
        wall = datetime.strptime(said[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - its zone follows
    except ValueError:
        return None
    offset = _text(own.get(ExifTags.Base.OffsetTimeOriginal))
    try:
        return datetime.strptime(f"{wall.isoformat()}{offset}", "%Y-%m-%dT%H:%M:%S%z") if offset else wall
    except ValueError:
        return wall


def _place(gps: dict[int, Any]) -> Wgs84 | None:
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None
    return Wgs84(round(lon, 7), round(lat, 7))


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        return None
    return -value if _text(side).upper().startswith(negative) else value
