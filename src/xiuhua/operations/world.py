"""What an operation needs from around it: the moment, salts, the district's rules, the tables of moves.

Clock and salts are injected, so that a simulated year is the same on every machine. The district is read again when
a new edition or ruling has been saved.
"""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from xiuhua.domain.component_flow import COMPONENT_REQUEST
from xiuhua.domain.district import District
from xiuhua.domain.flow import CASE
from xiuhua.domain.moves import Table
from xiuhua.domain.people import Post
from xiuhua.operations import clock
from xiuhua.space.locate import Locator
from xiuhua.space.locators import Locators
from xiuhua.store.holdings import holds
from xiuhua.store.reference import current_edition, read_district

OWN_TABLES: Mapping[str, Table] = {table.kind: table for table in (CASE, COMPONENT_REQUEST)}
_LOOK_AGAIN_SECONDS = 1.0  # ours: a new edition is in force everywhere after this


@dataclass(frozen=True, slots=True)
class World:
    now: Callable[[], datetime]
    salt: Callable[[], str]
    district: District
    locators: Locators
    tables: Mapping[str, Table]
    holds: Callable[[str, Post, str, date], bool] = holds

    @property
    def today(self) -> date:
        """The district's."""
        return self.district.day_of(self.now())

    @property
    def locator(self) -> Locator:
        """As the grids are now: those that begin today hold from 00:00."""
        return self.locators.on(self.today)

    def locator_on(self, day: date) -> Locator:
        """As the grids were, or will be, on that day."""
        return self.locators.on(day)

    def table(self, kind: str) -> Table | None:
        return self.tables.get(kind)


def new_salt() -> str:
    return secrets.token_hex(16)


class _Current:
    """The district in force, kept in memory for this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._edition: tuple[int, int] | None = None
        self._looked = 0.0
        self._district: District | None = None
        self._locators: Locators | None = None

    def get(self) -> tuple[District, Locators]:
        with self._lock:
            if self._district is None or time.monotonic() - self._looked > _LOOK_AGAIN_SECONDS:
                self._refresh()
            assert self._district and self._locators  # noqa: S101 - set by _refresh
            return self._district, self._locators

    def _refresh(self) -> None:
        edition = current_edition()
        if edition != self._edition or self._district is None:
            before, self._district = self._district, read_district()
            self._edition = edition
            if before is None or before.version != self._district.version:  # a ruling changes no grid
                self._locators = Locators(self._district.grids, self._district.boundary_rules)
        self._looked = time.monotonic()

    def forget(self) -> None:
        with self._lock:
            self._edition = None
            self._looked = 0.0
            self._district = None


_current = _Current()


def forget() -> None:
    """Look at the store again at the next question, without waiting."""
    _current.forget()
    clock.forget()


def world(now: Callable[[], datetime] = clock.now, salt: Callable[[], str] = new_salt) -> World:
    """The world as it is now. Raises LookupError where no district has been loaded."""
    district, locators = _current.get()
    return World(now, salt, district, locators, {**OWN_TABLES, **district.tables})
