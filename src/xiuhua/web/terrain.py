"""The grids of the ground as GeoJSON, for the map. The same for all who may sit here; it changes with the pack."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from xiuhua.look.page import Desk, signed_in
from xiuhua.web.ground import drawn, geojson


@require_GET
@signed_in
def grids(request: HttpRequest, desk: Desk) -> HttpResponse:
    district = desk.world.district
    day = district.day_of(desk.world.now())
    tag = f'"{district.version}-{day:%Y%m%d}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=3600"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    body = json.dumps(geojson(drawn(district.grids.active(day))), ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/geo+json", headers=headers)
