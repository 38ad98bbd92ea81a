"""A CSV with columns of longitude and latitude as a layer of points; its faults name the line.

How its records are numbered and which columns are a place is the same for whoever reads points from a CSV. What a wrong
line means is not: a layer is refused, of a survey the other lines are read on.
"""

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


class Records:
    """The records of a CSV. `begins` is the line of the one that is being read, also where it cannot be."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path, self._encoding, self.begins = path, encoding, 1

    def read(self) -> tuple[list[str], list[tuple[int, list[str]]]]:
        """The headings, and each record below with the line on which it begins; empty lines are passed over."""
        (_, names), *numbered = self._all() or [(1, [])]
        return [name.strip() for name in names], numbered

    def _all(self) -> list[tuple[int, list[str]]]:
        found = []
        with self._path.open(encoding=self._encoding, newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if cells:
                    found.append((self.begins, cells))
                self.begins = reader.line_num + 1
        return found


def place_columns(header: Sequence[str]) -> tuple[int, int] | None:
    """Where longitude and latitude (or easting and northing) stand, by the first of PAIRS that is there."""
    lower = [name.lower() for name in header]
    found = ((lower.index(east), lower.index(north)) for east, north in PAIRS if east in lower and north in lower)
    return next(found, None)


def read_csv(path: Path, crs: str, encoding: str | None) -> LayerFile:
    try:
        header, numbered = Records(path, encoding or "utf-8-sig").read()
    except LookupError:
        raise wrong("unknown-encoding", "encoding", encoding=(encoding or "")[:60]) from None
    except UnicodeDecodeError:
        raise wrong("encoding", "encoding", path=path.name, encoding=encoding or "UTF-8") from None
    except csv.Error as error:
        raise wrong("broken", "file", path=path.name, error=error) from None
    return _layer(path, crs, header, numbered)


def _layer(path: Path, crs: str, header: list[str], numbered: list[tuple[int, list[str]]]) -> LayerFile:
    places = place_columns(header)
    if places is None:
        raise wrong("no-lon-lat", "file", path=path.name, names=", ".join("/".join(pair) for pair in PAIRS))
    if not numbered:
        raise wrong("no-feature", layer=path.stem)
    for line, cells in numbered:
        if len(cells) != len(header):
            raise wrong("cells", "file", path=path.name, line=line, wanted=len(header), found=len(cells))
    pairs = np.column_stack([list(_numbers(path, header, numbered, place)) for place in places])
    features = np.array([line for line, _ in numbered], dtype=np.int64)
    shapes = np.asarray(shapely.points(pairs))
    known = crs_of(crs)
    plausible(shapes, known, features)
    columns = {
        name: np.array([cells[place] for _, cells in numbered], dtype=object) for place, name in enumerate(header)
    }
    return LayerFile(path.name, path.stem, known, shapes, columns, features)


def _numbers(path: Path, header: list[str], numbered: list[tuple[int, list[str]]], place: int) -> Iterator[float]:
    for line, cells in numbered:
        try:
            yield float(cells[place])
        except ValueError:
            at = {"path": path.name, "line": line, "column": header[place], "it": cells[place][:60]}
            raise wrong("not-a-number", header[place], **at) from None
