"""Photos: bytes outside the database under the digest of their content, rows of what is known of them.

What is kept is made anew from the pixels: turned upright, without metadata, so nothing hides in it. A file appears
whole or not at all. Leaves out: who may send or see one.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image, ImageOps

from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Words, Wrong
from xiuhua.store import sql
from xiuhua.store.models import PhotoMetaRow, PhotoRow
from xiuhua.store.photo_meta import Camera, camera_of

MOST_BYTES = 15_000_000  # ours: a telephone's best photo has 12 MB
MOST_PIXELS = 50_000_000  # ours: so do its 48 megapixels; decoded they are 150 MB
MOST_SIDE = 65_500  # a JPEG cannot be wider or higher
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 90  # ours: no difference that an eye finds
THUMBNAIL = (320, 320)
_CHUNK = 64 * 1024

Image.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is checked here, before anything is decoded

TOO_LARGE = Words("照片超过{it}MB", "the photo is larger than {it} MB")
TOO_MANY_PIXELS = Words("照片超过{it}万像素", "the photo has more than {it} million pixels")
NOT_A_PHOTO = Words("只接收 JPEG、PNG、WebP 照片", "only JPEG, PNG and WebP photos are taken")
BROKEN = Words("照片已损坏或不完整", "the photo is damaged or not complete")
EMPTY = Words("照片是空文件", "the photo is empty")


@dataclass(frozen=True, slots=True)
class Stored:
    """A photo whose bytes are safe on disk; its row is not written yet."""

    received: str
    stored: str
    size: int
    width: int
    height: int
    camera: Camera


def folder() -> Path:
    return Path(settings.XIUHUA_HOME) / "photos"


def file_of(stored: str, *, small: bool = False) -> Path:
    return folder() / stored[:2] / f"{stored}{'.small' if small else ''}.jpg"


def keep(stream: IO[bytes]) -> Stored:
    """Read, check, strip and store one photo. Raises Wrong for what cannot be taken, OSError where the disk is full."""
    with _draft() as arriving:
        received, size = _received(stream, arriving)
        return _stripped(arriving, received, size)


def _received(stream: IO[bytes], arriving: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise Wrong("photo-large", TOO_LARGE.filled(it=MOST_BYTES // 1_000_000), "file")
        digest.update(chunk)
        arriving.write(chunk)
    if not size:
        raise Wrong("photo-broken", EMPTY, "file")
    arriving.seek(0)
    return digest.hexdigest(), size


def _stripped(arriving: IO[bytes], received: str, size: int) -> Stored:
    with _opened(arriving) as image:
        camera = camera_of(image)
        upright = _pixels(image)
    stored = _put(upright)
    return Stored(received, stored, size, *upright.size, camera)


def _opened(arriving: IO[bytes]) -> Image.Image:
    """Only the head of the file is read: its kind and its size."""
    try:
        image = Image.open(arriving, formats=FORMATS)
    except Exception:  # a decoder may raise anything on hostile bytes
        raise Wrong("photo-kind", NOT_A_PHOTO, "file") from None
    if image.width * image.height > MOST_PIXELS or max(image.size) > MOST_SIDE:
        image.close()
        raise Wrong(
            "photo-pixels",
            Words(
                TOO_MANY_PIXELS.zh.format(it=MOST_PIXELS // 10_000),
                TOO_MANY_PIXELS.en.format(it=MOST_PIXELS // 1_000_000),
            ),
            "file",
        )
    return image


def _pixels(image: Image.Image) -> Image.Image:
    try:
        image.load()
        upright = ImageOps.exif_transpose(image).convert("RGB")
    except Exception:  # as above
        raise Wrong("photo-broken", BROKEN, "file") from None
    upright.info.clear()  # a comment or a profile would be written again
    return upright


def _put(upright: Image.Image) -> str:
    """The copy and its thumbnail, under the copy's digest. Two equal photos are one file."""
    with _draft() as copy:
        upright.save(copy, "JPEG", quality=QUALITY)
        copy.seek(0)
        stored = hashlib.sha256(copy.read()).hexdigest()
        small = upright.copy()
        small.thumbnail(THUMBNAIL)
        with _draft() as thumbnail:
            small.save(thumbnail, "JPEG", quality=QUALITY)
            _settle(thumbnail, file_of(stored, small=True))
        _settle(copy, file_of(stored))
    return stored


@contextmanager
def _draft() -> Iterator[IO[bytes]]:
    """A file on the same disk that is gone afterwards, unless it was settled."""
    arriving = folder() / "arriving"
    arriving.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=arriving, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _settle(draft: IO[bytes], target: Path) -> None:
    draft.flush()
    os.fsync(draft.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(draft.name).replace(target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# rows


def add_row(photo: str, stored: Stored, person: str, organisation: str, at: datetime) -> None:
    row = PhotoRow.objects.create(
        id=photo, received=stored.received, stored=stored.stored, size=stored.size, width=stored.width,
        height=stored.height, person=person, organisation=organisation, at=at,
    )  # fmt: skip
    camera, place = stored.camera, stored.camera.place
    PhotoMetaRow.objects.create(
        photo=row, taken_at=camera.taken_at, camera=camera.name,
        longitude=place.lon if place else None, latitude=place.lat if place else None,
    )  # fmt: skip


def photo_facts(photo: str) -> tuple[datetime | None, Wgs84 | None]:
    """When and where the camera says it was taken."""
    row = sql.one("SELECT taken_at, longitude, latitude FROM photo_meta WHERE photo_id = %s", [photo])
    if row is None:
        return None, None
    at, lon, lat = row
    return (None if at is None else sql.moment_read(at)), (None if lon is None or lat is None else Wgs84(lon, lat))


def unusable(ids: Iterable[str], person: str, kind: str, number: str) -> str | None:
    """The first photo that is not there, or is neither this person's own and still free, nor this subject's."""
    wanted = list(dict.fromkeys(ids))
    found = {
        row[0]: row[1:] for row in PhotoRow.objects.filter(pk__in=wanted).values_list("id", "person", "kind", "number")
    }
    return next((i for i in wanted if not _usable(found.get(i), person, (kind, number))), None)


def _usable(row: tuple[str, ...] | None, person: str, subject: tuple[str, str]) -> bool:
    if row is None:
        return False
    sender, of = row[0], (row[1], row[2])
    return of == subject if of != ("", "") else sender == person


def link(ids: Iterable[str], kind: str, number: str) -> None:
    """From its first use on a photo belongs to that subject."""
    wanted = list(ids)
    if wanted:
        sql.many(f"{_LINK} ({sql.marks(wanted)})", [(kind, number, *wanted)])


# raw: every move with a photo passes here
_LINK = "UPDATE photo SET kind = %s, number = %s WHERE number = '' AND id IN"
