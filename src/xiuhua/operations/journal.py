"""Write down what happened beside the registers: who changed an account, a token, reference data, or looked at persons.

The entry lies in the same chain store as the moves: hashed, chained per number, sealed, verified.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from xiuhua.domain.journal import Journal, chain_of, entry
from xiuhua.domain.subject import GENESIS, By, Json, Transition
from xiuhua.store import sql
from xiuhua.store.lock import writing
from xiuhua.store.saving import append

if TYPE_CHECKING:  # the world has a clock, and setting the clock is written down here
    from xiuhua.operations.world import World

_TRIES = 20  # ours: as many may write into the same chain at the same moment
_LAST = "SELECT sequence, digest FROM transition WHERE kind = %s AND number = %s ORDER BY sequence DESC LIMIT 1"


def record(kind: Journal, number: str, move: str, by: By, facts: Mapping[str, Json], world: "World") -> Transition:
    return record_at(kind, number, move, by, facts, world.now())


def last_sequence(kind: Journal, number: str) -> int:
    """Of the entries about this number; 0 where there is none."""
    return int((sql.one(_LAST, [kind.value, chain_of(number)]) or (0,))[0])


def record_at(kind: Journal, number: str, move: str, by: By, facts: Mapping[str, Json], at: datetime) -> Transition:
    """Joins the caller's transaction, so that what was changed and its entry are there together or not at all."""
    for left in reversed(range(_TRIES)):
        try:
            with writing(), transaction.atomic():
                sequence, head = sql.one(_LAST, [kind.value, chain_of(number)]) or (0, GENESIS)
                written = entry(kind, number, sequence + 1, move, by, at, facts)
                append(written, head)
                return written
        except IntegrityError:  # another wrote into this chain at the same moment
            if not left:
                raise
    raise AssertionError("a journal needs at least one try")
