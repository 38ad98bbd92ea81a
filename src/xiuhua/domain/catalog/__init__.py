"""The catalogue of classes, filing conditions and limits, in dated editions.

`nouns` what it consists of · `lookup` the questions · `table` the files of a pack, read and written. Leaves out: which
unit handles a class (`dispatch`), radius and hours of duplicates (`intake`).
"""

from xiuhua.domain.catalog.lookup import Catalog
from xiuhua.domain.catalog.nouns import (
    CONFIDENCE,
    Basis,
    CaseClass,
    Confidence,
    Edition,
    FilingCondition,
    Geometry,
    Succession,
)
from xiuhua.domain.catalog.table import COLUMNS, CatalogRows, catalog_from_rows, rows_of

__all__ = [
    "COLUMNS",
    "CONFIDENCE",
    "Basis",
    "CaseClass",
    "Catalog",
    "CatalogRows",
    "Confidence",
    "Edition",
    "FilingCondition",
    "Geometry",
    "Succession",
    "catalog_from_rows",
    "rows_of",
]
