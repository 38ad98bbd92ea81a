"""What every answer says to the browser: load nothing from elsewhere, obey nothing written into the page.

Not even a style attribute: a page that needs a width takes a class, a `<meter>` or an SVG.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",  # MapLibre's icons are data; a photo is shown before it is sent
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ALLOWED = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"


def guarded(answer: Answer) -> Answer:
    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", ALLOWED)
        return response

    return with_headers
