"""What a move does beside its own subject, such as adding a component: in the transaction of the move, or not at all.

An effect looks at the decided change, writes, and answers with facts that the subject is to keep, or None. A refusal
takes back what the effect wrote, and the move is not made. Nothing but reference data may be touched here: another
subject is moved by a move of its own.
"""

from collections.abc import Callable, Mapping
from typing import Final

from django.db import transaction

from xiuhua.domain.case import KIND as CASE
from xiuhua.domain.component_flow import KIND as COMPONENT_REQUEST
from xiuhua.domain.subject import Json
from xiuhua.domain.words import Refusal
from xiuhua.operations import change_grids, component_requests
from xiuhua.operations.world import World
from xiuhua.store.saving import Change

Effect = Callable[[Change, World], Mapping[str, Json] | Refusal | None]
# a move that many make and few with an effect: only where this fact is set
ONLY_WITH: Final[dict[tuple[str, str], str]] = {(CASE, "accept"): "component"}
EFFECTS: Final[dict[tuple[str, str], Effect]] = {  # by kind and move
    (CASE, "accept"): component_requests.named,
    **change_grids.EFFECTS,
    (COMPONENT_REQUEST, "request"): component_requests.located,
    (COMPONENT_REQUEST, "survey"): component_requests.located,
    (COMPONENT_REQUEST, "add"): component_requests.added,
    (COMPONENT_REQUEST, "find-known"): component_requests.found_known,
}


def effected(change: Change, world: World) -> Mapping[str, Json] | Refusal:
    """The facts that the move's effect adds; empty where it has none."""
    move = (change.transition.kind, change.transition.move)
    effect = EFFECTS.get(move)
    if effect is None or (move in ONLY_WITH and not change.transition.patch.facts.get(ONLY_WITH[move])):
        return {}
    with transaction.atomic():
        answer = effect(change, world)
        if isinstance(answer, Refusal):
            transaction.set_rollback(True)
    return {} if answer is None else answer
