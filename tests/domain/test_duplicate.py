from datetime import UTC, datetime, timedelta

import pytest

from xiuhua.domain.codes import ClassKey, Kind
from xiuhua.domain.duplicate import DEFAULT, DedupeRule, DedupeRules, OpenCase, Shape, duplicate_of
from xiuhua.domain.place import Wgs84

NOON = datetime(2023, 3, 1, 4, 0, tzinfo=UTC)
HERE = Wgs84(116.5, 35.4)
METRE = 1 / 111_195  # degrees of latitude
E = "gbt30428-2013"
REFUSE, STALL, KERB = (
    ClassKey(E, Kind.EVENT, "0105"),
    ClassKey(E, Kind.EVENT, "0405"),
    ClassKey(E, Kind.COMPONENT, "0201"),
)
POINT = DedupeRule("*", "g", Shape.POINT, 30, 24)
LINEAR = DedupeRule("*", "g", Shape.LINEAR, 80, 48)


def north(metres: float) -> Wgs84:
    return Wgs84(HERE.lon, HERE.lat + metres * METRE)


def case(number: str = "1", group: str = "g", metres: float = 0, hours: float = 0) -> OpenCase:
    return OpenCase(number, group, north(metres), NOON - timedelta(hours=hours), "dispatched")


@pytest.mark.parametrize(
    ("rule", "group", "metres", "hours", "same"),
    [
        (POINT, "g", 0, 0, True),
        (POINT, "g", 29, 23, True),
        (POINT, "g", 31, 1, False),
        (POINT, "g", 1, 24, True),
        (POINT, "g", 1, 24.1, False),
        (POINT, "other", 0, 0, False),
        (POINT, "g", 1, -2, True),
        (POINT, "g", 1, -25, False),
        (LINEAR, "g", 79, 47, True),
        (LINEAR, "g", 81, 1, False),
    ],
)
def test_same_group_near_enough_and_soon_enough(
    rule: DedupeRule, group: str, metres: float, hours: float, same: bool
) -> None:
    found = duplicate_of("g", HERE, NOON, rule, [case("7", group, metres, hours)])
    assert (found is not None) is same
    if found is not None:
        assert found.of == "7"
        assert found.distance_m == pytest.approx(metres, abs=0.1)
        assert found.hours == pytest.approx(abs(hours))


def test_the_nearest_case_is_meant_and_of_equals_the_first_number() -> None:
    nearby = [case("3", metres=9), case("2", metres=4), case("1", metres=4), case("0", "other")]
    for order in (nearby, nearby[::-1]):
        found = duplicate_of("g", HERE, NOON, POINT, order)
        assert found is not None
        assert found.of == "1"


def test_the_most_exact_rule_is_taken() -> None:
    exact = DedupeRule(f"{E}/event/0105", "", Shape.POINT, 10, 4)
    group = DedupeRule(f"{E}/event/04", "order", Shape.POINT, 20, 4)
    kind = DedupeRule(f"{E}/component", "", Shape.LINEAR, 80, 24)
    rules = DedupeRules((kind, group, exact))
    assert rules.rule_for(REFUSE, "01") == exact
    assert rules.rule_for(STALL, "04") == group
    assert rules.rule_for(KERB, "02") == kind
    assert DedupeRules().rule_for(KERB, "02") == DEFAULT
    assert (DEFAULT.radius_m, DEFAULT.window_hours) == (30, 24)


def test_a_class_is_its_own_group_where_the_rule_names_none() -> None:
    rules = DedupeRules((DedupeRule(f"{E}/event/04", "order", Shape.POINT, 20, 4),))
    assert rules.group_of(STALL, "04") == "order"
    assert rules.group_of(REFUSE, "01") == f"{E}/event/0105"
    assert rules.group_of(REFUSE, "01", "refuse") == "refuse"
