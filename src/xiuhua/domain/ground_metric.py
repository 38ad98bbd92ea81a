"""What is measured of a grid, one definition each: whole numbers of a base unit, and how they are printed.

The registry of `metric` for the ground instead of cases: a number that is not here cannot be printed. Source: processes
clause 17 (what a change is compared by, its KPIs; source). How roads on a border and walking are reckoned is ours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Final

from xiuhua.domain.metric import MetricUnknown
from xiuhua.domain.wording import NOTHING, Measure, half_up
from xiuhua.domain.words import Words

WALKING_M_PER_S: Final = Fraction(5, 4)  # ours: 4.5 km an hour, a collector who looks about
CASE_DAYS: Final = 90  # processes clause 17


@dataclass(frozen=True, slots=True)
class GroundMetric:
    """`step` makes the printed unit of the base unit, `places` are its decimals. `how` says what is counted."""

    key: str
    names: Words
    measure: Measure
    how: Words
    step: Fraction = Fraction(1)
    places: int = 0

    def text(self, value: int | Fraction | None) -> Words:
        """None: the layer it is measured of was not loaded."""
        if value is None:
            return NOTHING
        return self._said(self._printed(value))

    def _printed(self, value: int | Fraction) -> Decimal:
        return half_up(value * self.step, self.places)

    def _said(self, printed: Decimal) -> Words:
        number = f"{printed:f}"
        return self.measure.after(f"{number} " if self.places else number, number, single=number == "1")

    def difference(self, before: int | Fraction | None, after: int | Fraction | None) -> Words:
        """Of the numbers as they are printed: two that read the same differ by nothing."""
        if before is None or after is None:
            return NOTHING
        change = self._printed(after) - self._printed(before)
        words = self._said(abs(change))
        sign = "" if change == 0 else "+" if change > 0 else "−"
        return Words(f"{sign}{words.zh}", f"{sign}{words.en}")


_THOUSANDTH = Fraction(1, 1000)
_ALL: Final = (
    GroundMetric(
        "grid-area", Words("面积", "Area"), Measure("km²", "km²", "km²"),
        Words("边界内的面积", "ground inside the outline"), Fraction(1, 1_000_000), 3,
    ),
    GroundMetric(
        "grid-road-length", Words("道路长度", "Length of roads"), Measure("km", "km", "km"),
        Words("道路中心线；界上道路两侧各半", "centre lines; of a road on the border each side has half"),
        _THOUSANDTH, 2,
    ),
    GroundMetric(
        "grid-walking-time", Words("步行时间", "Walking time"), Measure("分钟", "minute", "minutes"),
        Words("以 4.5 km/h 走完全部道路一遍", "all roads once at 4.5 km/h"), Fraction(1, 60),
    ),
    GroundMetric(
        "grid-components", Words("部件数", "Components"), Measure("个", "component", "components"),
        Words("未移除、未废弃的部件", "components that are neither removed nor disused"),
    ),
    GroundMetric(
        "grid-cases", Words("近90日案件", "Cases of 90 days"), Measure("件", "case", "cases"),
        Words("近90日登记，不含作废、并案", "opened in the last 90 days, without void and merged ones"),
    ),
    GroundMetric(
        "grid-households", Words("户数", "Households"), Measure("户", "household", "households"),
        Words("居住地块户数，按面积分摊", "of built-up land, shared by area"),
    ),
    GroundMetric(
        "grid-people", Words("人口", "People"), Measure("人", "person", "people"),
        Words("居住地块人口，按面积分摊", "of built-up land, shared by area"),
    ),
    GroundMetric(
        "grid-units", Words("单元网格数", "Unit grids"), Measure("个", "unit grid", "unit grids"),
        Words("下辖单元网格", "unit grids inside"),
    ),
    GroundMetric(
        "load-max-median", Words("街道内负荷 最大/中位", "Load in the street, max/median"), Measure(),
        Words("负荷为道路长度", "load is the length of road"), Fraction(1), 2,
    ),
    GroundMetric(
        "gap-overlap-area", Words("空隙与重叠面积", "Gaps and overlaps"), Measure("m²", "m²", "m²"),
        Words("全区各级网格，应为 0", "of all grids of the district; should be 0"),
    ),
    GroundMetric(
        "days-to-effect", Words("批准到生效", "From approval to effect"), Measure("天", "day", "days"),
        Words("批准日至生效日的自然日", "natural days from approval to the first day"),
    ),
    GroundMetric(
        "unit-grid-area", Words("单元网格面积", "Area of a unit grid"), Measure(" m²", "m²", "m²"),
        Words("单元网格边界内的面积", "ground inside its outline"),
    ),
    GroundMetric(
        "led-along-area", Words("边界改沿单元网格", "Border led along unit grids"), Measure(" m²", "m²", "m²"),
        Words("小于 100 m² 或窄于 5 m 的切块不切出", "no piece below 100 m² or narrower than 5 m is cut off"),
    ),
    GroundMetric(
        "components-there", Words("在册部件", "Components there"), Measure("个", "component", "components"),
        Words("在册且未移除、未废弃，按类别", "in the register, neither removed nor disused, by class"),
    ),
    GroundMetric(
        "map-components", Words("地图部件计数", "Components counted on the map"),
        Measure("个", "component", "components"),
        Words("该处登记的部件（含已移除、废弃），按所选条件", "in the register there, as chosen; removed ones too"),
    ),
    GroundMetric(
        "map-cases", Words("地图案件计数", "Cases counted on the map"), Measure("件", "case", "cases"),
        Words("该处可查看的案件，按所选条件；边框为最急的时限", "yours to see there, as chosen; rim: the worst light"),
    ),
    GroundMetric(
        "grids-without-b", Words("无B岗网格", "Grids without a B"), Measure("个", "grid", "grids"),
        Words("当日无监督员B的责任网格", "responsibility grids without a collector B that day"),
    ),
)  # fmt: skip
GROUND_METRICS: Final[Mapping[str, GroundMetric]] = {metric.key: metric for metric in _ALL}


def ground_metric(key: str) -> GroundMetric:
    try:
        return GROUND_METRICS[key]
    except KeyError:
        raise MetricUnknown(
            "metric-unknown", Words(f"没有登记指标“{key}”", f"no metric “{key}” is registered")
        ) from None


@dataclass(frozen=True, slots=True)
class Measured:
    """A grid in numbers; None where the layer was not loaded."""

    area_m2: int
    road_m: int | None
    components: int | None
    cases: int
    households: int | None
    people: int | None
    units: int

    @property
    def walk_s(self) -> int | None:
        return None if self.road_m is None else round(self.road_m / WALKING_M_PER_S)

    def values(self) -> dict[str, int | None]:
        """By the keys of the registry."""
        return {
            "grid-area": self.area_m2, "grid-road-length": self.road_m, "grid-walking-time": self.walk_s,
            "grid-components": self.components, "grid-cases": self.cases, "grid-households": self.households,
            "grid-people": self.people, "grid-units": self.units,
        }  # fmt: skip


def max_to_median(loads: Iterable[int | None]) -> Fraction | None:
    """Of the grids of a street; None without roads, or where half of them have none."""
    known = [load for load in loads if load is not None]
    middle = Fraction(median(known)) if known else Fraction(0)
    return Fraction(max(known)) / middle if middle else None


def shared(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """A whole number in whole parts that add up to it: the largest remainders get what is left."""
    whole = sum(shares.values())
    if whole <= 0:
        return dict.fromkeys(shares, 0)
    exact = {code: total * share / whole for code, share in shares.items()}
    parts = {code: int(value) for code, value in exact.items()}
    left = total - sum(parts.values())
    for code in sorted(exact, key=lambda code: (parts[code] - exact[code], code))[:left]:
        parts[code] += 1
    return parts
