"""Signing in and out. What is refused, and for how long, is decided in `operations.sign_in`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.domain.words import Refusal, Words
from xiuhua.look.choosing import back, keep
from xiuhua.look.page import around, bare
from xiuhua.look.viewer import ACCOUNT, EPOCH, viewer_of
from xiuhua.operations.clock import now
from xiuhua.operations.sign_in import Signed, sign_in
from xiuhua.operations.world import World


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    here = around()
    wanted = back(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        answer = sign_in(request.POST.get("username", "").strip(), request.POST.get("password", ""), now())
        if isinstance(answer, Signed):
            return _let_in(request, answer, wanted)
        return _form(request, here, wanted, answer)
    if viewer_of(request, here) is not None:
        return HttpResponseRedirect(wanted)
    return _form(request, here, wanted)


def _form(request: HttpRequest, here: World, wanted: str, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        **bare(request, here), "next": wanted, "username": request.POST.get("username", ""),
        "refusal": refusal.words if refusal else Words("", ""),
    }  # fmt: skip
    return render(request, "look/sign_in.html", context, status=403 if refusal else 200)


def _let_in(request: HttpRequest, signed: Signed, wanted: str) -> HttpResponse:
    request.session.flush()  # nothing of who sat here before, and another session id
    request.session[ACCOUNT] = signed.account
    request.session[EPOCH] = signed.epoch
    response = HttpResponseRedirect(wanted)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and signed.language != settings.LANGUAGE_CODE:
        keep(response, settings.LANGUAGE_COOKIE_NAME, signed.language)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponseRedirect("/sign-in/")
