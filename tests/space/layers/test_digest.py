"""The digest of a layer file tells whether it is the same file, with all of its parts."""

import hashlib
from pathlib import Path

import pytest

from tests.space.layers.files import CODES, SQUARES
from xiuhua.space.layers import LayerOut, digest_of, write_layers

PARTS = [".cpg", ".dbf", ".prj", ".shp", ".shx"]


@pytest.fixture
def shapefile(tmp_path: Path) -> Path:
    path = tmp_path / "a[1].shp"
    write_layers(path, [LayerOut("a", SQUARES, {"code": CODES}, "EPSG:4490")])
    return path


def test_the_digest_of_a_shapefile_is_that_of_its_parts(shapefile: Path) -> None:
    lines = [f"{part} {hashlib.sha256(shapefile.with_suffix(part).read_bytes()).hexdigest()}\n" for part in PARTS]
    assert digest_of(shapefile) == hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.parametrize("part", PARTS)
def test_any_part_that_is_read_makes_another_digest(shapefile: Path, part: str) -> None:
    before = digest_of(shapefile)
    with shapefile.with_suffix(part).open("ab") as file:
        file.write(b" ")
    changed = digest_of(shapefile)
    shapefile.with_suffix(part).unlink()
    assert len({before, changed, digest_of(shapefile)}) == 3


@pytest.mark.parametrize("name", ["a[1].sbn", "a[1].b.dbf", "b.dbf", "a1.dbf", "a[1]"])
def test_what_is_not_read_makes_no_difference(shapefile: Path, name: str) -> None:
    before = digest_of(shapefile)
    (shapefile.parent / name).write_bytes(b"x")
    assert digest_of(shapefile) == before


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.zip"])
def test_the_digest_of_one_file_is_its_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_layers(path, [LayerOut("a", SQUARES, {"code": CODES})])
    assert digest_of(path) == hashlib.sha256(path.read_bytes()).hexdigest()
