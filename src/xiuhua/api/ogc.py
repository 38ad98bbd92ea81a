"""OGC API Features: the ground, grids, components and cases for QGIS and other programs, each by the rights of who
asks. Source: OGC 17-069r4 (Part 1: Core) and 18-058r1 (Part 2: coordinate systems by reference).
"""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

import xiuhua
from xiuhua.api.declared import answers
from xiuhua.api.door import DOOR, Request
from xiuhua.api.problems import Refused, problem, register
from xiuhua.api.wrong_input import fault_of
from xiuhua.domain.journal import Journal
from xiuhua.domain.words import Refusal, Words
from xiuhua.maps.asked import (
    CRS84,
    LATITUDE_FIRST,
    MOST,
    USUAL,
    between,
    box_of,
    crs_of,
    limit_of,
    properties_of,
)
from xiuhua.maps.asked import Query as Asked
from xiuhua.maps.collections import Collection, Reader, collections
from xiuhua.maps.features import export, geojson
from xiuhua.operations.journal import record

GEOJSON: Final = "application/geo+json"
GEOPACKAGE: Final = "application/geopackage+sqlite3"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
CONFORMS: Final = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
OF_ITEMS: Final = frozenset({"limit", "bbox", "bbox-crs", "datetime", "crs", "f", "after"})
FORMATS: Final = ("", "json", "geojson")
NO_COLLECTION: Final = Words("没有图层“{it}”", "there is no collection “{it}”, or it is not yours to see")
NO_ITEM: Final = Words("图层中没有“{it}”", "the collection has no item “{it}”, or it is not yours to see")
NO_FORMAT: Final = Words("没有格式“{it}”，应为 json", "there is no format “{it}”; take json")

ogc = NinjaAPI(
    title="Xiuhua · OGC API Features", version=xiuhua.__version__, auth=DOOR, docs_url=None, openapi_url=None,
    urls_namespace="ogc",
)  # fmt: skip
register(ogc)


@ogc.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """The standard's 400, where our own interface says 422."""
    fault = fault_of(wrong.errors[0])
    return problem(Refusal("ogc-parameter", fault.words, fault.field))


Said = dict[str, Any]
_GEO: dict[str, Any] = {
    "responses": {200: {"description": "OK", "content": {GEOJSON: {"schema": {"type": "object"}}}}}
}


def _reader(request: Request) -> Reader:
    _format(request)
    return Reader(request.auth, request.world)


def _format(request: HttpRequest) -> None:
    asked = request.GET.get("f", "")
    if asked not in FORMATS:
        raise Refused(Refusal("ogc-format", NO_FORMAT.filled(it=asked), "f"))


def _address(request: HttpRequest, path: str = "", **query: object) -> str:
    more = f"?{urlencode({name: value for name, value in query.items() if value != ''})}" if query else ""
    return request.build_absolute_uri(f"/ogc/{path}{more}")


def _link(request: HttpRequest, path: str, rel: str, title: str, kind: str = "application/json") -> Said:
    return {"href": _address(request, path), "rel": rel, "type": kind, "title": title}


def _document(body: Any, kind: str = "application/json") -> HttpResponse:
    """Indented: somebody may look at it in a browser."""
    return HttpResponse(json.dumps(body, ensure_ascii=False, indent=2), content_type=kind)


@ogc.get("/", response=answers(None), summary="Where everything is")
def landing(request: Request) -> Any:
    name = request.world.district.settings.name
    _format(request)
    return _document({
        "title": f"{name.zh} · 绣花", "description": f"{name.en}: grids, ground, components and cases",
        "links": [
            _link(request, "", "self", "this document"), _link(request, "api", "service-desc", "OpenAPI", OPENAPI),
            _link(request, "conformance", "conformance", "conformance classes"),
            _link(request, "collections", "data", "collections"),
        ],
    })  # fmt: skip


@ogc.get("/api", auth=None, include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """QGIS looks here for how many items it may ask for at once."""
    document = dict(ogc.get_openapi_schema(path_prefix="/ogc/"))
    for operations in document["paths"].values():
        for parameter in operations["get"].get("parameters", ()):
            if parameter["name"] == "limit":
                parameter["schema"] = LIMIT_SCHEMA
    return _document(document, OPENAPI)


@ogc.get("/conformance", response=answers(None), summary="What this conforms to")
def conformance(request: Request) -> Any:
    _format(request)
    return _document({"conformsTo": CONFORMS})


@ogc.get("/collections", response=answers(None), summary="All collections that you may read")
def listed(request: Request) -> Any:
    found = [_described(request, one) for one in collections(_reader(request)).values()]
    links = [_link(request, "collections", "self", "this document")]
    return _document({"links": links, "crs": list(LATITUDE_FIRST), "collections": found})


@ogc.get("/collections/{id_}", response=answers(None, 404), summary="One collection")
def described(request: Request, id_: str) -> Any:
    return _document(_described(request, _collection(request, id_)))


def _collection(request: Request, id_: str) -> Collection:
    found = collections(_reader(request)).get(id_)
    if found is None:
        raise Refused(Refusal("collection-unknown", NO_COLLECTION.filled(it=id_)))
    return found


def _described(request: Request, it: Collection) -> Said:
    path = f"collections/{it.id}"
    return {
        "id": it.id, "title": it.title.zh, "description": it.title.en, "itemType": "feature",
        "extent": {"spatial": {"bbox": [_extent(request)], "crs": CRS84}},
        "crs": ["#/crs", *LATITUDE_FIRST], "storageCrs": CRS84,
        "links": [
            _link(request, path, "self", it.title.en), _link(request, f"{path}/items", "items", it.title.en, GEOJSON),
            _link(request, f"{path}/export.gpkg", "enclosure", "GeoPackage", GEOPACKAGE),
        ],
    }  # fmt: skip


def _extent(request: Request) -> list[float]:
    """Of the grids of today, where there are any."""
    district = request.world.district
    active = district.grids.active(district.day_of(request.world.now()))
    points = [p for grid in active for p in grid.outline]
    if not points:
        return [-180.0, -90.0, 180.0, 90.0]
    lons, lats = [p.lon for p in points], [p.lat for p in points]
    return [min(lons), min(lats), max(lons), max(lats)]


# ninja keeps a default in the description of its parameter: two parameters cannot share one
Bbox = Annotated[str, Query(max_length=300)]
Moment = Annotated[str, Query(max_length=300)]
Crs = Annotated[str, Query(max_length=300)]
BboxCrs = Annotated[str, Query(alias="bbox-crs", max_length=300)]
After = Annotated[str, Query(max_length=300)]
Form = Annotated[str, Query(max_length=300)]
Limit = Annotated[str, Query(max_length=20)]  # read by hand: more than the most is the most
LIMIT_SCHEMA: Final = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}


@ogc.get("/collections/{id_}/items", response=answers(None, 404), summary="Items of a collection", openapi_extra=_GEO)
def items(
    request: Request, id_: str, limit: Limit = "", bbox: Bbox = "", bbox_crs: BboxCrs = CRS84,
    datetime: Moment = "", crs: Crs = CRS84, after: After = "", f: Form = "json",
) -> Any:  # fmt: skip
    """Paged by the link "next". Any property of the collection may be asked for by its name, as in ?kind=primary."""
    collection, drawn_in = _collection(request, id_), crs_of(crs, "crs")
    asked = _asked(request, collection)
    found = collection.page(Reader(request.auth, request.world), asked)
    links = [{**_link(request, "", "self", "this page", GEOJSON), "href": request.build_absolute_uri()}]
    if found.after:
        given = {**request.GET.dict(), "after": found.after, "limit": asked.limit}
        next_page = f"{_address(request, f'collections/{id_}/items')}?{urlencode(given)}"
        links.append({"href": next_page, "rel": "next", "type": GEOJSON, "title": "next page"})
    body = {
        "type": "FeatureCollection", "timeStamp": f"{request.world.now():%Y-%m-%dT%H:%M:%SZ}",
        "numberMatched": found.matched, "numberReturned": len(found.items), "links": links,
        "features": [geojson(item, drawn_in) for item in found.items],
    }  # fmt: skip
    return _geojson(body, drawn_in)


def _asked(request: Request, collection: Collection) -> Asked:
    """Everything is checked, and what is not known is refused: a filter that was not understood shows too much."""
    given = request.GET.dict()
    box = box_of(given.get("bbox", ""), crs_of(given.get("bbox-crs", ""), "bbox-crs"))
    properties = properties_of(given, collection.queryables, OF_ITEMS)
    moments = between(given.get("datetime", ""), request.world.district.time_zone) if collection.timed else None
    return Asked(box, moments, properties, limit_of(given.get("limit", "")), given.get("after", ""))


def _geojson(body: Any, crs: str) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    headers = {"Content-Crs": f"<{crs}>", "Cache-Control": "private, no-store"}
    return HttpResponse(text, content_type=GEOJSON, headers=headers)


@ogc.get("/collections/{id_}/export.gpkg", response=answers(None, 404), summary="A collection as a GeoPackage")
def exported(request: Request, id_: str) -> Any:
    """All of it, or what the filters of its items leave, in WGS 84. Cases need the right to export; it is noted."""
    collection = _collection(request, id_)
    if collection.exported_by is not None:
        lacking = request.auth.lacks(collection.exported_by)
        if lacking:
            raise Refused(lacking)
        record(Journal.LOOK, f"export-{id_}", "export-layer", request.auth.by, {"layer": id_}, request.world)
    handle, name = tempfile.mkstemp(suffix=".gpkg")
    os.close(handle)
    file = Path(name)
    try:
        export(collection, Reader(request.auth, request.world), _asked(request, collection), file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    headers = {"Content-Disposition": f'attachment; filename="{id_}.gpkg"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(_sent(file), content_type=GEOPACKAGE, headers=headers)


def _sent(file: Path) -> Iterator[bytes]:
    """The file goes when it was sent, or when the asker went."""
    try:
        with file.open("rb") as source:
            while part := source.read(1 << 16):
                yield part
    finally:
        file.unlink(missing_ok=True)


@ogc.get("/collections/{id_}/items/{path:item}", response=answers(None, 404), summary="One item", openapi_extra=_GEO)
def one(request: Request, id_: str, item: str, crs: Crs = CRS84, f: Form = "json") -> Any:
    collection, drawn_in = _collection(request, id_), crs_of(crs, "crs")
    found = collection.item(Reader(request.auth, request.world), item)
    if found is None:
        raise Refused(Refusal("item-unknown", NO_ITEM.filled(it=item)))
    path = f"collections/{id_}"
    links = [
        _link(request, f"{path}/items/{item}", "self", found.id, GEOJSON),
        _link(request, path, "collection", collection.title.en),
    ]
    return _geojson({**geojson(found, drawn_in), "links": links}, drawn_in)
