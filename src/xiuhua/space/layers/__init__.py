"""Layer files of GIS: Shapefile, GeoPackage, GeoJSON and CSV with degrees, in any coordinate system in use in China.

    layer = read_layer(Path("streets.shp"), crs="EPSG:4548")
    shapes, projection = layer.of(POLYGONS).metres()
    write_layers(Path("grids.gpkg"), [LayerOut("grid", projection.degrees(shapes), {"code": codes})])
"""

from xiuhua.space.layers.crs import WGS84, Crs, crs_of
from xiuhua.space.layers.layer_file import LINES, LINES_AND_POLYGONS, POINTS, POLYGONS, Kind, LayerFile
from xiuhua.space.layers.layer_out import LayerOut
from xiuhua.space.layers.projection import Projection, Shapes
from xiuhua.space.layers.reading import layer_names, read_layer
from xiuhua.space.layers.source import digest_of
from xiuhua.space.layers.writing import write_layers
from xiuhua.space.layers.wrong import LayerWrong

__all__ = [
    "LINES", "LINES_AND_POLYGONS", "POINTS", "POLYGONS", "WGS84", "Crs", "Kind", "LayerFile", "LayerOut", "LayerWrong",
    "Projection", "Shapes", "crs_of", "digest_of", "layer_names", "read_layer", "write_layers",
]  # fmt: skip
