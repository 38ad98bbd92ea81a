"""How often one account may ask: a bucket that fills with time. Kept by each process, so two processes allow twice."""

import threading
import time
from collections.abc import Callable

PER_SECOND = 200.0  # ours: a hotline adapter that catches up after an outage; a program that runs wild is stopped
BURST = 1000.0
_MOST_KNOWN = 10_000


class Buckets:
    def __init__(
        self, per_second: float = PER_SECOND, burst: float = BURST, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second, self._burst, self._now = per_second, burst, now
        self._lock = threading.Lock()
        self._known: dict[int, tuple[float, float]] = {}

    def wait(self, account: int) -> float:
        """Zero where this request may go on; otherwise the seconds until the next one may."""
        with self._lock:
            at = self._now()
            left, before = self._known.get(account, (self._burst, at))
            left = min(self._burst, left + (at - before) * self._per_second)
            if left < 1:
                self._known[account] = (left, at)
                return (1 - left) / self._per_second
            self._known[account] = (left - 1, at)
            if len(self._known) > _MOST_KNOWN:
                self._forget(at)
            return 0.0

    def _forget(self, at: float) -> None:
        """Buckets that are full again say nothing."""
        full_after = self._burst / self._per_second
        self._known = {a: kept for a, kept in self._known.items() if at - kept[1] < full_after}
