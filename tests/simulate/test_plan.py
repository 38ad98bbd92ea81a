"""When notices come in, and through which channels."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from xiuhua.domain.notice import Channel
from xiuhua.simulate.plan import HOURS, Plan, PlanWrong, arrivals, read_plan

ZONE = ZoneInfo("Asia/Shanghai")
SHARES = {Channel.COLLECTOR: 70.0, Channel.QUICK_REPORT: 25.0, Channel.PUBLIC: 5.0, Channel.OWN_VIDEO: 0.001}
PLAN = Plan(shares=SHARES)


def all_of(plan: Plan) -> Counter[Channel]:
    return Counter(channel for day in range(plan.days) for _, channel in arrivals(plan, day, ZONE))


def test_the_shares_are_kept() -> None:
    found = all_of(PLAN)
    for channel in (Channel.COLLECTOR, Channel.QUICK_REPORT, Channel.PUBLIC):
        assert found[channel] / found.total() == pytest.approx(SHARES[channel] / 100, rel=0.12)


def test_about_as_many_come_as_were_planned() -> None:
    assert all_of(PLAN).total() == pytest.approx(PLAN.total, rel=0.05)


def test_a_channel_without_a_share_still_occurs() -> None:
    assert all_of(PLAN)[Channel.OWN_VIDEO] >= PLAN.least


def test_the_rare_ones_also_come_just_before_the_end() -> None:
    last = [channel for _, channel in arrivals(PLAN, PLAN.days - 1, ZONE)]
    assert Channel.OWN_VIDEO in last


def test_a_sunday_is_quieter_than_a_monday() -> None:
    sunday, monday = (len(arrivals(PLAN, day, ZONE)) for day in (2, 3))
    assert (PLAN.day(2).weekday(), PLAN.day(3).weekday()) == (6, 0)
    assert sunday < 0.85 * monday


def test_four_of_a_hundred_come_at_night() -> None:
    at_night = sum(HOURS[hour] for hour in (22, 23, 0, 1, 2, 3, 4, 5))
    assert at_night / sum(HOURS) == pytest.approx(0.04, abs=0.005)


def test_moments_are_in_order_and_within_the_day() -> None:
    for day in range(PLAN.days):
        moments = [at for at, _ in arrivals(PLAN, day, ZONE)]
        assert moments == sorted(moments)
        assert all(PLAN.midnight(day, ZONE) <= at < PLAN.ends(day, ZONE) for at in moments)


def test_the_same_seed_draws_the_same() -> None:
    assert arrivals(PLAN, 3, ZONE) == arrivals(PLAN, 3, ZONE)
    assert arrivals(PLAN, 3, ZONE) != arrivals(replace(PLAN, seed=2), 3, ZONE)


def test_a_pack_says_what_is_played(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "operations.toml").write_text("seed = 5\nstart = 2024-01-02\n[shares]\npublic = 1\n")
    plan = read_plan(tmp_path)
    assert (plan.seed, plan.start, plan.shares) == (5, date(2024, 1, 2), {Channel.PUBLIC: 1.0})


@pytest.mark.parametrize(
    "text",
    ["seed = ", "sseed = 1", "[shares]\npigeon = 1", "days = 0", "notices_a_day = -1", 'start = "soon"', "\x80"],
    ids=["no toml", "unknown key", "unknown channel", "no day", "negative", "no date", "no UTF-8"],
)
def test_a_plan_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "operations.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(PlanWrong, match=r"operations\.toml"):
        read_plan(tmp_path)


def test_a_pack_without_a_plan_gets_ours(tmp_path: Path) -> None:
    assert read_plan(tmp_path) == Plan()
