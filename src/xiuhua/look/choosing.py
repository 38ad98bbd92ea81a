"""Language, theme, and which of one's posts one sits at. Kept in cookies and the session, never in an address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from xiuhua.look.page import THEMES, Desk, signed_in

_YEAR = 365 * 24 * 3600


def back(request: HttpRequest, wanted: str) -> str:
    """Where to go on: never to another site."""
    return (
        wanted
        if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
        else "/"
    )


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(back(request, request.POST.get("back", "/")))
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in dict(settings.LANGUAGES):
        keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        keep(response, "theme", theme)
    return response


def keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )


@require_POST
@signed_in
def post(request: HttpRequest, desk: Desk) -> HttpResponse:
    chosen = request.POST.get("post", "")
    if any(choice.value == chosen for choice in desk.viewer.choices):
        request.session["holding"] = chosen
    return HttpResponseRedirect("/")
