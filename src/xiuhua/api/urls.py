"""Where the interface lies. Nothing below /api/ and /ogc/ is ever a page."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from xiuhua.api.ogc import ogc
from xiuhua.api.problems import DETAILS, problem
from xiuhua.api.site import api


def nothing_here(request: HttpRequest) -> HttpResponse:
    return problem(DETAILS[404], 404)


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("ogc/", ogc.urls),
    re_path("^(?:api|ogc)(?:/.*)?$", nothing_here),
]
