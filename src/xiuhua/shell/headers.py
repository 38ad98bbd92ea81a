"""What every answer says to the browser: load nothing from elsewhere, obey nothing written into the page.

A page with a map says itself what its base map needs (`look.page`).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xiuhua.look.page import around
from xiuhua.look.policy import policy
from xiuhua.store.reference import NoDistrict

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = policy()
WORKER = "/static/vendor/maplibre-gl/maplibre-gl-worker.mjs"  # asks for tiles itself, by its own policy
BY_RIGHTS = ("/api/", "/ogc/")  # answered by the rights of who asks: nobody between may keep it for another
NOT_KEPT = "private, no-store"
_NO = 400  # the first status that says no: the reason may be one that only this viewer may know
ALLOWED = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"


def guarded(answer: Answer) -> Answer:
    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", _of_worker() if request.path == WORKER else POLICY)
        response.headers.setdefault("Permissions-Policy", ALLOWED)
        if response.status_code >= _NO:  # even where what stands there otherwise may be kept
            response.headers["Cache-Control"] = NOT_KEPT
        elif request.path.startswith(BY_RIGHTS):
            response.headers.setdefault("Cache-Control", NOT_KEPT)
        return response

    return with_headers


def _of_worker() -> str:
    try:
        return policy(around().district.settings.base_map.origins)
    except NoDistrict:
        return POLICY
