"""The road window of Wuhan, which nobody in the project drew: 12,082 pieces. © OpenStreetMap contributors, ODbL."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.shell.typing import Terminal
from xiuhua.space.layers import LayerOut, read_layer, write_layers

CHECKOUT = Path(__file__).parents[3]
WEST, SOUTH, EAST, NORTH = 114.25, 30.560001, 114.350001, 30.64001


@pytest.fixture(scope="module")
def roads() -> Path:
    folder = Path(os.environ.get("XIUHUA_SHARED_DATA") or CHECKOUT.parent / "shared" / "data")
    file = folder / "roads" / "wuhan_window_roads_wgs84.geojson"
    if not file.exists():
        pytest.skip("the roads of Wuhan are not here; XIUHUA_SHARED_DATA names the folder that holds them")
    return file


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The window cut into four."""
    lon, lat = (WEST + EAST) / 2, (SOUTH + NORTH) / 2
    boxes = [
        (WEST, lat, lon, NORTH),
        (lon, lat, EAST, NORTH),
        (WEST, SOUTH, lon, lat),
        (lon, SOUTH, EAST, lat),
    ]
    codes = np.array([f"42010200{place}" for place in range(1, 5)], dtype=object)
    file = tmp_path_factory.mktemp("wuhan") / "streets.gpkg"
    write_layers(
        file,
        [LayerOut("streets", np.array([shapely.box(*box) for box in boxes], dtype=object), {"code": codes})],
    )
    return file


@pytest.mark.parametrize("count", [60, 291])
def test_wuhan_is_divided_along_its_roads(roads: Path, streets: Path, tmp_path: Path, count: int) -> None:
    said = Terminal(tmp_path).types(
        f"grids divide --streets {streets} --roads {roads} --count {count} --out {tmp_path}/grids.gpkg "
        f"--report {tmp_path}/report.json"
    )
    assert (said.code, said.err) == (0, "")
    report = json.loads((tmp_path / "report.json").read_text())
    totals = report["totals"]
    assert totals["grids"] == count
    assert totals["gap_m2"] + totals["overlap_m2"] < 1e-6 * totals["area_m2"]
    assert all(
        street["gap_m2"] + street["overlap_m2"] < 1e-6 * street["area_m2"] for street in report["streets"]
    )
    assert all(street["ratio"] <= 1.5 or street["least_ratio_possible"] > 1.5 for street in report["streets"])
    listed = sum(it["length_m"] for it in report["exceptions"])
    assert totals["border_on_lines_share"] * totals["border_m"] + listed == pytest.approx(
        totals["border_m"], abs=10
    )
    assert totals["border_on_lines_share"] > 0.99
    named = {it["street"] for it in report["exceptions"] if it["code"] == "indivisible"}
    assert named == {street["code"] for street in report["streets"] if street["ratio"] > 1.5}
    grids = read_layer(tmp_path / "grids.gpkg", "grid")
    assert shapely.coverage_is_valid(grids.shapes)
    assert all(shape.geom_type == "Polygon" for shape in grids.shapes)
