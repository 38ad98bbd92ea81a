"""A layer as it was read: shapes in the file's own coordinates, columns, and what a person should know about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from xiuhua.domain.words import Words
from xiuhua.space.layers.crs import WGS84, Crs, crs_of
from xiuhua.space.layers.projection import Projection, Shapes, moved
from xiuhua.space.layers.wrong import named, wrong

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    words: Words
    types: frozenset[int]


POINTS: Final = Kind(Words("点", "points"), frozenset({GeometryType.POINT}))
LINES: Final = Kind(Words("线", "lines"), frozenset({GeometryType.LINESTRING, GeometryType.MULTILINESTRING}))
POLYGONS: Final = Kind(Words("面", "polygons"), frozenset({GeometryType.POLYGON, GeometryType.MULTIPOLYGON}))
LINES_AND_POLYGONS: Final = Kind(Words("线和面", "lines and polygons"), LINES.types | POLYGONS.types)


@dataclass(frozen=True)
class LayerFile:
    """`features` are the numbers of the features in the file, for faults; a shape is None where a feature has none.

    `notes` say what was changed or supposed while reading, such as heights that were left out.
    """

    path: str
    name: str
    crs: Crs
    shapes: Shapes
    columns: Mapping[str, Column]
    features: npt.NDArray[np.int64]
    notes: tuple[Words, ...] = ()
    _degrees: list[Shapes] = field(default_factory=list, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.shapes)

    def of(self, kind: Kind) -> Self:
        """Itself where every feature is one of the kind; otherwise the features that are not are named."""
        self._refuse("no-shape", shapely.is_missing(self.shapes) | shapely.is_empty(self.shapes))
        other = ~np.isin(shapely.get_type_id(self.shapes), list(kind.types))
        self._refuse("wrong-kind", other, wanted_zh=kind.words.zh, wanted_en=kind.words.en)
        return self

    def column(self, name: str) -> Column:
        if name not in self.columns:
            raise wrong("no-column", name, layer=self.name, column=name, names=", ".join(self.columns))
        return self.columns[name]

    def texts(self, name: str) -> npt.NDArray[np.object_]:
        """The column as texts; empty where there is nothing. A code kept as a number loses no digit."""
        return np.array([_text(value) for value in self.column(name).tolist()], dtype=object)

    def codes(self, name: str) -> npt.NDArray[np.object_]:
        """The column as texts, none of them empty and none there twice."""
        found = self.texts(name)
        self._refuse("no-code", found == "", column=name)
        codes, counts = np.unique(found.astype(str), return_counts=True)
        if (counts > 1).any():
            raise wrong("code-twice", name, layer=self.name, column=name, codes=named(codes[counts > 1]))
        return found

    def wgs84(self) -> Shapes:
        """The shapes in WGS 84 degrees."""
        if not self._degrees:
            self._degrees.append(moved(self.shapes, self.crs.to_wgs84))
        return self._degrees[0]

    def metres(self) -> tuple[Shapes, Projection]:
        """The shapes in metres of a plane, and the way back."""
        projection = Projection.at(self.wgs84())
        return projection.flat(self.wgs84()), projection

    def take(self, which: npt.NDArray[np.bool_]) -> Self:
        """Some of the features."""
        columns = {name: values[which] for name, values in self.columns.items()}
        return replace(self, shapes=self.shapes[which], columns=columns, features=self.features[which])

    def in_wgs84(self) -> Self:
        return replace(self, shapes=self.wgs84(), crs=crs_of(WGS84))

    def _refuse(self, code: str, which: npt.NDArray[np.bool_], **given: object) -> None:
        if which.any():
            features = named(self.features[which])
            raise wrong(code, "", layer=self.name, count=int(which.sum()), features=features, **given)


def _text(value: Any) -> str:
    if value is None or value != value:  # NaN is the number that is none
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
