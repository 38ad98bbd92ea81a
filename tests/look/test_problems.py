"""What a browser is told where a page cannot come: whose fault it is, and that nothing is half saved."""

import errno

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from xiuhua.look.problems import broken
from xiuhua.store.lock import StoreBusy


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        pytest.param(OperationalError("database or disk is full"), 507, "磁盘已满", id="磁盘满 SQLite: disk full"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), 507, "磁盘已满", id="磁盘满 a file"),
        pytest.param(OperationalError("database is locked"), 503, "稍后再试", id="繁忙 SQLite: another process writes"),
        pytest.param(StoreBusy("a minute"), 503, "稍后再试", id="繁忙 the write lock"),
        pytest.param(OperationalError("no such table: subject"), 500, "这是系统的问题", id="our own fault"),
        pytest.param(KeyError("x"), 500, "这是系统的问题", id="our own mistake"),
    ],
)
def test_full_and_busy_are_not_called_our_fault(rf: RequestFactory, wrong: Exception, status: int, said: str) -> None:
    def view(_: HttpRequest) -> HttpResponse:
        raise wrong

    try:  # as Django does around every view
        answer = view(rf.get("/case/"))
    except Exception:
        answer = broken(rf.get("/case/"))
    assert answer.status_code == status
    assert said in answer.content.decode()
