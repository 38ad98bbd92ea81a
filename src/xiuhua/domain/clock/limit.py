"""A length of time as a rule states it: a number and one of five units. Never a moment.

Source: workflow of digital city management, units 紧急工作时, 工作时, 工作日 (source); minutes for stages at the
desk; a natural day is 24 hours (ours: so that it is never longer or shorter where clocks are changed).
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from xiuhua.domain.words import Words


class Unit(StrEnum):
    MINUTE = "minute"
    EMERGENCY_HOUR = "emergency-hour"
    NATURAL_DAY = "natural-day"
    WORKING_HOUR = "working-hour"
    WORKING_DAY = "working-day"


# Units that run day and night on every day, with their seconds. No calendar is asked.
CONTINUOUS: Final = {Unit.MINUTE: 60, Unit.EMERGENCY_HOUR: 3600, Unit.NATURAL_DAY: 86400}

NAMES: Final = {
    Unit.MINUTE: Words("分钟", "minute"),
    Unit.EMERGENCY_HOUR: Words("个紧急工作时", "emergency hour"),
    Unit.NATURAL_DAY: Words("个自然日", "natural day"),
    Unit.WORKING_HOUR: Words("个工作时", "working hour"),
    Unit.WORKING_DAY: Words("个工作日", "working day"),
}
HOURS: Final = frozenset({Unit.EMERGENCY_HOUR, Unit.WORKING_HOUR})
HOUR: Final = Words("小时", "hour")


@dataclass(frozen=True, slots=True)
class Limit:
    """`count` is exact, never a float. Equal limits have the same unit: 60 minutes are not one working hour."""

    count: Fraction | int
    unit: Unit

    def __post_init__(self) -> None:
        if isinstance(self.count, float):  # a float would round where nobody sees it
            raise TypeError(f"a limit counts in whole numbers or fractions, not {self.count!r}")
        if self.count < 0:
            raise ValueError(f"a limit cannot be negative: {self.count} {self.unit}")

    def half(self) -> "Limit":
        """The limit of a round of rework."""
        return Limit(Fraction(self.count, 2), self.unit)

    @property
    def words(self) -> Words:
        return spelled(self.count, self.unit)


def spelled(count: Fraction | int, unit: Unit) -> Words:
    """An exact amount: "2.5 working hours", "2 working hours 20 minutes", "7/15 of a working day"."""
    exact = Fraction(count)
    if unit in HOURS and not _is_short(exact) and (exact * 3600).denominator == 1:
        return _hours_minutes(int(exact * 3600), NAMES[unit])
    return _number(exact, NAMES[unit])


def spelled_seconds(seconds: int) -> Words:
    """Plain hours: "7.5 hours", "1 hour 20 minutes"."""
    exact = Fraction(seconds, 3600)
    return _number(exact, HOUR) if _is_short(exact) else _hours_minutes(seconds, HOUR)


def _hours_minutes(seconds: int, hour: Words) -> Words:
    minutes, left = divmod(seconds, 60)
    hours, rest = divmod(minutes, 60)
    parts = ((hours, hour), (rest, Words("分钟", "minute")), (left, Words("秒", "second")))
    said = [_number(Fraction(count), name) for count, name in parts if count]
    return Words(" ".join(words.zh for words in said), " ".join(words.en for words in said))


def _is_short(count: Fraction) -> bool:
    return 100 % count.denominator == 0


def _number(count: Fraction, name: Words) -> Words:
    many = f"{name.en}{'' if count == 1 else 's'}"
    whole, rest = divmod(count, 1)
    if _is_short(count):
        text = f"{whole}.{int(rest * 100):02d}".rstrip("0").rstrip(".")
        return Words(f"{text} {name.zh}", f"{text} {many}")
    if whole:
        return Words(f"{whole} 又 {rest} {name.zh}", f"{whole} {rest} {many}")
    return Words(f"{rest} {name.zh}", f"{rest} of {'an' if name.en[0] in 'aeiou' else 'a'} {name.en}")
