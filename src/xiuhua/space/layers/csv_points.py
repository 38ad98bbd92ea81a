"""A CSV with columns of longitude and latitude as a layer of points; its faults name the line."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from xiuhua.space.layers.checks import plausible
from xiuhua.space.layers.crs import crs_of
from xiuhua.space.layers.layer_file import LayerFile
from xiuhua.space.layers.wrong import wrong

PAIRS: Final = (("lon", "lat"), ("longitude", "latitude"), ("lng", "lat"), ("x", "y"), ("经度", "纬度"))


def read_csv(path: Path, crs: str, encoding: str | None) -> LayerFile:
    try:
        with path.open(encoding=encoding or "utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            header = [cell.strip() for cell in next(lines, [])]
            numbered = [(lines.line_num, cells) for cells in lines if cells]
    except LookupError:
        raise wrong("unknown-encoding", "encoding", encoding=(encoding or "")[:60]) from None
    except UnicodeDecodeError:
        raise wrong("encoding", "encoding", path=path.name, encoding=encoding or "UTF-8") from None
    except csv.Error as error:
        raise wrong("broken", "file", path=path.name, error=error) from None
    return _layer(path, crs, header, numbered)


def _layer(path: Path, crs: str, header: list[str], numbered: list[tuple[int, list[str]]]) -> LayerFile:
    x, y = _places(path, header)
    if not numbered:
        raise wrong("no-feature", layer=path.stem)
    for line, cells in numbered:
        if len(cells) != len(header):
            raise wrong("cells", "file", path=path.name, line=line, wanted=len(header), found=len(cells))
    pairs = np.column_stack([list(_numbers(path, header, numbered, place)) for place in (x, y)])
    features = np.array([line for line, _ in numbered], dtype=np.int64)
    shapes = np.asarray(shapely.points(pairs))
    known = crs_of(crs)
    plausible(shapes, known, features)
    columns = {
        name: np.array([cells[place] for _, cells in numbered], dtype=object) for place, name in enumerate(header)
    }
    return LayerFile(path.name, path.stem, known, shapes, columns, features)


def _places(path: Path, header: Sequence[str]) -> tuple[int, int]:
    lower = [name.lower() for name in header]
    for east, north in PAIRS:
        if east in lower and north in lower:
            return lower.index(east), lower.index(north)
    raise wrong("no-lon-lat", "file", path=path.name, names=", ".join("/".join(pair) for pair in PAIRS))


def _numbers(path: Path, header: list[str], numbered: list[tuple[int, list[str]]], place: int) -> Iterator[float]:
    for line, cells in numbered:
        try:
            yield float(cells[place])
        except ValueError:
            at = {"path": path.name, "line": line, "column": header[place], "it": cells[place][:60]}
            raise wrong("not-a-number", header[place], **at) from None
