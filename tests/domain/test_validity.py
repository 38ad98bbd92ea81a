from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.domain.validity import meet, those_valid_on, valid_on


@dataclass(frozen=True)
class Fact:
    valid_from: date
    valid_to: date | None


MARCH = Fact(date(2023, 3, 1), date(2023, 3, 31))
FROM_APRIL = Fact(date(2023, 4, 1), None)


@pytest.mark.parametrize(
    ("day", "march", "from_april"),
    [
        (date(2023, 2, 28), False, False),
        (date(2023, 3, 1), True, False),
        (date(2023, 3, 31), True, False),
        (date(2023, 4, 1), False, True),
        (date(2030, 1, 1), False, True),
    ],
)
def test_first_and_last_day_are_included(day: date, march: bool, from_april: bool) -> None:
    assert (valid_on(MARCH, day), valid_on(FROM_APRIL, day)) == (march, from_april)
    assert those_valid_on((MARCH, FROM_APRIL), day) == (MARCH,) * march + (FROM_APRIL,) * from_april


DAYS = st.dates(date(2023, 1, 1), date(2023, 1, 12))
FACTS = st.builds(Fact, DAYS, st.none() | DAYS).filter(
    lambda f: f.valid_to is None or f.valid_to >= f.valid_from
)


@given(FACTS, FACTS)
def test_two_facts_meet_where_a_day_has_both(one: Fact, other: Fact) -> None:
    days = [date(2023, 1, 1 + n) for n in range(20)]
    assert meet(one, other) == any(valid_on(one, d) and valid_on(other, d) for d in days)
    assert meet(one, other) == meet(other, one)
