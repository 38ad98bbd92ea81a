"""What the settings and headers promise, seen from outside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse

from xiuhua.shell.headers import guarded

SHOW = "from xiuhua.shell import settings; print({})"


def shown(expression: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A process of its own: settings are read once."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {**kept, "XIUHUA_HOME": str(home), **more}
    command = [sys.executable, "-c", SHOW.format(expression)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("url", "secure"), [("https://city.example", "True"), ("http://city.example", "False")])
def test_cookies_are_secure_behind_https_only(url: str, secure: str, tmp_path: Path) -> None:
    expression = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0"
    assert shown(expression, tmp_path, XIUHUA_URL=url).stdout.strip() == " ".join([secure] * 3)


def test_a_bad_value_stops_the_process_with_one_sentence(tmp_path: Path) -> None:
    done = shown("settings.DEBUG", tmp_path, PORT="abc")
    assert done.returncode == 1
    assert done.stderr == "PORT=abc: a number from 1 to 65535 is needed\n"


def test_debugging_is_never_on(tmp_path: Path) -> None:
    assert shown("settings.DEBUG", tmp_path, DEBUG="1", DJANGO_DEBUG="1").stdout.strip() == "False"


def test_every_answer_forbids_what_comes_from_elsewhere() -> None:
    response = guarded(lambda request: HttpResponse())(HttpRequest())
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(("path", "kept"), [("/api/v1/cases", "private, no-store"), ("/ogc/", "private, no-store"), ("/", None)])
def test_what_is_answered_by_rights_is_kept_by_nobody_unless_it_says_so(path: str, kept: str | None) -> None:
    request = HttpRequest()
    request.path = path
    assert guarded(lambda request: HttpResponse())(request).get("Cache-Control") == kept
    said = HttpResponse(headers={"Cache-Control": "private, max-age=60"})
    assert guarded(lambda request: said)(request)["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize("status", [400, 404, 422, 503])
def test_what_says_no_is_kept_by_nobody_though_the_page_in_its_place_may_be(status: int) -> None:
    said = HttpResponse(status=status, headers={"Cache-Control": "private, max-age=60"})
    assert guarded(lambda request: said)(HttpRequest())["Cache-Control"] == "private, no-store"
