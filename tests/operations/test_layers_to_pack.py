"""Grids drawn elsewhere go into a pack whole, or not at all with the reason; what was there stays as it was."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests.cast import TINY
from xiuhua.domain.grid import Tier
from xiuhua.domain.words import Refusal
from xiuhua.operations.layers_to_pack import Added, Drawn, Faulty, layers_to_pack
from xiuhua.space.layers import LayerFile, LayerWrong, crs_of
from xiuhua.store.pack import PackWrong, load

DAY = date(2023, 3, 6)
STREET = "990101001"  # 110.00 to 110.01 east, 30.00 to 30.03 north; the codes of its units name three communities
THIRDS = tuple(shapely.box(110, south, 110.01, round(south + 0.01, 2)) for south in (30.0, 30.01, 30.02))
INNER = shapely.box(110.004, 30.002, 110.006, 30.003)
BOW = shapely.Polygon([(110, 30), (110.01, 30.01), (110.01, 30), (110, 30.01)])
CODES = [f"{STREET}00{number}" for number in (1, 2, 3)]


def layer(*shapes: Any, crs: str = "EPSG:4326", **columns: list[str]) -> LayerFile:
    drawn = np.array(shapes, dtype=object)
    arrays = {name: np.array(values, dtype=object) for name, values in columns.items()}
    there = shapely.transform(drawn, crs_of(crs).from_wgs84)
    return LayerFile("drawn.gpkg", "drawn", crs_of(crs), there, arrays, np.arange(len(drawn), dtype=np.int64))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(TINY, tmp_path / "tiny")
    return tmp_path / "tiny"


def communities(*shapes: Any, **more: Any) -> Drawn:
    found = layer(*(shapes or THIRDS), code=CODES, 名称=["南社区", "中社区", "北社区"], **more)
    return Drawn(found, Tier.COMMUNITY, "code", name="名称")


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_communities_become_grids_of_the_pack(pack: Path) -> None:
    before = load(pack).nouns.grids
    assert layers_to_pack(communities(), pack, DAY) == Added(3, ())
    after = {grid.code: grid for grid in load(pack).nouns.grids}
    assert [after[grid.code] for grid in before] == list(before), "what was there stays as it was"
    south = after[CODES[0]]
    assert (south.tier, south.parent, south.street) == (Tier.COMMUNITY, STREET, STREET)
    assert (south.name.zh, south.name.en, south.valid_from) == ("南社区", CODES[0], DAY)
    assert len(south.outline) == 4
    assert load(pack).district is not None


def test_other_files_of_the_pack_are_not_touched(pack: Path) -> None:
    before = files(pack)
    layers_to_pack(communities(), pack, DAY)
    after = files(pack)
    assert {name for name in before if before[name] != after[name]} == {"grids.csv", "grids.geojson"}
    assert before.keys() == after.keys()


def test_a_layer_in_metres_or_in_a_shifted_datum_becomes_wgs84(pack: Path) -> None:
    for crs in ("EPSG:4490", "EPSG:4546", "gcj02"):
        drawn = Drawn(layer(*THIRDS, crs=crs, code=CODES), Tier.COMMUNITY, "code")
        copy = pack.parent / crs.replace(":", "") / "tiny"
        shutil.copytree(pack, copy)
        assert layers_to_pack(drawn, copy, DAY) == Added(3, ())
        outline = next(g.outline for g in load(copy).nouns.grids if g.code == CODES[0])
        assert shapely.Polygon([(p.lon, p.lat) for p in outline]).hausdorff_distance(THIRDS[0]) < 1e-6


@pytest.mark.parametrize(
    ("shapes", "kinds"),
    [
        ((THIRDS[0], shapely.affinity.translate(THIRDS[1], 0, -0.001), THIRDS[2]), {"overlap"}),
        ((BOW, THIRDS[1], THIRDS[2]), {"crossing"}),
        ((THIRDS[0], THIRDS[0], THIRDS[2]), {"shape-twice"}),
    ],
    ids=["overlapping", "crossing itself", "twice"],
)
def test_a_layer_with_faults_is_refused_with_the_report(shapes: tuple[Any, ...], kinds: set[str], pack: Path) -> None:
    before = files(pack)
    done = layers_to_pack(communities(*shapes), pack, DAY)
    assert isinstance(done, Faulty)
    assert {fault.code for fault in done.report.faults} == kinds
    assert files(pack) == before


def test_a_fault_that_only_the_pack_can_know_is_refused_with_its_line(pack: Path) -> None:
    before = files(pack)
    small = shapely.affinity.scale(THIRDS[1], 1, 0.5)
    done = layers_to_pack(communities(THIRDS[0], small, THIRDS[2]), pack, DAY)
    assert isinstance(done, Faulty)
    assert done.report.faults == ()
    assert {finding.field for finding in done.findings} == {"geometry"}
    assert any("gap" in finding.words.en for finding in done.findings)
    assert files(pack) == before


def test_codes_that_are_there_already_are_refused(pack: Path) -> None:
    layers_to_pack(communities(), pack, DAY)
    before = files(pack)
    again = layers_to_pack(communities(), pack, DAY)
    assert isinstance(again, Refusal)
    assert CODES[0] in again.words.zh
    assert files(pack) == before


def test_a_code_of_the_standard_is_asked_of_unit_grids(pack: Path) -> None:
    found = Drawn(layer(*THIRDS, code=["1", "2", "3"]), Tier.UNIT, "code")
    done = layers_to_pack(found, pack, DAY)
    assert isinstance(done, Faulty)
    assert {fault.code for fault in done.report.faults} == {"not-a-code"}


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (Drawn(layer(*THIRDS, code=["a", "b", "c"]), Tier.COMMUNITY, "code"), "grid-without-parent"),
        (Drawn(layer(THIRDS[0].difference(INNER), INNER, code=CODES[:2]), Tier.COMMUNITY, "code"), "grid-not-one-ring"),
    ],
    ids=["no parent", "with a hole"],
)  # fmt: skip
def test_what_a_pack_cannot_hold_is_refused(drawn: Drawn, code: str, pack: Path) -> None:
    before = files(pack)
    done = layers_to_pack(drawn, pack, DAY)
    assert isinstance(done, Refusal)
    assert done.code == code
    assert files(pack) == before


def test_a_parent_that_is_not_there_is_a_fault_of_the_pack(pack: Path) -> None:
    found = Drawn(layer(*THIRDS, code=CODES, street=["990101099"] * 3), Tier.COMMUNITY, "code", parent="street")
    done = layers_to_pack(found, pack, DAY)
    assert isinstance(done, Faulty)
    assert {finding.field for finding in done.findings} >= {"parent"}


def test_a_layer_without_the_column_is_refused(pack: Path) -> None:
    with pytest.raises(LayerWrong, match="no column “bianma”"):
        layers_to_pack(Drawn(layer(*THIRDS, code=CODES), Tier.COMMUNITY, "bianma"), pack, DAY)


def test_a_pack_with_faults_of_its_own_is_refused_first(pack: Path) -> None:
    (pack / "duty.csv").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(PackWrong):
        layers_to_pack(communities(), pack, DAY)
