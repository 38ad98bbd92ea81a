"""Where the interface lies. Nothing below /api/ and /ogc/ is ever a page."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

from xiuhua.api.ogc import ogc
from xiuhua.api.problems import DETAILS, problem
from xiuhua.api.site import api


def nothing_here(request: HttpRequest) -> HttpResponse:
    return problem(DETAILS[404], 404)


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("ogc/", ogc.urls),
    path("ogc", RedirectView.as_view(url="/ogc/", query_string=True)),  # as it is typed into a GIS program
    re_path("^(?:api|ogc)(?:/.*)?$", nothing_here),
]
