"""Asks the application in this process, as its server does: product and SQLite are one process, whose CPU is all."""

import io
import sys
from collections.abc import Mapping
from typing import Any


class Asking:
    """`headers` go with every request, under their names of WSGI."""

    def __init__(self, **headers: str) -> None:
        from xiuhua.shell.wsgi import application

        self._application = application
        self._headers = headers

    def get(self, path: str, **more: str) -> str:
        return self.read(path, **more).decode()

    def read(self, path: str, **more: str) -> bytes:
        return self._ask("GET", path, b"", more)

    def _ask(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> bytes:
        address, _, query = path.partition("?")
        environment: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
            "CONTENT_LENGTH": str(len(body)), **self._headers, **more,
        }  # fmt: skip
        said: list[str] = []
        begin: Any = lambda status, *_: said.append(status)  # noqa: E731 - what WSGI calls start_response
        answer = self._application(environment, begin)
        content: bytes = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        if not said[0].startswith("200"):
            raise SystemExit(f"{path}: {said[0]} {content[:500]!r}")
        return content
