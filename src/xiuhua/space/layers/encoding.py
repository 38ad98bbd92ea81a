"""The text of a Shapefile: in the encoding asked for, the one it names, or UTF-8 and then GBK, which is noted."""

import codecs
from pathlib import Path
from typing import Any, Final

from xiuhua.domain.words import Words
from xiuhua.space.layers.gdal import raw
from xiuhua.space.layers.wrong import wrong

CHINESE: Final = "GB18030"  # holds GBK and GB 2312
_LANGUAGE: Final = 29  # byte of a .dbf header that may name the code page
SUPPOSED: Final = Words(
    "文件没有写明文字编码，按 {encoding} 读入；不对时用 --encoding 说明",
    "the file does not name the encoding of its text; it was read as {encoding}; if that is wrong give --encoding",
)


Raw = tuple[Any, Any, Any, dict[str, Any]]  # what GDAL says of the layer, numbers, WKB, columns


def fields_decoded(file: Path, layer: str, encoding: str | None, notes: list[Words]) -> Raw:
    if encoding:
        return _in(file, layer, _known(encoding), strict=True)
    if _says(file):
        return _in(file, layer, None, strict=True)
    try:
        return _in(file, layer, "UTF-8", strict=False)
    except UnicodeDecodeError:
        notes.append(SUPPOSED.filled(encoding="GBK"))
        return _in(file, layer, CHINESE, strict=True)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise wrong("unknown-encoding", "encoding", encoding=encoding[:60]) from None


def _says(file: Path) -> bool:
    """Beside it in a .cpg, or in the header of the .dbf."""
    beside = {other.suffix.lower(): other for other in file.parent.iterdir() if other.stem.lower() == file.stem.lower()}
    if ".cpg" in beside:
        return True
    with beside[".dbf"].open("rb") as table:
        return table.read(_LANGUAGE + 1)[_LANGUAGE:] not in (b"", b"\0")


def _in(file: Path, layer: str, encoding: str | None, *, strict: bool) -> Raw:
    try:
        meta, numbers, wkb, values = raw.read(file, layer=layer, return_fids=True, encoding=encoding)
    except UnicodeDecodeError:
        if not strict:
            raise
        raise wrong("encoding", "encoding", path=file.name, encoding=encoding or "") from None
    return meta, numbers, wkb, dict(zip(meta["fields"], values, strict=True))
