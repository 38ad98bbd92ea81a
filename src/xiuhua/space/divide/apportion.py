"""How many grids each street gets, by its load: Huntington and Hill's method of equal proportions.

It gives each street at least one, and no grid moved from one street to another would bring their loads per grid nearer
to each other in proportion, which is how balance is measured here. Largest remainders can take a grid from a street
because the total grew; this cannot. Source: Balinski and Young, Fair Representation (recall).
"""

import heapq
import math
from collections.abc import Sequence

from xiuhua.domain.words import Words, Wrong


def apportion(
    loads: Sequence[float], count: int, fixed: Sequence[int | None], most: Sequence[int]
) -> list[int]:
    """`fixed` is asked for by name; `most` is how many a street can have: one for each of its blocks."""
    shares = [1 if wanted is None else wanted for wanted in fixed]
    free = [place for place, wanted in enumerate(fixed) if wanted is None]
    left = count - sum(shares)
    queue = [(-_claim(loads[place], 1), place) for place in free if most[place] > 1]
    heapq.heapify(queue)
    while left and queue:
        _, place = heapq.heappop(queue)
        shares[place] += 1
        left -= 1
        if shares[place] < most[place]:
            heapq.heappush(queue, (-_claim(loads[place], shares[place]), place))
    if left:
        raise Wrong("count-not-met", _not_met(count, left))
    return shares


def _claim(load: float, held: int) -> float:
    return load / math.sqrt(held * (held + 1))


def _not_met(count: int, left: int) -> Words:
    return Words(
        f"要求 {count} 个网格，差 {left} 个无法满足",
        f"{count} grids were asked for; {left} of them do not fit",
    )
