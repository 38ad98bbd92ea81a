"""Which of two neighbouring grids the border between them belongs to, and the road on it where it is one.

Without a rule a border belongs to the smaller code. Source: processes clause 17 (centre line, whole road to one side,
by who maintains the road; source); that each is declared with its side is ours: a side can then be looked up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final

from xiuhua.domain.fault import Fault
from xiuhua.domain.grid import Tier
from xiuhua.domain.rows import Reading, Row, day_text, read
from xiuhua.domain.validity import meet
from xiuhua.domain.words import Words

WIDEST_M: Final = 200  # ours: a road with its verges; what is wider is typed wrongly

SAME_GRID = Words("两个网格须不同", "these must be two grids")
OTHER_TIER = Words("两个网格须属于同一层级", "both grids must be of the same tier")
NOT_A_SIDE = Words("“{text}”须为 grid_a 或 grid_b", "“{text}” must be grid_a or grid_b")
NO_WIDTH = Words("整条道路须填宽度（1 至 {most} 米）", "a whole road needs its width, 1 to {most} m")
A_WIDTH = Words("中心线没有宽度", "a centre line has no width")
TWO_AT_ONCE = Words("第 {line} 行对同一边界已有规定", "line {line} already says whose this border is")


class BoundaryKind(StrEnum):
    CENTRE_LINE = "centre-line"
    WHOLE_ROAD = "whole-road"
    MAINTAINER = "maintainer"


BOUNDARY_KINDS: Final[dict[BoundaryKind, Words]] = {
    BoundaryKind.CENTRE_LINE: Words("以道路中心线为界", "Centre line of the road"),
    BoundaryKind.WHOLE_ROAD: Words("整条道路归一侧", "Whole road to one side"),
    BoundaryKind.MAINTAINER: Words("归道路养护单位一侧", "To the side that maintains the road"),
}


@dataclass(frozen=True, slots=True)
class BoundaryRule:
    """`side` is one of the two grids. `width_m` is that of the road, half of it on either side; 0 for a line."""

    grid_a: str
    grid_b: str
    kind: BoundaryKind
    side: str
    width_m: int
    ground: Words
    valid_from: date
    valid_to: date | None = None

    @property
    def other(self) -> str:
        return self.grid_b if self.side == self.grid_a else self.grid_a

    @property
    def pair(self) -> frozenset[str]:
        return frozenset({self.grid_a, self.grid_b})


def boundary_rules_from(
    rows: Iterable[Row], tiers: Mapping[str, Tier]
) -> tuple[tuple[BoundaryRule, ...], tuple[Fault, ...]]:
    """boundary_rules.csv; `tiers` is that of each grid there ever was."""
    lines: list[tuple[Row, BoundaryRule]] = []

    def build(reading: Reading) -> None:
        rule = _rule(reading, tiers)
        if not reading.faults:
            lines.append((reading.row, rule))

    _, faults = read(rows, build)
    return tuple(rule for _, rule in lines), (*faults, *_at_once(lines))


def _rule(reading: Reading, tiers: Mapping[str, Tier]) -> BoundaryRule:
    first, last = reading.validity()
    a, b, side = reading.known("grid_a", tiers), reading.known("grid_b", tiers), reading.text("side")
    kind = reading.chosen("rule", BoundaryKind)
    width_m = reading.whole("width_m", 0)
    if a and a == b:
        reading.wrong("grid_b", SAME_GRID)
    elif a in tiers and b in tiers and tiers[a] is not tiers[b]:
        reading.wrong("grid_b", OTHER_TIER)
    if side and side not in (a, b):
        reading.wrong("side", NOT_A_SIDE.filled(text=side))
    if kind is BoundaryKind.CENTRE_LINE and width_m:
        reading.wrong("width_m", A_WIDTH)
    if kind is not BoundaryKind.CENTRE_LINE and not 1 <= width_m <= WIDEST_M:
        reading.wrong("width_m", NO_WIDTH.filled(most=WIDEST_M))
    return BoundaryRule(a, b, kind, side, width_m, reading.words("ground"), first, last)


def _at_once(lines: list[tuple[Row, BoundaryRule]]) -> list[Fault]:
    by_pair: dict[frozenset[str], list[tuple[Row, BoundaryRule]]] = {}
    for line in lines:
        by_pair.setdefault(line[1].pair, []).append(line)
    return [
        Fault(row.file, row.line, "grid_a", TWO_AT_ONCE.filled(line=before.line))
        for same in by_pair.values()
        for (before, first), (row, second) in combinations(same, 2)
        if meet(first, second)
    ]


def rows_of_boundary_rules(rules: Iterable[BoundaryRule]) -> list[dict[str, str]]:
    lines = [
        {
            "grid_a": r.grid_a, "grid_b": r.grid_b, "rule": r.kind.value, "side": r.side,
            "width_m": str(r.width_m or ""), "ground_zh": r.ground.zh, "ground_en": r.ground.en,
            "valid_from": day_text(r.valid_from), "valid_to": day_text(r.valid_to),
        }
        for r in rules
    ]  # fmt: skip
    return sorted(lines, key=lambda line: tuple(line.values()))
