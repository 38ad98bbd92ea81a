"""Begin a subject of any kind: give it the next number of the day, then make its first move."""

from dataclasses import replace

from django.db import IntegrityError

from xiuhua.domain.case import KIND
from xiuhua.domain.codes import CaseNumber
from xiuhua.domain.words import Refusal
from xiuhua.operations.evidence import photos_usable
from xiuhua.operations.move import UNKNOWN_KIND, Asked, Done, answered, repeated, write
from xiuhua.operations.world import World
from xiuhua.store.loading import blank, next_in_series
from xiuhua.store.lock import writing


def begin(asked: Asked, world: World) -> Done | Refusal:
    table = world.table(asked.kind)
    if table is None:
        return UNKNOWN_KIND
    try:
        with writing():
            answer = None if asked.request else repeated(asked)  # a notice's was looked for before it was judged
            if answer is not None:
                return answer
            unusable = photos_usable(table.moves.get(asked.move), asked.given, asked.by.person, asked.kind, "")
            if unusable:
                return unusable
            with_number = numbered(asked, world)
            return write(table, blank(asked.kind, with_number.number), with_number, world)
    except IntegrityError:  # the same key at the same moment on another connection: its answer is ours
        return answered(asked)


def numbered(asked: Asked, world: World) -> Asked:
    """With the next number of the day, in the district's own time zone; each kind has a series of its own."""
    day = world.district.day_of(world.now())
    division = world.district.division
    series = f"{division}-{day:%Y%m%d}" if asked.kind == KIND else f"{asked.kind}-{day:%Y%m%d}"
    sequence = next_in_series(series)
    number = (
        CaseNumber(division, day, sequence).format() if asked.kind == KIND else f"{series}-{sequence:05d}"
    )
    return replace(asked, number=number, new=True)
