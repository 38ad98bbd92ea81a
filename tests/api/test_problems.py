"""What goes wrong inside is a status and a sentence outside, and nothing of the inside."""

import errno
import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import translation

from xiuhua.api.problems import HANDLERS, problem, problems_only, status_of
from xiuhua.domain.words import Refusal, Words, Wrong
from xiuhua.store.lock import StoreBusy
from xiuhua.store.reference import NoDistrict

WRONG = [
    pytest.param(OperationalError("database or disk is full"), 507, "disk-full", id="磁盘满 SQLite: disk full"),
    pytest.param(
        OperationalError('could not extend file "base/1": No space left on device'), 507, "disk-full",
        id="磁盘满 PostgreSQL: disk full",
    ),
    pytest.param(OSError(errno.ENOSPC, "No space left on device"), 507, "disk-full", id="磁盘满 a file"),
    pytest.param(OperationalError("database is locked"), 503, "busy", id="locked"),
    pytest.param(OperationalError("connection refused"), 503, "busy", id="no database"),
    pytest.param(InterfaceError("connection already closed"), 503, "busy", id="a connection that ended"),
    pytest.param(StoreBusy("waited"), 503, "busy", id="another writer"),
    pytest.param(NoDistrict("empty"), 503, "no-district", id="nothing is loaded"),
    pytest.param(OperationalError("no such table: subject"), 500, "broken", id="a table that is not there"),
    pytest.param(OSError(errno.EIO, "I/O error on /secret/path"), 500, "broken", id="a broken disk"),
    pytest.param(ZeroDivisionError("secret"), 500, "broken", id="a fault of ours"),
    pytest.param(RequestDataTooBig("big"), 413, "body-large", id="too large"),
    pytest.param(MultiPartParserError("secret"), 400, "upload-broken-off", id="a broken form"),
    pytest.param(UnreadablePostError("secret"), 400, "upload-broken-off", id="上传中断 a sender who went away"),
    pytest.param(Wrong("some-code", Words("某事", "something"), "f"), 422, "some-code", id="an input nobody can read"),
]  # fmt: skip


def _answer(wrong: Exception) -> HttpResponse:
    kind = next(k for k in type(wrong).__mro__ if k in HANDLERS)
    return HANDLERS[kind](HttpRequest(), wrong)


@pytest.mark.parametrize(("wrong", "status", "code"), WRONG)
def test_what_goes_wrong_is_a_problem_document(wrong: Exception, status: int, code: str) -> None:
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            answer = _answer(wrong)
        body = json.loads(answer.content)
        assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "secret" not in answer.content.decode() and "Traceback" not in answer.content.decode()
        said[language] = body["detail"]
    assert said["zh-hans"] != said["en"] and not said["zh-hans"].isascii()


def test_a_rule_that_the_table_does_not_name_is_422() -> None:
    assert status_of("some-rule-of-a-pack") == 422


def test_whoever_is_told_to_wait_is_told_how_long() -> None:
    assert problem(Refusal("busy", Words("忙", "busy"))).headers["Retry-After"] == "1"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/api/v1/x", 404, "application/problem+json"),
        ("/api/v1/x", 418, "application/problem+json"),
        ("/api/v1/x", 200, "text/html"),
        ("/case/x", 404, "text/html"),
    ],
)
def test_only_refusals_below_the_interface_are_turned_into_problems(path: str, status: int, kind: str) -> None:
    request = HttpRequest()
    request.path = path
    answer = problems_only(lambda _: HttpResponse("<h1>inside</h1>", status=status))(request)
    assert answer.headers["Content-Type"].startswith(kind)
    assert (b"inside" in answer.content) is (kind == "text/html")


def test_the_methods_that_are_known_are_still_said() -> None:
    request = HttpRequest()
    request.path = "/api/v1/notices"
    answer = problems_only(lambda _: HttpResponseNotAllowed(["POST"]))(request)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
