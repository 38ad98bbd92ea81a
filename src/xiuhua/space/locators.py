"""A Locator for any day: made once for each period in which no grid and no border changes, a few are kept.

So midnight costs nothing where nothing takes effect, and past days can be asked beside today.
"""

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from xiuhua.domain.boundary import BoundaryRule
from xiuhua.domain.grid import Grids
from xiuhua.domain.validity import Dated
from xiuhua.space.locate import Locator

MOST_KEPT: Final = 6  # ours: today, tomorrow, and the past days that a report compares; some MB each


class Locators:
    def __init__(self, grids: Grids, rules: Sequence[BoundaryRule] = ()) -> None:
        self._grids, self._rules = grids, rules
        dated: tuple[Dated, ...] = (*grids.grids, *rules)
        ends = {one.valid_to + timedelta(days=1) for one in dated if one.valid_to not in (None, date.max)}
        self._changes = sorted({one.valid_from for one in dated} | ends)
        self._kept: OrderedDict[int, Locator] = OrderedDict()
        self._lock = threading.Lock()

    def on(self, day: date) -> Locator:
        period = bisect_right(self._changes, day)
        with self._lock:
            found = self._kept.get(period)
            if found is None:
                found = self._kept[period] = Locator(self._grids, day, self._rules)
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(period)
            return found
