"""However a file is damaged, it is read or refused with a sentence; nothing of ours or of a library falls through."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.space.layers.files import CODES, SQUARES
from xiuhua.domain.words import Wrong
from xiuhua.space.layers import POLYGONS, LayerOut, read_layer, write_layers
from xiuhua.space.topology import Checking, check_layer

COLUMNS = {"code": CODES, "名": np.array(["金", None], dtype=object)}
CSV = "lon,lat,code\n116.5,35.4,1\n116.6,35.4,2\n"
PARTS = ["a.gpkg", "a.geojson", "a.zip", "a.csv", "a.shp", "a.dbf", "a.shx", "a.prj"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    for name in ("a.gpkg", "a.geojson", "a.zip", "a.shp"):
        write_layers(folder / name, [LayerOut("a", SQUARES, COLUMNS, "EPSG:4548")])
    (folder / "a.csv").write_text(CSV, encoding="utf-8")
    return folder


def _changed(content: bytes, at: float, by: bytes) -> bytes:
    place = int(at * len(content))
    return content[:place] + by + content[place + len(by) :]


def _without(content: bytes, at: float, by: bytes) -> bytes:
    place = int(at * len(content))
    return content[:place] + content[place + len(by) :]


def _more(content: bytes, at: float, by: bytes) -> bytes:
    place = int(at * len(content))
    return content[:place] + by + content[place:]


def _cut(content: bytes, at: float, _: bytes) -> bytes:
    return content[: int(at * len(content))]


damages = st.tuples(
    st.sampled_from([_changed, _without, _more, _cut]), st.floats(0, 1, exclude_max=True),
    st.binary(min_size=1, max_size=8),
)


@pytest.mark.parametrize("part", PARTS)
@settings(max_examples=30)
@given(damaged=st.lists(damages, min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(
    part: str, damaged: list[tuple[Callable[[bytes, float, bytes], bytes], float, bytes]], whole: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("damaged")
    for file in whole.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    content = (whole / part).read_bytes()
    for damage, at, by in damaged:
        content = damage(content, at, by)
    (folder / part).write_bytes(content)
    path = folder / ("a.shp" if part in PARTS[4:] else part)
    with suppress(Wrong):  # a sentence in both languages
        layer = read_layer(path)
        layer.wgs84()
        check_layer(Checking(layer.of(POLYGONS), next(iter(layer.columns), "")))
