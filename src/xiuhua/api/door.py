"""Who asks: by a bearer token, or by the session of a signed-in browser with its CSRF token. Rights are read anew."""

import math
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from xiuhua.api.problems import DETAILS, FORM_TOO_OLD, Refused
from xiuhua.api.rate import Buckets
from xiuhua.api.reading import UNUSABLE
from xiuhua.domain.words import Refusal, Words
from xiuhua.look.viewer import ACCOUNT, EPOCH, HOLDING
from xiuhua.operations.acting import NOT_SIGNED_IN, Acting, acting, acting_by_token
from xiuhua.operations.clock import now
from xiuhua.operations.world import World, world
from xiuhua.store.photos import MOST_BYTES

POST_HEADER: Final = "Xiuhua-Post"  # which of one's posts; without it the first, or the session's
MOST_BODY: Final = MOST_BYTES + 1_000_000  # a photo and what a form puts around it
TOO_MANY: Final = Words("请求过于频繁，请在{it}秒后再试", "too many requests; try again in {it} s")

buckets = Buckets()


class Request(HttpRequest):
    """A request after the door."""

    auth: Acting
    world: World


def around() -> World:
    return world(now)


class Bearer(HttpBearer):
    def __call__(self, request: HttpRequest) -> Any:
        _plain(request)
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, token: str) -> Acting:
        here = around()
        chosen = request.headers.get(POST_HEADER, "")
        at = here.now()
        return _let_in(request, here, acting_by_token(token, at, here.district.day_of(at), chosen))


class Session(APIKeyCookie):
    param_name = "sessionid"

    def __init__(self) -> None:
        super().__init__(csrf=False)  # asked below, after it is known that there is a session

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting:
        _plain(request)
        account = request.session.get(ACCOUNT) if key else None
        if not isinstance(account, int):
            _refuse(NOT_SIGNED_IN)
        if check_csrf(request):
            _refuse(FORM_TOO_OLD)
        here = around()
        chosen = request.headers.get(POST_HEADER) or request.session.get(HOLDING, "")
        epoch = request.session.get(EPOCH, -1)
        return _let_in(request, here, acting(account, here.district.day_of(here.now()), chosen, epoch))


def _plain(request: HttpRequest) -> None:
    """Before anything is read: no body that is too large, no NUL in an address (PostgreSQL could not ask for it)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_BODY:
        _refuse(DETAILS[413])
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        _refuse(UNUSABLE)


def _let_in(request: HttpRequest, here: World, found: Acting | Refusal) -> Acting:
    if isinstance(found, Refusal):
        _refuse(found)
    wait = buckets.wait(found.account)
    if wait:
        seconds = math.ceil(wait)
        raise Refused(Refusal("too-many", TOO_MANY.filled(it=seconds)), {"Retry-After": str(seconds)})
    request.world = here  # type: ignore[attr-defined]
    return found


def _refuse(refusal: Refusal) -> NoReturn:
    raise Refused(refusal)


_BEARER, _SESSION = Bearer(), Session()
DOOR: Final = [_BEARER, _SESSION]


def maybe(request: HttpRequest) -> Acting | None:
    """Who asks where asking needs no sign-in; a wrong token is refused all the same."""
    _plain(request)
    request.world = around()  # type: ignore[attr-defined]
    if "Authorization" in request.headers:
        found: Acting | None = _BEARER(request)
        return found
    signed_in = "sessionid" in request.COOKIES and isinstance(request.session.get(ACCOUNT), int)
    return _SESSION(request) if signed_in else None
