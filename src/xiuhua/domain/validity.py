"""From which day to which day a fact holds: both days included, no last day means "until further notice".

A change takes effect at 00:00 of its first day, so on every day at most one of two successive facts holds.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def valid_on(fact: Dated, day: date) -> bool:
    return fact.valid_from <= day and (fact.valid_to is None or day <= fact.valid_to)


def those_valid_on(facts: Iterable[D], day: date) -> tuple[D, ...]:
    return tuple(fact for fact in facts if valid_on(fact, day))


def meet(one: Dated, other: Dated) -> bool:
    """Whether both hold on some day."""
    return (other.valid_to is None or one.valid_from <= other.valid_to) and (
        one.valid_to is None or other.valid_from <= one.valid_to
    )
