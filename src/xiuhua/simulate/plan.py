"""What is to be played: dates, how many notices a day, through which channels, in which hours.

The shares are one district's own and stand in its pack (`plan/operations.toml`); hours, weekdays and loads are
invented, after ../domain processes Appendix C. No number of a real case, place or person is used.
"""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from xiuhua.domain.notice import Channel
from xiuhua.domain.words import Words, Wrong

FILE: Final = "plan/operations.toml"

# Parts of a day's notices by the hour they come in: peaks at 8-10 and 15-17, 4 % at night (22-6).
HOURS: Final = (
    4, 4, 4, 4, 4, 4, 20, 60, 130, 125, 80, 65, 35, 45, 75, 115, 110, 60, 40, 20, 12, 8, 8, 8,
)  # fmt: skip
WEEKDAYS: Final = (1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.7)
JUST_NOW: Final = (4, 70)  # minutes before the end
RARE: Final = 60  # ours: channels with fewer notices than this are counted out, not drawn

_EVEN: Final[Mapping[Channel, float]] = {
    Channel.COLLECTOR: 70.0, Channel.QUICK_REPORT: 20.0, Channel.VEHICLE_ANALYSIS: 1.0, Channel.HANDLER_APP: 2.0,
    Channel.OWN_VIDEO: 1.0, Channel.HOTLINE: 2.0, Channel.CITY_PLATFORM: 1.0, Channel.PUBLIC: 2.0,
    Channel.LEADER: 0.5, Channel.MEDIA: 0.5,
}  # fmt: skip


class PlanWrong(Wrong):
    """A plan file that cannot be used."""

    def __init__(self, file: Path, why: object) -> None:
        super().__init__("plan-wrong", Words(f"{file} 不能用：{why}", f"{file} cannot be used: {why}"))


@dataclass(frozen=True, slots=True)
class Plan:
    """`until` is the wall clock on the last day at which playing ends; `least` notices come through every channel.

    `pictured` cases get drawings of their own; the others share a small stock.
    """

    seed: int = 1
    start: date = date(2023, 3, 3)
    days: int = 14
    until: time = time(15, 30)
    notices_a_day: float = 1100
    least: int = 4
    pictured: int = 300
    shares: Mapping[Channel, float] = field(default_factory=lambda: _EVEN)

    @property
    def eve(self) -> datetime:
        """When the district is loaded: before its first notice, in any time zone."""
        return datetime.combine(self.start, time(0), UTC) - timedelta(days=1)

    @property
    def total(self) -> float:
        return self.notices_a_day * self.days

    def day(self, index: int) -> date:
        return self.start + timedelta(days=index)

    def midnight(self, index: int, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.day(index), time(0), zone)

    def ends(self, index: int, zone: ZoneInfo) -> datetime:
        """When the day is over: at midnight, or earlier on the last day."""
        if index == self.days - 1:
            return datetime.combine(self.day(index), self.until, zone)
        return self.midnight(index + 1, zone)

    def rng(self, *of: object) -> random.Random:
        """The same draws for the same purpose, whatever was drawn before."""
        return random.Random("/".join(map(str, (self.seed, *of))))  # noqa: S311 - invented data, no secret


def read_plan(folder: Path) -> Plan:
    """The pack's own plan, or ours where it has none."""
    file = folder / FILE
    if not file.exists():
        return Plan()
    try:
        given: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        shares = {Channel(name): float(part) for name, part in given.pop("shares", {}).items()}
        return _sound(Plan(**given | ({"shares": shares} if shares else {})))
    except (ValueError, TypeError) as wrong:
        raise PlanWrong(file, wrong) from None


def _sound(plan: Plan) -> Plan:
    """TOML has dates and times of its own, so a text in their place is a slip of the pen."""
    kinds: dict[str, type] = {"seed": int, "days": int, "start": date, "until": time}
    wrong = [name for name, kind in kinds.items() if not isinstance(getattr(plan, name), kind)]
    if wrong or plan.days < 1 or plan.notices_a_day <= 0:
        raise ValueError(", ".join(wrong) or "days and notices_a_day begin at 1")
    return plan


def arrivals(plan: Plan, index: int, zone: ZoneInfo) -> list[tuple[datetime, Channel]]:
    """When the notices of a day come in, and how; in time order."""
    rng = plan.rng("arrivals", index)
    rare = _rare(plan)
    start, end = plan.midnight(index, zone), plan.ends(index, zone)
    common = {c: part for c, part in plan.shares.items() if c not in rare}
    seldom = [(_moment(rng, start), c) for c in sorted(rare) for day in rare[c] if day == index]
    wanted = max(0, round(plan.notices_a_day * _factor(plan, index) * rng.uniform(0.96, 1.04)) - len(seldom))
    channels = rng.choices(sorted(common), [common[c] for c in sorted(common)], k=wanted) if common else []
    found = list(seldom)
    if index == plan.days - 1:  # the visitor meets every channel among what came in just now
        found += [(end - timedelta(minutes=rng.uniform(*JUST_NOW)), channel) for channel in sorted(rare)]
    found += [(_moment(rng, start), channel) for channel in channels]
    return sorted((at, channel) for at, channel in found if at < end)


def _factor(plan: Plan, index: int) -> float:
    """Of the plan's mean: a Sunday is quieter, and the mean of all days stays what was asked for."""
    factors = [WEEKDAYS[plan.day(i).weekday()] for i in range(plan.days)]
    return factors[index] * plan.days / sum(factors)


def _rare(plan: Plan) -> dict[Channel, list[int]]:
    """The days on which a notice of a small channel comes in."""
    parts = sum(plan.shares.values())
    counts = {c: round(plan.total * part / parts) for c, part in plan.shares.items()}
    return {
        channel: [plan.rng("rare", channel.value, i).randrange(plan.days) for i in range(max(plan.least, count))]
        for channel, count in counts.items()
        if count < RARE
    }


def _moment(rng: random.Random, midnight: datetime) -> datetime:
    hour = rng.choices(range(24), HOURS)[0]
    return midnight + timedelta(hours=hour, seconds=rng.randrange(3600))
