"""Invented ground: without a gap, with the numbers of its plan, and the same every time."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.domain.grid import Grids, Tier
from xiuhua.domain.words import Words
from xiuhua.simulate.ground import Block, Plan, ground, plan_of, write
from xiuhua.space.topology import ground_faults
from xiuhua.store.pack import load

DAY = date(2023, 3, 6)
PLANNED = sorted((Path(__file__).parents[2] / "districts").glob("*/plan/ground.toml"))


def block(place: int, grids: int, bands: int) -> Block:
    name = Words(f"街道{place}", f"Street {place}")
    return Block(f"99010100{place}", name, name, "1", 6 * (place - 1), 0, 6, 8, grids, bands)


def plan(*blocks: Block, seed: int = 1) -> Plan:
    return Plan(
        "990101", Words("试验区", "Test District"), 110.0, 30.0, 0.003, 0.003, 0.14, seed, DAY, blocks
    )


@settings(max_examples=15)
@given(st.integers(1, 4), st.integers(1, 6), st.integers(0, 999))
def test_every_plan_gives_ground_without_gap_or_overlap(bands: int, each: int, seed: int) -> None:
    grids = bands * each
    made = Grids(ground(plan(block(1, grids, bands), block(2, 0, 0), block(3, 8, 4), seed=seed)))
    assert ground_faults(made, DAY) == ()
    assert len(made.active(DAY, Tier.RESPONSIBILITY)) == grids + 8
    assert len(made.active(DAY, Tier.UNIT)) == 2 * 6 * 8


def test_a_plan_with_more_grids_than_cells_in_a_band_is_refused() -> None:
    with pytest.raises(ValueError, match="7 grids do not fit into 1 bands"):
        block(1, 7, 1)


def test_the_same_plan_gives_the_same_ground() -> None:
    assert ground(plan(block(1, 8, 4))) == ground(plan(block(1, 8, 4)))
    assert ground(plan(block(1, 8, 4))) != ground(plan(block(1, 8, 4), seed=2))


def test_the_committed_ground_is_what_its_plan_gives() -> None:
    for file in PLANNED:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        assert set(ground(plan_of(table))) == set(load(file.parents[1]).nouns.grids)


def test_writing_replaces_both_files(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "plan").mkdir(parents=True)
    (pack / "plan" / "ground.toml").write_bytes(PLANNED[0].read_bytes())
    write(pack)
    for name in ("grids.csv", "grids.geojson"):
        assert (pack / name).read_bytes() == (PLANNED[0].parents[1] / name).read_bytes()
