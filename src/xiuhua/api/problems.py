"""What is refused or goes wrong, as RFC 9457 problem documents: one table from code to HTTP status.

The detail is the rule's own sentence in the reader's language. Nothing of the inside is ever said.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from xiuhua.api.wrong_input import Fault, fault_of
from xiuhua.domain.words import Refusal, Words, Wrong
from xiuhua.operations.attach import DISK_FULL, NO_SPACE
from xiuhua.store.loading import load
from xiuhua.store.lock import StoreBusy
from xiuhua.store.reference import NoDistrict
from xiuhua.store.saving import LostRace

MEDIA_TYPE: Final = "application/problem+json"
ROOTS: Final = ("/api/", "/ogc")
_LOG = logging.getLogger(__name__)

OTHERWISE: Final = 422
STATUS: Final[Mapping[str, int]] = {
    **dict.fromkeys(
        (
            "json-broken", "text-unusable", "upload-broken-off", "ogc-crs", "ogc-bbox", "ogc-datetime", "ogc-limit",
            "ogc-parameter", "ogc-property", "ogc-format",
        ),
        400,
    ),
    **dict.fromkeys(("not-signed-in", "token-unknown", "token-over"), 401),
    **dict.fromkeys(
        (
            "account-closed", "no-post", "post-not-held", "right-missing", "form-too-old", "post-may-not",
            "channel-not-yours", "other-unit", "other-task", "other-reporter", "position-not-yours",
        ),
        403,
    ),
    **dict.fromkeys(
        (
            "not-found", "kind-unknown", "photo-unknown", "metric-unknown", "move-unknown", "component-unknown",
            "tile-unknown", "collection-unknown", "item-unknown",
        ),
        404,
    ),
    **dict.fromkeys(("lost-race", "move-not-possible", "not-on-shift"), 409),
    **dict.fromkeys(("photo-large", "body-large"), 413),
    **dict.fromkeys(("photo-kind", "body-kind"), 415),
    "version-missing": 428,
    "too-many": 429,
    **dict.fromkeys(("busy", "no-district"), 503),
    "disk-full": 507,
}  # fmt: skip

TITLES: Final[Mapping[int, Words]] = {
    400: Words("请求无法读取", "The request cannot be read"),
    401: Words("未登录", "Not signed in"),
    403: Words("没有权限", "Not allowed"),
    404: Words("没有找到", "Not found"),
    405: Words("此地址不支持该方法", "This address does not know the method"),
    409: Words("与现状冲突", "It stands differently now"),
    413: Words("内容过大", "Too large"),
    415: Words("类型不支持", "Of a kind that is not taken"),
    422: Words("内容不符合规则", "Against the rules"),
    428: Words("缺少版本号", "The version is missing"),
    429: Words("请求过于频繁", "Too many requests"),
    500: Words("系统出错", "Something is broken here"),
    503: Words("暂时无法服务", "Not available now"),
    507: Words("磁盘已满", "The disk is full"),
}
DETAILS: Final[Mapping[int, Refusal]] = {
    400: Refusal(
        "request-broken", Words("请求无法读取，未作任何修改", "the request cannot be read; nothing was changed")
    ),
    404: Refusal("not-found", Words("没有这个地址", "there is no such address")),
    403: Refusal("not-allowed", Words("没有权限", "this is not allowed")),
    405: Refusal("method-unknown", Words("此地址不支持该方法", "this address does not know the method")),
    413: Refusal("body-large", Words("请求内容过大，未作任何修改", "the request is too large; nothing was changed")),
    500: Refusal(
        "broken",
        Words("系统出错，已记录，没有保存一半的内容", "this is our fault and was written down; nothing was half saved"),
    ),
    503: Refusal("busy", Words("系统繁忙，请稍后再试", "busy; try again in a moment")),
}
LOST: Final = Words(
    "此件已被他人办理，请查看最新情况后重试", "somebody else moved this meanwhile; look at it again, then decide"
)
NO_DISTRICT: Final = Refusal("no-district", Words("尚未载入区配置", "no district is loaded"))
BROKEN_OFF: Final = Refusal("upload-broken-off", Words("上传中断，未保存", "the upload broke off; nothing was saved"))
FORM_TOO_OLD: Final = Refusal("form-too-old", Words("缺少或不符的 CSRF 令牌", "the CSRF token is missing or wrong"))


class Refused(Exception):  # noqa: N818 - reads as a sentence: raise Refused(...)
    """A refusal on its way out of a view."""

    def __init__(self, refusal: Refusal, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.headers = headers or {}


def status_of(code: str) -> int:
    return STATUS.get(code, OTHERWISE)


def problem(
    refusal: Refusal, status: int = 0, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    language = get_language() or ""
    status = status or status_of(refusal.code)
    body = {
        "type": f"urn:xiuhua:problem:{refusal.code}",
        "title": TITLES[status].text(language),
        "status": status,
        "detail": refusal.words.text(language),
        "code": refusal.code,
        **({"field": refusal.field} if refusal.field else {}),
        **(more or {}),
    }
    extra = {"WWW-Authenticate": "Bearer", **(headers or {})} if status == 401 else headers
    if status == 503:
        extra = {"Retry-After": "1", **(headers or {})}
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, content_type=MEDIA_TYPE, status=status, headers=extra)


# exceptions

_Handler = Callable[[HttpRequest, Any], HttpResponse]


def _refused(request: HttpRequest, wrong: Refused) -> HttpResponse:
    return problem(wrong.refusal, headers=wrong.headers)


def _wrong(request: HttpRequest, wrong: Wrong) -> HttpResponse:
    return problem(wrong.refusal())


def _lost(request: HttpRequest, race: LostRace) -> HttpResponse:
    """With the version as it is now, so that a program can look and try again."""
    loaded = load(race.kind, race.number)
    now = {"version": loaded.subject.version} if loaded else {}
    return problem(Refusal("lost-race", LOST), more=now)


def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    faults = [fault_of(error) for error in wrong.errors]
    language = get_language() or ""
    listed = [{"field": f.field, "code": f.code, "detail": f.words.text(language)} for f in faults]
    first: Fault = faults[0]
    return problem(Refusal("input-wrong", first.words, first.field), more={"errors": listed})


def _http(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """Ninja's own, or what our parser refused, which comes as its cause."""
    if isinstance(wrong.__cause__, Refused):
        return _refused(request, wrong.__cause__)
    return _standing(wrong.status_code)


def _standing(status: int) -> HttpResponse:
    known = status if status in DETAILS else 400 if status < 500 else 500
    return problem(DETAILS[known], known)


def _database(request: HttpRequest, wrong: Exception) -> HttpResponse:
    """Full and locked are told apart by their texts: SQLite gives no other sign."""
    text = str(wrong).lower()
    if "full" in text or "no space" in text:
        _LOG.error("the disk of the database is full")
        return problem(DISK_FULL)
    if "no such" in text or "syntax" in text:
        return _broken(request, wrong)
    _LOG.warning("the database does not answer: %s", type(wrong).__name__)
    return problem(DETAILS[503], 503)


def _system(request: HttpRequest, wrong: OSError) -> HttpResponse:
    return problem(DISK_FULL) if wrong.errno in NO_SPACE else _broken(request, wrong)


def _broken(request: HttpRequest, wrong: Exception) -> HttpResponse:
    _LOG.error("%s %s", request.method, request.path, exc_info=wrong)
    return problem(DETAILS[500], 500)


HANDLERS: Final[Mapping[type[Exception], _Handler]] = {
    Refused: _refused,
    Wrong: _wrong,
    LostRace: _lost,
    ValidationError: _invalid,
    HttpError: _http,
    RequestDataTooBig: lambda request, wrong: problem(DETAILS[413], 413),
    SuspiciousOperation: lambda request, wrong: problem(DETAILS[400], 400),
    MultiPartParserError: lambda request, wrong: problem(BROKEN_OFF),
    UnreadablePostError: lambda request, wrong: problem(BROKEN_OFF),
    StoreBusy: lambda request, wrong: problem(DETAILS[503], 503),
    NoDistrict: lambda request, wrong: problem(NO_DISTRICT),
    OperationalError: _database,
    InterfaceError: _database,
    OSError: _system,
    Exception: _broken,
}


def register(api: NinjaAPI) -> None:
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)


def problems_only(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whatever else says no under /api/ (addresses, methods, hosts) says it as a problem document."""

    def told(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.status_code < 400 or not request.path.startswith(ROOTS):
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        plain = _standing(response.status_code)
        if "Allow" in response.headers:
            plain.headers["Allow"] = response.headers["Allow"]
        return plain

    return told
