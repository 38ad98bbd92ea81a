"""The registry, and the figures of the field's table that are made of cases."""

from datetime import UTC, datetime

import pytest

from xiuhua.domain.counted_case import CountedCase
from xiuhua.domain.counting import COUNTS, By, Span
from xiuhua.domain.due_state import DueState
from xiuhua.domain.metric import METRICS, MetricUnknown, PeriodKind, breakdown, figure, figures, reckon
from xiuhua.domain.notice import Channel
from xiuhua.domain.words import Words

YEAR = Span(datetime(2022, 12, 31, 16, tzinfo=UTC), datetime(2023, 10, 31, 16, tzinfo=UTC))


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())
def test_every_metric_is_whole(metric) -> None:  # type: ignore[no-untyped-def]
    assert metric.names.zh
    assert metric.names.en
    assert metric.numerator in COUNTS
    assert metric.denominator is None or metric.denominator in COUNTS
    assert metric.by is None or metric.denominator is None
    assert (str(metric.wording) == "pct2") == (metric.denominator is not None)
    assert isinstance(metric.period, PeriodKind)


COUNTED = {
    "opened": 335464,
    "opened-closed": 319462,
    "opened-not-quick": 247502,
    "opened-closed-not-quick": 231500,
    "quick": 87962,
    "machine-found": 262,
    "open-at-end": 16002,
}


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("cases", "335464件"),
        ("quick-reports", "87962件"),
        ("open-cases", "16002件"),
        ("closing-rate", "95.23%"),
        ("closing-rate-without-quick", "93.53%"),
        ("machine-share", "0.08%"),
        ("quick-share", "26.22%"),
    ],
)
def test_the_figures_of_the_year(key: str, printed: str) -> None:
    assert figure(key, COUNTED, YEAR).text.zh == printed


def test_a_rate_prints_its_parts() -> None:
    rate = figure("closing-rate", COUNTED, YEAR)
    assert (rate.numerator, rate.denominator, rate.period) == (319462, 335464, YEAR)
    assert rate.parts.zh == "其中期末已结案 319462 / 期内登记案件 335464"
    assert "319462 / cases opened in the period 335464" in rate.parts.en
    assert figure("cases", COUNTED, YEAR).parts == COUNTS["opened"].names


def test_the_channels_and_the_others_make_the_total() -> None:
    counted = {"collector": 246834, "quick-report": 87962, "vehicle-analysis": 252, "handler-app": 145, "own-video": 10,
               "city-platform": 118, "public": 96, "leader": 31, "media": 16}  # fmt: skip
    parts = figures("cases-by-channel", counted, YEAR)
    assert sum(part.numerator for part in parts) == COUNTED["opened"]
    assert {part.bucket: part.text.zh for part in parts}["vehicle-analysis"] == "252件"


def test_a_rate_of_nothing_is_a_dash() -> None:
    assert figure("closing-rate", {"opened": 0, "opened-closed": 0}, YEAR).text == Words("–", "–")


def test_an_unregistered_number_cannot_be_had() -> None:
    with pytest.raises(MetricUnknown) as wrong:
        figure("happiness", COUNTED, YEAR)
    assert wrong.value.code == "metric-unknown"
    assert "happiness" in wrong.value.words.zh


def test_a_missing_count_is_not_taken_as_zero() -> None:
    with pytest.raises(MetricUnknown) as wrong:
        figure("filing-rate", {"opened": 5}, YEAR)
    assert wrong.value.code == "count-missing"


def test_a_rate_in_parts_needs_both_of_its_counts() -> None:
    with pytest.raises(MetricUnknown) as wrong:
        figures("closing-rate", {"east": 1}, YEAR)
    assert wrong.value.code == "count-missing"
    parts = figures("closing-rate", {"east": 1}, YEAR, {"east": 2, "west": 3})
    assert [(part.bucket, part.text.zh, part.denominator) for part in parts] == [("east", "50.00%", 2), ("west", "0.00%", 3)]
    assert breakdown(METRICS["closing-rate"], By.STREET, parts, YEAR).whole.text.zh == "20.00%"


def test_a_metric_with_parts_of_its_own_is_not_broken_down_otherwise() -> None:
    with pytest.raises(MetricUnknown) as wrong:
        reckon("cases-by-stage", [], YEAR, By.GRID)
    assert wrong.value.code == "metric-has-parts"


def test_the_reference_counts_and_words() -> None:
    opened, closed = datetime(2023, 3, 1, tzinfo=UTC), datetime(2023, 3, 3, tzinfo=UTC)

    def case(number: str, closed_at: datetime | None, stage: str) -> CountedCase:
        closings = () if closed_at is None else (closed_at,)
        return CountedCase(
            number,
            Channel.PUBLIC,
            stage,
            "",
            "",
            "",
            DueState.NO_CLOCK,
            opened,
            closed_at=closed_at,
            closings=closings,
        )

    cases = [case("1", closed, "closed"), case("2", closed, "closed"), case("3", None, "handling")]
    assert [f.text.zh for f in reckon("closing-rate", cases, YEAR).parts] == ["66.67%"]
    assert [f.text.en for f in reckon("closings", cases, YEAR).parts] == ["2 times"]
    parts = reckon("cases-by-stage", iter(cases), YEAR).parts
    assert [(part.bucket, part.text.en) for part in parts] == [("closed", "2 cases"), ("handling", "1 case")]
    rates = reckon("closing-rate", iter(cases), YEAR, By.STAGE).parts
    assert [(part.bucket, part.text.en) for part in rates] == [("closed", "100.00%"), ("handling", "0.00%")]
    assert [f.text.zh for f in reckon("cases", [], YEAR).parts] == ["0件"]
