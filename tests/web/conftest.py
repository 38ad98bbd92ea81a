"""The little district behind the real pages: loaded, with its people and a second register, on a Monday of 2023."""

from collections.abc import Callable, Iterable, Iterator
from socketserver import ThreadingMixIn
from threading import Lock, Thread
from typing import Any, Protocol
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client

from tests.cast import at
from tests.running import PASSWORD, running_from
from xiuhua.operations.world import World

MORNING = at("2023-03-06 10:30")  # a story played before begins at 09:00


class SignIn(Protocol):
    """Gives a browser without scripts that somebody signed in with."""

    def __call__(self, username: str, language: str = "zh-hans") -> Client: ...


@pytest.fixture
def district(db: None) -> Iterator[World]:
    yield from running_from(MORNING)


@pytest.fixture
def sign_in(district: World) -> SignIn:
    def signed(username: str, language: str = "zh-hans") -> Client:
        client = Client(headers={"accept-language": language})
        answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return signed


class _Server(ThreadingMixIn, WSGIServer):
    """A thread and a connection of its own for each request, so that nothing is left open at the end."""


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def _application() -> Callable[..., Iterable[bytes]]:
    """One request at a time: all share the test's connection, whose transaction is rolled back at the end."""
    answer, lock, shared = WSGIHandler(), Lock(), connections["default"]

    def answered(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        with lock:
            connections["default"] = shared
            found: Iterable[bytes] = answer(environ, start)
            return found

    return answered


@pytest.fixture
def served(district: World) -> Iterator[str]:
    """The address of the real application, for a browser."""
    connections["default"].inc_thread_sharing()
    for signal in (request_started, request_finished):  # they would close a connection inside a transaction
        signal.disconnect(close_old_connections)
    server = _Server(("127.0.0.1", 0), _Silent)
    server.set_app(_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    connections["default"].dec_thread_sharing()
