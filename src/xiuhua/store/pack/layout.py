"""The files of a pack and their columns, in canonical order. Every CSV file may be left out; district.toml makes a
district, without it a pack is a base for others.
"""

import re
from typing import Final

from xiuhua.domain.catalog import COLUMNS as CATALOG

SETTINGS: Final = "district.toml"
CALENDARS: Final = "calendars.toml"
OUTLINES: Final = "grids.geojson"
FORMER_OUTLINES: Final = "former_grids.geojson"

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    **{f"{name}.csv": tuple(columns) for name, columns in CATALOG.items()},
    "assumptions.csv": ("about", "zh", "en", "source"),
    "boundary_rules.csv": (
        "grid_a", "grid_b", "rule", "side", "width_m", "ground_zh", "ground_en", "valid_from", "valid_to",
    ),
    "dedupe.csv": ("classes", "group", "shape", "radius_m", "window_hours"),
    "duty.csv": (
        "id", "classes", "area", "road", "owner", "organisation", "basis", "ground_zh", "ground_en", "source",
        "valid_from", "valid_to",
    ),
    "former_grids.csv": ("line", "code", "name_zh", "name_en", "valid_from", "valid_to"),
    "grid_roles.csv": ("grid", "role", "person", "organisation", "valid_from", "valid_to"),
    "grids.csv": (
        "code", "tier", "parent", "name_zh", "name_en", "street", "area_class", "valid_from", "valid_to",
    ),
    "holidays.csv": ("date", "kind", "name_zh", "name_en", "source"),
    "open_duties.csv": ("classes", "reason_zh", "reason_en"),
    "organisations.csv": (
        "code", "name_zh", "name_en", "kind", "parent", "attributes", "valid_from", "valid_to",
    ),
    "people.csv": ("username", "name", "post", "organisation", "grids", "valid_from", "valid_to"),
    "quick.csv": ("classes",),
    "roads.csv": ("code", "name_zh", "name_en", "streets"),
    "stage_limits.csv": ("clock", "limit", "confidence", "source"),
}  # fmt: skip

KNOWN: Final = frozenset({SETTINGS, CALENDARS, OUTLINES, FORMER_OUTLINES, *COLUMNS})
REGISTER: Final = re.compile(r"register-[a-z0-9-]+\.toml")  # a table of moves, one file each


def known(file: str) -> bool:
    return file in KNOWN or REGISTER.fullmatch(file) is not None
