"""GDAL with three formats and no others: the only place that may import pyogrio.

Layer files are handed in by strangers. GDAL knows sixty formats; some reach into networks, databases and other files
(VRT, WFS, GDALG run what a text file tells them). They are left out before GDAL registers any, so none can be opened
under whatever name. Only files of this machine are opened, never a path that GDAL would take for an address.
"""

import logging
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from xiuhua.domain.words import Words
from xiuhua.space.layers.wrong import NAMED

DRIVERS: Final = frozenset({"ESRI Shapefile", "GPKG", "GeoJSON"})
_OTHERS: Final = (
    "ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "CSV", "CSW", "Carto", "DGN", "DXF", "EDIGEO", "EEDA",
    "ESRIJSON", "Elasticsearch", "FlatGeobuf", "GDALG", "GML", "GPSBabel", "GPX", "GTFS", "GeoJSONSeq", "GeoRSS",
    "HTTP", "Idrisi", "JML", "JSONFG", "KML", "LIBKML", "LVBAG", "MBTiles", "MEM", "MVT", "MapInfo File", "MapML",
    "MiraMonVector", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OSM", "OpenFileGDB", "PCIDSK",
    "PDF", "PDS4", "PGDUMP", "PLSCENES", "PMTiles", "S57", "SQLite", "SXF", "Selafin", "TopoJSON", "VDV", "VFK",
    "VICAR", "WAsP", "WFS", "XLSX",
)  # fmt: skip

os.environ["OGR_SKIP"] = ",".join(_OTHERS)
os.environ["OGR_CURRENT_DATE"] = "2000-01-01T00:00:00.000Z"  # in a GeoPackage: the same layer gives the same bytes

import pyogrio  # noqa: E402 - after the drivers were chosen
from pyogrio import raw  # noqa: E402
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError  # noqa: E402

# The last is pyogrio's own slip where a coordinate system is no text.
FAILURES: Final = (
    DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, ValueError, UnboundLocalError,
)  # fmt: skip

logging.getLogger("pyogrio").setLevel(logging.WARNING)  # how many records were written is said elsewhere

_ONE: Final = threading.RLock()  # what is warned of goes to the whole process
SAYS: Final = Words("GDAL 提示：{it}", "GDAL says: {it}")


@contextmanager
def listening(notes: list[Words]) -> Iterator[None]:
    """What GDAL warns of is told to whoever reads the layer, once, instead of being printed somewhere."""
    with _ONE, warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        yield
    said = dict.fromkeys(str(warning.message).strip() for warning in heard)
    notes += [SAYS.filled(it=it) for it in list(said)[:NAMED]]


__all__ = ["DRIVERS", "FAILURES", "listening", "pyogrio", "raw"]
