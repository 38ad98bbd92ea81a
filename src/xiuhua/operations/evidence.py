"""Which photos a move may name: those of its subject, and those that the mover sent and nobody has used."""

from collections.abc import Mapping

from xiuhua.domain.moves import FieldKind, Move
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal, Words
from xiuhua.store.photos import unusable

MOST_PHOTOS = 20  # ours, as in a notice: more show nothing new
MANY = Words("照片超过{it}张", "more than {it} photos")
PHOTO_UNUSABLE = Words(
    "照片“{it}”不存在，或不属于您和这一案件",
    "photo “{it}” is not there, or is neither yours nor this one's",
)


def photos_usable(
    move: Move | None, given: Mapping[str, Json], person: str, kind: str, number: str
) -> Refusal | None:
    """`number` is empty for a subject that begins; an unknown move is refused elsewhere."""
    for name in (f.name for f in move.fields if f.kind is FieldKind.PHOTOS) if move else ():
        ids = _ids(given.get(name))
        if len(ids) > MOST_PHOTOS:
            return Refusal("photos-many", MANY.filled(it=MOST_PHOTOS), name)
        wrong = unusable(ids, person, kind, number) if ids else None
        if wrong is not None:
            return Refusal("photo-unusable", PHOTO_UNUSABLE.filled(it=wrong), name)
    return None


def _ids(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
