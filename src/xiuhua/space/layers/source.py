"""Which file this is, before GDAL sees it: of this machine, of a format that is read here, and what it says it is."""

import hashlib
import re
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from xiuhua.space.layers.wrong import wrong

MOST_UNPACKED: Final = 4 << 30  # ours: bytes of one Shapefile; its own format ends at 2 GB a part
_ADDRESS: Final = re.compile(r"^(/?vsi\w*/|[a-z][a-z0-9+.-]+:)", re.IGNORECASE)
_PARTS: Final = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, UnicodeDecodeError, RuntimeError, NotImplementedError,
)  # fmt: skip
_GBK_NAMES: Final = "gbk"  # what Windows in Chinese packs into zip files


class Format(StrEnum):
    GEOPACKAGE = "GeoPackage"
    GEOJSON = "GeoJSON"
    SHAPEFILE = "Shapefile"
    CSV = "CSV"


FORMATS: Final = {
    ".gpkg": Format.GEOPACKAGE,
    ".geojson": Format.GEOJSON,
    ".json": Format.GEOJSON,
    ".shp": Format.SHAPEFILE,
    ".zip": Format.SHAPEFILE,
    ".csv": Format.CSV,
}
_BEGINS: Final = {
    Format.GEOPACKAGE: re.compile(rb"SQLite format 3\0"),
    Format.GEOJSON: re.compile(rb"(\xef\xbb\xbf)?\s*\{"),
    Format.SHAPEFILE: re.compile(rb"\x00\x00\x27\x0a|PK\x03\x04"),
    Format.CSV: re.compile(rb"[^\x00]*\Z", re.DOTALL),
}


def format_of(path: Path) -> Format:
    """A file of this machine whose content is what its name says; anything else is refused."""
    if _ADDRESS.match(str(path)):
        raise wrong("not-local", "file", path=path)
    if not path.is_file():
        raise wrong("no-file", "file", path=path)
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise wrong("not-a-layer", "file", path=path.name)
    with path.open("rb") as file:
        head = file.read(1024)
    if not head.strip():
        raise wrong("empty-file", "file", path=path.name)
    if not _BEGINS[form].match(head):
        raise wrong("not-that-format", "file", path=path.name, format=form.value)
    if form is Format.GEOPACKAGE:
        _only_plain_tables(path)
    return form


def _only_plain_tables(path: Path) -> None:
    """SQLite can hold tables that are another file, and views; a layer to be read is a table of its own."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            tables = database.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
            layers = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise wrong("broken", "file", path=path.name, error=error) from None
    for name, kind, sql in tables:
        virtual = re.match(r"\s*CREATE\s+VIRTUAL\s+TABLE\b.*?\bUSING\s+\"?(\w+)", sql or "", re.IGNORECASE | re.DOTALL)
        if (virtual and virtual[1].lower() != "rtree") or (kind == "view" and name in layers):
            raise wrong("not-plain", "file", path=path.name, what=name)


@contextmanager
def opened(path: Path, form: Format) -> Iterator[Path]:
    """The file that GDAL is to open; a packed Shapefile is unpacked for as long as it is read."""
    if path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory(prefix="xiuhua-layer-") as folder:
            yield _unpacked(path, Path(folder))
        return
    if form is Format.SHAPEFILE:
        _whole(path)
    yield path


def _whole(path: Path) -> None:
    there = {part.suffix.lower() for part in _parts(path)}
    for part in (".shx", ".dbf"):
        if part not in there:
            raise wrong("part-missing", "file", part=f"{path.stem}{part}")


def _parts(path: Path) -> list[Path]:
    """Of a Shapefile: what lies beside it and is read with it, by suffix."""
    beside = [it for it in path.parent.glob(f"{_escaped(path.stem)}.*") if it.stem == path.stem]
    return sorted((it for it in beside if it.suffix.lower() in _PARTS), key=lambda it: (it.suffix.lower(), it.name))


def _escaped(stem: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", stem)


def digest_of(path: Path) -> str:
    """SHA-256 of what is read: of the file, or of lines that name each part of a Shapefile with its own."""
    if path.suffix.lower() != ".shp":
        return _sha256(path)
    lines = "".join(f"{part.suffix.lower()} {_sha256(part)}\n" for part in _parts(path))
    return hashlib.sha256(lines.encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacked(path: Path, folder: Path) -> Path:
    """Members are written under names of ours: what a zip calls them never becomes a path."""
    try:
        with zipfile.ZipFile(path, metadata_encoding=_GBK_NAMES) as packed:
            parts = [m for m in packed.infolist() if not m.is_dir() and Path(m.filename).suffix.lower() in _PARTS]
            shapes = [m for m in parts if m.filename.lower().endswith(".shp")]
            if len(shapes) != 1:
                raise wrong("zip-shapes", "file", path=path.name, count=len(shapes))
            stem = shapes[0].filename[: -len(".shp")]
            own = [m for m in parts if m.filename[: m.filename.rfind(".")].lower() == stem.lower()]
            if any(not 0 <= m.header_offset < path.stat().st_size for m in own):
                raise zipfile.BadZipFile("its table of contents is wrong")
            if sum(m.file_size for m in own) > MOST_UNPACKED:
                raise wrong("zip-size", "file", path=path.name, gb=MOST_UNPACKED >> 30)
            target = folder / f"{Path(stem).name}.shp"
            for member in own:
                _copied(packed, member, target.with_suffix(Path(member.filename).suffix.lower()))
    except _BROKEN_ZIP as error:
        raise wrong("broken", "file", path=path.name, error=error) from None
    _whole(target)
    return target


def _copied(packed: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Never more than the member says it has: what it says was added up."""
    with packed.open(member) as source, target.open("wb") as out:
        left = member.file_size
        while left and (piece := source.read(min(left, 1 << 20))):
            out.write(piece)
            left -= len(piece)
