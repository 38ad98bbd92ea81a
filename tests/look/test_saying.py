"""Moments and lengths as they are read on every page, in both languages."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.cast import SHANGHAI, at
from xiuhua.look import saying

NOW = at("2023-03-06 10:30")


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        ("2023-03-06 08:05", "今天 08:05", "today 08:05"),
        ("2023-03-05 23:59", "昨天 23:59", "yesterday 23:59"),
        ("2023-03-07 00:00", "明天 00:00", "tomorrow 00:00"),
        ("2023-03-08 09:00", "3月8日 09:00", "8/3 09:00"),
        ("2022-12-31 09:00", "2022-12-31 09:00", "2022-12-31 09:00"),
    ],
)
def test_a_moment_is_said_from_today(moment: str, zh: str, en: str) -> None:
    for language, said in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert saying.moment(at(moment), NOW, SHANGHAI) == said


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "剩 不到 1 分钟", "under 1 min left"),
        (1, "剩 1 分钟", "1 min left"),
        (60, "剩 1 小时", "1 h left"),
        (130, "剩 2 小时 10 分", "2 h 10 min left"),
        (24 * 60 + 5, "剩 1 天", "1 d left"),
        (27 * 60, "剩 1 天 3 小时", "1 d 3 h left"),
        (-20, "超 20 分钟", "20 min over"),
    ],
)
def test_what_is_left_is_said_in_the_two_largest_units(minutes: int, zh: str, en: str) -> None:
    for language, said in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert saying.left(NOW + timedelta(minutes=minutes), NOW) == said
