"""A page of a collection as plain features: what each collection's rows say, and where the next page begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely import Geometry


@dataclass(frozen=True, slots=True)
class Item:
    """`shape` in WGS 84, longitude first; None where there is none."""

    id: str
    shape: Geometry | None
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Items:
    """`after` is the id to go on from, empty at the end. `matched` counts all, of every page."""

    items: Sequence[Item]
    matched: int
    after: str = ""


def paged(found: Sequence[Item], matched: int, limit: int) -> Items:
    """`found` holds one more than the limit where there is another page."""
    more = len(found) > limit
    kept = found[:limit]
    return Items(kept, matched, kept[-1].id if more else "")
