"""Where the interface lies. Nothing below /api/ is ever a page."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from xiuhua.api.problems import DETAILS, problem
from xiuhua.api.site import api


def nothing_here(request: HttpRequest) -> HttpResponse:
    return problem(DETAILS[404], 404)


urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls), re_path("^api(?:/.*)?$", nothing_here)]
