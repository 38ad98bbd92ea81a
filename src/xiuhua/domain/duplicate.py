"""When two notices mean the same matter: same group of classes, near enough, soon enough.

Radius: 30 m for point classes, 80 m for linear ones (processes clause 1, recommendation). Window: 24 hours (workflow
clause 8, seen in a source, with 50 m). Both are starter values of the pack's dedupe.csv.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from xiuhua.domain.codes import ClassKey
from xiuhua.domain.pattern import ALL, patterns_of
from xiuhua.domain.place import Wgs84, distance_m


class Shape(StrEnum):
    POINT = "point"
    LINEAR = "linear"


RADIUS_M: dict[Shape, int] = {Shape.POINT: 30, Shape.LINEAR: 80}
WINDOW_HOURS = 24
SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class DedupeRule:
    """For the classes of a pattern. Classes with the same `group` are one matter; empty: each class is its own."""

    classes: str
    group: str
    shape: Shape
    radius_m: int
    window_hours: int


DEFAULT = DedupeRule(ALL, "", Shape.POINT, RADIUS_M[Shape.POINT], WINDOW_HOURS)


@dataclass(frozen=True, slots=True)
class DedupeRules:
    rules: tuple[DedupeRule, ...] = ()
    _by_classes: Mapping[str, DedupeRule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_classes", {rule.classes: rule for rule in self.rules})

    def rule_for(self, key: ClassKey, major: str) -> DedupeRule:
        found = (self._by_classes.get(pattern) for pattern in patterns_of(key, major))
        return next((rule for rule in found if rule is not None), DEFAULT)

    def group_of(self, key: ClassKey, major: str, matter: str = "") -> str:
        """What notices are compared by: the rule's group, or the matter that the catalogue says the class is of."""
        return self.rule_for(key, major).group or matter or key.format()


@dataclass(frozen=True, slots=True)
class OpenCase:
    number: str
    group: str
    place: Wgs84
    opened_at: datetime
    stage: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`hours` lie between the two, whichever came first."""

    of: str
    distance_m: float
    hours: float


def duplicate_of(
    group: str, place: Wgs84, at: datetime, rule: DedupeRule, nearby: Sequence[OpenCase]
) -> Duplicate | None:
    """The nearest open case of the same matter; of two equally near the one with the lower number."""
    return min(_same(group, place, at, rule, nearby), key=lambda d: (d.distance_m, d.of), default=None)


def _same(
    group: str, place: Wgs84, at: datetime, rule: DedupeRule, nearby: Sequence[OpenCase]
) -> Iterable[Duplicate]:
    for case in nearby:
        if case.group != group:
            continue
        hours = abs((at - case.opened_at).total_seconds()) / SECONDS_AN_HOUR
        metres = distance_m(place, case.place)
        if metres <= rule.radius_m and hours <= rule.window_hours:
            yield Duplicate(case.number, metres, hours)
