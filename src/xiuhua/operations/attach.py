"""A photo arrives: keep its bytes, then write its row. It belongs to its sender until a move names it.

The bytes come first: a row never points at nothing. A file without a row, after a crash between, is harmless.
"""

import errno
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from xiuhua.domain.people import Right
from xiuhua.domain.subject import By
from xiuhua.domain.words import Refusal, Words, Wrong
from xiuhua.operations.acting import Acting
from xiuhua.operations.seeing import in_view
from xiuhua.operations.world import World
from xiuhua.store.lock import writing
from xiuhua.store.models import PhotoRow
from xiuhua.store.photos import add_row, file_of, keep

PHOTO_UNKNOWN = Refusal(
    "photo-unknown",
    Words("没有这张照片，或不在您的范围内", "there is no such photo, or it is not yours to see"),
    "photo",
)
DISK_FULL = Refusal("disk-full", Words("磁盘已满，未保存", "the disk is full; nothing was saved"))
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Attached:
    """`received` is the digest of the bytes as they came, `stored` of the copy that is kept."""

    id: str
    received: str
    stored: str
    size: int
    width: int
    height: int


def attach(stream: IO[bytes], by: By, world: World) -> Attached | Refusal:
    try:
        stored = keep(stream)
    except Wrong as wrong:
        return wrong.refusal()
    except OSError as error:
        if error.errno in NO_SPACE:
            return DISK_FULL
        raise
    placed = replace(stored, camera=stored.camera.in_zone(world.district.time_zone))
    photo = world.salt()
    with writing():
        add_row(photo, placed, by.person, by.organisation, world.now())
    return Attached(photo, stored.received, stored.stored, stored.size, stored.width, stored.height)


# An id never gets other bytes, but a right to see it can end: after five minutes a browser asks again.
CACHED: Final = "private, max-age=300"  # ours


def photo_file(photo: str, acting: Acting | None, *, small: bool = False) -> Path | Refusal:
    """The file, for whoever sees its subject, whoever sent it, and everybody once it was released."""
    row = PhotoRow.objects.filter(pk=photo).first()
    if row is None or not (row.released_at or (acting and _seen(row, acting))):
        return PHOTO_UNKNOWN
    return file_of(row.stored, small=small)


def _seen(row: PhotoRow, acting: Acting) -> bool:
    if not row.number:
        return row.person == acting.username or acting.may(Right.SEE_ALL_CASES)
    return in_view(row.kind, row.number, acting)
