"""Vector tiles for maps. Those of the ground may be kept by whoever asked; those with cases or positions by nobody."""

import gzip
from datetime import date
from typing import Annotated, Any, Final, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router

from xiuhua.api.declared import answers
from xiuhua.api.door import Request
from xiuhua.api.filtering import Filters
from xiuhua.api.outcome import good
from xiuhua.api.problems import Refused
from xiuhua.domain.case import KIND
from xiuhua.domain.former_grid import Line
from xiuhua.domain.moves import Group
from xiuhua.domain.people import Right
from xiuhua.domain.words import Refusal, Words
from xiuhua.maps import cases, positions
from xiuhua.maps.drawing import encoded
from xiuhua.maps.making import Packed, component_tile, former_tile, grid_tile, ground_tile
from xiuhua.maps.tile import DEEPEST, Tile
from xiuhua.operations.be_at import look_at_positions
from xiuhua.operations.seeing import scope
from xiuhua.store.queries.drawn import Chosen
from xiuhua.store.queries.spots import Asked

router = Router(tags=["maps"])
MVT: Final = "application/vnd.mapbox-vector-tile"
KEPT: Final = "private, max-age=60, must-revalidate"  # a minute, then the tag is asked for
NOT_KEPT: Final = "private, no-store"
_BINARY: dict[str, Any] = {"content": {MVT: {"schema": {"type": "string", "format": "binary"}}}, "description": "OK"}
_TILE: dict[str, Any] = {"response": answers(None, 404), "openapi_extra": {"responses": {200: _BINARY}}}

Zoom = Annotated[int, Path(ge=0, le=DEEPEST)]
Number = Annotated[int, Path(ge=0, lt=2**DEEPEST)]
Datum = Literal["wgs84", "gcj02"]
Listed = Annotated[str, Query(max_length=2_000)]

NO_TILE: Final = Refusal("tile-unknown", Words("没有这块瓦片", "there is no such tile"), "x")


@router.get("/ground/{z}/{x}/{y}.mvt", summary="Roads, water, green, buildings, names", **_TILE)
def ground(request: Request, z: Zoom, x: Number, y: Number, datum: Datum = "wgs84") -> Any:
    """Source layers road, water, green, land, building, name."""
    district = request.world.district
    return _public(request, ground_tile(_tile(z, x, y, datum), district, district.day_of(request.world.now())))


@router.get("/grids/{z}/{x}/{y}.mvt", summary="Grids of all tiers on a day", **_TILE)
def grids(request: Request, z: Zoom, x: Number, y: Number, datum: Datum = "wgs84", day: date | None = None) -> Any:
    """Source layers grid (areas) and grid_name (points). Without a day: today."""
    district = request.world.district
    return _public(request, grid_tile(_tile(z, x, y, datum), district, day or district.day_of(request.world.now())))


@router.get("/former/{z}/{x}/{y}.mvt", summary="Former grids of one line of work", **_TILE)
def former(
    request: Request, z: Zoom, x: Number, y: Number, line: Line, datum: Datum = "wgs84", day: date | None = None
) -> Any:
    """Source layers former (areas) and former_name (points). Grids that have ended are those of their last day."""
    district = request.world.district
    on = day or district.day_of(request.world.now())
    return _public(request, former_tile(_tile(z, x, y, datum), district, line, on))


@router.get("/components/{z}/{x}/{y}.mvt", summary="Components", **_TILE)
def components(
    request: Request, z: Zoom, x: Number, y: Number, datum: Datum = "wgs84",
    class_key: Annotated[str, Query(alias="class", max_length=2_000)] = "", state: Listed = "",
) -> Any:  # fmt: skip
    """Source layers component and, where many lie together, component_count. `class`, `state`: several with commas."""
    lacking = request.auth.lacks(Right.SEE_COMPONENTS)
    if lacking:
        raise Refused(lacking)
    chosen = Chosen(_several(class_key), _several(state))
    return _public(request, component_tile(_tile(z, x, y, datum), chosen))


@router.get("/cases/{z}/{x}/{y}.mvt", summary="Cases that you may see", **_TILE)
def of_cases(request: Request, z: Zoom, x: Number, y: Number, filters: Query[Filters], datum: Datum = "wgs84") -> Any:
    """Source layers case and, where many lie together, case_count with the worst light. Filters as of a list."""
    table, now = request.world.tables[KIND], request.world.now()
    still = [stage.name for stage in table.stages.values() if stage.group is not Group.OPEN]
    asked = Asked(filters.filter(table, request.auth), scope(request.auth), now, still)
    return _private(encoded(cases.sheets(_tile(z, x, y, datum), asked)))


@router.get("/positions/{z}/{x}/{y}.mvt", summary="Collectors on shift", **_TILE)
def of_positions(request: Request, z: Zoom, x: Number, y: Number, datum: Datum = "wgs84") -> Any:
    """Source layer position. Needs the right to see positions; looks are written into the journal."""
    found = good(look_at_positions(request.auth, request.world))
    return _private(encoded(positions.sheets(_tile(z, x, y, datum), found, request.world.now())))


def _tile(z: int, x: int, y: int, datum: str) -> Tile:
    tile = Tile(z, x, y, shifted=datum == "gcj02")
    if not tile.is_one:
        raise Refused(NO_TILE)
    return tile


def _several(text: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in text.split(",")} - {""}))


def _public(request: Request, made: Packed) -> HttpResponse:
    tag = f'"{made.tag}"'
    headers = {"ETag": tag, "Cache-Control": KEPT, "Vary": "Accept-Encoding, Cookie, Authorization, Xiuhua-Post"}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(made.body, content_type=MVT, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(made.body), content_type=MVT, headers=headers)


def _private(body: bytes) -> HttpResponse:
    """Not packed: it is made for one viewer and used once."""
    return HttpResponse(body, content_type=MVT, headers={"Cache-Control": NOT_KEPT})
