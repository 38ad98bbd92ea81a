"""Make a photo public, or take that back: a person decides, by right, and the journal says who."""

from dataclasses import dataclass
from datetime import datetime

from xiuhua.domain.journal import Journal
from xiuhua.domain.people import Right
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting
from xiuhua.operations.attach import PHOTO_UNKNOWN
from xiuhua.operations.journal import record
from xiuhua.operations.world import World
from xiuhua.store.lock import writing
from xiuhua.store.models import PhotoRow


@dataclass(frozen=True, slots=True)
class Released:
    id: str
    released_at: datetime | None


def release(photo: str, acting: Acting, world: World, *, public: bool = True) -> Released | Refusal:
    lacking = acting.lacks(Right.RELEASE_PHOTO)
    if lacking:
        return lacking
    with writing():
        row = PhotoRow.objects.filter(pk=photo).first()
        if row is None:
            return PHOTO_UNKNOWN
        if bool(row.released_at) is not public:
            row.released_at = world.now() if public else None
            row.released_by = acting.username if public else ""
            row.save(update_fields=["released_at", "released_by"])
            record(Journal.PHOTO, photo, "release" if public else "withdraw", acting.by, {}, world)
    return Released(photo, row.released_at)
