"""Writing layers: the whole file or nothing, and the same layers as the same bytes.

Everything is written into a folder beside the target and then given its name in one step; a Shapefile is several files
and is given its .shp last. Shapefile names of columns have ten bytes: what gets cut is said.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from xiuhua.domain.words import Words
from xiuhua.space.layers.gdal import FAILURES, listening, raw
from xiuhua.space.layers.geojson import text_of_layer
from xiuhua.space.layers.layer_out import LayerOut
from xiuhua.space.layers.source import Format
from xiuhua.space.layers.wrong import wrong

NAME_BYTES: Final = 10  # of a column in a .dbf
TEXT_BYTES: Final = 254  # of a text in a .dbf
_DAY: Final = "2000-01-01"  # what a .dbf says of its last change: the same layers give the same bytes
_ZIP_DAY: Final = (2000, 1, 1, 0, 0, 0)

CUT_NAME: Final = Words(
    "Shapefile 列名最多 {most} 字节，“{name}”写作“{short}”",
    "a Shapefile's column names have {most} bytes at most: “{name}” is written as “{short}”",
)
CUT_TEXT: Final = Words(
    "Shapefile 文字最多 {most} 字节，“{name}”列有 {count} 格被截断",
    "a Shapefile's texts have {most} bytes at most: {count} cells of “{name}” are cut",
)


def write_layers(path: Path, layers: Sequence[LayerOut]) -> tuple[Words, ...]:
    """What a person should know about the file, such as names that were cut. A file that was there is replaced."""
    form = _form(path)
    if not path.parent.is_dir():
        raise wrong("no-folder", "file", folder=path.parent)
    if len(layers) > 1 and path.suffix.lower() not in (".gpkg", ".zip"):
        raise wrong("one-layer", "file", format=form.value, count=len(layers))
    notes = [note for layer in layers for note in layer.notes()]
    folder = Path(tempfile.mkdtemp(prefix=".xiuhua-", dir=path.parent))
    try:
        with listening(notes):
            _WAYS[form](folder, path, layers, notes)
    except FAILURES as error:
        raise wrong("not-writable", "file", path=path.name, error=error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return tuple(dict.fromkeys(notes))


def _form(path: Path) -> Format:
    try:
        return {
            ".gpkg": Format.GEOPACKAGE,
            ".geojson": Format.GEOJSON,
            ".json": Format.GEOJSON,
            ".shp": Format.SHAPEFILE,
            ".zip": Format.SHAPEFILE,
        }[path.suffix.lower()]
    except KeyError:
        raise wrong("out-format", "file", path=path.name) from None


def _geopackage(folder: Path, path: Path, layers: Sequence[LayerOut], notes: list[Words]) -> None:
    file = folder / path.name
    for place, layer in enumerate(layers):
        _written(file, layer, layer.fields(), driver="GPKG", append=place > 0)
    file.replace(path)


def _geojson(folder: Path, path: Path, layers: Sequence[LayerOut], notes: list[Words]) -> None:
    file = folder / path.name
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(text_of_layer(layers[0]))
    file.replace(path)


def _shapefile(folder: Path, path: Path, layers: Sequence[LayerOut], notes: list[Words]) -> None:
    packed = path.suffix.lower() == ".zip"
    for layer in layers:
        file = folder / f"{layer.name if packed else path.stem}.shp"
        names, values, masks = layer.fields()
        names = _short(names, notes)
        _cut(names, values, notes)
        _written(file, layer, (names, values, masks), driver="ESRI Shapefile", encoding="UTF-8")
    parts = sorted(folder.iterdir(), key=lambda part: (part.suffix == ".shp", part.name))
    if packed:
        _zipped(parts, folder / path.name).replace(path)
        return
    for part in parts:
        part.replace(path.with_suffix(part.suffix))


def _written(file: Path, layer: LayerOut, fields: tuple[Any, Any, Any], **given: Any) -> None:
    names, values, masks = fields
    options = {"DBF_DATE_LAST_UPDATE": _DAY} if given["driver"] == "ESRI Shapefile" else {}
    raw.write(
        file,
        shapely.to_wkb(layer.projected(), output_dimension=2),
        values,
        names,
        field_mask=masks,
        layer=layer.name,
        geometry_type=layer.type,
        crs=layer.known.wkt,
        layer_options=options,
        **given,
    )


def _zipped(parts: Sequence[Path], target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts:
            packed.writestr(zipfile.ZipInfo(part.name, _ZIP_DAY), part.read_bytes(), zipfile.ZIP_DEFLATED)
    return target


def _short(names: Sequence[str], notes: list[Words]) -> list[str]:
    """Whole characters only, and no two alike."""
    found: list[str] = []
    for name in names:
        short = _begins(name, NAME_BYTES)
        number = 1
        while short.lower() in {other.lower() for other in found}:
            tail = f"_{number}"
            short = _begins(name, NAME_BYTES - len(tail)) + tail
            number += 1
        if short != name:
            notes.append(CUT_NAME.filled(most=NAME_BYTES, name=name, short=short))
        found.append(short)
    return found


def _begins(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


def _cut(names: Sequence[str], values: list[Any], notes: list[Words]) -> None:
    for place, name in enumerate(names):
        if values[place].dtype != object:
            continue
        cut = [_begins(it, TEXT_BYTES) if isinstance(it, str) else it for it in values[place]]
        count = sum(short != it for short, it in zip(cut, values[place], strict=True))
        if count:
            notes.append(CUT_TEXT.filled(most=TEXT_BYTES, name=name, count=count))
            values[place] = np.array(cut, dtype=object)


_WAYS: Final[dict[Format, Callable[[Path, Path, Sequence[LayerOut], list[Words]], None]]] = {
    Format.GEOPACKAGE: _geopackage,
    Format.GEOJSON: _geojson,
    Format.SHAPEFILE: _shapefile,
}
