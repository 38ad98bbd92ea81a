"""boundary_rules.csv: which side a border belongs to, and what is wrong with a line."""

from datetime import date

import pytest

from xiuhua.domain.boundary import BoundaryKind, BoundaryRule, boundary_rules_from, rows_of_boundary_rules
from xiuhua.domain.grid import Tier
from xiuhua.domain.rows import Row
from xiuhua.domain.words import Words

TIERS = {"g1": Tier.RESPONSIBILITY, "g2": Tier.RESPONSIBILITY, "s1": Tier.STREET}
GOOD = {
    "grid_a": "g1", "grid_b": "g2", "rule": "whole-road", "side": "g2", "width_m": "30", "ground_zh": "2024年会议纪要",
    "ground_en": "minutes of 2024", "valid_from": "2024-01-01", "valid_to": "",
}  # fmt: skip
RULE = BoundaryRule(
    "g1", "g2", BoundaryKind.WHOLE_ROAD, "g2", 30, Words("2024年会议纪要", "minutes of 2024"), date(2024, 1, 1)
)


def rows(*lines: dict[str, str]) -> list[Row]:
    return [Row("boundary_rules.csv", 2 + i, line) for i, line in enumerate(lines)]


def test_a_line_is_read_and_written_as_it_was() -> None:
    assert boundary_rules_from(rows(GOOD), TIERS) == ((RULE,), ())
    assert rows_of_boundary_rules([RULE]) == [GOOD]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"grid_a": "g9"}, "grid_a", id="a grid that is not there"),
        pytest.param({"grid_b": "g1", "side": "g1"}, "grid_b", id="the same grid twice"),
        pytest.param({"grid_b": "s1", "side": "s1"}, "grid_b", id="grids of two tiers"),
        pytest.param({"side": "s1"}, "side", id="a side that is neither"),
        pytest.param({"rule": "north"}, "rule", id="no such rule"),
        pytest.param({"width_m": ""}, "width_m", id="a road without a width"),
        pytest.param({"width_m": "201"}, "width_m", id="a road as wide as a block"),
        pytest.param({"rule": "centre-line"}, "width_m", id="a line with a width"),
        pytest.param({"ground_zh": ""}, "ground_zh", id="no ground"),
    ],
)
def test_what_is_wrong_is_named_with_its_column(change: dict[str, str], field: str) -> None:
    built, faults = boundary_rules_from(rows({**GOOD, **change}), TIERS)
    assert built == ()
    assert field in {fault.field for fault in faults}


def test_a_border_has_one_rule_at_a_time() -> None:
    ended = {**GOOD, "valid_to": "2024-12-31"}
    after = {**GOOD, "grid_a": "g2", "grid_b": "g1", "valid_from": "2025-01-01"}
    assert not boundary_rules_from(rows(ended, after), TIERS)[1]
    (fault,) = boundary_rules_from(rows(GOOD, after), TIERS)[1]
    assert (fault.line, fault.field) == (3, "grid_a")
