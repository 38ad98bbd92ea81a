"""What a figure is: its names, unit, kind of period, parts, rounding and wording. Nothing unregistered is printed.

Every rate carries its numerator and denominator, which are whole numbers counted by anyone (`counting` is the
reference); only here they become a rate. Source: processes 0.4, indicators clause 1, the field's figures table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from xiuhua.domain.counted_case import CountedCase
from xiuhua.domain.counting import COUNTS, By, Span, tallies
from xiuhua.domain.division import Division
from xiuhua.domain.wording import Measure, Quantity, Wording
from xiuhua.domain.words import Words, Wrong


class PeriodKind(StrEnum):
    """A figure is about a span of time, or about how things stand at its end."""

    SPAN = "span"
    AS_OF = "as-of"


@dataclass(frozen=True, slots=True)
class Metric:
    """`numerator` and `denominator` are keys of COUNTS; `by` breaks a plain count down into parts that add up."""

    key: str
    names: Words
    measure: Measure
    period: PeriodKind
    numerator: str
    denominator: str | None
    wording: Wording
    by: By | None = None

    @property
    def made_of(self) -> Words:
        """What is counted; of a rate, what over what."""
        over = COUNTS[self.numerator].names
        under = COUNTS[self.denominator].names if self.denominator else None
        return Words(f"{over.zh} / {under.zh}", f"{over.en} / {under.en}") if under else over


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value for one span; `bucket` names the part where the metric is broken down."""

    metric: Metric
    numerator: int
    denominator: int | None
    period: Span
    text: Words
    bucket: str = ""

    @property
    def parts(self) -> Words:
        """What the figure is made of, printed next to every rate."""
        over = COUNTS[self.metric.numerator].names
        if self.metric.denominator is None:
            return over
        under = COUNTS[self.metric.denominator].names
        return Words(
            f"{over.zh} {self.numerator} / {under.zh} {self.denominator}",
            f"{over.en} {self.numerator} / {under.en} {self.denominator}",
        )


class MetricUnknown(Wrong):
    """Somebody asked for a number that nobody has defined, or gave no count for a part of it."""


_CASES = Measure("件", "case", "cases")
_TIMES = Measure("次", "time", "times")
_RATE = Measure()
_EXACT, _PCT2 = Wording("exact"), Wording("pct2")


def _number(
    key: str, zh: str, en: str, of: str, period: PeriodKind = PeriodKind.SPAN, measure: Measure = _CASES
) -> Metric:
    return Metric(key, Words(zh, en), measure, period, of, None, _EXACT)


def _rate(key: str, zh: str, en: str, over: str, under: str) -> Metric:
    return Metric(key, Words(zh, en), _RATE, PeriodKind.SPAN, over, under, _PCT2)


def _split(key: str, zh: str, en: str, of: str, by: By, period: PeriodKind = PeriodKind.SPAN) -> Metric:
    return Metric(key, Words(zh, en), _CASES, period, of, None, _EXACT, by)


_AS_OF = PeriodKind.AS_OF
_ALL: tuple[Metric, ...] = (
    _number("registered", "登记总数（含作废、并案）", "Registered, with void and merged", "registered"),
    _number("cases", "案件总数", "Cases", "opened"),
    _number("quick-reports", "快速上报数", "Quick reports", "quick"),
    _number("closings", "结案次数", "Closings", "closings", measure=_TIMES),
    _number("open-cases", "未结案件数", "Open cases", "open-at-end", _AS_OF),
    _number("open-overdue", "超时未处置数", "Overdue and open", "open-overdue", _AS_OF),
    _number("handled", "处置数", "Handled", "handled"),
    _number("due-to-handle", "应处置数", "Due to be handled", "due-to-handle"),
    _number("reworks", "返工次数", "Reworks", "reworks", measure=_TIMES),
    _number("reopened", "复开案件数", "Reopened", "reopened"),
    _rate("filing-rate", "立案率", "Filing rate", "opened-filed", "opened"),
    _rate("closing-rate", "结案率", "Closing rate", "opened-closed", "opened"),
    _rate(
        "closing-rate-without-quick",
        "结案率（不含快速上报）",
        "Closing rate without quick reports",
        "opened-closed-not-quick",
        "opened-not-quick",
    ),
    _rate("handling-rate", "处置率", "Handling rate", "handled", "due-to-handle"),
    _rate("on-time-handling-rate", "按期处置率", "On-time handling rate", "handled-on-time", "judged"),
    _rate("extension-rate", "延期率", "Extension rate", "extended", "due-to-handle"),
    _rate("rework-rate", "返工率", "Rework rate", "reworked", "handled"),
    _rate("dispatch-accuracy", "派遣准确率", "Dispatch accuracy", "first-dispatch-kept", "dispatched"),
    _rate("quick-share", "快速上报占比", "Share of quick reports", "quick", "opened"),
    _rate("machine-share", "机器发现占比", "Share found by machines", "machine-found", "opened"),
    _split("cases-by-channel", "各渠道案件数", "Cases by channel", "opened", By.CHANNEL),
    _split("cases-by-class", "各类别案件数", "Cases by class", "opened", By.CLASS),
    _split("cases-by-street", "各街道案件数", "Cases by street", "opened", By.STREET),
    _split("cases-by-grid", "各网格案件数", "Cases by grid", "opened", By.GRID),
    _split("cases-by-former-grid", "各原网格案件数", "Cases by former grid", "opened", By.FORMER_GRID),
    _split("registered-by-stage", "各阶段登记数", "Registered by stage", "registered", By.STAGE, _AS_OF),
    _split("cases-by-stage", "各阶段案件数", "Cases by stage", "opened", By.STAGE, _AS_OF),
    _split("open-by-stage", "未结案件阶段分布", "Open cases by stage", "open-at-end", By.STAGE, _AS_OF),
    _split("open-by-unit", "各单位未结案件数", "Open cases by unit", "open-at-end", By.UNIT, _AS_OF),
    _split("open-by-grid", "各网格未结案件数", "Open cases by grid", "open-at-end", By.GRID, _AS_OF),
    _split(
        "open-by-former-grid",
        "各原网格未结案件数",
        "Open cases by former grid",
        "open-at-end",
        By.FORMER_GRID,
        _AS_OF,
    ),
    _split(
        "open-by-due-state",
        "未结案件时限状态",
        "Open cases by due state",
        "open-at-end",
        By.DUE_STATE,
        _AS_OF,
    ),
)
METRICS: Mapping[str, Metric] = {metric.key: metric for metric in _ALL}


def metric_of(key: str) -> Metric:
    try:
        return METRICS[key]
    except KeyError:
        raise MetricUnknown(
            "metric-unknown", Words(f"没有登记指标“{key}”", f"no metric “{key}” is registered")
        ) from None


def figure(key: str, counts: Mapping[str, int], period: Span) -> Figure:
    """The figure from counts by their keys."""
    metric = metric_of(key)
    over = _counted(counts, metric.numerator)
    under = None if metric.denominator is None else _counted(counts, metric.denominator)
    return _worded(metric, over, under, period)


def figures(
    key: str, parts: Mapping[str, int], period: Span, under: Mapping[str, int] | None = None
) -> tuple[Figure, ...]:
    """One figure for each part of a metric; `under` are the denominators of a rate. Nothing is left out of either."""
    metric = metric_of(key)
    if metric.denominator is None:
        return tuple(_worded(metric, number, None, period, bucket) for bucket, number in parts.items())
    if under is None:
        raise _count_missing(metric.denominator)
    buckets = sorted({*parts, *under})
    return tuple(_worded(metric, parts.get(it, 0), under.get(it, 0), period, it) for it in buckets)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure with its parts, which add up to it; a rate is made anew of their sums. Undivided it is its only part."""

    whole: Figure
    parts: tuple[Figure, ...]


def breakdown(metric: Metric, by: By | None, parts: tuple[Figure, ...], period: Span) -> Breakdown:
    under = None if metric.denominator is None else sum(part.denominator or 0 for part in parts)
    whole = _worded(metric, sum(part.numerator for part in parts), under, period)
    return Breakdown(whole, parts if by else (whole,))


def parts_by(metric: Metric, by: By | None) -> By | None:
    """What the figure is broken down by: anything that is asked for, but where the metric itself says by what."""
    if metric.by is not None and by not in (None, metric.by):
        said = Words(f"指标“{metric.key}”已有固定分项", f"the metric “{metric.key}” has parts of its own")
        raise MetricUnknown("metric-has-parts", said, "by")
    return metric.by or by


def reckon(
    key: str, cases: Iterable[CountedCase], period: Span, by: By | None = None, division: Division = Division.THEN
) -> Breakdown:
    """The reference: the figure of these cases counted here, and its parts."""
    return reckon_all([key], cases, period, by, division)[0]


def reckon_all(
    keys: Sequence[str], cases: Iterable[CountedCase], period: Span, by: By | None, division: Division
) -> tuple[Breakdown, ...]:
    """Several figures, all broken down by the same, in one pass over the cases."""
    metrics = [metric_of(key) for key in keys]
    chosen = {parts_by(metric, by) for metric in metrics}
    if len(chosen) != 1:
        raise ValueError(f"{', '.join(keys)} are not broken down by the same")
    (parts,) = chosen
    needed = {it for metric in metrics for it in (metric.numerator, metric.denominator) if it}
    counts = tallies(needed, parts, cases, period, division=division)
    return tuple(
        breakdown(m, parts, figures(m.key, counts[m.numerator], period, counts.get(m.denominator or "")), period)
        for m in metrics
    )


def _counted(counts: Mapping[str, int], key: str) -> int:
    try:
        return counts[key]
    except KeyError:
        raise _count_missing(key) from None


def _count_missing(key: str) -> MetricUnknown:
    return MetricUnknown("count-missing", Words(f"缺少计数“{key}”", f"the count “{key}” is missing"))


def _worded(metric: Metric, over: int, under: int | None, period: Span, bucket: str = "") -> Figure:
    whole = None if under is None else Fraction(under)
    text = metric.wording.of(Quantity(Fraction(over), metric.measure, whole))
    return Figure(metric, over, under, period, text, bucket)
