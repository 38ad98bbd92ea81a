"""A page in the frame all pages share: who looks, which registers there are, the moment, the zone, the theme."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from xiuhua.domain.people import Right
from xiuhua.domain.words import Words
from xiuhua.look.map_config import map_config
from xiuhua.look.policy import policy
from xiuhua.look.viewer import Viewer, viewer_of
from xiuhua.operations.clock import demo_clock, now
from xiuhua.operations.world import World, world
from xiuhua.store.queries import inbox

P = ParamSpec("P")
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody sits: the person in the post, and the world around."""

    viewer: Viewer
    world: World


@dataclass(frozen=True, slots=True)
class Register:
    kind: str
    words: Words


View = Callable[Concatenate[HttpRequest, Desk, P], HttpResponse]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Rights are read at every use: a post taken away ends at the next page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        here = around()
        viewer = viewer_of(request, here)
        if viewer is None:
            return _to_sign_in(request)
        with timezone.override(here.district.time_zone):
            response = view(request, Desk(viewer, here), *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):  # a part of a page cannot be a sign-in form: the page goes there
        return HttpResponse(headers={"HX-Redirect": "/sign-in/"})
    return HttpResponseRedirect(f"/sign-in/?next={quote(request.get_full_path())}")


def show(
    request: HttpRequest, desk: Desk, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    registers = [Register(table.kind, table.words) for table in desk.world.tables.values()]
    frame = {
        **bare(request, desk.world), "viewer": desk.viewer, "registers": registers,
        "sees_components": desk.viewer.acting.may(Right.SEE_COMPONENTS),
        "unread": inbox(desk.viewer.mailboxes, unread=True, size=1), "map_config": map_config(desk.world),
    }  # fmt: skip
    response = render(request, template, {**frame, **context}, status=status)
    origins = desk.world.district.settings.base_map.origins
    if origins:
        response.headers["Content-Security-Policy"] = policy(origins)
    return response


def around() -> World:
    """The district at the moment it is here: in a demo, at the demo's own."""
    return world(now)


def bare(request: HttpRequest, here: World) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "now": here.now(),
        "demo": demo_clock() is not None,
        "theme": theme if theme in THEMES else "",
        "district": here.district.settings.name,
    }
