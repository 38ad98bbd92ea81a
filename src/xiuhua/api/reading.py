"""Reading a JSON body strictly: JSON only, UTF-8 only, no NaN, and no text that no database can keep."""

import json
import math
import re
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from xiuhua.api.problems import Refused
from xiuhua.domain.words import Refusal, Words

NOT_JSON: Final = Refusal("body-kind", Words("请求内容应为 application/json", "the body must be application/json"))
BROKEN: Final = Refusal("json-broken", Words("JSON 无法读取（应为 UTF-8）", "this is no readable JSON in UTF-8"))
UNUSABLE: Final = Refusal("text-unusable", Words("内容含有不能保存的字符", "this has characters that cannot be stored"))
_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # an escaped NUL, not the six characters as text


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Refused(NOT_JSON)
        body = request.body
        try:
            value = json.loads(body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)
        except (ValueError, RecursionError):
            raise Refused(BROKEN) from None
        if b"\\u" in body:
            _storable(body, value)
        return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    """1e999 is read as infinite by Python."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _storable(body: bytes, value: Any) -> None:
    """NUL and half of a surrogate pair can be written in JSON, but not stored."""
    try:
        written = json.dumps(value, ensure_ascii=False)
        written.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused(UNUSABLE) from None
    if b"\\u0000" in body and _NUL.search(written):
        raise Refused(UNUSABLE)
