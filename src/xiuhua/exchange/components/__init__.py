"""Surveys of components from files: CSV, GeoJSON, GeoPackage, Shapefile."""

from xiuhua.exchange.components.reading import read_survey

__all__ = ["read_survey"]
