"""Sends prepared requests over kept-open connections and notes how long each answer took. Runs as a process of its own,
so that its CPU is not the product's: `python -m bench.load PORT FILE CONNECTIONS`, FILE with one request a line.
"""

import json
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any


class Sender(threading.Thread):
    """One connection; takes every n-th request."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        super().__init__(daemon=True)
        self._requests = requests
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""
        self.answers: list[tuple[float, int, str]] = []

    def run(self) -> None:
        for request in self._requests:
            began = time.perf_counter()
            self._socket.sendall(request)
            status, body = self._answer()
            self.answers.append((time.perf_counter() - began, status, body))
        self._socket.close()

    def _answer(self) -> tuple[int, str]:
        while b"\r\n\r\n" not in self._rest:
            self._receive()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        while len(self._rest) < length:
            self._receive()
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(head.split(b" ", 2)[1]), body.decode()

    def _receive(self) -> None:
        got = self._socket.recv(65536)
        if not got:
            raise ConnectionError("the server closed the connection")
        self._rest += got


def request(path: str, token: str, body: Any, key: str = "") -> bytes:
    content = json.dumps(body, ensure_ascii=False).encode()
    head = [f"POST {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}",
            "Content-Type: application/json", f"Content-Length: {len(content)}"]  # fmt: skip
    if key:
        head.append(f"Idempotency-Key: {key}")
    return "\r\n".join([*head, "", ""]).encode() + content


def main() -> None:
    port, file, count = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    requests = [json.loads(line).encode() for line in file.read_text(encoding="utf-8").splitlines()]
    senders = [Sender(port, requests[n::count]) for n in range(count)]
    began = time.perf_counter()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    seconds = time.perf_counter() - began
    answers = [answer for sender in senders for answer in sender.answers]
    json.dump({"seconds": seconds, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
