"""Whether components can stand where a survey puts them: a lamp in a river is a doubt to look at, never a refusal.

Classes are told apart by words in their national names, because the two editions number them differently. The limits
are ours: wider than what is built, so that what comes up is worth a look. The first row whose word a name has counts.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from xiuhua.domain.words import Words


class Doubt(StrEnum):
    IN_WATER = "in-water"
    IN_BUILDING = "in-building"
    FAR_FROM_ROAD = "far-from-road"
    CROWDED = "crowded"


DOUBTS: Final[dict[Doubt, Words]] = {
    Doubt.IN_WATER: Words("位于水域内，距岸 {m} 米", "in the water, {m} m from the bank"),
    Doubt.IN_BUILDING: Words("位于建筑内，距外墙 {m} 米", "inside a building, {m} m from its wall"),
    Doubt.FAR_FROM_ROAD: Words("距最近道路 {m} 米", "{m} m from the nearest road"),
    Doubt.CROWDED: Words("与同类部件 {other} 相距仅 {m} 米", "only {m} m from {other} of the same class"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a class may stand. `road_m` 0: anywhere; `apart_m` 0: as near to one another as they like."""

    water: bool
    building: bool
    road_m: int
    apart_m: float


_ANYWHERE: Final = Standing(True, True, 0, 0)
_ON_LAND: Final = Standing(False, True, 0, 0)
_ROWS: Final[tuple[tuple[tuple[str, ...], Standing], ...]] = (
    (("跨河", "水域", "桥", "港监", "防汛", "排水泵站", "排放口", "污水口", "污水监测", "喷泉"), _ANYWHERE),
    (("地下", "人防", "车库", "电梯", "报警", "监控", "公房", "牌匾", "户外广告", "门（楼号）牌"), _ON_LAND),
    (("井盖", "箅子", "盖板", "cover"), Standing(False, False, 60, 0.5)),
    (("路灯配电箱",), Standing(False, False, 60, 1.0)),
    (("路灯", "综合杆", "street lamp"), Standing(False, False, 40, 2.0)),
    (("交通", "信号灯", "路名牌", "行人", "人行横道", "公交", "消防设施"), Standing(False, False, 40, 0)),
    (("立杆", "行道树"), Standing(False, False, 60, 0.5)),
    (("绿地", "林地", "停车场", "文物", "古树", "独立树"), _ANYWHERE),
    (("厕所", "垃圾间", "化粪池", "加油", "液化气", "变压器", "调压站", "电力设施", "配电"), _ON_LAND),
)  # fmt: skip
OTHERWISE: Final = Standing(False, False, 0, 0)
ON_A_BRIDGE_M: Final = 5.0  # ours: so near to the road over it what lies in the water stands on the bridge
AT_THE_RIM_M: Final = 1.0  # ours: outlines may be off by this, beside what the component's accuracy allows


def standing_of(class_name: Words) -> Standing:
    said = f"{class_name.zh} {class_name.en.lower()}"
    return next((row for words, row in _ROWS if any(word in said for word in words)), OTHERWISE)
