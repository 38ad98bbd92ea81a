"""Look at the register of components: near a place, by what is written on them, in a list, one with its past.

Components are no personal data; every post that sees cases sees them all. Who changed one is a name, and names of the
centre's people are not for the units.
"""

from collections.abc import Sequence
from dataclasses import replace

from xiuhua.domain.people import Right, Side
from xiuhua.domain.place import Wgs84
from xiuhua.domain.words import Refusal
from xiuhua.operations.acting import Acting
from xiuhua.operations.components import unknown
from xiuhua.store.queries import components as queries
from xiuhua.store.queries.component_list import After, ComponentPage, Wanted
from xiuhua.store.queries.component_list import listed as page_of
from xiuhua.store.queries.components import Near, WholeComponent

NEAREST_M, FARTHEST_M = 5.0, 200.0  # ours: a pavement's width; a block's length


def nearest(
    acting: Acting, place: Wgs84, radius_m: float, classes: Sequence[str] = (), most: int = 50
) -> tuple[Near, ...] | Refusal:
    return acting.lacks(Right.SEE_COMPONENTS) or queries.near(place, radius_m, classes, most)


def listed(acting: Acting, wanted: Wanted, beyond: After | None = None, size: int = 50) -> ComponentPage | Refusal:
    return acting.lacks(Right.SEE_COMPONENTS) or page_of(wanted, beyond, size)


def whole(acting: Acting, code: str) -> WholeComponent | Refusal:
    lacking = acting.lacks(Right.SEE_COMPONENTS)
    if lacking:
        return lacking
    found = queries.whole_component(code)
    if found is None:
        return unknown(code)
    if acting.post.side is Side.CENTRE:
        return found
    return replace(found, past=tuple(replace(one, ended_by="") for one in found.past))
