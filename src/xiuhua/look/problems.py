"""What a browser is told where there is no page: not found, not allowed, a form that came too late, our own fault."""

import errno
import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiuhua.store.lock import StoreBusy


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(
        request, 404, _("Not here"), _("There is no such page or number, or it is not yours to see.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 403, _("Not yours"), _("Your post does not include this."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("This form is from an older sign-in. Go back, load the page again and send it once more.")
    return problem(request, 403, _("The form is too old"), sentence)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 400, _("Cannot be read"), _("What was sent cannot be read. Nothing was changed."))


def readable(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no NUL in a page's address, which PostgreSQL could not ask for. The interface says so itself."""

    def read(request: HttpRequest) -> HttpResponse:
        nul = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        return bad_request(request) if nul and not request.path.startswith("/api/") else answer(request)

    return read


def broken(request: HttpRequest) -> HttpResponse:
    """Full and busy are told apart from our own faults, as the interface tells them."""
    cause = sys.exc_info()[1]
    if isinstance(cause, OSError | OperationalError) and _is_full(cause):
        return problem(request, 507, _("The disk is full"), _("Nothing was saved. Tell the administrator."))
    if isinstance(cause, StoreBusy) or (isinstance(cause, OperationalError) and "locked" in str(cause)):
        sentence = _("Somebody else is writing for long. Nothing was changed. Try again in a moment.")
        return problem(request, 503, _("Busy"), sentence)
    sentence = _("This is our fault. Nothing was half saved. Try again, or tell the administrator the time.")
    return problem(request, 500, _("Something is broken here"), sentence)


def _is_full(cause: Exception) -> bool:
    if isinstance(cause, OSError):
        return cause.errno in (errno.ENOSPC, errno.EDQUOT)
    return "full" in str(cause) or "No space" in str(cause)


def problem(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Asks no database: it has to come where nothing else does."""
    return render(
        request, "look/problem.html", {"title": title, "sentence": sentence, "viewer": None}, status=status
    )
